"""What is kept of the count while a conversation is open, and how does it change?

For everybody counted one row with the answers that are in the moments (`CountedPerson`), and the
moments themselves (`LiveCount`). The two change together or not at all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from coproduce.analysis import Moments
from coproduce.analysis.live import Answers, follow
from coproduce.conversations.evidence.packing import Packed, pack, unpack
from coproduce.conversations.evidence.raw_bytes import bytes_as_they_are
from coproduce.conversations.marks import unpacked
from coproduce.conversations.models import (
    Conversation,
    CountedPerson,
    LiveCount,
    Mark,
    Vote,
    random_key,
    random_keys,
)

NUMBERS = np.dtype("<i4")
BYTES_A_CELL = (1, 2, 4, 8)  # a hall fits into one or two
# Past the ORM, which takes several times as long, and nobody can write on SQLite meanwhile.
READ_COUNT = f"""
    SELECT stamp, people, statements, tables
    FROM {LiveCount._meta.db_table} WHERE conversation_id = %s
"""  # noqa: S608  names of our own tables only
WRITE_COUNT = f"""
    UPDATE {LiveCount._meta.db_table}
    SET stamp = %s, people = %s, statements = %s, tables = %s WHERE conversation_id = %s
"""  # noqa: S608  names of our own tables only
WRITE_PERSON = f"""
    INSERT INTO {CountedPerson._meta.db_table} (id, conversation_id, pseudonym, answers)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (conversation_id, pseudonym) DO UPDATE SET answers = excluded.answers
"""  # noqa: S608  names of our own tables only

StoredRows = QuerySet[Vote, tuple[int, int, int, bool]]


class NotAsCounted(Exception):
    """What was kept does not fit what was counted; it has to be counted again from the votes."""


@dataclass(frozen=True, eq=False)
class Kept:
    """The live count as it stands; `stamp` is another one whenever it has changed."""

    stamp: int
    people: int
    moments: Moments


@dataclass(frozen=True, eq=False)
class Move:
    """What some people's answers were when they were counted, and what they are now."""

    before: Packed
    after: Packed

    @classmethod
    def between(cls, before: Packed, after: Packed) -> "Move":
        """The move of those alone whose answers are no longer as they were counted."""
        moved = {who for who in before.keys() | after.keys() if before.get(who) != after.get(who)}
        return cls(
            {who: what for who, what in before.items() if who in moved},
            {who: what for who, what in after.items() if who in moved},
        )

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    def applied_to(self, kept: Kept) -> Kept:
        """The count with these people counted as they answer now."""
        before, after = answers_in(self.before), answers_in(self.after)
        try:
            moments = follow(kept.moments, before=before, after=after)
        except ValueError as unfit:
            raise NotAsCounted(str(unfit)) from unfit
        people = kept.people + len(self.after) - len(self.before)
        return Kept(random_key(), people, moments)


def answers_in(packed: Packed) -> Answers:
    try:
        columns = unpack(packed)
    except ValueError as damaged:
        raise NotAsCounted("answers in the live count are damaged") from damaged
    return Answers(columns.person, columns.number, columns.choice)


def kept_of(conversation: Conversation) -> Kept | None:
    """The live count of a conversation, where there is one."""
    with bytes_as_they_are() as cursor:
        cursor.execute(READ_COUNT, [key_of(conversation)])
        row = cursor.fetchone()
    if row is None:
        return None
    stamp, people, statements, tables = row
    return Kept(stamp, people, _read_moments(bytes(statements), bytes(tables)))


def key_of(conversation: Conversation) -> Any:
    """Its key as this database writes it."""
    return Conversation._meta.pk.get_db_prep_value(conversation.pk, connection)


def counted(
    conversation: Conversation, people: Collection[int] | None = None, *, first: int | None = None
) -> dict[int, bytes]:
    """The answers that are in the count: of these people, or the first by pseudonym, or all."""
    rows = CountedPerson.objects.filter(conversation=conversation).order_by("pseudonym")
    if people is not None:
        rows = rows.filter(pseudonym__in=people)
    columns = rows.values_list("pseudonym", "answers")[:first]
    return {who: bytes(what) for who, what in columns}


def stored(conversation: Conversation, people: Collection[int]) -> dict[int, bytes]:
    """The answers of these people as they stand now.

    Asked by person alone: through the statements SQLite would look for each person at each.
    """
    if not people:
        return {}
    votes = Vote.objects.filter(pseudonym__in=people)
    rows = _fetched(votes.values_list("pseudonym", "statement_id", "choice", "is_assisted"))
    ours = conversation.statements.order_by("id").values_list("id", "number")
    ids, numbers = np.array(list(ours), dtype=np.int64).reshape(-1, 2).T
    rows = rows[np.isin(rows[:, 1], ids)]
    rows[:, 1] = numbers[np.searchsorted(ids, rows[:, 1])]
    return pack(rows)


def _fetched(rows: StoredRows) -> NDArray[np.int64]:
    """Rows as the database gives them: to convert each flag takes longer than to read it."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 4)


def stored_rows(conversation: Conversation) -> StoredRows:
    votes = Vote.objects.filter(statement__conversation=conversation)
    return votes.values_list("pseudonym", "statement__number", "choice", "is_assisted")


def everybody(conversation: Conversation) -> list[int]:
    """All who have answered something."""
    votes = Vote.objects.filter(statement__conversation=conversation)
    return list(votes.values_list("pseudonym", flat=True).distinct())


def marked(conversation: Conversation) -> set[int]:
    """All whose answers have moved since they were counted."""
    marks = Mark.objects.filter(conversation=conversation)
    rows = marks.values_list("pseudonyms", flat=True)
    return {who for row in rows for who in unpacked(bytes(row))}


def write(conversation: Conversation, now: Kept, move: Move) -> None:
    """Put the count and the rows of those who moved in the place of what stood there."""
    gone = move.before.keys() - move.after.keys()
    rows = CountedPerson.objects.filter(conversation=conversation)
    rows.filter(pseudonym__in=gone).delete()
    key = key_of(conversation)
    keys = random_keys(len(move.after))
    people = [(own, key, *counted) for own, counted in zip(keys, move.after.items(), strict=True)]
    statements = now.moments.statements.astype(NUMBERS).tobytes()
    tables = _packed_tables(now.moments)
    with bytes_as_they_are() as cursor:
        cursor.executemany(WRITE_PERSON, people)
        cursor.execute(WRITE_COUNT, [now.stamp, now.people, statements, tables, key])


def _packed_tables(moments: Moments) -> bytes:
    """N, M and X in as few bytes a cell as the largest number needs: no cell exceeds one of N."""
    most = int(moments.N.max(initial=0))
    size = next(size for size in BYTES_A_CELL if most < 1 << (8 * size - 1))
    return np.stack([moments.N, moments.M, moments.X]).astype(f"<i{size}").tobytes()


def _read_moments(statements: bytes, tables: bytes) -> Moments:
    """The other way round; bytes that cannot have been written by us are no moments."""
    try:
        numbers = np.frombuffer(statements, dtype=NUMBERS).astype(np.int64)
        size = len(tables) // (3 * numbers.size**2) if numbers.size else 1
        flat = np.frombuffer(tables, dtype=f"<i{size}").astype(np.int64)
        N, M, X = flat.reshape(3, numbers.size, numbers.size)
    except (ValueError, TypeError) as damaged:
        raise NotAsCounted("the tables of the live count are damaged") from damaged
    return Moments(numbers, N, M, X)
