"""The heavy work compiled by numba. What each function gives is told in `Kernels`.

Loops let go of the interpreter lock and share the cores by plain threads: numba's own threads
end the process where two requests compute at once, or where it forks. Who does which part never
moves a digit: parts are whole numbers, or one person's own sum, or sums over fixed blocks.
"""

import numpy as np

from coproduce.analysis.kernels.compiled.groups import settled, tightest
from coproduce.analysis.kernels.compiled.sums import add_bits, add_pairs, summed, tallied
from coproduce.analysis.kernels.compiled.votes import (
    alike,
    by_person,
    coins,
    kept,
    picked,
    ranked,
)

__all__ = [
    "add_pairs",
    "alike",
    "by_person",
    "coins",
    "kept",
    "picked",
    "ranked",
    "settled",
    "summed",
    "tallied",
    "tightest",
    "warm_up",
]


def warm_up() -> None:
    """Call everything once, so that it is loaded, or compiled where it never was."""
    ids, far_apart = np.arange(4), np.array([0, 1, 2, 2**40])
    ranked(far_apart)
    rank = ranked(ids)[1]
    start, column, vote = by_person(rank, rank, np.ones(4, dtype=np.int8), 4, 4)
    picked(start, column, vote, ids)
    kept(start, column, vote, np.ones(4, dtype=np.bool_))
    key = np.arange(4, dtype=np.uint64)
    alike(start, column, vote, key, ids)
    coins(start, column, key, key)
    for kind in (np.float64, np.uint64):
        summed(start, column, vote, np.ones((4, 3, 1), dtype=kind))
    sums = np.zeros((3, 4, 4), dtype=np.int64)
    add_bits(start, column, vote, ids, 1, sums)
    add_pairs(start, column, vote, ids, 1, sums)
    tallied(start, column, vote, ids, ids, 4, 4)
    places = np.arange(8.0).reshape(4, 2)
    tightest(places, np.ones(4), 2, np.full((1, 2), 0.5))
    settled(places, np.ones(4), places)
