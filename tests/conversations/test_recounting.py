"""Held against the votes, a count that is wrong is named, mended and written in the log."""

import threading

import numpy as np
import pytest
from django.db import connection

from coproduce.conversations import ballot_box, evidence, tasks
from coproduce.conversations.ballot_box import Ballot
from coproduce.conversations.evidence import kept, live, recounting
from coproduce.conversations.models import Conversation, CountedPerson, LiveCount, Mark, Vote
from coproduce.trust.models import LogEntry
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Statement number {number} of this talk." for number in range(1, 10)]


@pytest.fixture
def talk() -> Conversation:
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, 30, crowds.two_camps)
    evidence.keep_up(talk)
    return talk


def is_mended(talk: Conversation) -> bool:
    standing = kept.kept_of(talk)
    rows = kept.counted(talk)
    return (
        rows == kept.stored(talk, kept.everybody(talk))
        and standing.moments == kept.answers_in(rows).moments()
        and standing.people == len(rows)
        and evidence.recount(talk).is_fine
    )


def spoil_table(table: str, *cells: tuple[int, int]) -> None:
    """Add one in these cells of one table, behind everybody's back."""
    row = LiveCount.objects.get()
    size = len(WORDS)
    tables = np.frombuffer(bytes(row.tables), dtype="<i1").reshape(3, size, size).copy()
    for j, k in cells:
        tables["NMX".index(table), j - 1, k - 1] += 1
    LiveCount.objects.update(tables=tables.tobytes())


def test_a_count_as_it_should_be_is_left_alone(talk):
    before = kept.kept_of(talk)
    found = evidence.recount(talk)
    assert str(found) == "30 people and 270 votes are counted as they stand"
    assert kept.kept_of(talk).stamp == before.stamp
    assert not LogEntry.objects.filter(deed=live.MENDED).exists()


@pytest.mark.parametrize("table", "NMX")
def test_a_wrong_cell_is_named_mended_and_logged(talk, table):
    spoil_table(table, (3, 7))
    found = evidence.recount(talk)
    assert str(found) == f"table {table} differs for statements 3, 7"
    assert LogEntry.objects.get(deed=live.MENDED).note == str(found)
    assert is_mended(talk)


def test_many_statements_are_not_all_named(talk):
    spoil_table("X", *((1, number) for number in range(1, 10)))
    assert str(evidence.recount(talk)) == "table X differs for statements 1, 2, 3, 4, 5 and 4 more"


def test_an_answer_that_moved_without_a_mark_is_found(talk):
    changed = Vote.objects.filter(statement__number=2).first()
    Vote.objects.filter(pk=changed.pk).update(choice=1)
    found = evidence.recount(talk)
    assert found.faults[-1] == "1 person is not counted as they answered"
    assert found.faults[0].startswith("table M differs for statements 1, 2")
    assert str(changed.pseudonym) not in str(found)
    assert is_mended(talk)


def test_somebody_who_is_missing_is_found(talk):
    CountedPerson.objects.filter(pk=CountedPerson.objects.first().pk).delete()
    assert "1 person is not counted as they answered" in evidence.recount(talk).faults
    assert is_mended(talk)


def test_a_wrong_head_count_is_found(talk):
    LiveCount.objects.update(people=29)
    assert str(evidence.recount(talk)) == "29 people are said to be counted, and 30 are"
    assert is_mended(talk)


def test_damaged_answers_of_somebody_who_waits_are_found(talk):
    somebody = CountedPerson.objects.first()
    CountedPerson.objects.filter(pk=somebody.pk).update(answers=b"\0\0\0")
    vote = Vote.objects.filter(pseudonym=somebody.pseudonym).first()
    ballot_box.cast([Ballot(vote.pseudonym, vote.statement_id, 1)])
    assert str(evidence.recount(talk)) == "answers in the live count are damaged"
    assert is_mended(talk)


@pytest.mark.parametrize("damage", [{"tables": b"\0" * 100}, {"statements": b"\1\0\0"}])
def test_damaged_tables_are_found(talk, damage):
    LiveCount.objects.update(**damage)
    assert str(evidence.recount(talk)) == "the tables of the live count are damaged"
    assert is_mended(talk)


def test_a_refresh_that_meets_damage_mends_it_and_says_so_in_the_log(talk):
    LiveCount.objects.update(tables=b"\0" * 100)
    crowds.crowd(talk, 1, crowds.two_camps, first=99)
    evidence.keep_up(talk)
    assert "damaged" in LogEntry.objects.get(deed=live.MENDED).note
    assert kept.kept_of(talk).people == 31
    assert is_mended(talk)


def test_a_refresh_that_would_take_out_what_is_not_in_counts_everybody_again(talk):
    somebody = CountedPerson.objects.first()
    Vote.objects.filter(pseudonym=somebody.pseudonym).delete()
    Mark.objects.create(
        conversation=talk, pseudonyms=somebody.pseudonym.to_bytes(8, "little", signed=True)
    )
    LiveCount.objects.update(tables=b"\0" * (3 * len(WORDS) ** 2))
    evidence.keep_up(talk)
    assert "not all in the moments" in LogEntry.objects.get(deed=live.MENDED).note
    assert kept.kept_of(talk).people == 29
    assert is_mended(talk)


def test_whoever_waits_to_be_counted_is_no_fault(talk):
    people = crowds.crowd(talk, 5, crowds.one_mind, first=50)
    moved = Vote.objects.exclude(pseudonym__in=people).first()
    ballot_box.cast([Ballot(moved.pseudonym, moved.statement_id, -moved.choice or 1)])
    found = evidence.recount(talk)
    assert found.is_fine
    assert found.people == 30
    assert set(people) < kept.marked(talk)


def test_what_was_never_counted_has_nothing_wrong_with_it():
    assert evidence.recount(cast.an_open_conversation()).is_fine


def test_it_tells_how_far_it_is(talk, monkeypatch):
    monkeypatch.setattr(recounting, "ROWS_AT_ONCE", 100)
    told = []
    evidence.recount(talk, lambda more, of: told.append((more, of)))
    assert told == [(100, 270), (100, 270), (70, 270)]


@pytest.mark.django_db(transaction=True)
def test_while_people_answer_and_are_counted_it_finds_no_fault(talk):
    numbers = list(talk.statements.values_list("pk", flat=True))
    over, failures = threading.Event(), []

    def answer() -> None:
        turn = 0
        try:
            while not over.is_set():
                ballot_box.cast([Ballot(turn % 40, numbers[turn % 9], turn % 3 - 1)])
                turn += 1
                if turn % 7 == 0:
                    evidence.keep_up(talk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    room = threading.Thread(target=answer)
    room.start()
    found = [evidence.recount(talk) for _ in range(25)]
    over.set()
    room.join(60)
    assert not failures
    assert [each for each in found if not each.is_fine] == []


def test_the_nightly_task_says_what_it_found(talk, caplog):
    assert tasks.check_moments.call(str(talk.id)).startswith("30 people and 270 votes")
    spoil_table("M", (2, 2))
    assert tasks.check_moments.call(str(talk.id)) == "table M differs for statement 2"
    assert "was wrong: table M differs for statement 2" in caplog.text
    crowds.close_at_once(talk)
    assert tasks.check_moments.call(str(talk.id)).startswith("It is over")
