"""Coverage first, then chance, and the chance that was told is the chance there was."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from coproduce.analysis.routing import WEIGHTS
from coproduce.conversations import at_a_glance, ballot_box, tasks
from coproduce.conversations.ballot_box import Ballot, BoxIsFull
from coproduce.conversations.evidence import RoutingFacts, chances, routing_facts
from coproduce.conversations.models import Conversation, Showing, Statement, Vote
from coproduce.conversations.next_statement import Draw, draw, sealed, turn, unsealed
from coproduce.trust.models import Figure
from tests import cast, crowds

facts_of = st.integers(0, 3).flatmap(
    lambda groups: st.builds(
        RoutingFacts,
        groups=st.just(groups),
        covered=st.dictionaries(st.integers(1, 99), st.integers(0, groups)),
        model=st.dictionaries(
            st.integers(1, 99), st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.1, 1))
        ),
    )
)
counts = st.dictionaries(st.integers(1, 99), st.integers(0, 200), min_size=1, max_size=40)


@given(counts, st.sets(st.integers(1, 99)), facts_of)
def test_the_chances_sum_to_one_and_exactly_what_is_left_has_one(answers, answered, facts):
    likely = chances(answers, answered, facts)
    assert list(likely) == list(answers)
    assert sum(likely.values()) == pytest.approx(1, abs=1e-12)
    assert min(likely.values()) >= WEIGHTS.chance / len(answers) - 1e-15


def test_a_statement_that_tells_most_about_somebody_is_likelier_for_them_alone():
    model = {1: (0.8, 0.0, 0.3), 2: (0.8, 0.0, 0.3), 3: (0.0, 0.8, 0.3), 4: (0.0, 0.0, 0.5)}
    facts = RoutingFacts(model=model)
    enough = {2: 99, 3: 99, 4: 99}
    before, after = chances(enough, [], facts), chances(enough, [1], facts)
    assert before[2] == pytest.approx(before[3])
    assert after[3] > 2 * after[2]
    assert before[4] == pytest.approx(after[4]) == pytest.approx(0.1 / 3)


def test_what_a_group_lacks_counts_only_once_it_is_out():
    facts = RoutingFacts(groups=2, covered={1: 2, 2: 1})
    assert chances({1: 12, 2: 12}, [], facts) == pytest.approx({1: 0.05, 2: 0.95})
    assert chances({1: 12, 2: 12}, [], RoutingFacts()) == pytest.approx({1: 0.5, 2: 0.5})


def test_what_came_after_the_picture_goes_by_its_answers_in_all():
    facts = RoutingFacts(groups=2, covered={1: 2})
    assert chances({1: 40, 2: 12}, [], facts) == pytest.approx({1: 0.05, 2: 0.95})


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
    likely = chances(answers, [], RoutingFacts())
    drawn = [draw(likely, chance) for _ in range(20_000)]
    assert all(one and one.probability == likely[one.statement_id] for one in drawn)
    seen = Counter(one.statement_id for one in drawn if one)
    expected = [20_000 * likely[statement] for statement in answers]
    assert chisquare([seen[statement] for statement in answers], expected).pvalue > 0.001


def test_the_same_generator_draws_the_same_statements():
    likely = {1: 0.3, 2: 0.6, 3: 0.1}
    one, other = random.Random(7), random.Random(7)
    assert [draw(likely, one) for _ in range(50)] == [draw(likely, other) for _ in range(50)]


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


WORDS = [f"Statement {number}." for number in range(1, 13)]


def with_a_picture(**facts: object) -> Conversation:
    """Sixty people have answered and fifty of them are in a picture that is out.

    `facts` stand in for what the map of that picture says.
    """
    talk = cast.an_open_conversation(WORDS, room_shows_results=True)
    crowds.crowd(talk, 60, crowds.two_camps)
    tasks.refresh_room.call(str(talk.id))
    figure = Figure.objects.get(kind="opinion_map", release__thing=talk.thing)
    figure.value["facts"] |= facts
    figure.save()
    at_a_glance.forget()
    return talk


@pytest.mark.django_db
class TestWhatIsOut:
    def test_nothing_is_known_before_there_is_a_picture(self):
        talk = cast.an_open_conversation(WORDS)
        crowds.crowd(talk, 40, crowds.two_camps)
        assert routing_facts(talk.thing) == RoutingFacts()

    def test_a_picture_tells_which_statements_have_ten_answers_in_each_group(self):
        talk = with_a_picture()
        facts = routing_facts(talk.thing)
        told = Figure.objects.get(kind="statements", release__thing=talk.thing)
        shares = {row[0]: row[5:] for row in told.value["rows"]}
        assert facts.groups == 2
        assert set(facts.covered) == set(range(1, 13))
        for number, covered in facts.covered.items():
            assert covered == sum(share != "too few to tell" for share in shares[number])

    def test_a_picture_tells_what_an_answer_says_of_a_place(self):
        model = routing_facts(with_a_picture().thing).model
        assert set(model) == set(range(1, 13))
        parting = [abs(model[number][0]) for number in range(3, 13)]
        assert min(parting) > 10 * max(abs(model[number][0]) for number in (1, 2))

    def test_a_picture_without_a_model_leaves_it_to_coverage_and_chance(self):
        assert routing_facts(with_a_picture(model={}).thing).model == {}

    def test_what_the_model_is_certain_of_is_left_out_since_nothing_is_certain(self):
        facts = routing_facts(with_a_picture(model={"3": [0.5, 0.5, 0.0]}).thing)
        assert facts.model == {}

    def test_the_model_of_the_picture_moves_the_draw(self):
        talk = with_a_picture(model={"1": [0.0, 0.0, 0.4], "5": [0.9, 0.1, 0.3]})
        Statement.objects.filter(conversation=talk, number__gt=5).delete()
        at_a_glance.forget()
        seen = Counter(shown.number for p in range(60) if (shown := turn(talk, p).statement))
        assert seen[5] > 40
        showing = Showing.objects.filter(statement__number=5).first()
        assert showing is not None
        assert showing.probability == pytest.approx(0.9 + 0.1 / 5)

    def test_answers_that_are_in_no_picture_do_not_move_it(self):
        talk = with_a_picture()
        before = routing_facts(talk.thing)
        crowds.crowd(talk, 15, lambda person, number: 1, first=100)
        at_a_glance.forget()
        assert at_a_glance.routing(talk) == before

    def test_a_newer_picture_takes_the_place_of_the_last(self):
        talk = with_a_picture()
        Statement.objects.create(conversation=talk, number=13, words="New.", state="shown")
        assert 13 not in routing_facts(talk.thing).covered
        crowds.crowd(talk, 30, crowds.two_camps, first=100)
        tasks.refresh_room.call(str(talk.id))
        assert 13 in routing_facts(talk.thing).covered

    def test_it_asks_the_database_once_a_second_and_reads_a_picture_once(
        self, django_assert_num_queries
    ):
        talk = with_a_picture()
        with django_assert_num_queries(2):  # which is the newest, and what it says
            at_a_glance.routing(talk)
        with django_assert_num_queries(0):
            at_a_glance.routing(talk)
        at_a_glance.forget()
        with django_assert_num_queries(1):
            at_a_glance.routing(talk)


def test_a_draw_that_was_tampered_with_is_left_out():
    seal = sealed(Draw(3, 0.25))
    assert [shown.probability for shown in unsealed(seal, 3, 7)] == [0.25]
    assert unsealed(seal, 4, 7) == [], "it was of another statement"
    assert unsealed(seal.replace("0.25", "0.95"), 3, 7) == []
    assert unsealed("nonsense", 3, 7) == []
    assert unsealed("", 3, 7) == []
