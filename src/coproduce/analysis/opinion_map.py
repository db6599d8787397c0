"""Who thinks alike, what do all groups agree on, and what divides them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.distinct import Gates
from coproduce.analysis.enough import NotEnough
from coproduce.analysis.groups import LABELS
from coproduce.analysis.layers import Drawn, Layer, Wish, draw, draw_as_polis, enough_answers
from coproduce.analysis.moments import Moments
from coproduce.analysis.shares import lower_bound, newcombe, share, two_proportion_z
from coproduce.analysis.voices import GroupVoice, Tallies, group_voices, tally
from coproduce.analysis.votes import Floats, Ints, VoteTable, vote_table

METHOD = "opinion map 2: places with rings, groups only where they stand apart"
POLIS_METHOD = "opinion map 1: Polis-compatible axes and groups"
PEOPLE_FOR_A_MAP = 4  # two groups of two: fewer cannot show anybody thinking alike
LISTED_FROM = 0.50  # common ground: in every group at least half


@dataclass(frozen=True)
class GroupShare:
    """How one group voted on one statement.

    `votes` include passes. `agree_share` in 0..1, None where nobody in the group voted.
    `agree_bound`, `disagree_bound`: the share is above this with 95 % probability.
    `agree_z`, `disagree_z`: representativeness, how many standard errors the group's share lies
    above that of everybody else (two-proportion z with one added to every count).
    """

    agrees: int
    disagrees: int
    votes: int
    agree_share: float | None
    agree_bound: float
    disagree_bound: float
    agree_z: float
    disagree_z: float


@dataclass(frozen=True)
class CommonGround:
    """In every group at least `lowest_share_bound` of people hold this (agree, or all reject)."""

    statement: int
    lowest_share_bound: float
    by_group: dict[str, GroupShare]
    votes: int


@dataclass(frozen=True)
class Divide:
    """The two groups that a statement parts most surely.

    `higher` and `lower` name the groups; `difference` of their shares who agree, with its 95 %
    interval `low`..`high`, which excludes 0.
    """

    statement: int
    higher: str
    lower: str
    difference: float
    low: float
    high: float
    by_group: dict[str, GroupShare]


@dataclass(frozen=True)
class OpinionMap:
    """Where people stand, in which groups, what all agree on and what divides them.

    `people`, `statements`, `votes`: how many. `k`: how many groups, 1 where no distinct groups
    stand apart, None where `not_enough` says why there is no map.
    `groups` {person: label or None}; None = between groups, or too few answers for one.
    `membership` {person: share for each label in order}: how likely they belong to each, all
    noughts for whoever answered too little; empty in the Polis-compatible map.
    `group_sizes` {label: people}, A the largest. `positions` {person: (x, y)}, in standard
    deviations among people. `rings` {person: (xx, xy, yy)}: covariance of our guess of where they
    stand; the 90 % ring is where the squared distance measured by it is 4.61; empty in the
    Polis-compatible map. `axes` {statement: (x, y)}: its weight on each axis; `variance` each
    axis' share, 0..1. `noise` {statement: variance that the axes leave over}, `mean` {statement:
    average vote}; empty in the Polis-compatible map.
    `by_statement` {statement: {label: GroupShare}} without statements taken out.
    `common_ground`, `rejected_by_all`: surest first. `divides`: surest first.
    `representative`: what sets each group apart. `group_informed_consensus` {statement: 0..1}.
    `silhouettes` {number of groups tried: -1..1}. `gates`: what numbers of groups had to pass,
    None where a number was given and in the Polis-compatible map. `moderated`: statements out.
    `method`, `seed`, `input_digest`: the same three give the same map.
    """

    people: int
    statements: int
    votes: int
    k: int | None
    groups: dict[int, str | None]
    membership: dict[int, tuple[float, ...]]
    group_sizes: dict[str, int]
    positions: dict[int, tuple[float, float]]
    rings: dict[int, tuple[float, float, float]]
    axes: dict[int, tuple[float, float]]
    variance: tuple[float, float]
    mean: dict[int, float]
    noise: dict[int, float]
    by_statement: dict[int, dict[str, GroupShare]]
    common_ground: tuple[CommonGround, ...]
    rejected_by_all: tuple[CommonGround, ...]
    divides: tuple[Divide, ...]
    representative: tuple[GroupVoice, ...]
    group_informed_consensus: dict[int, float]
    silhouettes: dict[int, float]
    gates: Gates | None
    moderated: tuple[int, ...]
    not_enough: NotEnough | None
    method: str
    seed: int
    input_digest: str


def map_opinions(
    person: ArrayLike,
    statement: ArrayLike,
    vote: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    groups: int | None = None,
    polis: bool = False,
    seed: int = 0,
    moderated: Sequence[int] = (),
    moments: Moments | None = None,
) -> OpinionMap:
    """The map of a conversation: who thinks alike, common ground, divides.

    `person`, `statement`, `vote`: equal-length lists of whole numbers (R,), one row per vote:
    1 agree, 0 pass, -1 disagree. No row = not voted; the last of a repeated pair wins.
    `weights` (R,): whole numbers, the same in all rows of a person: how many people voted exactly
    so (0 leaves them out); the map equals that of so many separate people. `groups` forces a
    number of groups, 1 to 5, whether or not they stand apart. `polis`: the Polis-compatible map
    (layer 1) instead of ours. `moderated`: ids of statements taken out, which then move nobody and
    are listed nowhere. `seed` (from 0) moves only the starts of grouping, the simulations behind
    `gates` and the halves behind `representative`. `moments`: the summary of exactly these votes,
    where it has been kept (see `live.follow`), so that they need not be counted again; the map is
    the same with it.

    Returns an `OpinionMap`. With fewer than 4 people who answered min(7, S) statements its fields
    are empty and `not_enough` tells. Same votes, same map, in any row order and whatever people
    are called; taking out a person's rows gives what would stand had they never voted.
    Raises ValueError where the columns cannot be votes.

    Most likely broken: that whether somebody answered a statement has nothing to do with what they
    would have said (see `fit_factors`). Shares by group rest on the votes that made the groups,
    which widens differences; `representative` is free of that.
    Source: as in `fit_factors`, `place`, `examine` and `settle`; Polis: Small et al. (2021), as
    in `conclude`; bounds and intervals as in `shares`.

    >>> likes, dislikes = [1, 1, -1], [-1, -1, -1]
    >>> person = [who for who in range(8) for _ in range(3)]
    >>> found = map_opinions(person, [1, 2, 3] * 8, likes * 4 + dislikes * 4, polis=True)
    >>> found.k, found.group_sizes
    (2, {'A': 4, 'B': 4})
    >>> [(line.statement, round(line.lowest_share_bound, 2)) for line in found.rejected_by_all]
    [(3, 0.55)]
    """
    if groups is not None and not 1 <= groups <= len(LABELS):
        raise ValueError(f"The number of groups must be from 1 to {len(LABELS)}, not {groups}.")
    if seed < 0:
        raise ValueError(f"The seed must be 0 or a whole number above, not {seed}.")
    table = vote_table(person, statement, vote, weights)
    wish = Wish(moderated, groups, enough_answers(table), seed, moments)
    people = int(table.weight[table.answered >= wish.least].sum())
    method = POLIS_METHOD if polis else METHOD
    if people < PEOPLE_FOR_A_MAP:
        return _no_map(table, moderated, people, method, seed)
    layer: Layer = draw_as_polis if polis else draw
    drawn = layer(table, wish)

    def draw_again(half: VoteTable) -> Ints:
        return layer(half, replace(wish, groups=drawn.k, least=1, moments=None)).group

    voices = group_voices(
        table, drawn.group, drawn.k, left_out=drawn.left_out, seed=seed, draw_again=draw_again
    )
    return _map(table, drawn, voices, method, seed)


def _no_map(
    table: VoteTable, moderated: Sequence[int], people: int, method: str, seed: int
) -> OpinionMap:
    return OpinionMap(
        people=int(table.weight.sum()),
        statements=table.statements.size,
        votes=int(table.weight @ table.answered),
        k=None,
        groups=dict.fromkeys(table.people.tolist()),
        membership={},
        group_sizes={},
        positions={},
        rings={},
        axes={},
        variance=(0.0, 0.0),
        mean={},
        noise={},
        by_statement={},
        common_ground=(),
        rejected_by_all=(),
        divides=(),
        representative=(),
        group_informed_consensus={},
        silhouettes={},
        gates=None,
        moderated=tuple(s for s in table.statements.tolist() if s in set(moderated)),
        not_enough=NotEnough(people=people, needed=PEOPLE_FOR_A_MAP),
        method=method,
        seed=seed,
        input_digest=table.digest,
    )


def _map(
    table: VoteTable, drawn: Drawn, voices: tuple[GroupVoice, ...], method: str, seed: int
) -> OpinionMap:
    k, group = drawn.k, drawn.group
    counts = tally(table, group, k)
    kept = np.flatnonzero(~drawn.left_out)
    shares = _group_shares(table.statements, counts, kept)
    sizes = np.bincount(group[group >= 0], table.weight[group >= 0], k).astype(np.int64)
    people, statements = table.people.tolist(), table.statements.tolist()
    label = [*LABELS[:k], None]
    covariance, factors = drawn.covariance, drawn.factors
    return OpinionMap(
        people=int(table.weight.sum()),
        statements=table.statements.size,
        votes=int(table.weight @ table.answered),
        k=k,
        groups=_by_id(people, [label[at] for at in group[table.pattern_of].tolist()]),
        membership=_by_person(table, drawn.membership),
        group_sizes=dict(zip(LABELS, sizes.tolist(), strict=False)),
        positions=_by_person(table, drawn.at),
        rings=_by_person(
            table, None if covariance is None else covariance.reshape(-1, 4)[:, [0, 1, 3]]
        ),
        axes=_by_id(statements, map(tuple, drawn.axes.tolist())),
        variance=(float(drawn.variance[0]), float(drawn.variance[1])),
        mean=_by_id(statements, factors.mean.tolist()) if factors else {},
        noise=_by_id(statements, factors.noise.tolist()) if factors else {},
        by_statement=shares,
        common_ground=_common_ground(shares, "agree_bound"),
        rejected_by_all=_common_ground(shares, "disagree_bound"),
        divides=_divides(table.statements, counts, kept, shares),
        representative=voices,
        group_informed_consensus=_consensus(table.statements, counts, kept),
        silhouettes=drawn.silhouettes,
        gates=drawn.gates,
        moderated=tuple(table.statements[drawn.left_out].tolist()),
        not_enough=None,
        method=method,
        seed=seed,
        input_digest=table.digest,
    )


def _by_id(ids: list[int], values: Iterable[Any]) -> dict[int, Any]:
    return dict(zip(ids, values, strict=True))


def _by_person(table: VoteTable, of_pattern: Floats | None) -> dict[int, Any]:
    """A row for each person; nothing where there is none."""
    if of_pattern is None:
        return {}
    return _by_id(table.people.tolist(), zip(*of_pattern[table.pattern_of].T.tolist(), strict=True))


def _group_shares(
    statements: Ints, counts: Tallies, kept: Ints
) -> dict[int, dict[str, GroupShare]]:
    agree_z, disagree_z = (
        _against_others(counts.agrees, counts),
        _against_others(counts.disagrees, counts),
    )
    agree_share = share(counts.agrees, counts.votes)
    agree_bound = lower_bound(counts.agrees, counts.votes)
    disagree_bound = lower_bound(counts.disagrees, counts.votes)
    return {
        int(statements[j]): {
            LABELS[g]: GroupShare(
                agrees=int(counts.agrees[j, g]),
                disagrees=int(counts.disagrees[j, g]),
                votes=int(counts.votes[j, g]),
                agree_share=float(agree_share[j, g]) if counts.votes[j, g] else None,
                agree_bound=float(agree_bound[j, g]),
                disagree_bound=float(disagree_bound[j, g]),
                agree_z=float(agree_z[j, g]),
                disagree_z=float(disagree_z[j, g]),
            )
            for g in range(counts.votes.shape[1])
        }
        for j in kept.tolist()
    }


def _against_others(chosen: Ints, counts: Tallies) -> Floats:
    """Representativeness of each group's share against everybody else's (S, k)."""
    others = chosen.sum(axis=1, keepdims=True) - chosen
    other_votes = counts.votes.sum(axis=1, keepdims=True) - counts.votes
    return two_proportion_z(chosen, counts.votes, others, other_votes, added=1)


def _common_ground(
    shares: dict[int, dict[str, GroupShare]], bound: str
) -> tuple[CommonGround, ...]:
    lines = (
        CommonGround(
            statement=statement,
            lowest_share_bound=min(getattr(each, bound) for each in by_group.values()),
            by_group=by_group,
            votes=sum(each.votes for each in by_group.values()),
        )
        for statement, by_group in shares.items()
    )
    return tuple(
        sorted(
            (line for line in lines if line.lowest_share_bound >= LISTED_FROM),
            key=lambda line: (-line.lowest_share_bound, -line.votes, line.statement),
        )
    )


def _divides(
    statements: Ints, counts: Tallies, kept: Ints, shares: dict[int, dict[str, GroupShare]]
) -> tuple[Divide, ...]:
    """Of all pairs of groups the one most surely apart, where it is surely apart at all.

    The surest pair rather than the widest: a group with one voter would else hide the divide
    between two large ones.
    """
    k = counts.votes.shape[1]
    first, second = np.nonzero(~np.eye(k, dtype=np.bool_))
    if not kept.size or not first.size:
        return ()
    difference, low, high = newcombe(
        counts.agrees[:, first],
        counts.votes[:, first],
        counts.agrees[:, second],
        counts.votes[:, second],
    )
    surest = low.argmax(axis=1)
    lines = [
        Divide(
            statement=int(statements[j]),
            higher=LABELS[first[surest[j]]],
            lower=LABELS[second[surest[j]]],
            difference=float(difference[j, surest[j]]),
            low=float(low[j, surest[j]]),
            high=float(high[j, surest[j]]),
            by_group=shares[int(statements[j])],
        )
        for j in kept.tolist()
        if low[j, surest[j]] > 0
    ]
    return tuple(sorted(lines, key=lambda line: (-line.low, line.statement)))


def _consensus(statements: Ints, counts: Tallies, kept: Ints) -> dict[int, float]:
    """Group-informed consensus: the product over groups of (agrees + 1) / (votes + 2)."""
    product = ((counts.agrees + 1) / (counts.votes + 2)).prod(axis=1)
    return {int(statements[j]): float(product[j]) for j in kept.tolist()}
