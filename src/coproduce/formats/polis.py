"""Votes and statements out of files: Polis' exports, and a plain table of our own.

In Polis' exports agree is already +1, the opposite of Polis' database. This file is the only
place where a sign could be turned, and for exports none is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.table import HEADER, Source, Table, read_table
from coproduce.formats.text import unguarded

_LONG = ("voter-id", "comment-id", "vote")
_LONG_ALSO = ("timestamp", "datetime", "xid")
_OWN = ("person", "statement", "vote")
_MATRIX_ALSO = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid")
_COMMENTS = ("comment-id", "comment-body")
_COMMENTS_ALSO = ("timestamp", "datetime", "author-id", "agrees", "disagrees", "moderated")

# Spreadsheets and data frames write whole numbers in all these ways.
_VOTES = {"1": 1, "+1": 1, "1.0": 1, "0": 0, "0.0": 0, "-0.0": 0, "-1": -1, "-1.0": -1}
_LATEST_SECOND = 10**11  # the year 5138: larger numbers count milliseconds, as some exports do
_KINDS = (
    "voter-id,comment-id,vote (Polis votes), participant,0,1,2… (Polis participants-votes) "
    "or person,statement,vote"
)


@dataclass(frozen=True, eq=False)
class Votes:
    """Votes as read: equal-length arrays, agree = +1, in the order they were cast.

    `names`: what the file calls the people, where that is no whole number: person i is names[i].
    `statements`: every statement the file knows, those that nobody voted on too. `seconds`: when
    each vote was cast, where the file tells.
    """

    person: NDArray[np.int64]
    statement: NDArray[np.int64]
    vote: NDArray[np.int64]
    statements: tuple[int, ...]
    names: tuple[str, ...] | None
    seconds: NDArray[np.int64] | None = None

    def name(self, person: int) -> str:
        """What the file calls this person."""
        return str(person) if self.names is None else self.names[person]


@dataclass(frozen=True)
class ReadStatement:
    """A statement as read. `moderated`: -1 taken out, 0 undecided, 1 let in."""

    id: int
    words: str
    moderated: int


def read_votes(source: Source) -> Votes:
    """The votes in a file, its kind told by its header.

    `source`: a path, "-" for standard input, or a file opened for reading bytes.
    Of repeated votes all are kept, the latest last: by timestamp where the file has them.
    """
    table = read_table(source)
    if set(_LONG) <= set(table.header):
        return _long(table)
    if "participant" in table.header:
        return _matrix(table)
    if set(_OWN) <= set(table.header):
        return _own(table)
    raise table.bad(
        HEADER, None, f"These columns are not known here. A file of votes has {_KINDS}."
    )


def read_statements(source: Source) -> tuple[ReadStatement, ...]:
    """The statements in a Polis comments file, in its order."""
    table = read_table(source)
    _only(table, _COMMENTS, _COMMENTS_ALSO)
    ids = _whole_numbers(table, "comment-id")
    _once_each(table, "comment-id", ids)
    words = [unguarded(cell) for cell in table.column("comment-body")]
    moderated = _moderation(table) if "moderated" in table.header else [0] * len(ids)
    return tuple(map(ReadStatement, ids, words, moderated))


_NOT_VOTED = 9  # a blank cell of a matrix, while it is on its way


def _long(table: Table) -> Votes:
    _only(table, _LONG, _LONG_ALSO)
    cast_at = _cast_at(table)
    if cast_at is None:
        return _in_order(table, "voter-id", "comment-id", slice(None))
    order = np.argsort(cast_at, kind="stable").astype(np.int64)
    unit = 1000 if cast_at.max() > _LATEST_SECOND else 1
    votes = _in_order(table, "voter-id", "comment-id", order)
    return replace(votes, seconds=cast_at[order] // unit)


def _own(table: Table) -> Votes:
    _only(table, _OWN, ())
    return _in_order(table, "person", "statement", slice(None))


def _in_order(table: Table, person: str, statement: str, order: slice | NDArray[np.int64]) -> Votes:
    people, names = _people(table, person)
    statements = np.array(_whole_numbers(table, statement), dtype=np.int64)
    votes = np.array(_vote_column(table, "vote"), dtype=np.int64)
    return Votes(
        people[order],
        statements[order],
        votes[order],
        tuple(np.unique(statements).tolist()),
        names,
    )


def _matrix(table: Table) -> Votes:
    asked = [name for name in table.header if name not in _MATRIX_ALSO]
    for name in asked:
        if not _is_whole_number(name):
            raise table.bad(HEADER, name, "This column is neither a statement's number nor known.")
    people, names = _people(table, "participant")
    _once_each(table, "participant", people.tolist())
    by_statement = [_vote_column(table, name, blank=True) for name in asked]
    given = np.array(by_statement, dtype=np.int64).reshape(len(asked), people.size).T
    who, what = np.nonzero(given != _NOT_VOTED)
    ids = np.array([int(name) for name in asked], dtype=np.int64)
    return Votes(people[who], ids[what], given[who, what], tuple(sorted(ids.tolist())), names)


def _only(table: Table, needed: Sequence[str], also: Sequence[str]) -> None:
    for name in needed:
        if name not in table.header:
            raise table.bad(
                HEADER, name, "This column is missing. Add it, or export the file again."
            )
    for name in table.header:
        if name not in (*needed, *also):
            raise table.bad(
                HEADER, name or "(no name)", "This column is not known here. Take it out."
            )


def _vote_column(table: Table, name: str, *, blank: bool = False) -> list[int]:
    values = {**_VOTES, "": _NOT_VOTED} if blank else _VOTES
    cells = table.column(name)
    votes = [values.get(cell) for cell in cells]
    if None in votes:
        row = votes.index(None)
        raise table.bad(row, name, _why_no_vote(cells[row]))
    return [vote for vote in votes if vote is not None]


def _why_no_vote(cell: str) -> str:
    choice = "Write 1 for agree, -1 for disagree, 0 for pass."
    if not cell:
        return f"The vote is blank. {choice}"
    try:
        float(cell)
    except ValueError:
        return f"“{cell[:40]}” is not a number. {choice}"
    return f"{cell} is outside -1, 0, 1. {choice}"


def _people(table: Table, name: str) -> tuple[NDArray[np.int64], tuple[str, ...] | None]:
    """People by number, or, where any has no number, numbered by the order of their names."""
    cells = table.column(name)
    if "" in cells:
        raise table.bad(cells.index(""), name, "Nobody is named here. Fill it in or delete it.")
    different = set(cells)
    if all(map(_is_whole_number, different)):
        return np.array([int(cell) for cell in cells], dtype=np.int64), None
    names = tuple(sorted(different))
    number = {name: at for at, name in enumerate(names)}
    return np.array([number[cell] for cell in cells], dtype=np.int64), names


def _whole_numbers(table: Table, name: str) -> list[int]:
    cells = table.column(name)
    wrong = {cell for cell in set(cells) if not _is_whole_number(cell)}
    if wrong:
        row = next(at for at, cell in enumerate(cells) if cell in wrong)
        found = f"“{cells[row][:40]}” is" if cells[row] else "A blank is"
        raise table.bad(row, name, f"{found} not a whole number. Number each statement.")
    return [int(cell) for cell in cells]


def _is_whole_number(cell: str) -> bool:
    """Digits that come back the same, so that 7 and 007 stay two people."""
    return len(cell) < 19 and cell.removeprefix("-").isdecimal() and str(int(cell)) == cell


def _cast_at(table: Table) -> NDArray[np.int64] | None:
    """When each vote was cast, as the file counts; None where it tells no times."""
    if "timestamp" not in table.header:
        return None
    cells = table.column("timestamp")
    if not any(cells):
        return None
    for row, cell in enumerate(cells):
        if not _is_whole_number(cell):
            raise table.bad(
                row,
                "timestamp",
                "Some votes have a time and this one has none that can be read, so that the "
                "last vote is unknown. Mend it, or blank the whole column.",
            )
    return np.array([int(cell) for cell in cells], dtype=np.int64)


def _once_each(table: Table, name: str, ids: Iterable[int]) -> None:
    seen: set[int] = set()
    for row, each in enumerate(ids):
        if each in seen:
            raise table.bad(row, name, f"{each} is there twice. Keep one row for each.")
        seen.add(each)


def _moderation(table: Table) -> list[int]:
    cells = table.column("moderated")
    for row, cell in enumerate(cells):
        if cell not in ("-1", "0", "1", ""):
            raise table.bad(row, "moderated", f"“{cell[:40]}” should be -1 (out), 0 or 1 (in).")
    return [int(cell or 0) for cell in cells]
