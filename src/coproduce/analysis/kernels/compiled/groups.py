"""Weighted k-means over points on the map."""

import numpy as np

from coproduce.analysis.arrays import Flags, Floats, Ints
from coproduce.analysis.kernels.compiled.cores import CORES, compiled, cut, share_out
from coproduce.analysis.kernels.plain import AT_ONCE, ROUNDS

_POINTS = 1024  # measured against one centre after the other while they stay in the first cache


def tightest(at: Floats, weight: Floats, k: int, draws: Floats) -> Ints:
    across, along = _axes(at)
    inertia = np.empty(draws.shape[0])
    member_of = np.empty((draws.shape[0], weight.size), dtype=np.int64)

    def settle(core: int, cores: int) -> None:
        for start in range(core, draws.shape[0], cores):
            centres = _starting(across, along, weight, k, draws[start])
            inertia[start] = _settle(
                across, along, weight, centres, member_of[start], AT_ONCE, ROUNDS
            )

    cores = len(cut(CORES, weight.size * k))
    share_out(settle, [(core, cores) for core in range(cores)])
    least = 0
    for start in range(1, draws.shape[0]):
        if inertia[start] < inertia[least] * (1 - 1e-12):
            least = start
    tightest_of_all: Ints = member_of[least]
    return tightest_of_all


def settled(at: Floats, weight: Floats, centres: Floats) -> tuple[float, Ints]:
    across, along = _axes(at)
    member_of, inertia, centres = np.full(weight.size, -1), np.inf, centres.copy()
    blocks = -(-weight.size // AT_ONCE)
    sums, moved = np.zeros((blocks, centres.shape[0], 4)), np.zeros(blocks, dtype=np.bool_)
    spans = cut(blocks, weight.size)
    for _ in range(ROUNDS):
        share_out(
            lambda a, b: _join(
                across, along, weight, centres, member_of, AT_ONCE, sums, moved, a, b
            ),
            spans,
        )
        inertia = _move(centres, sums)
        if not moved.any():
            break
    return inertia, member_of


def _axes(at: Floats) -> tuple[Floats, Floats]:
    return np.ascontiguousarray(at[:, 0]), np.ascontiguousarray(at[:, 1])


@compiled
def _starting(across: Floats, along: Floats, weight: Floats, k: int, drawn: Floats) -> Floats:
    """As `plain._starting`."""
    centres = np.empty((k, 2))
    chance, nearest = weight.copy(), np.full(weight.size, np.inf)
    heaped = np.empty(weight.size)
    for i in range(k):
        total = 0.0
        for point in range(weight.size):
            total += chance[point]
            heaped[point] = total
        found = min(np.searchsorted(heaped, drawn[i] * total, side="right"), weight.size - 1)
        x, y = across[found], along[found]
        centres[i, 0], centres[i, 1] = x, y
        for point in range(weight.size):
            right, up = across[point] - x, along[point] - y
            nearest[point] = min(nearest[point], right * right + up * up)
            chance[point] = weight[point] * nearest[point]
    return centres


@compiled
def _settle(
    across: Floats,
    along: Floats,
    weight: Floats,
    centres: Floats,
    member_of: Ints,
    at_once: int,
    rounds: int,
) -> float:
    blocks = -(-weight.size // at_once)
    sums, moved = np.zeros((blocks, centres.shape[0], 4)), np.zeros(blocks, np.bool_)
    member_of[:] = -1
    inertia = np.inf
    for _ in range(rounds):
        _join(across, along, weight, centres, member_of, at_once, sums, moved, 0, blocks)
        inertia = _move(centres, sums)
        if not moved.any():
            break
    return inertia


@compiled
def _join(
    across: Floats,
    along: Floats,
    weight: Floats,
    centres: Floats,
    member_of: Ints,
    at_once: int,
    sums: Floats,
    moved: Flags,
    a: int,
    b: int,
) -> None:
    """Each point of blocks a..b-1 joins its nearest centre; per block what the centres then hold.

    Centre by centre over a few points at a time, so that several points are measured at once.
    """
    least, nearest = np.empty(_POINTS), np.empty(_POINTS, np.int64)
    for block in range(a, b):
        sums[block] = 0.0
        moved[block] = False
        end = min((block + 1) * at_once, weight.size)
        for first in range(block * at_once, end, _POINTS):
            x, y = across[first : min(first + _POINTS, end)], along[first : first + _POINTS]
            least[:] = np.inf
            for c in range(centres.shape[0]):
                middle, height = centres[c, 0], centres[c, 1]
                for i in range(x.size):
                    right, up = x[i] - middle, y[i] - height
                    away, before, who = right * right + up * up, least[i], nearest[i]
                    least[i] = away if away < before else before
                    nearest[i] = c if away < before else who
            for i in range(x.size):
                point, c = first + i, nearest[i]
                if member_of[point] != c:
                    member_of[point] = c
                    moved[block] = True
                sums[block, c, 0] += weight[point]
                sums[block, c, 1] += weight[point] * across[point]
                sums[block, c, 2] += weight[point] * along[point]
                sums[block, c, 3] += weight[point] * least[i]


@compiled
def _move(centres: Floats, sums: Floats) -> float:
    """Centres move to the middle of what they hold; one that lost everybody stays."""
    inertia = 0.0
    for c in range(centres.shape[0]):
        total = np.zeros(4)
        for block in range(sums.shape[0]):
            total += sums[block, c]
        inertia += total[3]
        if total[0] > 0:
            centres[c, 0], centres[c, 1] = total[1] / total[0], total[2] / total[0]
    return inertia
