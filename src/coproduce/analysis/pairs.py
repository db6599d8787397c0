"""What do we need to keep of two waves? The different pairs of answers, and how often each came.

Inside a place the multiset of pairs adds up exactly, whatever the split. Between places only its
moments travel, which tell nobody's answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.arrays import Flags, Floats, Ints

LARGEST = 1e100  # beyond it the squares of a score leave floating point


@dataclass(frozen=True, eq=False)
class Pairs:
    """How often each pair of answers (before, after) was given, in ascending order of the pairs.

    `before`, `after` (P,): scores, not-a-number where that wave was not answered; `people` (P,):
    how many gave this pair. Whoever answered neither wave is not in it. Pairs of different people
    add (`a + b`) exactly, in any order and however they are split.
    """

    before: Floats
    after: Floats
    people: Ints

    @property
    def n_before(self) -> int:
        """People who answered the first wave."""
        return int(self.people[~np.isnan(self.before)].sum())

    @property
    def n_after(self) -> int:
        """People who answered the second wave."""
        return int(self.people[~np.isnan(self.after)].sum())

    @property
    def n_linked(self) -> int:
        """People who answered both, and are known to be the same person."""
        return int(self.people[self.is_linked].sum())

    @property
    def is_linked(self) -> Flags:
        """Which of the pairs (P,) have both answers."""
        return ~np.isnan(self.before) & ~np.isnan(self.after)

    def linked(self) -> tuple[Floats, Floats, Ints]:
        """(before, after, people) of the pairs that have both answers."""
        both = self.is_linked
        return self.before[both], self.after[both], self.people[both]

    def moments(self) -> PairMoments:
        """What may travel: how many linked people, means, variances, correlation."""
        before, after, people = self.linked()
        return _from_sums(_sums(before, after, people))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pairs):
            return NotImplemented
        return all(
            np.array_equal(mine, theirs, equal_nan=True)
            for mine, theirs in (
                (self.before, other.before),
                (self.after, other.after),
                (self.people, other.people),
            )
        )

    __hash__ = None  # type: ignore[assignment]  # holds arrays, which can be written to

    def __add__(self, other: Pairs) -> Pairs:
        return _counted(
            np.concatenate((self.before, other.before)),
            np.concatenate((self.after, other.after)),
            np.concatenate((self.people, other.people)),
        )


@dataclass(frozen=True)
class PairMoments:
    """Two waves of linked people as six numbers: what a place may send to another.

    `n` people; means and variances (divided by n - 1) before and after; `r` their correlation.
    None where nothing stands behind a number: means without people, variances of fewer than two,
    r where one side does not vary. Moments of different people add, to 1e-12 of their spread.
    """

    n: int
    mean_before: float | None
    mean_after: float | None
    var_before: float | None
    var_after: float | None
    r: float | None

    def __add__(self, other: PairMoments) -> PairMoments:
        return _from_sums(_joined(self._sums(), other._sums()))

    def _sums(self) -> _Sums:
        before, after = self.var_before or 0.0, self.var_after or 0.0
        left = self.n - 1
        return _Sums(
            self.n,
            self.mean_before or 0.0,
            self.mean_after or 0.0,
            before * left,
            after * left,
            (self.r or 0.0) * np.sqrt(before) * np.sqrt(after) * left,
        )


@dataclass(frozen=True)
class _Sums:
    """Means, and sums of squares and of products around them."""

    n: int
    before: float
    after: float
    squares_before: float
    squares_after: float
    products: float


def summarise_pairs(before: ArrayLike, after: ArrayLike) -> Pairs:
    """All that change between two waves needs to know about these people, as pairs that add up.

    `before`, `after`: one score for each person (n,), in the same order; not-a-number or None where
    the person did not answer that wave. Returns `Pairs`, no larger than the number of different
    pairs. Raises ValueError where the lists differ in length, or a score is infinite or beyond
    1e100.

    Most likely broken: that a row is one person; a mistaken link makes up a change.
    Source: decision of ours (2026) after Gray et al. (1996), “Data cube”: counts of different
    values are the distributive summary that every statistic of pairs can be concluded from.

    >>> hall, at_home = summarise_pairs([2, 3, 3], [4, 3, None]), summarise_pairs([2], [4])
    >>> both = hall + at_home
    >>> both.n_before, both.n_after, both.n_linked
    (4, 3, 3)
    >>> both.people.tolist()
    [2, 1, 1]
    """
    return _counted(*scores(before, after))


def scores(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats, Ints]:
    """Both columns as numbers, checked, with one person a row."""
    first, second = _column(before, "before"), _column(after, "after")
    if first.size != second.size:
        raise ValueError(
            f"before has {first.size} people and after {second.size}. Give both lists for the "
            "same people in the same order, with a blank (nan) for who did not answer."
        )
    return first, second, np.ones(first.size, dtype=np.int64)


def _column(values: ArrayLike, name: str) -> Floats:
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} holds something that is no number.") from None
    if column.ndim != 1:
        raise ValueError(f"{name} has {column.ndim} dimensions. Give one score for each person.")
    too_large = np.abs(column) > LARGEST  # not-a-number compares as no: it means not answered
    if too_large.any():
        at = int(np.flatnonzero(too_large)[0])
        raise ValueError(f"{name}: person {at} (from 0) scored {column[at]}, which is no score.")
    return column + 0.0  # so that -0 and 0 are one answer


def _counted(before: Floats, after: Floats, people: Ints) -> Pairs:
    answered = ~(np.isnan(before) & np.isnan(after))
    before, after, people = before[answered], after[answered], people[answered]
    order = np.lexsort((after, before))  # not-a-number comes last
    before, after = before[order], after[order]
    new = np.ones(before.size, dtype=np.bool_)
    new[1:] = _differs(before) | _differs(after)
    start = np.flatnonzero(new)
    counts = np.add.reduceat(people[order], start) if start.size else people[:0]
    return Pairs(before[start], after[start], counts)


def _differs(column: Floats) -> Flags:
    """Whether each row holds another answer than the row above."""
    now, above = column[1:], column[:-1]
    differs: Flags = (now != above) & ~(np.isnan(now) & np.isnan(above))
    return differs


def _sums(before: Floats, after: Floats, people: Ints) -> _Sums:
    n = int(people.sum())
    if not n:
        return _Sums(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    mean_before, mean_after = mean_of(before, people), mean_of(after, people)
    first, second = before - mean_before, after - mean_after
    return _Sums(
        n,
        mean_before,
        mean_after,
        float(people @ (first * first)),
        float(people @ (second * second)),
        float(people @ (first * second)),
    )


def mean_of(values: Floats, people: Ints) -> float:
    """The mean, counted from the first value: where all are alike it is exactly that one."""
    return float(values[0] + people @ (values - values[0]) / people.sum())


def _joined(one: _Sums, other: _Sums) -> _Sums:
    """Means and sums around them of all people together: Chan, Golub & LeVeque (1983)."""
    n = one.n + other.n
    if not n:
        return one
    first, second = other.before - one.before, other.after - one.after
    share, weight = other.n / n, one.n * other.n / n
    return _Sums(
        n,
        one.before + first * share,
        one.after + second * share,
        one.squares_before + other.squares_before + first * first * weight,
        one.squares_after + other.squares_after + second * second * weight,
        one.products + other.products + first * second * weight,
    )


def _from_sums(sums: _Sums) -> PairMoments:
    varies = sums.n > 1
    together = np.sqrt(sums.squares_before) * np.sqrt(sums.squares_after)
    return PairMoments(
        n=sums.n,
        mean_before=sums.before if sums.n else None,
        mean_after=sums.after if sums.n else None,
        var_before=sums.squares_before / (sums.n - 1) if varies else None,
        var_after=sums.squares_after / (sums.n - 1) if varies else None,
        r=float(np.clip(sums.products / together, -1.0, 1.0)) if varies and together else None,
    )
