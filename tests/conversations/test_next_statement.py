"""Coverage first, then chance, and the chance that was told is the chance there was."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from coproduce.conversations import at_a_glance, ballot_box
from coproduce.conversations.ballot_box import Ballot, BoxIsFull
from coproduce.conversations.models import Showing, Statement, Vote
from coproduce.conversations.next_statement import (
    AT_RANDOM,
    ENOUGH_ANSWERS,
    Draw,
    chances,
    draw,
    sealed,
    turn,
    unsealed,
)
from tests import cast

counts = st.dictionaries(st.integers(1, 99), st.integers(0, 200), min_size=1, max_size=40)


@given(counts)
def test_the_chances_sum_to_one_and_everything_has_one(answers):
    likely = chances(answers)
    assert set(likely) == set(answers)
    assert sum(likely.values()) == pytest.approx(1, abs=1e-12)
    assert min(likely.values()) >= AT_RANDOM / len(answers) - 1e-15


@given(counts)
def test_what_has_fewer_answers_is_never_less_likely(answers):
    likely = chances(answers)
    by_answers = sorted(answers, key=lambda statement: answers[statement])
    ordered = [likely[statement] for statement in by_answers]
    assert ordered == sorted(ordered, reverse=True)


def test_nine_draws_in_ten_go_to_what_lacks_answers_in_proportion():
    # Worked by hand: 30 and 15 lack, 0 does not. 0.9 * 30/45 + 0.1/3, 0.9 * 15/45 + 0.1/3, 0.1/3.
    likely = chances({1: 0, 2: 15, 3: 30})
    assert likely == pytest.approx({1: 0.6 + 1 / 30, 2: 0.3 + 1 / 30, 3: 1 / 30})


def test_once_nothing_lacks_every_statement_is_as_likely():
    assert chances({1: ENOUGH_ANSWERS, 2: 500}) == {1: 0.5, 2: 0.5}


def test_nothing_is_drawn_from_nothing():
    assert draw({}, random.Random(1)) is None


@pytest.mark.parametrize(
    "answers",
    [
        {1: 0, 2: 5, 3: 29, 4: 30, 5: 400},
        dict.fromkeys(range(1, 31), 0),
        {statement: statement for statement in range(1, 61)},
    ],
    ids=["mixed", "a fresh start", "a slope"],
)
def test_draws_come_as_often_as_their_chances_say(answers):
    chance = random.Random(20190328)
    likely = chances(answers)
    drawn = [draw(answers, chance) for _ in range(20_000)]
    assert all(one and one.probability == likely[one.statement_id] for one in drawn)
    seen = Counter(one.statement_id for one in drawn if one)
    expected = [20_000 * likely[statement] for statement in answers]
    assert chisquare([seen[statement] for statement in answers], expected).pvalue > 0.001


def test_the_same_generator_draws_the_same_statements():
    answers = {1: 3, 2: 0, 3: 9}
    one, other = random.Random(7), random.Random(7)
    assert [draw(answers, one) for _ in range(50)] == [draw(answers, other) for _ in range(50)]


@pytest.mark.django_db
class TestATurn:
    def test_the_draw_is_written_down_and_stays_until_it_is_answered(self):
        talk = cast.an_open_conversation()
        first = turn(talk, 7)
        showing = Showing.objects.get()
        assert (showing.pseudonym, showing.statement) == (7, first.statement)
        assert showing.probability == pytest.approx(1 / 5)
        assert [turn(talk, 7).statement for _ in range(5)] == [first.statement] * 5
        assert Showing.objects.count() == 1

    def test_nothing_answered_or_passed_comes_again_and_it_comes_to_an_end(self):
        talk = cast.an_open_conversation()
        seen = []
        for choice in (1, -1, 0, 1, -1):
            statement = turn(talk, 7).statement
            assert statement is not None
            seen.append(statement.number)
            ballot_box.cast([Ballot(7, statement.id, choice)])
        assert sorted(seen) == [1, 2, 3, 4, 5]
        last = turn(talk, 7)
        assert (last.statement, last.done, last.total) == (None, 5, 5)

    def test_somebody_who_only_looks_leaves_nothing_behind(self):
        talk = cast.an_open_conversation()
        looking = turn(talk, None)
        assert looking.statement is not None
        assert not Showing.objects.exists()
        (shown,) = unsealed(looking.sealed, looking.statement.id, 7)
        assert (shown.pseudonym, shown.probability) == (7, pytest.approx(1 / 5))

    def test_a_statement_asked_for_by_number_is_no_draw(self):
        talk = cast.an_open_conversation()
        asked = turn(talk, 7, number=3)
        assert asked.statement is not None
        assert asked.statement.number == 3
        assert not Showing.objects.exists()

    def test_it_says_what_was_answered_before(self):
        talk = cast.an_open_conversation()
        ballot_box.cast([Ballot(7, talk.statements.get(number=3).id, -1)])
        assert turn(talk, 7, number=3).choice == -1

    def test_only_statements_on_show_are_drawn(self):
        talk = cast.an_open_conversation()
        talk.statements.exclude(number=4).update(state=Statement.State.HIDDEN)
        at_a_glance.forget()
        shown = turn(talk, 7)
        assert shown.statement is not None
        assert (shown.statement.number, shown.total) == (4, 1)

    def test_what_has_too_few_answers_comes_first(self):
        talk = cast.an_open_conversation()
        for statement in talk.statements.exclude(number=2):
            Vote.objects.bulk_create(
                Vote(pseudonym=person, statement=statement, choice=1) for person in range(100, 140)
            )
        at_a_glance.forget()
        seen = Counter(shown.number for p in range(60) if (shown := turn(talk, p).statement))
        assert seen[2] > 40

    def test_reading_goes_on_when_the_box_is_full(self, monkeypatch):
        def full(*_: object) -> None:
            raise BoxIsFull

        talk = cast.an_open_conversation()
        monkeypatch.setattr(ballot_box, "cast", full)
        shown = turn(talk, 7)
        assert shown.statement is not None
        assert unsealed(shown.sealed, shown.statement.id, 7)


def test_a_draw_that_was_tampered_with_is_left_out():
    seal = sealed(Draw(3, 0.25))
    assert [shown.probability for shown in unsealed(seal, 3, 7)] == [0.25]
    assert unsealed(seal, 4, 7) == [], "it was of another statement"
    assert unsealed(seal.replace("0.25", "0.95"), 3, 7) == []
    assert unsealed("nonsense", 3, 7) == []
    assert unsealed("", 3, 7) == []
