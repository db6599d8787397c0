"""What do we need to keep of the votes? Three tables of whole numbers that add up exactly.

Any split of the people gives the same tables: on another core, another machine, another network.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis import kernels
from coproduce.analysis.votes import Ints, VoteTable, vote_table


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
        return self._combine(other, np.add)

    def __sub__(self, other: Moments) -> Moments:
        """Take people out again: exactly what would stand here had they never voted."""
        left = self._combine(other, np.subtract)
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

    def _combine(self, other: Moments, combine: Callable[[Ints, Ints], Ints]) -> Moments:
        both = np.union1d(self.statements, other.statements)
        mine = np.searchsorted(both, self.statements)
        theirs = np.searchsorted(both, other.statements)
        tables = [
            combine(_spread(own, mine, both.size), _spread(added, theirs, both.size))
            for own, added in ((self.N, other.N), (self.M, other.M), (self.X, other.X))
        ]
        return Moments(both, *tables)

    def _without_unanswered(self) -> Moments:
        kept = np.flatnonzero(self.votes)
        if kept.size == self.statements.size:
            return self
        square = np.ix_(kept, kept)
        return Moments(self.statements[kept], self.N[square], self.M[square], self.X[square])


def _spread(table: Ints, at: Ints, size: int) -> Ints:
    """The same table with rows and columns of noughts between; itself where there are none."""
    if at.size == size:
        return table
    rows, spread = np.zeros((size, at.size), np.int64), np.zeros((size, size), np.int64)
    rows[at] = table
    spread[:, at] = rows
    return spread


def summarise(
    person: ArrayLike, statement: ArrayLike, vote: ArrayLike, *, weights: ArrayLike | None = None
) -> Moments:
    """All that the axes of a map need to know about these votes, as tables that add up.

    `person`, `statement`, `vote`: equal-length whole numbers (R,), vote +1 agree, 0 pass,
    -1 disagree; no row = not voted; the last of a repeated pair wins. `weights` (R,) as in
    `map_opinions`. Returns `Moments`; state is 24 S² bytes, and from 2,000 statements on a warning
    says so. Raises ValueError where the columns cannot be votes.

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
    """The moments of votes already checked.

    Patterns are counted once for each binary digit of their weight, so that the counting itself
    knows nothing but single people.
    """
    statements = table.statements.size
    sums = np.zeros((3, statements, statements), dtype=np.int64)
    does = kernels.for_votes(table.column.size)
    for digit in range(int(table.weight.max(initial=0)).bit_length()):
        chosen = np.flatnonzero((table.weight >> digit) & 1)
        if chosen.size:
            does.add_pairs(table.start, table.column, table.vote, chosen, 1 << digit, sums)
    return Moments(table.statements, sums[0], sums[1], sums[2])
