"""How do the moments follow when a few people vote, at a cost that does not grow with past votes?

One changed answer touches the pairs that it forms with the person's other answers, and nothing
else: with D changed answers of people who gave n each, D x n pairs instead of P x n x n.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.moments import Moments, summarise
from coproduce.analysis.votes import Ints

# Beyond so many pairs a cell, counting these people anew is quicker than following each answer.
_PAIRS_A_CELL = 4


@dataclass(frozen=True, eq=False)
class Answers:
    """Votes of some people as three columns of one length; no pair of person and statement twice.

    `vote` is +1 agree, 0 pass, -1 disagree; no row = not voted.
    """

    person: Ints
    statement: Ints
    vote: Ints

    @classmethod
    def of(cls, person: ArrayLike, statement: ArrayLike, vote: ArrayLike) -> "Answers":
        """The same from anything that numpy can read as columns of whole numbers."""
        return cls(*(np.asarray(column, dtype=np.int64) for column in (person, statement, vote)))

    def moments(self) -> Moments:
        return summarise(self.person, self.statement, self.vote)


class Difference(NamedTuple):
    """Where two sets of moments are not the same: a table, and the statements concerned."""

    table: str
    statements: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Cells:
    """Every pair of person and statement that was or is voted on, person by person.

    `voted` and `x` are (2, cells): before, and after.
    """

    person: Ints
    column: Ints
    voted: Ints
    x: Ints

    @property
    def changed(self) -> Ints:
        """Where what stands there now is not what stood there before."""
        return np.flatnonzero((self.voted[0] != self.voted[1]) | (self.x[0] != self.x[1]))


def follow(moments: Moments, *, before: Answers, after: Answers) -> Moments:
    """The moments after some people voted, voted again, or took votes back: exactly.

    `before`: all votes of these people that are in `moments` (none for newcomers); `after`: all
    their votes now (none for those who left). The result equals `moments.recast` of the two
    summaries, integer for integer, and so a summary of everybody's votes now. Nothing given is
    written to. Raises ValueError where `before` was not in the moments.

    Most likely broken: that `before` is what was counted, not what was stored meanwhile.
    Source: our own rule, decision 0008; for one person with votes a now and b before,
    a a' - b b' = (a - b) a' + b (a - b)'.

    >>> hall = summarise([1, 1, 2], [7, 8, 7], [1, -1, 1])
    >>> was, now = Answers.of([2], [7], [1]), Answers.of([2, 2], [7, 9], [0, 1])
    >>> follow(hall, before=was, after=now) == summarise(
    ...     [1, 1, 2, 2], [7, 8, 7, 9], [1, -1, 0, 1]
    ... )
    True
    """
    statements = np.union1d(moments.statements, np.union1d(before.statement, after.statement))
    cells = _cells(before, after, statements)
    first, last = np.searchsorted(cells.person, cells.person[cells.changed] + np.array([[0], [1]]))
    pairs = int((last - first).sum())
    if pairs > _PAIRS_A_CELL * statements.size**2:
        return moments.recast(before=before.moments(), after=after.moments())
    tables = [_spread(table, moments.statements, statements) for table in _tables(moments)]
    _add_pairs(tables, cells, first, last)
    return _checked(statements, tables)


def among(moments: Moments, statements: ArrayLike) -> Moments:
    """The moments of the same people's votes on these statements alone; unknown ids are ignored.

    >>> among(summarise([1, 1], [7, 8], [1, -1]), [8, 9]) == summarise([1], [8], [-1])
    True
    """
    kept = np.flatnonzero(np.isin(moments.statements, np.asarray(statements, dtype=np.int64)))
    square = np.ix_(kept, kept)
    return Moments(moments.statements[kept], *(table[square] for table in _tables(moments)))


def differences(one: Moments, other: Moments) -> tuple[Difference, ...]:
    """In which tables, and for which statements, two sets of moments differ; empty where equal.

    >>> differences(summarise([1, 1], [7, 8], [1, 1]), summarise([1, 1], [7, 8], [1, 0]))
    (Difference(table='M', statements=(7, 8)), Difference(table='X', statements=(7, 8)))
    """
    both = np.union1d(one.statements, other.statements)
    found = []
    for name, mine, theirs in zip("NMX", _tables(one), _tables(other), strict=True):
        apart = _spread(mine, one.statements, both) != _spread(theirs, other.statements, both)
        where = both[apart.any(axis=0) | apart.any(axis=1)]
        if where.size:
            found.append(Difference(name, tuple(where.tolist())))
    return tuple(found)


def _cells(before: Answers, after: Answers, statements: Ints) -> _Cells:
    people = np.union1d(before.person, after.person)
    at = [
        np.searchsorted(people, votes.person) * statements.size
        + np.searchsorted(statements, votes.statement)
        for votes in (before, after)
    ]
    cell = np.union1d(*at)
    voted, x = np.zeros((2, 2, cell.size), dtype=np.int64)
    for turn, votes in enumerate((before, after)):
        where = np.searchsorted(cell, at[turn])
        voted[turn, where], x[turn, where] = 1, votes.vote
    person, column = np.divmod(cell, max(statements.size, 1))
    return _Cells(person, column, voted, x)


def _add_pairs(tables: Sequence[Ints], cells: _Cells, first: Ints, last: Ints) -> None:
    """Add (a - b) a' + b (a - b)' of every person to N, M and X."""
    length = last - first
    one = np.repeat(cells.changed, length)
    other = np.repeat(first - np.cumsum(length) + length, length) + np.arange(one.size)
    size = tables[0].shape[0]
    row = cells.column[one] * size + cells.column[other]
    across = cells.column[other] * size + cells.column[one]
    voted, x = cells.voted, cells.x
    more_voted, more_x = (voted[1] - voted[0])[one], (x[1] - x[0])[one]
    N, M, X = (table.reshape(-1) for table in tables)
    np.add.at(N, row, more_voted * voted[1, other])
    np.add.at(N, across, voted[0, other] * more_voted)
    np.add.at(M, row, more_x * x[1, other])
    np.add.at(M, across, x[0, other] * more_x)
    np.add.at(X, row, more_x * voted[1, other])
    np.add.at(X, across, x[0, other] * more_voted)


def _checked(statements: Ints, tables: Sequence[Ints]) -> Moments:
    N, M, X = tables
    if np.any(N < 0) or np.any(np.abs(M) > N):
        raise ValueError("These votes cannot be taken out: they are not all in the moments.")
    moments = Moments(statements, N, M, X)
    return moments if np.all(moments.votes > 0) else among(moments, statements[moments.votes > 0])


def _tables(moments: Moments) -> tuple[Ints, Ints, Ints]:
    return moments.N, moments.M, moments.X


def _spread(table: Ints, statements: Ints, wider: Ints) -> Ints:
    """A copy of a table that has room for more statements."""
    if statements.size == wider.size:
        return table.copy()
    at = np.searchsorted(wider, statements)
    spread = np.zeros((wider.size, wider.size), dtype=np.int64)
    spread[np.ix_(at, at)] = table
    return spread
