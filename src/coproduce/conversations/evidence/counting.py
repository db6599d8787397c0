"""Who thinks alike, in groups that are large enough to be spoken of?"""

from dataclasses import dataclass

import numpy as np

from coproduce.analysis import OpinionMap, has_base, map_opinions
from coproduce.trust.gate import Admitted

SEED = 0  # moves only the starts of grouping; fixed, so that nobody can choose a result


@dataclass(frozen=True)
class Counted:
    """The map as it may be told: every group has ten people or more, or all are one group.

    `groups_found` is how many groups stood apart most clearly before that rule.
    """

    map: OpinionMap
    groups_found: int | None

    @property
    def letters(self) -> tuple[str, ...]:
        """The groups to speak of; empty where everybody is told as one."""
        return tuple(self.map.group_sizes) if len(self.map.group_sizes) > 1 else ()

    @property
    def unplaced(self) -> int:
        """People who answered too little to stand in a group."""
        return self.map.people - sum(self.map.group_sizes.values())


@dataclass(frozen=True)
class Tally:
    """How everybody answered one statement, in a group or not."""

    agrees: int
    disagrees: int
    votes: int


def count(admitted: Admitted) -> Counted:
    """The clearest grouping in which no group is too small to be told."""
    found = _map(admitted)
    if found.k is None or _is_tellable(found):
        return Counted(found, found.k)
    clearest_first = sorted(found.silhouettes, key=lambda k: (-found.silhouettes[k], k))
    for k in clearest_first:
        if k != found.k and _is_tellable(other := _map(admitted, groups=k)):
            return Counted(other, found.k)
    return Counted(_map(admitted, groups=1), found.k)


def _map(admitted: Admitted, groups: int | None = None) -> OpinionMap:
    return map_opinions(admitted.person, admitted.item, admitted.value, groups=groups, seed=SEED)


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
