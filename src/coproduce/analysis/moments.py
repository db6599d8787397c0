"""What do we need to keep of the votes? Three tables of whole numbers that add up exactly.

Any split of the people gives the same tables: on another core, another machine, another network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.votes import Floats, Ints, VoteTable, vote_table

# Dense working copies stay near 100 MB: three float64 tables of block x S.
_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Moments:
    """How often statements were answered together, and how alike: exact whole numbers.

    For S statements (ids ascending in `statements`), each table is (S, S) int64:
    `N[j, k]` people who voted on both; `M[j, k]` the sum of x_j x_k over them;
    `X[j, k]` the sum of x_j over the people who also voted on k. x is +1, 0 or -1.
    On the diagonal: `N[j, j]` votes, `M[j, j]` votes that are no pass, `X[j, j]` their balance.
    Only statements that somebody voted on have a row.

    Moments of different people add (`a + b`) and subtract (`a - b`) exactly. A *split* is a split
    of people: one person's votes must not be spread over two summands, since the pairs among
    them would be lost. When a person votes again, `recast` replaces their old row by the new one.
    """

    statements: Ints
    N: Ints
    M: Ints
    X: Ints

    @property
    def votes(self) -> Ints:
        """People who voted on each statement (S,), passes included."""
        return np.diagonal(self.N)

    @property
    def agrees(self) -> Ints:
        """People who agreed with each statement (S,)."""
        return (np.diagonal(self.M) + np.diagonal(self.X)) // 2

    @property
    def disagrees(self) -> Ints:
        """People who disagreed with each statement (S,)."""
        return (np.diagonal(self.M) - np.diagonal(self.X)) // 2

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Moments):
            return NotImplemented
        mine, theirs = self._tables(), other._tables()
        return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))

    __hash__ = None  # type: ignore[assignment]  # holds arrays, which can be written to

    def __add__(self, other: Moments) -> Moments:
        return self._combine(other, 1)

    def __sub__(self, other: Moments) -> Moments:
        """Take people out again: exactly what would stand here had they never voted."""
        left = self._combine(other, -1)
        if np.any(left.N < 0) or np.any(np.abs(left.M) > left.N):
            raise ValueError("These votes cannot be taken out: they are not all in the moments.")
        return left._without_unanswered()

    def recast(self, *, before: Moments, after: Moments) -> Moments:
        """The moments after somebody voted again, changed their mind or took votes back.

        `before` is the summary of all their votes so far, `after` of all their votes now.
        """
        return self - before + after

    def _tables(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.statements, self.N, self.M, self.X

    def _combine(self, other: Moments, sign: int) -> Moments:
        both = np.union1d(self.statements, other.statements)
        mine = np.searchsorted(both, self.statements)
        theirs = np.searchsorted(both, other.statements)
        tables = []
        for own, added in ((self.N, other.N), (self.M, other.M), (self.X, other.X)):
            table = np.zeros((both.size, both.size), dtype=np.int64)
            table[np.ix_(mine, mine)] = own
            table[np.ix_(theirs, theirs)] += sign * added
            tables.append(table)
        return Moments(both, *tables)

    def _without_unanswered(self) -> Moments:
        kept = np.flatnonzero(self.votes)
        square = np.ix_(kept, kept)
        return Moments(self.statements[kept], self.N[square], self.M[square], self.X[square])


def summarise(
    person: ArrayLike, statement: ArrayLike, vote: ArrayLike, *, weights: ArrayLike | None = None
) -> Moments:
    """All that the axes of a map need to know about these votes, as tables that add up.

    `person`, `statement`, `vote`: equal-length whole numbers (R,), vote +1 agree, 0 pass,
    -1 disagree; no row = not voted; the last of a repeated pair wins. `weights` (R,) as in
    `map_opinions`. Returns `Moments`; state is 24 S² bytes, so think again from about 2,000
    statements. Raises ValueError where the columns cannot be votes.

    Most likely broken: that the summands hold different people (see `Moments`).
    Source: pairwise moments for data with gaps, Little & Rubin (2002), chapter 3.

    >>> hall = summarise([1, 1, 2], [10, 11, 10], [1, -1, 1])
    >>> at_home = summarise([3, 3], [10, 11], [-1, 0])
    >>> (hall + at_home).votes
    array([3, 2])
    >>> (hall + at_home) - at_home == hall
    True
    """
    return moments_of(vote_table(person, statement, vote, weights))


def moments_of(table: VoteTable) -> Moments:
    """The moments of votes already checked, a block of people at a time."""
    statements = table.statements.size
    sums = np.zeros((3, statements, statements), dtype=np.int64)
    at_once = max(1, _CELLS_AT_ONCE // max(statements, 1))
    for first in range(0, table.weight.size, at_once):
        sums += _block_moments(table, first, min(first + at_once, table.weight.size))
    return Moments(table.statements, sums[0], sums[1], sums[2])


def _block_moments(table: VoteTable, first: int, last: int) -> Ints:
    """N, M, X of the patterns first..last as dense products: exact below 2**53 people."""
    rows = slice(int(table.start[first]), int(table.start[last]))
    length = np.diff(table.start[first : last + 1])
    at = np.repeat(np.arange(last - first), length), table.column[rows]
    voted: Floats = np.zeros((last - first, table.statements.size))
    x = np.zeros_like(voted)
    voted[at] = 1.0
    x[at] = table.vote[rows]
    weight = table.weight[first:last, np.newaxis].astype(np.float64)
    heavy: Any = x * weight
    return np.rint([voted.T @ (voted * weight), x.T @ heavy, heavy.T @ voted]).astype(np.int64)
