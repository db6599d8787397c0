"""Which arithmetic does the heavy work: numpy alone, or loops compiled by numba?

Both give the same numbers to the last bit, so nobody has to ask which of them it was. numba is
the extra `fast`. It is loaded where there are many votes, since loading takes most of a second;
once loaded it serves conversations of any size. A process that lives long calls `warm_up`.
"""

import sys
from importlib import import_module
from typing import Any, Protocol, cast

import numpy as np

from coproduce.analysis.arrays import Choices, Columns, Flags, Floats, Hashes, Ints
from coproduce.analysis.kernels import plain

WORTH_LOADING = 500_000  # votes; below, numpy is done before numba is loaded
_COMPILED = "coproduce.analysis.kernels.compiled"


class Kernels(Protocol):
    """The heavy work, done in two ways.

    Votes of Q people lie one person after the other: those of person i are `start[i]` to
    `start[i + 1]` of `column` (which statement, ascending) and `vote`.
    """

    def ranked(self, ids: Ints) -> tuple[Ints, Columns]:
        """The distinct ids in ascending order, and for each id its place among them."""

    def by_person(
        self, who: Columns, what: Columns, vote: Choices, people: int, statements: int
    ) -> tuple[Ints, Columns, Choices]:
        """Votes in any order as start, column, vote; the last of a repeated pair wins."""

    def picked(
        self, start: Ints, column: Columns, vote: Choices, rows: Ints
    ) -> tuple[Ints, Columns, Choices]:
        """The votes of some people, in the order in which they are named."""

    def kept(
        self, start: Ints, column: Columns, vote: Choices, keep: Flags
    ) -> tuple[Ints, Columns, Choices]:
        """The same people with some of their votes."""

    def alike(self, start: Ints, column: Columns, vote: Choices, key: Hashes, order: Ints) -> Flags:
        """Whether each person of `order` has the key and the very votes of the one before."""

    def summed(self, start: Ints, column: Columns, vote: Choices, worth: Any) -> Any:
        """Each person's sum of what their votes are worth: `worth[column, vote + 1]` (S, 3, m)."""

    def coins(self, start: Ints, column: Columns, key: Hashes, salt: Hashes) -> Flags:
        """A fair coin for each vote, thrown by the person's key and the statement's salt."""

    def add_pairs(
        self, start: Ints, column: Columns, vote: Choices, chosen: Ints, times: int, sums: Ints
    ) -> None:
        """Add the N, M, X of the chosen people, so many times, to `sums` (3, S, S)."""

    def tallied(
        self,
        start: Ints,
        column: Columns,
        vote: Choices,
        weight: Ints,
        group: Ints,
        statements: int,
        k: int,
    ) -> Ints:
        """Disagrees, passes and agrees per statement and group (S, k, 3); group -1 nowhere."""

    def tightest(self, at: Floats, weight: Floats, k: int, draws: Floats) -> Ints:
        """Weighted k-means from as many starts as `draws` has rows: the tightest grouping."""

    def settled(self, at: Floats, weight: Floats, centres: Floats) -> tuple[float, Ints]:
        """Weighted k-means from these centres: inertia and the centre of each point."""


def for_votes(votes: int) -> Kernels:
    """What is quickest for so many votes here and now."""
    if votes < WORTH_LOADING and _COMPILED not in sys.modules:
        return plain
    try:
        return cast(Kernels, import_module(_COMPILED))
    except ImportError:  # no numba, or one that does not know this numpy
        return plain


def warm_up() -> bool:
    """Load the compiled loops, whatever the size of what comes; False where numba is missing.

    The very first time on a machine they are compiled, which takes some seconds, and kept.
    """
    chosen = for_votes(WORTH_LOADING)
    if chosen is plain:
        return False
    chosen.warm_up()  # type: ignore[attr-defined]
    return True


def place(
    start: Ints, column: Columns, vote: Choices, mean: Floats, loadings: Floats, noise: Floats
) -> tuple[Floats, Floats]:
    """Where each person stands under a factor model, and how sure that is.

    `mean` (S,), `loadings` (S, 2), `noise` (S,) of the model. A person's precision is
    I + Σ L_j L_jᵀ / ψ_j over the statements they voted on. Returns positions (Q, 2) and
    covariances (Q, 3) as xx, xy, yy; nobody's position depends on what they did not answer, and
    without votes they stand at 0 with covariance I.
    Source: posterior of a factor model, Bartholomew, Knott & Moustaki (2011), section 3.
    """
    weighed = loadings / noise[:, np.newaxis]
    worth = np.empty((mean.size, 3, 5))
    worth[:, :, 0] = (loadings[:, 0] * weighed[:, 0])[:, np.newaxis]
    worth[:, :, 1] = (loadings[:, 0] * weighed[:, 1])[:, np.newaxis]
    worth[:, :, 2] = (loadings[:, 1] * weighed[:, 1])[:, np.newaxis]
    away = np.arange(-1.0, 2.0) - mean[:, np.newaxis]
    worth[:, :, 3:] = away[:, :, np.newaxis] * weighed[:, np.newaxis, :]
    sums = for_votes(column.size).summed(start, column, vote, worth)
    xx, xy, yy = 1.0 + sums[:, 0], sums[:, 1], 1.0 + sums[:, 2]
    size = xx * yy - xy * xy
    covariance = np.column_stack([yy / size, -xy / size, xx / size])
    pull = sums[:, 3:]
    position = np.column_stack(
        [
            covariance[:, 0] * pull[:, 0] + covariance[:, 1] * pull[:, 1],
            covariance[:, 1] * pull[:, 0] + covariance[:, 2] * pull[:, 1],
        ]
    )
    return position, covariance


def mixed(number: Hashes) -> Hashes:
    """Spread bits so that near numbers fall far apart (Steele, Lea & Flood 2014)."""
    return plain.mixed(number)
