"""What sets a group apart? Statements that speak for it, tested on votes it was not made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from coproduce.analysis import kernels
from coproduce.analysis.groups import LABELS
from coproduce.analysis.shares import discoveries, newcombe, two_proportion_z, two_sided_p
from coproduce.analysis.votes import Flags, Ints, VoteTable

VOTES_TO_TEST = 10  # on either side: below, the normal approximation of the test does not hold
FALSE_AMONG_LISTED = 0.10


@dataclass(frozen=True)
class GroupVoice:
    """A statement on which a group votes unlike everybody else.

    `difference` of the shares who agree, group less others, in -1..1, with its 95 % interval
    `low`..`high`; `p` of the test; `votes` of the group that the test rests on.
    """

    group: str
    statement: int
    difference: float
    low: float
    high: float
    p: float
    votes: int


@dataclass(frozen=True, eq=False)
class Tallies:
    """Votes per statement and group (S, k): how many `agrees`, `disagrees`, and `votes` in all."""

    agrees: Ints
    disagrees: Ints
    votes: Ints


def tally(table: VoteTable, group: Ints, k: int) -> Tallies:
    """Count the votes of each group on each statement; group -1 is counted nowhere."""
    does = kernels.for_votes(table.column.size)
    counts = does.tallied(
        table.start, table.column, table.vote, table.weight, group, table.statements.size, k
    )
    return Tallies(agrees=counts[:, :, 2], disagrees=counts[:, :, 0], votes=counts.sum(axis=2))


def group_voices(
    table: VoteTable,
    group: Ints,
    k: int,
    *,
    left_out: Flags,
    seed: int,
    draw_again: Callable[[VoteTable], Ints],
) -> tuple[GroupVoice, ...]:
    """Statements that set a group apart, each group's surest first.

    Each person's votes are split in two by chance. Groups are found anew from one half (named
    after the published group they overlap most) and statements tested on the other, so that a
    group is not described by the very votes that made it. A statement is listed where it stands
    among at most 10 % false ones.

    `group` (Q,) the published group of each pattern, -1 = none; empty where k < 2. `draw_again`
    groups a part of the votes in the same way, (Q,) with -1 = none.
    Most likely broken: that half of the votes is enough to find the groups again.
    Source: data splitting, Cox (1975), Biometrika 62; Benjamini & Hochberg (1995).
    """
    if k < 2:
        return ()
    to_find = _half(table, seed)
    found = _found_again(_rows(table, to_find), group, k, draw_again)
    counts = tally(_rows(table, ~to_find), found, k)
    others = counts.votes.sum(axis=1, keepdims=True) - counts.votes
    enough = (np.minimum(counts.votes, others) >= VOTES_TO_TEST) & ~left_out[:, np.newaxis]
    return _listed(table.statements, counts, np.argwhere(enough))


def _half(table: VoteTable, seed: int) -> Flags:
    """A fair coin per vote, thrown by the votes themselves: no name or order can move it."""
    statement = table.statements.astype(np.uint64)
    salt = kernels.mixed(statement + np.uint64(seed % 2**32) * np.uint64(2**32))
    does = kernels.for_votes(table.column.size)
    return does.coins(table.start, table.column, table.key, salt)


def _rows(table: VoteTable, keep: Flags) -> VoteTable:
    does = kernels.for_votes(table.column.size)
    start, column, vote = does.kept(table.start, table.column, table.vote, keep)
    return replace(table, start=start, column=column, vote=vote)


def _found_again(
    half: VoteTable, group: Ints, k: int, draw_again: Callable[[VoteTable], Ints]
) -> Ints:
    """The groups that half of the votes show, named after the published ones; -1 = none."""
    found = np.full(group.size, -1)
    if not half.vote.size:
        return found
    drawn = draw_again(half)
    both = (drawn >= 0) & (group >= 0)
    if not both.any():
        return found
    overlap = np.zeros((int(drawn.max()) + 1, k))
    np.add.at(overlap, (drawn[both], group[both]), half.weight[both])
    mine, published = linear_sum_assignment(overlap, maximize=True)
    name = np.full(overlap.shape[0] + 1, -1)  # the last one names those in no group
    name[mine] = published
    found[:] = name[drawn]
    return found


def _listed(statements: Ints, counts: Tallies, tested: Ints) -> tuple[GroupVoice, ...]:
    at = tested[:, 0], tested[:, 1]
    agrees, votes = counts.agrees[at], counts.votes[at]
    other_agrees = counts.agrees.sum(axis=1)[at[0]] - agrees
    other_votes = counts.votes.sum(axis=1)[at[0]] - votes
    p = two_sided_p(two_proportion_z(agrees, votes, other_agrees, other_votes))
    difference, low, high = newcombe(agrees, votes, other_agrees, other_votes)
    voices = [
        GroupVoice(
            group=LABELS[at[1][i]],
            statement=int(statements[at[0][i]]),
            difference=float(difference[i]),
            low=float(low[i]),
            high=float(high[i]),
            p=float(p[i]),
            votes=int(votes[i]),
        )
        for i in np.flatnonzero(discoveries(p, rate=FALSE_AMONG_LISTED))
    ]
    return tuple(sorted(voices, key=lambda voice: (voice.group, -_assured(voice), voice.statement)))


def _assured(voice: GroupVoice) -> float:
    """How far from 0 the difference is at least."""
    return voice.low if voice.difference > 0 else -voice.high
