"""Who thinks alike, in groups that are large enough to be spoken of?"""

from dataclasses import dataclass

import numpy as np

from coproduce.analysis import Gates, Moments, OpinionMap, has_base, map_opinions
from coproduce.trust.gate import Admitted

SEED = 0  # moves starts and simulations; fixed, so that nobody can choose a result


@dataclass(frozen=True)
class Counted:
    """The map as it may be told: every group has ten people or more, or all are one group.

    `groups_found` is how many groups stood apart before that rule, and `gates` what numbers of
    groups had to pass; None where there is no map.
    """

    map: OpinionMap
    groups_found: int | None
    gates: Gates | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The groups to speak of; empty where everybody is told as one."""
        return tuple(sorted(self.map.group_sizes)) if len(self.map.group_sizes) > 1 else ()

    @property
    def unplaced(self) -> int:
        """People who answered too little to stand in a group."""
        return self.map.people - sum(self.map.group_sizes.values()) - self.between

    @property
    def between(self) -> int:
        """People who answered enough, and yet stand between groups."""
        return sum(
            self.map.groups[person] is None and any(member)
            for person, member in self.map.membership.items()
        )


@dataclass(frozen=True)
class Tally:
    """How everybody answered one statement, in a group or not."""

    agrees: int
    disagrees: int
    votes: int


def count(admitted: Admitted, moments: Moments | None = None) -> Counted:
    """The best grouping that stands apart and in which no group is too small to be told.

    `moments`: those of exactly these answers, where they have been kept.
    """
    found = _map(admitted, moments)
    if found.gates is None or _is_tellable(found):
        return Counted(found, found.k, found.gates)
    for k in found.gates.passed[1:]:
        if _is_tellable(other := _map(admitted, moments, groups=k)):
            return Counted(other, found.k, found.gates)
    return Counted(_map(admitted, moments, groups=1), found.k, found.gates)


def _map(admitted: Admitted, moments: Moments | None, groups: int | None = None) -> OpinionMap:
    columns = admitted.person, admitted.item, admitted.value
    return map_opinions(*columns, groups=groups, seed=SEED, moments=moments)


def _is_tellable(found: OpinionMap) -> bool:
    return all(has_base(size) for size in found.group_sizes.values())


def tallies(admitted: Admitted) -> dict[int, Tally]:
    """Agreement with each statement over all who answered it."""
    numbers, at = np.unique(admitted.item, return_inverse=True)
    agrees = np.bincount(at, admitted.value == 1, numbers.size).astype(np.int64)
    disagrees = np.bincount(at, admitted.value == -1, numbers.size).astype(np.int64)
    votes = np.bincount(at, minlength=numbers.size)
    return {
        number: Tally(a, d, n)
        for number, a, d, n in zip(
            numbers.tolist(), agrees.tolist(), disagrees.tolist(), votes.tolist(), strict=True
        )
    }
