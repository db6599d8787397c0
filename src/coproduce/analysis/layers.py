"""Two ways to draw the map: as Polis draws it, and the one that we publish.

Both give every pattern of votes a position and a group; all that is counted afterwards (common
ground, divides, what sets groups apart) is the same for both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coproduce.analysis import camps
from coproduce.analysis.axes import conclude, project
from coproduce.analysis.distinct import Gates, examine
from coproduce.analysis.factors import Factors, Places, fit_factors, place
from coproduce.analysis.groups import by_size, find_groups
from coproduce.analysis.moments import Moments, moments_of
from coproduce.analysis.votes import Flags, Floats, Ints, VoteTable

ANSWERS_TO_BE_GROUPED = 7  # Polis: fewer answers do not place a person


@dataclass(frozen=True, eq=False)
class Drawn:
    """A map of Q patterns of votes on S statements, in k groups.

    `at` (Q, 2); `covariance` (Q, 2, 2) of the ring around each, None where the method has none;
    `group` (Q,) 0..k-1, the largest first, -1 = in none; `membership` (Q, k) how likely each
    belongs to each group, None where the method does not say; `axes` (S, 2) what each statement
    weighs; `variance` (2,) each axis' share; `left_out` (S,); `silhouettes` {k: -1..1};
    `gates` what the numbers of groups were put to, None where a number was given.
    """

    at: Floats
    covariance: Floats | None
    group: Ints
    k: int
    membership: Floats | None
    axes: Floats
    variance: Floats
    left_out: Flags
    silhouettes: dict[int, float]
    gates: Gates | None
    factors: Factors | None


@dataclass(frozen=True)
class Wish:
    """How a map is to be drawn.

    `moderated`: ids of statements taken out; `groups`: a number of groups, None = as many as stand
    apart; `least`: answers that place somebody in a group; `seed` of every chance.
    """

    moderated: Sequence[int]
    groups: int | None
    least: int
    seed: int
    moments: Moments | None = None

    def moments_of(self, table: VoteTable) -> Moments:
        """The summary of these votes: the one that was kept, or a new one."""
        kept = self.moments
        if kept is None:
            return moments_of(table)
        votes = np.bincount(table.column, table.row_weight, table.statements.size)
        if not np.array_equal(kept.statements, table.statements) or np.any(kept.votes != votes):
            raise ValueError("The moments are not those of these votes: leave them out.")
        return kept


Layer = Callable[[VoteTable, Wish], Drawn]


def enough_answers(table: VoteTable) -> int:
    """How many answers place somebody in a group."""
    return min(ANSWERS_TO_BE_GROUPED, table.statements.size)


def draw_as_polis(table: VoteTable, wish: Wish) -> Drawn:
    """Layer 1: principal components of the table with gaps filled, k-means, the clearest k."""
    axes = conclude(wish.moments_of(table), moderated=wish.moderated)
    at = project(table, axes)
    kept = table.answered >= wish.least
    grouping = find_groups(at[kept], table.weight[kept], k=wish.groups, seed=wish.seed)
    group = np.full(kept.size, -1)
    group[kept] = grouping.group
    return Drawn(
        at=at,
        covariance=None,
        group=group,
        k=grouping.k,
        membership=None,
        axes=axes.directions,
        variance=axes.variance,
        left_out=axes.left_out,
        silhouettes=grouping.silhouettes,
        gates=None,
        factors=None,
    )


def draw(table: VoteTable, wish: Wish) -> Drawn:
    """Layer 2: everybody where their own answers put them, with a ring; groups only where some
    stand apart more clearly than chance, and members only where their answers leave little doubt.
    """
    factors = fit_factors(wish.moments_of(table), moderated=wish.moderated)
    places = place(table, factors)
    gates, groups = None, wish.groups
    if groups is None:
        gates = examine(table, least=wish.least, left_out=factors.left_out, seed=wish.seed)
        groups = gates.passed[0] if gates.passed else 1
    group, membership = _grouped(table, places, groups, wish)
    return Drawn(
        at=places.at,
        covariance=places.covariance,
        group=group,
        k=membership.shape[1],
        membership=membership,
        axes=factors.loadings,
        variance=factors.variance,
        left_out=factors.left_out,
        silhouettes=gates.silhouettes if gates else {},
        gates=gates,
        factors=factors,
    )


def _grouped(table: VoteTable, places: Places, k: int, wish: Wish) -> tuple[Ints, Floats]:
    """The group each pattern is told as a member of, -1 = none, and how likely each group is."""
    kept = np.flatnonzero(table.answered >= wish.least)
    among, weight = _chosen(places, kept), table.weight[kept].astype(np.float64)
    first = np.arange(min(camps.LEARNED_FROM, kept.size))
    drawn = camps.cluster(among.at[first], weight[first], k, wish.seed)
    likely = camps.membership(among, camps.settle(_chosen(among, first), weight[first], drawn))
    told = np.where(likely.max(axis=1) >= camps.SURELY, likely.argmax(axis=1), -1)
    order = _largest_first(told, among.at, table.weight[kept])
    number = np.full(likely.shape[1] + 1, -1)  # the last one numbers those between groups
    number[order] = np.arange(order.size)
    group = np.full(table.weight.size, -1)
    group[kept] = number[told]
    membership = np.zeros((table.weight.size, order.size))
    membership[kept] = likely[:, order]
    return group, membership


def _chosen(places: Places, which: Ints) -> Places:
    return Places(places.at[which], places.covariance[which])


def _largest_first(told: Ints, at: Floats, weight: Ints) -> Ints:
    """Those groups that somebody is a member of, the largest first."""
    surely = told >= 0
    if not surely.any():
        return np.zeros(1, dtype=np.int64)
    present, number = np.unique(told[surely], return_inverse=True)
    order = np.argsort(by_size(number, at[surely], weight[surely]))
    result: Ints = present[order].astype(np.int64)
    return result
