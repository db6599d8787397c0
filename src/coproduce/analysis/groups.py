"""Who stands close together? Opinion groups from positions on the map.

Deterministic: many starts drawn from one seed, always the tightest grouping, labels by size.
"""

from dataclasses import dataclass

import numpy as np

from coproduce.analysis.votes import Floats, Ints

BASE_CLUSTERS = 100  # Polis: people are gathered into at most so many points before grouping
MOST_GROUPS = 5  # Polis: more groups are not told apart on a page
PEOPLE_PER_EXTRA_GROUP = 12  # Polis: base clusters that each group beyond two needs
_STARTS = 24
_ROUNDS = 100
_CELLS = 48  # a side of the grid that stands for people where there are very many
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

    Most likely broken: that groups are round and of like width; that there are groups at all.
    Source: Small et al. (2021), as in `conclude`; starts after Arthur & Vassilvitskii (2007);
    silhouette after Rousseeuw (1987).
    """
    points, place = _distinct(positions, weight)
    coarse, cell = _cells(points)
    base, _ = _cluster(coarse, min(BASE_CLUSTERS, coarse.at.shape[0]), seed)
    silhouettes = {
        wanted: _silhouette(base, _cluster(base, wanted, seed)[1])
        for wanted in _candidates(base, k)
    }
    best = max(silhouettes, key=lambda wanted: (round(silhouettes[wanted], 9), -wanted))
    group = _settled_people(points, _cluster(coarse, best, seed)[1][cell])[place]
    number = by_size(group, positions, weight)
    return Grouping(number[group], int(number.max()) + 1, silhouettes)


def _settled_people(points: Points, group: Ints) -> Ints:
    """The same groups with everybody where they themselves are, not in the middle of their cell."""
    middles = _gather(points.at, points.weight, group).at
    _, settled = np.unique(_settle(points, middles)[1], return_inverse=True)
    return settled


def _candidates(base: Points, k: int | None) -> range:
    places = base.at.shape[0]
    if k is not None:
        return range(min(k, places), min(k, places) + 1)
    most = min(MOST_GROUPS, 2 + places // PEOPLE_PER_EXTRA_GROUP, places)
    return range(2, most + 1) if places > 1 else range(1, 2)


def _distinct(positions: Floats, weight: Ints) -> tuple[Points, Ints]:
    """Places that differ by more than rounding, and the place of each position."""
    width = float(np.abs(positions).max(initial=0.0)) * _SAME_PLACE
    rounded = np.round(positions / width) if width > 0 else np.zeros_like(positions)
    _, place = np.unique(rounded, axis=0, return_inverse=True)
    return _gather(positions, weight.astype(np.float64), place.reshape(-1)), place.reshape(-1)


def _cells(points: Points) -> tuple[Points, Ints]:
    """The points themselves, or, where they are very many, the cells of a grid over the map."""
    if points.at.shape[0] <= _CELLS * _CELLS:
        return points, np.arange(points.at.shape[0])
    low, high = points.at.min(axis=0), points.at.max(axis=0)
    step = np.where(high > low, (high - low) / _CELLS, 1.0)
    grid = np.minimum(((points.at - low) / step).astype(np.int64), _CELLS - 1)
    _, cell = np.unique(grid, axis=0, return_inverse=True)
    return _gather(points.at, points.weight, cell.reshape(-1)), cell.reshape(-1)


def _gather(at: Floats, weight: Floats, member_of: Ints) -> Points:
    """One point for all members of a cluster: their weighted middle and their number."""
    total = np.bincount(member_of, weight)
    sums = [np.bincount(member_of, weight * at[:, axis]) / total for axis in range(at.shape[1])]
    return Points(np.column_stack(sums), np.asarray(total, dtype=np.float64))


def _cluster(points: Points, k: int, seed: int) -> tuple[Points, Ints]:
    """Weighted k-means: the tightest of many starts."""
    if k >= points.at.shape[0]:
        return points, np.arange(points.at.shape[0])
    random = np.random.default_rng([seed, k])
    tightest, chosen = np.inf, np.zeros(points.at.shape[0], dtype=np.int64)
    for _ in range(_STARTS):
        inertia, member_of = _settle(points, _start(points, k, random))
        if inertia < tightest * (1 - 1e-12):
            tightest, chosen = inertia, member_of
    _, chosen = np.unique(chosen, return_inverse=True)
    return _gather(points.at, points.weight, chosen), chosen


def _start(points: Points, k: int, random: np.random.Generator) -> Floats:
    """k starting centres, each drawn with chance by weight and distance from those before."""
    centres = np.empty((k, points.at.shape[1]))
    chance = points.weight.copy()
    nearest = np.full(points.weight.size, np.inf)
    for i in range(k):
        heaped = np.cumsum(chance)
        drawn = int(np.searchsorted(heaped, random.random() * heaped[-1], side="right"))
        centres[i] = points.at[min(drawn, points.weight.size - 1)]
        nearest = np.minimum(nearest, ((points.at - centres[i]) ** 2).sum(axis=1))
        chance = points.weight * nearest
    return centres


def _settle(points: Points, centres: Floats) -> tuple[float, Ints]:
    """Move centres to the middle of their members until nobody changes."""
    member_of = np.full(points.weight.size, -1)
    distance = np.zeros((points.weight.size, centres.shape[0]))
    for _ in range(_ROUNDS):
        distance = _squared_distances(points.at, centres)
        nearest = distance.argmin(axis=1)
        if np.array_equal(nearest, member_of):
            break
        member_of = nearest
        centres = _moved(points, centres, member_of)
    inertia = float((points.weight * distance[np.arange(member_of.size), member_of]).sum())
    return inertia, member_of


def _squared_distances(a: Floats, b: Floats) -> Floats:
    """Squared distances between all of a and all of b, in differences: no cancellation."""
    across = a[:, :1] - b[:, 0]
    along = a[:, 1:] - b[:, 1]
    result: Floats = across * across + along * along
    return result


def _moved(points: Points, centres: Floats, member_of: Ints) -> Floats:
    total = np.bincount(member_of, points.weight, minlength=centres.shape[0])
    sums = [
        np.bincount(member_of, points.weight * points.at[:, axis], minlength=centres.shape[0])
        for axis in range(2)
    ]
    held = total > 0  # a centre that lost everybody stays where it was
    moved = centres.copy()
    moved[held] = np.column_stack(sums)[held] / total[held, np.newaxis]
    return moved


def _silhouette(points: Points, group: Ints) -> float:
    """How much nearer people stand to their own group than to the next: mean over people."""
    k = int(group.max()) + 1
    if k < 2:
        return 0.0
    member = np.eye(k)[group]
    size = points.weight @ member
    distance = np.sqrt(_squared_distances(points.at, points.at))
    total = distance @ (points.weight[:, np.newaxis] * member)
    everyone = np.arange(group.size)
    own = total[everyone, group] / np.maximum(size[group] - 1, 1)
    others = np.where(member > 0, np.inf, total / size).min(axis=1)
    wider = np.maximum(own, others)
    alone = (size[group] <= 1) | (wider <= 0)
    each = np.where(alone, 0.0, (others - own) / np.where(wider > 0, wider, 1.0))
    return float(np.average(each, weights=points.weight))


def by_size(group: Ints, positions: Floats, weight: Ints) -> Ints:
    """A new number for each group: the largest first, then from left to right, then bottom up."""
    middle = _gather(positions, weight.astype(np.float64), group)
    where = np.round(middle.at, 9)
    order = np.lexsort((where[:, 1], where[:, 0], -middle.weight))
    number = np.empty(order.size, dtype=np.int64)
    number[order] = np.arange(order.size)
    return number
