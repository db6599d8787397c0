"""Is the live count what a count of all votes gives? Compared integer for integer, and mended.

The count may lag behind the votes by the people who are marked; everybody else must be in it
exactly as they answered. All is read as it stood at one moment, while people go on answering.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis.live import Difference, differences
from coproduce.conversations.evidence import kept, live
from coproduce.conversations.evidence.kept import NotAsCounted
from coproduce.conversations.evidence.packing import BYTES, Packed, pack
from coproduce.conversations.models import Conversation
from coproduce.conversations.one_moment import one_moment

ROWS_AT_ONCE = 20_000
MOST_NAMED = 5  # statements, in a sentence

Advance = Callable[[int, int], None]  # so many votes more, of so many


@dataclass(frozen=True)
class Recounted:
    """How many people and votes were compared, and what was not as it should be."""

    people: int
    votes: int
    faults: tuple[str, ...]

    @property
    def is_fine(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        if self.faults:
            return "; ".join(self.faults)
        return f"{self.people:,} people and {self.votes:,} votes are counted as they stand"


def recount(conversation: Conversation, advance: Advance = lambda more, of: None) -> Recounted:
    """Compare the live count with all votes; where they differ, count everybody again."""
    try:
        found = _compared(conversation, advance)
    except NotAsCounted as damaged:
        found = Recounted(0, 0, (str(damaged),))
    if not found.is_fine:
        live.start_over(conversation, why=str(found))
        live.keep_up(conversation)
    return found


def _compared(conversation: Conversation, advance: Advance) -> Recounted:
    with one_moment():
        votes = _all_votes(conversation, advance)
        rows = kept.counted(conversation)
        waiting = kept.marked(conversation)
        standing = kept.kept_of(conversation)
    if standing is None:
        return Recounted(0, 0, ())
    should_be = {**_without(votes, waiting), **_among(rows, waiting)}
    moments = kept.answers_in(should_be).moments()
    faults = [_in_words(each) for each in differences(standing.moments, moments)]
    faults += _of_people(rows, should_be, standing.people)
    return Recounted(len(should_be), _answers(should_be), tuple(faults))


def _all_votes(conversation: Conversation, advance: Advance) -> dict[int, bytes]:
    rows = kept.stored_rows(conversation)
    total = rows.count()
    parts = [np.zeros((0, 4), dtype=np.int64)]
    for part in _in_parts(rows.iterator(chunk_size=ROWS_AT_ONCE)):
        parts.append(part)
        advance(len(part), total)
    return pack(np.concatenate(parts))


def _in_parts(rows: Iterator[tuple[int, int, int, bool]]) -> Iterator[NDArray[np.int64]]:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield np.array(part, dtype=np.int64)


def _of_people(rows: Packed, should_be: Packed, people: int) -> Iterator[str]:
    """What is wrong with the rows of people, without a word about any of them."""
    others = sum(rows.get(who) != should_be.get(who) for who in rows.keys() | should_be.keys())
    if others:
        who = "1 person is" if others == 1 else f"{others:,} people are"
        yield f"{who} not counted as they answered"
    elif people != len(should_be):
        yield f"{people:,} people are said to be counted, and {len(should_be):,} are"


def _in_words(difference: Difference) -> str:
    numbers = [str(number) for number in difference.statements]
    more = len(numbers) - MOST_NAMED
    named = ", ".join(numbers[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"table {difference.table} differs for {_statements(len(numbers))} {named}"


def _statements(count: int) -> str:
    return "statement" if count == 1 else "statements"


def _answers(packed: Packed) -> int:
    return sum(map(len, packed.values())) // BYTES


def _without(packed: Packed, people: set[int]) -> Packed:
    return {who: what for who, what in packed.items() if who not in people}


def _among(packed: Packed, people: set[int]) -> Packed:
    return {who: what for who, what in packed.items() if who in people}
