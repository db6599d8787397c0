"""Who stands close together? Opinion groups from positions on the map.

Deterministic: many starts drawn from one seed, always the tightest grouping, labels by size.
"""

from dataclasses import dataclass

import numpy as np

from coproduce.analysis import kernels
from coproduce.analysis.votes import Floats, Ints

BASE_CLUSTERS = 100  # Polis: people are gathered into at most so many points before grouping
MOST_GROUPS = 5  # Polis: more groups are not told apart on a page
PEOPLE_PER_EXTRA_GROUP = 12  # Polis: base clusters that each group beyond two needs
_STARTS = 24
_CELLS = 48  # a side of the grid that stands for people where there are very many
_MOST_PLACES = _CELLS * _CELLS
_SAME_PLACE = 1e-9  # of the map's width: positions closer than this differ by rounding alone
LABELS = "ABCDE"


@dataclass(frozen=True, eq=False)
class Points:
    """Distinct places on the map: `at` (n, 2), how many people stand there `weight` (n,)."""

    at: Floats
    weight: Floats


@dataclass(frozen=True, eq=False)
class Grouping:
    """A group number for each position given (0 the largest group), and how distinct they are.

    `silhouettes`: mean silhouette in -1..1 for each number of groups tried.
    """

    group: Ints
    k: int
    silhouettes: dict[int, float]


def find_groups(
    positions: Floats, weight: Ints, *, k: int | None = None, seed: int = 0
) -> Grouping:
    """Groups of positions that stand close, by two rounds of weighted k-means.

    `positions` (n, 2), `weight` (n,) people at each. Positions are first gathered into at most
    100 base clusters, these into k = 2..min(5, 2 + base clusters // 12) groups, and the k with the
    highest mean silhouette over people stands (the smaller on a tie); `k` forces a number instead.
    The groups themselves are then drawn among the people. Each round keeps the tightest of 24
    starts. Where all stand in one place there is one group, and never more groups than places.
    Of more than 2,304 positions the cells of a 48 x 48 grid are grouped; then everybody joins the
    group whose middle is nearest, until nobody moves.

    Most likely broken: that groups are round and of like width; that there are groups at all.
    Source: Small et al. (2021), as in `conclude`; starts after Arthur & Vassilvitskii (2007);
    silhouette after Rousseeuw (1987).
    """
    points, cell = _places(positions, weight)
    base, _ = _cluster(points, min(BASE_CLUSTERS, points.weight.size), seed)
    apart = distances(base.at)
    silhouettes = {
        wanted: silhouette(apart, base.weight, _cluster(base, wanted, seed)[1])
        for wanted in _candidates(base, k)
    }
    best = max(silhouettes, key=lambda wanted: (round(silhouettes[wanted], 9), -wanted))
    group = _drawn(positions, weight, points, cell, best, seed)
    return Grouping(group, int(group.max()) + 1, silhouettes)


def _drawn(positions: Floats, weight: Ints, points: Points, cell: Ints, k: int, seed: int) -> Ints:
    """k groups of places, then everybody where they themselves stand; the largest is 0."""
    member_of = _cluster(points, k, seed)[1][cell]
    if positions.shape[0] > _MOST_PLACES:
        people = weight.astype(np.float64)
        middles = _gather(positions, people, member_of).at
        does = kernels.for_votes(positions.size)
        member_of = _renumbered(does.settled(positions, people, middles)[1])
    number: Ints = by_size(member_of, positions, weight)[member_of]
    return number


def _candidates(base: Points, k: int | None) -> range:
    places = base.at.shape[0]
    if k is not None:
        return range(min(k, places), min(k, places) + 1)
    most = min(MOST_GROUPS, 2 + places // PEOPLE_PER_EXTRA_GROUP, places)
    return range(2, most + 1) if places > 1 else range(1, 2)


def _places(positions: Floats, weight: Ints) -> tuple[Points, Ints]:
    """Where people stand, and the place of each position: cells of a grid where they are many."""
    people = weight.astype(np.float64)
    if positions.shape[0] <= _MOST_PLACES:
        return _distinct(positions, people)
    cell = _cells(positions)
    cells = _gather(positions, people, cell)
    points, place = _distinct(cells.at, cells.weight)
    return points, place[cell]


def _distinct(positions: Floats, weight: Floats) -> tuple[Points, Ints]:
    """Places that differ by more than rounding, and the place of each position."""
    width = float(np.abs(positions).max(initial=0.0)) * _SAME_PLACE
    rounded = np.round(positions / width) if width > 0 else np.zeros_like(positions)
    _, place = np.unique(rounded, axis=0, return_inverse=True)
    return _gather(positions, weight, place.reshape(-1)), place.reshape(-1)


def _cells(positions: Floats) -> Ints:
    """The cell of each position, numbered row by row without those that stay empty."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    step = np.where(high > low, (high - low) / _CELLS, 1.0)
    grid = np.minimum(((positions - low) / step).astype(np.int64), _CELLS - 1)
    return _renumbered(grid[:, 0] * _CELLS + grid[:, 1])


def _renumbered(number: Ints) -> Ints:
    """The same numbers without gaps, from 0."""
    close: Ints = (np.cumsum(np.bincount(number) > 0) - 1)[number]
    return close


def _gather(at: Floats, weight: Floats, member_of: Ints) -> Points:
    """One point for all members of a cluster: their weighted middle and their number."""
    total = np.bincount(member_of, weight)
    sums = [np.bincount(member_of, weight * at[:, axis]) / total for axis in range(at.shape[1])]
    return Points(np.column_stack(sums), np.asarray(total, dtype=np.float64))


def _cluster(points: Points, k: int, seed: int) -> tuple[Points, Ints]:
    """Weighted k-means: the tightest of many starts."""
    if k >= points.at.shape[0]:
        return points, np.arange(points.at.shape[0])
    draws = np.random.default_rng([seed, k]).random((_STARTS, k))
    does = kernels.for_votes(points.weight.size)
    chosen = _renumbered(does.tightest(points.at, points.weight, k, draws))
    return _gather(points.at, points.weight, chosen), chosen


def silhouette(distance: Floats, weight: Floats, group: Ints) -> float:
    """How much nearer people stand to their own group than to the next: mean over people, -1..1.

    `distance` (n, n) between places. Somebody alone in their group counts 0.
    Source: Rousseeuw (1987), J. Comput. Appl. Math. 20.
    """
    k = int(group.max()) + 1
    if k < 2:
        return 0.0
    member = np.eye(k)[group]
    size = weight @ member
    total = distance @ (weight[:, np.newaxis] * member)
    everyone = np.arange(group.size)
    own = total[everyone, group] / np.maximum(size[group] - 1, 1)
    others = np.where(member > 0, np.inf, total / size).min(axis=1)
    wider = np.maximum(own, others)
    alone = (size[group] <= 1) | (wider <= 0)
    each = np.where(alone, 0.0, (others - own) / np.where(wider > 0, wider, 1.0))
    return float(np.average(each, weights=weight))


def distances(at: Floats) -> Floats:
    """How far each place is from each other (n, n)."""
    across, along = (at[:, axis, np.newaxis] - at[np.newaxis, :, axis] for axis in range(2))
    return np.sqrt(across * across + along * along)


def by_size(group: Ints, positions: Floats, weight: Ints) -> Ints:
    """A new number for each group: the largest first, then from left to right, then bottom up."""
    middle = _gather(positions, weight.astype(np.float64), group)
    where = np.round(middle.at, 9)
    order = np.lexsort((where[:, 1], where[:, 0], -middle.weight))
    number = np.empty(order.size, dtype=np.int64)
    number[order] = np.arange(order.size)
    return number
