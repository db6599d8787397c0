"""What lies in an envelope, and how a batch of envelopes becomes rows in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from coproduce.conversations.marks import packed
from coproduce.conversations.models import (
    Choice,
    Conversation,
    Mark,
    Phase,
    Showing,
    Statement,
    Vote,
    random_keys,
)

CHOICES = frozenset(Choice.values)
SMALLEST, LARGEST = -(2**63), 2**63 - 1
MOST_ROWS = 500  # in one statement; SQLite takes 32,766 values
MOST_CHANGES = 32_767  # what the column holds; the thousandth change of mind says no more

Row = tuple[Any, ...]


class Reason(StrEnum):
    """Why an answer was not taken, in the words that the person reads."""

    CLOSED = "This conversation has closed, so this answer was not counted."
    NOT_OPEN_YET = "This conversation is not open yet, so this answer was not counted."
    NOT_SHOWN = "This statement is no longer shown, so this answer was not counted."
    UNWRITABLE = "This answer could not be written down. Please answer again."
    UNKNOWN = "There is no such statement here, so this answer was not counted."


class NotTaken(Exception):
    """The conversation or the statement does not take answers; nothing of it was written."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ballot:
    """One answer, ready to be written."""

    pseudonym: int
    statement_id: int
    choice: int
    is_assisted: bool = False

    def __post_init__(self) -> None:
        if self.choice not in CHOICES:
            raise ValueError(f"An answer is agree (1), disagree (-1) or pass (0): {self.choice}.")
        if not SMALLEST <= self.pseudonym <= LARGEST:
            raise ValueError("A pseudonym has 64 bits.")


@dataclass(frozen=True, slots=True)
class Shown:
    """That a statement was put before somebody, and how likely that was."""

    pseudonym: int
    statement_id: int
    probability: float

    def __post_init__(self) -> None:
        if not 0 < self.probability <= 1:
            raise ValueError(f"A draw probability is above 0 and at most 1: {self.probability}.")
        if not SMALLEST <= self.pseudonym <= LARGEST:
            raise ValueError("A pseudonym has 64 bits.")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one request brings: taken as a whole or not at all."""

    ballots: Sequence[Ballot]
    shown: Sequence[Shown]

    def statement_ids(self) -> set[int]:
        answered = {ballot.statement_id for ballot in self.ballots}
        return answered | {showing.statement_id for showing in self.shown}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a statement allows at the moment of writing."""

    state: str
    phase: str
    conversation: Any  # its key as this database writes it

    def objection(self) -> Reason | None:
        if self.phase == Phase.DRAFT:
            return Reason.NOT_OPEN_YET
        if self.phase != Phase.OPEN:
            return Reason.CLOSED
        return None if self.state == Statement.State.SHOWN else Reason.NOT_SHOWN


def write(envelopes: Sequence[Envelope]) -> list[NotTaken | None]:
    """Write a batch in one transaction; for each envelope, nothing or why it was not taken."""
    with transaction.atomic(), connection.cursor() as cursor:
        standings = _standings(
            cursor, {number for envelope in envelopes for number in envelope.statement_ids()}
        )
        outcomes = [_refusal(envelope, standings) for envelope in envelopes]
        taken = [envelope for envelope, no in zip(envelopes, outcomes, strict=True) if no is None]
        ballots = [ballot for envelope in taken for ballot in envelope.ballots]
        _write_ballots(cursor, ballots)
        _write_marks(cursor, ballots, standings)
        _write_showings(cursor, [showing for envelope in taken for showing in envelope.shown])
    return outcomes


def _refusal(envelope: Envelope, standings: Mapping[int, Standing]) -> NotTaken | None:
    for statement_id in envelope.statement_ids():
        standing = standings.get(statement_id)
        objection = Reason.UNKNOWN if standing is None else standing.objection()
        if objection is not None:
            return NotTaken(objection)
    return None


def _standings(cursor: CursorWrapper, statement_ids: Iterable[int]) -> dict[int, Standing]:
    """How the statements stand, held still until the commit so that no vote lands after close."""
    ids = sorted(statement_ids)
    if not ids:
        return {}
    cursor.execute(
        f"""
        SELECT s.id, s.state, c.phase, c.id
        FROM {Statement._meta.db_table} s
        JOIN {Conversation._meta.db_table} c ON c.id = s.conversation_id
        WHERE s.id IN ({", ".join(["%s"] * len(ids))})
        ORDER BY c.id, s.id
        {"FOR SHARE OF c, s" if connection.vendor == "postgresql" else ""}
        """,  # noqa: S608  names of our own tables and placeholders only
        ids,
    )
    return {row[0]: Standing(*row[1:]) for row in cursor.fetchall()}


def _write_ballots(cursor: CursorWrapper, ballots: Sequence[Ballot]) -> None:
    rows = [
        (key, ballot.pseudonym, ballot.statement_id, ballot.choice, 0, ballot.is_assisted)
        for key, ballot in zip(random_keys(len(ballots)), sorted(ballots, key=_whose), strict=True)
    ]
    for one_each in _rounds(rows):
        _insert(cursor, VOTE, one_each)


def _write_marks(
    cursor: CursorWrapper, ballots: Sequence[Ballot], standings: Mapping[int, Standing]
) -> None:
    """One row for the whole batch says who has to be counted again: no vote waits for the count."""
    moved: dict[Any, set[int]] = {}
    for ballot in ballots:
        conversation = standings[ballot.statement_id].conversation
        moved.setdefault(conversation, set()).add(ballot.pseudonym)
    rows = [
        (key, conversation, packed(people))
        for key, (conversation, people) in zip(random_keys(len(moved)), moved.items(), strict=True)
    ]
    _insert(cursor, MARK, rows)


def _write_showings(cursor: CursorWrapper, showings: Sequence[Shown]) -> None:
    rows = [
        (key, showing.pseudonym, showing.statement_id, showing.probability)
        for key, showing in zip(
            random_keys(len(showings)), sorted(showings, key=_whose), strict=True
        )
    ]
    for one_each in _rounds(rows):
        _insert(cursor, SHOWING, one_each)


def _whose(row: Ballot | Shown) -> tuple[int, int]:
    return row.pseudonym, row.statement_id


def _rounds(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of which no two touch in one statement; the sort kept those that meet in their order.

    Two answers of one person to one statement are written one after the other: the last stays,
    and the change of mind is counted.
    """
    rounds: list[list[Row]] = []
    turn, last = 0, None
    for row in rows:
        turn = turn + 1 if row[1:3] == last else 0
        last = row[1:3]
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(row)
    return rounds


def _insert(cursor: CursorWrapper, sql: str, rows: Sequence[Row]) -> None:
    # One statement for many rows: each statement lets go of the interpreter, and has to queue
    # for it again behind every request that is being served.
    for start in range(0, len(rows), MOST_ROWS):
        part = rows[start : start + MOST_ROWS]
        one = f"({', '.join(['%s'] * len(part[0]))})"
        cursor.execute(
            sql.format(rows=", ".join([one] * len(part))), [value for row in part for value in row]
        )


_VOTES = Vote._meta.db_table
VOTE = f"""
    INSERT INTO {_VOTES} (id, pseudonym, statement_id, choice, changes, is_assisted)
    VALUES {{rows}}
    ON CONFLICT (pseudonym, statement_id) DO UPDATE SET
        choice = excluded.choice,
        is_assisted = excluded.is_assisted,
        changes = {_VOTES}.changes + CASE
            WHEN {_VOTES}.choice <> excluded.choice AND {_VOTES}.changes < {MOST_CHANGES} THEN 1
            ELSE 0
        END
"""  # noqa: S608  names of our own tables only
MARK = f"""
    INSERT INTO {Mark._meta.db_table} (id, conversation_id, pseudonyms)
    VALUES {{rows}}
"""  # noqa: S608  names of our own tables only
SHOWING = f"""
    INSERT INTO {Showing._meta.db_table} (id, pseudonym, statement_id, probability)
    VALUES {{rows}}
    ON CONFLICT (pseudonym, statement_id) DO NOTHING
"""  # noqa: S608  names of our own tables only
