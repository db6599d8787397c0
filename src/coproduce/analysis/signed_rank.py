"""Did more people move up than chance allows, and by how much does the middle of them move?

Exact, also where people moved equally far: the distribution is counted, not approximated.
"""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from coproduce.analysis.arrays import Floats, Ints

Zeros = Literal["dropped", "pratt"]
COUNTED_UP_TO = 1_000  # people who moved: counting more takes longer than a page may
ROUNDED_TO = 9  # decimals; decimal means carry binary noise, which would split ties
_TAIL = 0.025
_FEW = 1_000  # different changes: up to here all Walsh averages are written down


def rounded(differences: ArrayLike) -> Floats:
    """Differences without the binary noise of decimal means, which would split ties."""
    away = np.asarray(differences, dtype=np.float64)
    fine = np.abs(away) < 1e6  # beyond, doubles are hardly finer than the rounding itself
    small = np.where(fine, away, 0.0)
    result: Floats = np.where(fine, np.round(small, ROUNDED_TO), away)
    return result + 0.0


def signed_rank_p(differences: ArrayLike, *, zeros: Zeros = "dropped") -> float | None:
    """The chance that ups and downs alone would lie so far apart; two-sided, exact.

    `differences` (n,): after - before, no blanks. W = the sum of the mid-ranks of |d| over d > 0.
    Each change is as likely up as down where nothing moved, so that P(W <= w) is counted over all
    2^m signs by the programme f(w) <- (f(w) + f(w - rank))/2 on doubled ranks. `zeros`: "dropped"
    before ranking, or "pratt", ranked and then dropped. Returns 1.0 where nobody moved and None
    where more than 1,000 did. Raises ValueError for blanks and infinities.

    Most likely broken: changes that lie evenly around their middle.
    Source: Wilcoxon (1945); Pratt (1959), JASA 54, 655-667; Streitberg & Röhmel (1986),
    Statistical Software Newsletter 12.

    >>> signed_rank_p([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])
    0.00390625
    """
    away = rounded(_numbers(differences))
    if zeros == "dropped":
        away = away[away != 0]
    if np.count_nonzero(away) > COUNTED_UP_TO:
        return None
    ranks = _doubled_mid_ranks(np.abs(away))
    moved = ranks[away != 0]
    up = int(ranks[away > 0].sum())
    return min(1.0, 2 * _chance_of_at_most(min(up, int(moved.sum()) - up), moved))


def hodges_lehmann(
    differences: ArrayLike, people: ArrayLike
) -> tuple[float | None, tuple[float, float] | None]:
    """The middle of all Walsh averages (d_i + d_j)/2, i <= j, zeros kept, with its interval.

    `differences` (m,): different changes; `people` (m,): how many changed so. The interval goes
    from the q-th smallest to the q-th largest average, q the 2.5 % quantile of the signed-rank
    distribution without ties, at least 1: counted up to 1,000 people, by its normal limit beyond.
    Returns (None, None) without people. Raises ValueError for blanks and infinities.

    Most likely broken: changes that lie evenly around their middle. Ties make the interval wider
    than it need be.
    Source: Hodges & Lehmann (1963), Annals of Mathematical Statistics 34; Hollander, Wolfe &
    Chicken (2014), chapter 3.

    >>> hodges_lehmann([0, 0.8, 1, 1.2, 1.3, 1.4, 1.8, 2.4, 4.6], [1, 1, 1, 1, 2, 1, 1, 1, 1])[0]
    1.3
    """
    away, order = np.unique(rounded(_numbers(differences)), return_inverse=True)
    count = np.bincount(order, np.asarray(people, dtype=np.float64), away.size).astype(np.int64)
    n = int(count.sum())
    if not n:
        return None, None
    averages = n * (n + 1) // 2
    edge = max(_lower_quantile(n), 1)
    places = [(averages - 1) // 2, averages // 2, edge - 1, averages - edge]
    lower, upper, low, high = _walsh(away, count, places)
    return (lower + upper) / 2, (low, high)


def _numbers(differences: ArrayLike) -> Floats:
    away = np.asarray(differences, dtype=np.float64).reshape(-1)
    if not np.isfinite(away).all():
        raise ValueError("A change is blank or infinite. Leave out whoever was not linked.")
    return away


def _doubled_mid_ranks(sizes: Floats) -> Ints:
    """Twice the rank of each, equal sizes sharing the middle of their ranks: whole numbers."""
    _, which, ties = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(ties)
    return (2 * last - ties + 1)[which].astype(np.int64)


def _chance_of_at_most(sum_of_ranks: int, ranks: Ints) -> float:
    """How likely random signs make the positive ranks add up to no more than this."""
    if not ranks.size:
        return 1.0
    unit = int(np.gcd.reduce(ranks))
    chance = np.zeros(sum_of_ranks // unit + 1)
    chance[0] = 1.0
    reached = 1  # beyond it nothing can have come yet
    for rank in np.sort(ranks) // unit:
        end = min(reached + int(rank), chance.size)
        chance[:end] /= 2
        if rank < end:
            chance[rank:end] += chance[: end - rank].copy()
        reached = end
    return float(chance.sum())


@lru_cache(maxsize=1024)
def _lower_quantile(n: int) -> int:
    """The smallest q with P(W <= q) >= 2.5 % for n people without ties."""
    if n > COUNTED_UP_TO:
        spread = np.sqrt(n * (n + 1) * (2 * n + 1) / 24)
        return int(n * (n + 1) / 4 + ndtri(_TAIL) * spread)
    chance = np.zeros(n * (n + 1) // 4 + 1)
    chance[0] = 1.0
    for rank in range(1, n + 1):
        chance /= 2
        if rank < chance.size:
            chance[rank:] += chance[:-rank].copy()
    return int(np.searchsorted(np.cumsum(chance), _TAIL))


def _walsh(away: Floats, people: Ints, places: list[int]) -> list[float]:
    """The averages at these places (from 0) in ascending order."""
    if away.size > _FEW:
        return [_walsh_at(away, people, place) for place in places]
    one, other = np.triu_indices(away.size)
    times = people[one] * np.where(one == other, people[one] + 1, 2 * people[other]) // 2
    averages = (away[one] + away[other]) / 2
    order = np.argsort(averages, kind="stable")
    at = np.searchsorted(np.cumsum(times[order]), places, side="right")
    return [float(value) for value in np.round(averages[order][at], ROUNDED_TO + 1)]


def _walsh_at(away: Floats, people: Ints, place: int) -> float:
    """The same without writing them down: halve the line until one average is left.

    Source: selection by counting, after Johnson & Mizoguchi (1978), SIAM Journal on Computing 7.
    """
    below = np.concatenate(([0], np.cumsum(people)))

    def at_most(limit: float) -> int:
        ordered = people @ below[np.searchsorted(away, 2 * limit - away, side="right")]
        twins = below[np.searchsorted(away, limit, side="right")]
        return int(ordered + twins) // 2

    low, high = float(away[0]) - 1.0, float(away[-1]) + 1.0
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (low, middle) if at_most(middle) > place else (middle, high)
    return round(high, ROUNDED_TO + 1)
