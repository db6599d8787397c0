"""The live count is what a count of all votes gives, whatever people do, wherever it is cut off."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import settings as laws
from hypothesis import strategies as st

from coproduce.analysis import map_opinions, summarise
from coproduce.conversations import ballot_box, evidence, tasks
from coproduce.conversations.actions import facilitating, on_paper, taking_part
from coproduce.conversations.ballot_box import Ballot, NotTaken
from coproduce.conversations.entry import Sheet
from coproduce.conversations.evidence import counting, heads, inside, kept, live
from coproduce.conversations.models import (
    Choice,
    Conversation,
    CountedPerson,
    LiveCount,
    Mark,
    Statement,
    Vote,
)
from coproduce.conversations.pseudonyms import by_code, by_device, pseudonym_of, slip_codes
from coproduce.trust import releases
from tests import cast, crowds
from tests.homes import url_of_test_database

pytestmark = pytest.mark.django_db

WORDS = [f"Statement number {number} of this talk." for number in range(1, 10)]


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation(WORDS)


def vote(talk: Conversation, device: str, number: int, choice: int) -> None:
    who = pseudonym_of(talk, by_device(device))
    ballot_box.cast([Ballot(who, talk.statements.get(number=number).pk, choice)])


def of_all_votes(talk: Conversation):
    """The moments as they are when every vote is read."""
    votes = Vote.objects.filter(statement__conversation=talk)
    rows = list(votes.values_list("pseudonym", "statement__number", "choice"))
    return summarise(*zip(*rows, strict=True)) if rows else summarise([], [], [])


def is_as_all_votes(talk: Conversation) -> bool:
    """Whether moments, people and their rows are those of all votes, integer for integer."""
    standing = kept.kept_of(talk)
    people = set(kept.everybody(talk))
    return (
        standing.moments == of_all_votes(talk)
        and standing.people == len(people)
        and kept.counted(talk) == kept.stored(talk, people)
    )


def test_it_counts_whoever_has_answered(talk):
    vote(talk, "phone", 1, 1)
    vote(talk, "tablet", 1, -1)
    evidence.keep_up(talk)
    assert kept.kept_of(talk).moments.votes.tolist() == [2]
    vote(talk, "phone", 2, 0)
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)
    assert not Mark.objects.exists()


def test_it_begins_with_those_who_were_there_before_anything_was_counted(talk):
    crowds.crowd(talk, 30, crowds.two_camps)
    Mark.objects.all().delete()
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)


def test_it_looks_at_those_alone_who_were_marked(talk):
    people = crowds.crowd(talk, 30, crowds.two_camps)
    evidence.keep_up(talk)
    before = of_all_votes(talk)
    Vote.objects.filter(pseudonym=people[0]).update(choice=0)  # behind everybody's back
    vote(talk, "phone", 1, 1)
    evidence.keep_up(talk)
    assert kept.kept_of(talk).moments == before + summarise([0], [1], [1])


def test_it_asks_the_database_no_more_often_when_more_has_gone_before(
    talk, django_assert_max_num_queries
):
    for size in (5, 200):
        crowds.crowd(talk, size, crowds.two_camps, first=size)
        evidence.keep_up(talk)
        vote(talk, "phone", 1, 1)
        vote(talk, "phone", 1, -1)
        with django_assert_max_num_queries(14):
            evidence.keep_up(talk)
    assert is_as_all_votes(talk)


def test_portions_of_a_crowd_add_up_to_the_whole(talk, monkeypatch):
    monkeypatch.setattr(live, "PEOPLE_AT_ONCE", 7)
    for first in range(0, 60, 6):
        crowds.crowd(talk, 6, crowds.two_camps, first=first)
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)


def test_left_out_and_shown_again_a_statement_counts_again(talk):
    crowds.crowd(talk, 30, crowds.two_camps)
    first = talk.statements.get(number=1)
    facilitating.hide(first, None)
    assert 1 not in inside.interim(talk).moments.statements
    facilitating.show(first, None)
    assert inside.interim(talk).moments == of_all_votes(talk)


def test_what_is_taken_back_is_gone_at_once(talk):
    vote(talk, "phone", 1, 1)
    vote(talk, "tablet", 1, 1)
    evidence.keep_up(talk)
    taking_part.take_back(talk, by_device("phone"))
    assert is_as_all_votes(talk)
    assert CountedPerson.objects.count() == 1


def test_a_sheet_taken_back_is_gone_at_once(talk):
    facilitating.give_out_slips(talk, 1, None)
    (code,) = slip_codes(talk)
    sheet = Sheet(1, code, (Choice.AGREE,) * len(WORDS))
    on_paper.enter_sheets(on_paper.print_sheets(talk, None), [sheet], None)
    evidence.keep_up(talk)
    assert kept.kept_of(talk).people == 1
    on_paper.take_back_sheet(talk, code, None)
    assert is_as_all_votes(talk)


def test_merged_into_another_a_statements_answers_count_there(talk):
    crowds.crowd(talk, 30, crowds.two_camps)
    Vote.objects.filter(statement__number=6, choice=1).delete()
    evidence.keep_up(talk)
    facilitating.merge(talk.statements.get(number=5), talk.statements.get(number=6), None)
    evidence.keep_up(talk)
    assert 5 not in kept.kept_of(talk).moments.statements
    assert is_as_all_votes(talk)


def test_whoever_signs_in_is_counted_as_themselves_alone(talk):
    vote(talk, "phone", 1, 1)
    vote(talk, "tablet", 1, -1)
    vote(talk, "tablet", 2, 1)
    evidence.keep_up(talk)
    taking_part.merge(talk, by_device("phone"), by_device("tablet"))
    evidence.keep_up(talk)
    assert kept.kept_of(talk).people == 1
    assert is_as_all_votes(talk)


def test_a_sheet_that_replaces_another_takes_its_answers_out(talk):
    facilitating.give_out_slips(talk, 1, None)
    (code,), edition = slip_codes(talk), on_paper.print_sheets(talk, None)
    nothing = (None,) * (len(WORDS) - 1)
    on_paper.enter_sheets(edition, [Sheet(1, code, (*nothing, Choice.AGREE))], None)
    evidence.keep_up(talk)
    facilitating.hide(talk.statements.get(number=1), None)
    on_paper.enter_sheets(edition, [Sheet(1, code, (Choice.AGREE, *nothing))], None)
    evidence.keep_up(talk)
    assert kept.kept_of(talk).people == 0
    assert is_as_all_votes(talk)


@contextmanager
def the_power_goes(monkeypatch: pytest.MonkeyPatch, module: object, deed: str) -> Iterator[None]:
    """Right after this deed, which is in the middle of the transaction, everything stops."""
    done = getattr(module, deed)

    def then_it_is_dark(*args: object, **named: object) -> None:
        done(*args, **named)
        raise ConnectionError("The power went.")

    with monkeypatch.context() as power:
        power.setattr(module, deed, then_it_is_dark)
        with pytest.raises(ConnectionError):
            yield


@pytest.mark.parametrize(
    ("module", "deed"),
    [(live, "_move_of"), (live, "_is_held_open"), (live, "_still_stands"), (kept, "write")],
    ids=["counted", "held", "locked", "written, the marks still there"],
)
def test_cut_off_in_the_middle_nothing_is_lost_or_counted_twice(talk, monkeypatch, module, deed):
    crowds.crowd(talk, 20, crowds.two_camps)
    evidence.keep_up(talk)
    before, rows = kept.kept_of(talk), kept.counted(talk)
    vote(talk, "phone", 1, 1)
    with the_power_goes(monkeypatch, module, deed):
        evidence.keep_up(talk)
    assert kept.kept_of(talk).moments == before.moments
    assert kept.counted(talk) == rows
    assert kept.marked(talk) == {pseudonym_of(talk, by_device("phone"))}
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)


KEEP_UP = """
import sys, django; django.setup()
from coproduce.conversations import evidence
from coproduce.conversations.models import Conversation
talk = Conversation.objects.get()
print("at it", flush=True)
while True:
    evidence.keep_up(talk)
"""


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_while_people_answer_it_counts_everybody_once(talk):
    environment = {
        **os.environ,
        "COPRODUCE_HOME": str(settings.HOME),
        "DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
    }
    numbers = list(talk.statements.values_list("pk", flat=True))
    taken = 0
    for turn in range(4):
        counting_it = subprocess.Popen(
            [sys.executable, "-c", KEEP_UP], env=environment, stdout=subprocess.PIPE
        )
        assert counting_it.stdout.readline() == b"at it\n"
        for _ in range(40 + 17 * turn):
            ballot_box.cast([Ballot(taken % 23, numbers[taken % 7], taken % 3 - 1)])
            taken += 1
        os.kill(counting_it.pid, signal.SIGKILL)
        counting_it.wait()
        counting_it.stdout.close()
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)
    assert kept.kept_of(talk).people == 23


def test_of_two_runs_the_slower_begins_again_on_what_the_faster_made_of_it(talk, monkeypatch):
    vote(talk, "phone", 1, 1)
    evidence.keep_up(talk)
    vote(talk, "phone", 2, 1)
    works_out = live._move_of

    def slowly(*args):
        move = works_out(*args)
        monkeypatch.setattr(live, "_move_of", works_out)
        vote(talk, "phone", 2, -1)
        vote(talk, "tablet", 1, 0)
        evidence.keep_up(talk)
        return move

    monkeypatch.setattr(live, "_move_of", slowly)
    evidence.keep_up(talk)
    assert is_as_all_votes(talk)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_while_people_answer_count_everybody_once(talk):
    crowds.crowd(talk, 40, crowds.two_camps)
    numbers = list(talk.statements.values_list("pk", flat=True))
    over, failures = threading.Event(), []

    def count() -> None:
        try:
            while not over.is_set():
                evidence.keep_up(talk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    runs = [threading.Thread(target=count) for _ in range(2)]
    for run in runs:
        run.start()
    for turn in range(150):
        ballot_box.cast([Ballot(turn % 31, numbers[turn % 9], turn % 3 - 1)])
    over.set()
    for run in runs:
        run.join(60)
    evidence.keep_up(talk)
    assert not failures
    assert is_as_all_votes(talk)


def test_the_picture_is_the_one_that_all_votes_of_the_same_people_give(talk):
    crowds.crowd(talk, 60, crowds.two_camps)
    evidence.keep_up(talk)
    people = crowds.crowd(talk, 40, crowds.two_camps, first=60)
    facilitating.hide(talk.statements.get(number=4), None)
    facilitating.merge(talk.statements.get(number=5), talk.statements.get(number=6), None)
    Vote.objects.filter(pseudonym__in=people[:5]).update(is_assisted=True)
    now, everything = inside.interim(talk), inside.from_votes(talk)
    some = now.admitted.people[:-10]
    within, read = now.only(some), everything.only(some)

    columns = read.admitted.person, read.admitted.item, read.admitted.value
    assert within.moments == summarise(*columns)
    assert counting.count(within.admitted, within.moments).map == map_opinions(*columns)
    assert within.admitted.manifest == read.admitted.manifest
    assert within.on_paper == read.on_paper


def test_a_released_picture_reads_no_vote(talk, monkeypatch):
    crowds.crowd(talk, 40, crowds.two_camps)
    evidence.keep_up(talk)
    monkeypatch.setattr(inside, "from_votes", None)
    drawn = evidence.draw_interim(talk)
    assert drawn.people == 30
    assert evidence.latest(talk).answers == 30 * len(WORDS)


def test_of_a_crowd_too_large_for_live_pictures_a_fair_part_is_drawn(talk, monkeypatch):
    monkeypatch.setattr(inside, "MOST_PEOPLE", 60)
    crowds.crowd(talk, 50, crowds.two_camps)
    evidence.draw_interim(talk)
    crowds.crowd(talk, 150, crowds.two_camps, first=50)
    second = evidence.draw_interim(talk)
    now = inside.interim(talk)

    assert now.admitted.people.size == 60
    assert now.admitted.manifest.kept_back[-1].rows == 140 * len(WORDS)
    assert second.people == 50
    shown = [set(releases.people_of(each).tolist()) for each in releases.releases_of(talk.thing)]
    assert len(shown[0] ^ shown[1]) >= 10
    assert shown[1] < set(now.admitted.people.tolist())


def test_with_very_many_statements_pictures_are_drawn_from_the_votes(talk, monkeypatch):
    crowds.crowd(talk, 40, crowds.two_camps)
    evidence.keep_up(talk)
    monkeypatch.setattr(live, "MOST_STATEMENTS", len(WORDS) - 1)
    vote(talk, "phone", 1, 1)
    assert evidence.draw_interim(talk).people == 31
    assert not LiveCount.objects.exists()
    assert not Mark.objects.exists()


def test_tables_of_many_people_take_more_bytes_and_say_the_same():
    for people in (100, 200, 40_000):
        moments = summarise(np.arange(people).repeat(2), [3, 8] * people, [1, -1] * people)
        numbers, tables = moments.statements.astype("<i4").tobytes(), kept._packed_tables(moments)
        assert kept._read_moments(numbers, tables) == moments
        assert len(tables) == 12 * {100: 1, 200: 2, 40_000: 4}[people]


def answered(talk: Conversation) -> int:
    return Vote.objects.values("pseudonym").filter(statement__conversation=talk).distinct().count()


def test_heads_are_counted_from_what_is_kept_and_who_is_marked(talk, monkeypatch):
    assert evidence.head_count(talk.id) == 0
    crowds.crowd(talk, 20, crowds.two_camps)
    assert evidence.head_count(talk.id) == 20
    evidence.keep_up(talk)
    vote(talk, "phone", 1, 1)
    vote(talk, "tablet", 1, 1)
    vote(talk, "tablet", 2, 1)
    assert evidence.head_count(talk.id) == 22
    evidence.keep_up(talk)
    taking_part.merge(talk, by_device("phone"), by_device("tablet"))
    assert evidence.head_count(talk.id) == answered(talk) == 21
    taking_part.take_back(talk, by_device("tablet"))
    assert evidence.head_count(talk.id) == answered(talk) == 20
    vote(talk, "phone", 1, 1)
    monkeypatch.setattr(heads, "MOST_WAITING", 0)
    assert evidence.head_count(talk.id) == 21


class TestAtTheClose:
    def test_nothing_of_it_is_left_and_nothing_comes_back(self, talk):
        crowds.crowd(talk, 30, crowds.two_camps)
        evidence.keep_up(talk)
        vote(talk, "phone", 1, 1)
        facilitating.close(talk, None)
        evidence.keep_up(Conversation.objects.get())
        assert [model.objects.count() for model in (LiveCount, CountedPerson, Mark)] == [0, 0, 0]

    def test_a_machine_that_died_right_after_it_leaves_it_to_the_closing_work(self, talk):
        crowds.crowd(talk, 30, crowds.two_camps)
        evidence.keep_up(talk)
        vote(talk, "phone", 1, 1)
        tasks.finish.call(str(crowds.close_at_once(talk).id))
        assert [model.objects.count() for model in (LiveCount, CountedPerson, Mark)] == [0, 0, 0]

    def test_a_run_that_was_in_the_middle_writes_nothing_any_more(self, talk, monkeypatch):
        crowds.crowd(talk, 30, crowds.two_camps)
        evidence.keep_up(talk)
        vote(talk, "phone", 1, 1)
        worked_out = live._move_of

        def meanwhile_it_closes(*args):
            move = worked_out(*args)
            facilitating.close(Conversation.objects.get(), None)
            return move

        monkeypatch.setattr(live, "_move_of", meanwhile_it_closes)
        evidence.keep_up(talk)
        assert [model.objects.count() for model in (LiveCount, CountedPerson, Mark)] == [0, 0, 0]

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif(not settings.IS_SQLITE, reason="PostgreSQL clears old rows when it vacuums")
    def test_no_byte_of_a_pseudonym_is_left_in_the_files(self, talk):
        people = crowds.crowd(talk, 30, crowds.two_camps)
        evidence.keep_up(talk)
        vote(talk, "phone", 1, 1)
        someone = pseudonym_of(talk, by_device("phone"))
        traces = [
            who.to_bytes(8, order, signed=True)
            for who in (*people, someone)
            for order in ("little", "big")
        ]
        assert any(trace in files_of_the_database() for trace in traces)
        facilitating.close(talk, None)
        tasks.finish.call(str(talk.id))
        left = files_of_the_database()
        assert not [trace for trace in traces if trace in left]


def files_of_the_database() -> bytes:
    from coproduce.web.keeping import sqlite

    return b"".join(file.read_bytes() for file in sqlite.files())


PEOPLE = ("amina", "bea", "carl", "dan")
numbers = st.integers(1, 5)
steps = st.one_of(
    st.tuples(st.just("vote"), st.sampled_from(PEOPLE), numbers, st.sampled_from((-1, 0, 1))),
    st.tuples(st.just("vote"), st.sampled_from(PEOPLE), numbers, st.sampled_from((-1, 0, 1))),
    st.tuples(st.just("enter"), st.integers(0, 1), st.lists(st.sampled_from((1, 0, -1, None)))),
    st.tuples(st.just("take_sheet_back"), st.integers(0, 1)),
    st.tuples(st.just("take_back"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("sign_in"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    st.tuples(st.just("hide"), numbers),
    st.tuples(st.just("show"), numbers),
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("count")),
    st.tuples(st.just("count")),
    st.tuples(st.just("cut_off"), st.sampled_from(("_move_of", "_still_stands", "write"))),
)


class History:
    """A conversation to which all sorts of things happen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.talk = cast.an_open_conversation(WORDS[:5])
        facilitating.give_out_slips(self.talk, 2, None)
        self.edition = on_paper.print_sheets(self.talk, None)
        self.monkeypatch = monkeypatch

    def happens(self, step: tuple) -> None:
        try:
            getattr(self, step[0])(*step[1:])
        except (NotTaken, facilitating.NotPossible):
            return  # not allowed just then; it must leave no trace either

    def vote(self, device: str, number: int, choice: int) -> None:
        vote(self.talk, device, number, choice)

    def enter(self, slip: int, answers: list) -> None:
        said = tuple(None if one is None else Choice(one) for one in [*answers, *[None] * 5][:5])
        sheet = Sheet(1, slip_codes(self.talk)[slip], said)
        on_paper.enter_sheets(self.edition, [sheet], None)

    def take_sheet_back(self, slip: int) -> None:
        on_paper.take_back_sheet(self.talk, slip_codes(self.talk)[slip], None)

    def take_back(self, device: str) -> None:
        taking_part.take_back(self.talk, by_device(device))

    def sign_in(self, device: str, other: str) -> None:
        if device != other:
            taking_part.merge(self.talk, by_device(device), by_code(other))

    def hide(self, number: int) -> None:
        facilitating.hide(self.statement(number), None)

    def show(self, number: int) -> None:
        facilitating.show(self.statement(number), None)

    def merge(self, number: int, into: int) -> None:
        facilitating.merge(self.statement(number), self.statement(into), None)

    def count(self) -> None:
        evidence.keep_up(self.talk)

    def cut_off(self, deed: str) -> None:
        if Mark.objects.filter(conversation=self.talk).exists() and kept.kept_of(self.talk):
            with the_power_goes(self.monkeypatch, kept if deed == "write" else live, deed):
                evidence.keep_up(self.talk)
                raise ConnectionError("There was nothing to write.")

    def statement(self, number: int) -> Statement:
        return self.talk.statements.get(number=number)


@laws(max_examples=50)
@given(st.lists(steps, min_size=8, max_size=40), st.integers(1, 5))
def test_whatever_happens_it_is_what_a_count_of_all_votes_gives(history, at_once):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(live, "PEOPLE_AT_ONCE", at_once)
        it = History(patched)
        for step in history:
            it.happens(step)
        assert evidence.head_count(it.talk.id) == answered(it.talk)
        evidence.keep_up(it.talk)
        assert is_as_all_votes(it.talk)
        assert not Mark.objects.filter(conversation=it.talk).exists()
        assert evidence.recount(it.talk).is_fine
        now, read = inside.interim(it.talk), inside.from_votes(it.talk)
        columns = read.admitted.person, read.admitted.item, read.admitted.value
        assert now.moments == summarise(*columns)
        assert now.admitted.manifest == read.admitted.manifest
        assert counting.count(now.admitted, now.moments) == counting.count(read.admitted)
