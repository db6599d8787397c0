"""No acknowledged vote is ever lost, no vote lands twice, and a bad one hurts nobody else."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from coproduce.conversations import ballot_box, ballot_rows
from coproduce.conversations.actions import facilitating
from coproduce.conversations.ballot_box import (
    Ballot,
    BallotBox,
    BoxIsFull,
    NotTaken,
    Reason,
    Shown,
)
from coproduce.conversations.models import Conversation, Showing, Statement, Vote
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation()


@pytest.fixture
def first(talk: Conversation) -> Statement:
    return talk.statements.get(number=1)


@contextmanager
def a_box(**limits: float) -> Iterator[BallotBox]:
    box = BallotBox(**limits)  # type: ignore[arg-type]
    try:
        yield box
    finally:
        box.rest()


@contextmanager
def a_slow_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Writing begins, then waits until it is let go on."""
    begun, go_on = threading.Event(), threading.Event()
    write = ballot_rows.write

    def slowly(envelopes: list[ballot_rows.Envelope]) -> list[NotTaken | None]:
        begun.set()
        assert go_on.wait(10)
        return write(envelopes)

    monkeypatch.setattr(ballot_box, "write", slowly)
    try:
        yield begun, go_on
    finally:
        go_on.set()


def outcome(deed: Callable[[], None]) -> Exception | None:
    try:
        deed()
    except (NotTaken, BoxIsFull) as refusal:
        return refusal
    finally:
        connection.close()
    return None


def test_it_returns_once_the_vote_is_in_the_database(first: Statement) -> None:
    ballot_box.cast([Ballot(7, first.id, 1)])
    assert list(Vote.objects.values_list("pseudonym", "statement", "choice", "changes")) == [
        (7, first.id, 1, 0)
    ]


def test_a_hundred_parallel_posts_of_one_vote_are_one_row(first: Statement) -> None:
    with ThreadPoolExecutor(100) as phones:
        posts = [
            phones.submit(outcome, lambda: ballot_box.cast([Ballot(7, first.id, 1)]))
            for _ in range(100)
        ]
    assert [post.result() for post in posts] == [None] * 100
    assert Vote.objects.get().changes == 0


def test_a_crowd_that_votes_at_once_is_written_to_the_last_vote(talk: Conversation) -> None:
    ids = list(talk.statements.values_list("id", flat=True))
    with ThreadPoolExecutor(32) as phones:
        posts = [
            phones.submit(outcome, lambda p=person, s=one: ballot_box.cast([Ballot(p, s, 1)]))
            for person in range(60)
            for one in ids
        ]
    assert [post.result() for post in posts] == [None] * len(posts)
    assert Vote.objects.count() == 60 * len(ids)


def test_the_last_of_two_answers_to_one_statement_stays_and_the_change_is_counted(
    first: Statement,
) -> None:
    refusals = ballot_rows.write(
        [ballot_rows.Envelope([Ballot(7, first.id, choice)], []) for choice in (1, 1, -1, 0)]
    )
    assert refusals == [None] * 4
    vote = Vote.objects.get()
    assert (vote.choice, vote.changes) == (0, 2)


def test_changes_of_mind_are_counted_across_batches_too(first: Statement) -> None:
    for choice in (1, -1, -1, 1):
        ballot_box.cast([Ballot(7, first.id, choice)])
    vote = Vote.objects.get()
    assert (vote.choice, vote.changes) == (1, 2)


def test_counting_changes_stops_where_the_column_ends(first: Statement) -> None:
    ballot_box.cast([Ballot(7, first.id, 1)])
    Vote.objects.update(changes=ballot_rows.MOST_CHANGES)
    ballot_box.cast([Ballot(7, first.id, -1)])
    vote = Vote.objects.get()
    assert (vote.choice, vote.changes) == (-1, ballot_rows.MOST_CHANGES)


def test_only_the_first_showing_of_a_statement_is_kept(first: Statement) -> None:
    ballot_box.cast([], [Shown(7, first.id, 0.25)])
    ballot_box.cast([Ballot(7, first.id, 1)], [Shown(7, first.id, 0.5)])
    assert Showing.objects.get().probability == 0.25


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda ballot: object.__setattr__(ballot, "statement_id", 999_999), Reason.UNKNOWN),
        (lambda ballot: object.__setattr__(ballot, "choice", 7), Reason.UNWRITABLE),
        (lambda ballot: object.__setattr__(ballot, "choice", 40_000), Reason.UNWRITABLE),
    ],
    ids=["no such statement", "the database turns it down", "too big for its column"],
)
def test_one_bad_vote_does_not_fail_its_batch(
    first: Statement,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Ballot], None],
    reason: Reason,
) -> None:
    bad = Ballot(3, first.id, 1)
    spoil(bad)
    ballots = [Ballot(1, first.id, 1), Ballot(2, first.id, -1), bad, Ballot(4, first.id, 0)]
    with (
        a_box() as box,
        a_slow_disk(monkeypatch) as (begun, go_on),
        ThreadPoolExecutor(9) as phones,
    ):
        opener = phones.submit(outcome, lambda: box.cast([Ballot(9, first.id, 1)]))
        assert begun.wait(10)
        posts = [phones.submit(outcome, lambda b=ballot: box.cast([b])) for ballot in ballots]
        while len(box._inside) < len(ballots):
            threading.Event().wait(0.005)
        go_on.set()
    assert opener.result() is None
    refusals = [post.result() for post in posts]
    assert [refusal is None for refusal in refusals] == [True, True, False, True]
    assert isinstance(refusals[2], NotTaken)
    assert refusals[2].reason == reason
    assert set(Vote.objects.values_list("pseudonym", flat=True)) == {1, 2, 4, 9}


def test_an_envelope_is_taken_as_a_whole_or_not_at_all(talk: Conversation) -> None:
    one, two = talk.statements.order_by("number")[:2]
    Statement.objects.filter(pk=two.pk).update(state=Statement.State.HIDDEN)
    with pytest.raises(NotTaken) as refusal:
        ballot_box.cast([Ballot(7, one.id, 1), Ballot(7, two.id, 1)])
    assert refusal.value.reason == Reason.NOT_SHOWN
    assert not Vote.objects.exists()


def test_a_full_box_refuses_and_says_so(first: Statement, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        a_box(most_waiting=2) as box,
        a_slow_disk(monkeypatch) as (begun, go_on),
        ThreadPoolExecutor(9) as phones,
    ):
        opener = phones.submit(outcome, lambda: box.cast([Ballot(1, first.id, 1)]))
        assert begun.wait(10)
        waiting = [
            phones.submit(outcome, lambda p=person: box.cast([Ballot(p, first.id, 1)]))
            for person in (2, 3)
        ]
        while len(box._inside) < 2:
            threading.Event().wait(0.005)
        with pytest.raises(BoxIsFull):
            box.cast([Ballot(4, first.id, 1)])
        go_on.set()
    assert [post.result() for post in (opener, *waiting)] == [None] * 3
    assert set(Vote.objects.values_list("pseudonym", flat=True)) == {1, 2, 3}


def test_who_waits_too_long_is_refused_and_the_vote_is_not_written_later(
    first: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        a_box(patience_seconds=0.2) as box,
        a_slow_disk(monkeypatch) as (begun, go_on),
        ThreadPoolExecutor(2) as phones,
    ):
        being_written = phones.submit(outcome, lambda: box.cast([Ballot(1, first.id, 1)]))
        assert begun.wait(10)
        with pytest.raises(BoxIsFull):
            box.cast([Ballot(2, first.id, 1)])
        go_on.set()
    assert being_written.result() is None, "what is being written is waited for"
    assert list(Vote.objects.values_list("pseudonym", flat=True)) == [1]


def test_a_disk_that_fails_is_told_to_everybody_who_waits(
    first: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(envelopes: object) -> None:
        raise OSError("No space left on device")

    with a_box() as box:
        with monkeypatch.context() as broken:
            broken.setattr(ballot_box, "write", fail)
            with pytest.raises(BoxIsFull):
                box.cast([Ballot(1, first.id, 1)])
        box.cast([Ballot(2, first.id, 1)])
    assert list(Vote.objects.values_list("pseudonym", flat=True)) == [2]


def test_a_sealed_box_writes_what_waits_and_takes_nothing_more(
    first: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = BallotBox()
    with a_slow_disk(monkeypatch) as (begun, go_on), ThreadPoolExecutor(4) as phones:
        posts = [phones.submit(outcome, lambda: box.cast([Ballot(1, first.id, 1)]))]
        assert begun.wait(10)
        posts += [
            phones.submit(outcome, lambda p=person: box.cast([Ballot(p, first.id, 1)]))
            for person in (2, 3)
        ]
        while len(box._inside) < 2:
            threading.Event().wait(0.005)
        threading.Timer(0.05, go_on.set).start()
        box.seal()
    assert [post.result() for post in posts] == [None] * 3
    with pytest.raises(BoxIsFull):
        box.cast([Ballot(4, first.id, 1)])
    assert set(Vote.objects.values_list("pseudonym", flat=True)) == {1, 2, 3}


def test_nothing_is_taken_before_opening_or_after_closing(talk: Conversation) -> None:
    first = talk.statements.get(number=1)
    draft = cast.a_draft()
    with pytest.raises(NotTaken) as early:
        ballot_box.cast([Ballot(7, draft.statements.get(number=1).id, 1)])
    facilitating.close(talk, cast.facilitator())
    with pytest.raises(NotTaken) as late:
        ballot_box.cast([Ballot(7, first.id, 1)])
    assert (early.value.reason, late.value.reason) == (Reason.NOT_OPEN_YET, Reason.CLOSED)
    assert not Vote.objects.exists()


def test_no_vote_lands_after_close_however_many_come_at_that_moment(talk: Conversation) -> None:
    """The votes that were acknowledged are there when close returns, and none comes after."""
    first = talk.statements.get(number=1)
    closing = threading.Event()

    def vote(person: int) -> Exception | None:
        if person == 150:
            closing.set()
        return outcome(lambda: ballot_box.cast([Ballot(person, first.id, 1)]))

    with ThreadPoolExecutor(16) as phones:
        posts = [phones.submit(vote, person) for person in range(400)]
        assert closing.wait(20)
        facilitating.close(talk, cast.facilitator())
        there_at_close = Vote.objects.count()
    refusals = [post.result() for post in posts]
    assert Vote.objects.count() == there_at_close == refusals.count(None)
    assert {str(refusal) for refusal in refusals if refusal} <= {Reason.CLOSED.value}


def test_within_a_transaction_of_the_caller_votes_live_and_die_with_it(first: Statement) -> None:
    with transaction.atomic():
        ballot_box.cast([Ballot(7, first.id, 1)])
        assert Vote.objects.count() == 1
        transaction.set_rollback(True)
    assert not Vote.objects.exists()
    with transaction.atomic():
        ballot_box.cast([Ballot(7, first.id, 1, is_assisted=True)])
    assert Vote.objects.get().is_assisted


def test_a_forked_worker_has_a_box_and_a_writer_of_its_own(first: Statement) -> None:
    ballot_box.cast([Ballot(1, first.id, 1)])
    connection.close()
    with ballot_box.box._lid:  # forked at the worst moment
        child = os.fork()
        if child == 0:
            try:
                ballot_box.cast([Ballot(2, first.id, 1)])
                ballot_box.rest()
                os._exit(0)
            finally:
                os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert set(Vote.objects.values_list("pseudonym", flat=True)) == {1, 2}


def test_what_is_no_ballot_is_not_even_made() -> None:
    for wrong in (
        lambda: Ballot(1, 1, 2),
        lambda: Ballot(2**63, 1, 1),
        lambda: Shown(1, 1, 0.0),
        lambda: Shown(1, 1, 1.1),
    ):
        with pytest.raises(ValueError, match=r"answer is|64 bits|draw probability"):
            wrong()


def test_nothing_stored_with_a_vote_tells_who_when_or_in_which_order() -> None:
    for model in (Vote, Showing):
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns <= {
            "id",
            "pseudonym",
            "statement_id",
            "choice",
            "changes",
            "is_assisted",
            "probability",
        }


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="PostgreSQL keeps rows where they arrive; there the rewrite at close is the remedy",
)
def test_the_order_in_a_sqlite_file_says_nothing_about_the_order_of_arrival(
    first: Statement,
) -> None:
    arrived = list(range(1, 401))
    for person in arrived:
        ballot_box.cast([Ballot(person, first.id, 1)], [Shown(person, first.id, 0.5)])
    for model in (Vote, Showing):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT pseudonym, rowid, id FROM {model._meta.db_table} ORDER BY rowid"
            )
            rows = cursor.fetchall()
        assert all(rowid == key for _, rowid, key in rows), "no second, hidden order"
        assert abs(spearmanr([row[0] for row in rows], arrived).statistic) < 0.2


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(0, 2), st.sampled_from([-1, 0, 1])), max_size=30
    ),
    st.integers(1, 7),
)
@pytest.mark.django_db(transaction=True)
def test_however_the_votes_fall_into_batches_the_rows_are_the_same(
    votes: list[tuple[int, int, int]], size: int
) -> None:
    talk = cast.an_open_conversation()
    ids = list(talk.statements.values_list("id", flat=True))
    batches = [votes[start : start + size] for start in range(0, len(votes), size)]
    for batch in batches:
        ballot_rows.write(
            [ballot_rows.Envelope([Ballot(p, ids[s], choice)], []) for p, s, choice in batch]
        )
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    for person, statement, choice in votes:
        key = (person, ids[statement])
        before, changes = expected.get(key, (choice, 0))
        expected[key] = (choice, changes + (before != choice))
    rows = Vote.objects.filter(statement__conversation=talk)
    stored = {(v.pseudonym, v.statement_id): (v.choice, v.changes) for v in rows}
    rows.delete()
    talk.delete()
    assert stored == expected
