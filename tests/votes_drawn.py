"""Votes for the laws: any few people on any few statements."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Rows = tuple[list[int], list[int], list[int]]


def rows(people: st.SearchStrategy[int], *, most: int = 60) -> st.SearchStrategy[Rows]:
    """Rows of votes, at most one for each person and statement."""
    votes = st.dictionaries(
        st.tuples(people, st.integers(0, 12)), st.sampled_from((-1, 0, 1)), max_size=most
    )
    return votes.map(
        lambda given: (
            [who for who, _ in given],
            [what for _, what in given],
            list(given.values()),
        )
    )


def joined(a: Rows, b: Rows) -> Rows:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def two_camps(people: int = 40, statements: int = 12, *, seed: int = 1) -> Rows:
    """Two halves who differ on the odd statements and agree with the even ones, with gaps."""
    chance = np.random.default_rng(seed)
    side = np.where(np.arange(people) % 2, 1, -1)[:, np.newaxis]
    odd = np.arange(statements) % 2
    lean: NDArray[np.float64] = np.where(odd, side, 1) + chance.normal(0, 0.5, (people, statements))
    who, what = np.nonzero(chance.random((people, statements)) < 0.85)
    votes = np.clip(np.round(lean[who, what]), -1, 1).astype(int)
    return who.tolist(), what.tolist(), votes.tolist()
