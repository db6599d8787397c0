"""Does the next picture look like the last one? The same letters and the same way up.

Groups are named by size, and the map is turned by what explains most; both can flip from one
picture to the next though nothing happened. What is compared is what was published, never which
person was in which group.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from coproduce.analysis.groups import LABELS
from coproduce.analysis.opinion_map import OpinionMap
from coproduce.analysis.votes import Floats

UNKNOWN = 0.5  # a share that was not told is as far from all as from none
By = TypeVar("By")


def turn_onto(found: OpinionMap, axes: Mapping[int, tuple[float, float]]) -> OpinionMap:
    """The same map turned, and mirrored if need be, so that its axes lie on those given.

    `axes` {statement: (x, y)} of an earlier map; statements that are in both decide, and where
    there are none the map stays as it is. Distances do not change.
    Source: orthogonal Procrustes, Schönemann (1966), Psychometrika 31.

    >>> from coproduce.analysis import map_opinions
    >>> people = [who for who in range(8) for _ in range(3)]
    >>> found = map_opinions(people, [1, 2, 3] * 8, [1, 1, -1] * 4 + [-1, -1, 1] * 4)
    >>> mirrored = {of: (-x, y) for of, (x, y) in found.axes.items()}
    >>> turned = turn_onto(found, mirrored)
    >>> [round(turned.positions[who][0] + found.positions[who][0], 6) for who in (0, 7)]
    [0.0, 0.0]
    """
    shared = [of for of in found.axes if of in axes]
    if not shared:
        return found
    new = np.array([found.axes[of] for of in shared])
    old = np.array([axes[of] for of in shared])
    left, _, right = np.linalg.svd(new.T @ old)
    turn = left @ right
    return replace(
        found,
        positions=_each(found.positions, lambda at: np.asarray(at) @ turn),
        axes=_each(found.axes, lambda at: np.asarray(at) @ turn),
        rings=_each(found.rings, lambda ring: _flat(turn.T @ _square(ring) @ turn)),
    )


def _each(rows: Mapping[int, Any], turn: Callable[[Any], Floats]) -> dict[int, Any]:
    return {of: tuple(turn(row).tolist()) for of, row in rows.items()}


def _square(ring: tuple[float, float, float]) -> Floats:
    return np.array([[ring[0], ring[1]], [ring[1], ring[2]]])


def _flat(covariance: Floats) -> Floats:
    result: Floats = covariance[[0, 0, 1], [0, 1, 1]]
    return result


def name_after(found: OpinionMap, shares: Mapping[str, Mapping[int, float]]) -> OpinionMap:
    """The same map with the letters of the earlier groups that its groups answer most like.

    `shares` {letter: {statement: share who agreed, 0..1}} of an earlier map, as coarse as it was
    told; a statement that is missing counts as even. Groups that are new take letters not yet
    used. Source: optimal assignment, Kuhn (1955), Naval Research Logistics Quarterly 2.

    >>> from coproduce.analysis import map_opinions
    >>> people = [who for who in range(8) for _ in range(3)]
    >>> found = map_opinions(people, [1, 2, 3] * 8, [1, 1, 1] * 5 + [-1, -1, 1] * 3, groups=2)
    >>> found.groups[0], name_after(found, {"A": {1: 0.1}, "B": {1: 0.9}}).groups[0]
    ('A', 'B')
    """
    mine = sorted(found.group_sizes)
    if len(mine) < 2 or not shares:
        return found
    away = [[_distance(found, letter, earlier) for earlier in shares.values()] for letter in mine]
    chosen, theirs = linear_sum_assignment(np.array(away))
    old = list(shares)
    names = {mine[i]: old[j] for i, j in zip(chosen.tolist(), theirs.tolist(), strict=True)}
    free = iter(letter for letter in LABELS if letter not in names.values())
    return _renamed(found, {letter: names.get(letter) or next(free) for letter in mine})


def _distance(found: OpinionMap, letter: str, shares: Mapping[int, float]) -> float:
    of_group = {number: by[letter].agree_share for number, by in found.by_statement.items()}
    both = [(of_group.get(number), share) for number, share in shares.items()]
    return sum(abs((UNKNOWN if mine is None else mine) - share) for mine, share in both)


def _renamed(found: OpinionMap, names: dict[str, str]) -> OpinionMap:
    """Everything that speaks of groups, under their new letters."""

    def by(rows: Mapping[str, By]) -> dict[str, By]:
        return {new: rows[old] for old, new in sorted(names.items(), key=lambda pair: pair[1])}

    place = [list(found.group_sizes).index(old) for old in by({n: n for n in names}).values()]
    return replace(
        found,
        groups={who: names.get(one or "") for who, one in found.groups.items()},
        membership={who: tuple(m[i] for i in place) for who, m in found.membership.items()},
        group_sizes=by(found.group_sizes),
        by_statement={number: by(shares) for number, shares in found.by_statement.items()},
        common_ground=tuple(replace(one, by_group=by(one.by_group)) for one in found.common_ground),
        rejected_by_all=tuple(
            replace(one, by_group=by(one.by_group)) for one in found.rejected_by_all
        ),
        divides=tuple(
            replace(
                one,
                higher=names[one.higher],
                lower=names[one.lower],
                by_group=by(one.by_group),
            )
            for one in found.divides
        ),
        representative=tuple(replace(one, group=names[one.group]) for one in found.representative),
    )
