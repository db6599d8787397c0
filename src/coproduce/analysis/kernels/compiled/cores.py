"""How do loops come to be compiled, and how do they share the cores?"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])

_ALL = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
CORES = min(8, _ALL or 1)  # beyond, memory is what everybody waits for
_WORTH_SHARING = 100_000  # votes; below, one core is done before a second has begun


def compiled(loop: Loop) -> Loop:
    """Compile at the first call, and keep what was compiled where there is a place for it.

    What is kept holds until the loop's own file changes: constants of other files are handed in.
    """
    njit: Any = numba.njit
    try:
        return cast(Loop, njit(cache=True, nogil=True)(loop))
    except RuntimeError:  # neither the package nor the home can be written to
        return cast(Loop, njit(nogil=True)(loop))


def share_out(work: Callable[..., Any], parts: Sequence[tuple[Any, ...]]) -> None:
    if len(parts) == 1 or CORES == 1:
        for part in parts:
            work(*part)
        return
    with ThreadPoolExecutor(CORES) as cores:
        for done in [cores.submit(work, *part) for part in parts]:
            done.result()


def cut(items: int, votes: int) -> list[tuple[int, int]]:
    """Items cut into one run for each core, or one run where there are few votes."""
    parts = max(1, min(CORES, votes // _WORTH_SHARING))
    edges = [items * part // parts for part in range(parts + 1)]
    return list(pairwise(edges))
