"""Where does everybody stand, and how sure is that? A factor model from the moments alone.

The map that is published. In a table with gaps filled by averages, people who answered little fall
towards the middle; here everybody is placed by what they did answer, and whoever answered little
gets a wide ring instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coproduce.analysis import kernels
from coproduce.analysis.axes import oriented
from coproduce.analysis.moments import Moments
from coproduce.analysis.votes import Flags, Floats, Ints, VoteTable, positions_of

DIMENSIONS = 2  # a map has two
# The recipe was set on two real conversations and on synthetic ones; docs/decisions/0009.
SHRINKAGE = 20  # people: a covariance that so many stand behind counts half
RIDGE = 0.003  # of a typical statement's weight
SMALLEST_NOISE = 0.1  # of a vote: nobody's answer is ever certain
ROUNDS = 100
SETTLED = 1e-6  # a loading that moves less is no longer moving

Tables = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Factors:
    """What two hidden directions say of each statement: vote = mean + loadings · position + noise.

    `statements` (S,) ids ascending; `mean` (S,) average vote in -1..1; `loadings` (S, 2) how much
    a vote changes for one step on each axis; `noise` (S,) variance that the axes leave over;
    `variance` (2,) each axis' share of the variance of all votes, 0..1; `left_out` (S,) statements
    taken out by moderation: their loadings are 0 and they move nobody.
    """

    statements: Ints
    mean: Floats
    loadings: Floats
    noise: Floats
    variance: Floats
    left_out: Flags


@dataclass(frozen=True, eq=False)
class Places:
    """Our best guess of where people stand (Q, 2), and the covariance (Q, 2, 2) around it.

    One step is one standard deviation among people. With no votes: the middle, and a ring of 1.
    """

    at: Floats
    covariance: Floats


def fit_factors(
    moments: Moments, *, moderated: Sequence[int] = (), shrinkage: int = SHRINKAGE
) -> Factors:
    """The two directions along which people's answers go together, from sums alone.

    Pairs of statements count by how many people answered both, and a pair that few answered is
    drawn towards nought (`shrinkage`: a pair seen by so many people counts half); the diagonal,
    where a vote meets itself, is left out. `moderated`: ids of statements taken out; unknown ids
    are ignored. Orientation is canonical: the first axis explains most, and the largest loading of
    each is positive (the lower id on a tie).

    Most likely broken: that whether somebody answered a statement has nothing to do with what they
    would have said; and that two directions are enough.
    Source: minimum residual factor analysis, Harman & Jones (1966), Psychometrika 31, weighted by
    the pairs seen; scores after Thomson, see `place`.

    >>> from coproduce.analysis.moments import summarise
    >>> camps = [(who, what, 1 if who % 2 else -1) for who in range(40) for what in range(6)]
    >>> factors = fit_factors(summarise(*zip(*camps)))
    >>> bool((factors.loadings[:, 0] > 0.7).all()), factors.variance.round(1)
    (True, array([0.7, 0. ]))
    """
    left_out = np.zeros(moments.statements.size, dtype=np.bool_)
    left_out[positions_of(moments.statements, moderated)] = True
    mean = np.where(left_out, 0.0, np.diagonal(moments.X) / np.maximum(moments.votes, 1))
    spread = np.diagonal(moments.M) / np.maximum(moments.votes, 1) - mean**2
    loadings = _canonical(_loadings(*_pairs(moments, left_out, shrinkage)))
    loadings[left_out] = 0.0
    noise = np.maximum(spread - (loadings**2).sum(axis=1), SMALLEST_NOISE)
    total = float(spread[~left_out].sum())
    variance = (loadings**2).sum(axis=0) / total if total > 0 else np.zeros(DIMENSIONS)
    return Factors(moments.statements, mean, loadings, noise, variance, left_out)


def _pairs(moments: Moments, left_out: Flags, shrinkage: int) -> tuple[Tables, Tables]:
    """Covariance of each two statements, drawn towards 0 where few saw both, and its weight."""
    seen = moments.N.astype(np.float64)
    seen[left_out] = seen[:, left_out] = 0.0
    np.fill_diagonal(seen, 0.0)
    once = np.maximum(seen, 1.0)
    average = moments.X / once
    covariance = moments.M / once
    covariance -= average * average.T
    covariance *= seen
    covariance /= np.maximum(seen + shrinkage, 1.0)
    return covariance, seen


def _loadings(covariance: Tables, weight: Tables) -> Floats:
    """Weighted least squares on everything off the diagonal, a row at a time, in half steps."""
    loadings = _start(covariance)
    if not loadings.any():
        return loadings
    answered_with_others = weight.sum(axis=1)
    ridge = RIDGE * float(np.median(answered_with_others[answered_with_others > 0]))
    weighted = weight * covariance
    for _ in range(ROUNDS):
        squares = (loadings[:, :, np.newaxis] * loadings[:, np.newaxis, :]).reshape(-1, 4)
        normal = (weight @ squares).reshape(-1, 2, 2) + ridge * np.eye(DIMENSIONS)
        fitted = np.linalg.solve(normal, (weighted @ loadings)[:, :, np.newaxis])[:, :, 0]
        moved = float(np.abs(fitted - loadings).max())
        loadings = (loadings + fitted) / 2
        if moved < SETTLED:
            break
    return loadings


def _start(covariance: Tables) -> Floats:
    start = np.zeros((covariance.shape[0], DIMENSIONS))
    if covariance.size:
        values, vectors = np.linalg.eigh(covariance)
        kept = min(DIMENSIONS, values.size)
        top = np.maximum(values[::-1][:kept], 0.0)
        start[:, :kept] = vectors[:, ::-1][:, :kept] * np.sqrt(top)
    return start


def _canonical(loadings: Floats) -> Floats:
    """The same fit turned so that the first axis explains most, and the largest loading is up."""
    if not loadings.any():
        return loadings
    left, size, _ = np.linalg.svd(loadings, full_matrices=False)
    turned = np.zeros_like(loadings)
    for axis in np.flatnonzero(size > 1e-9 * size[0]):
        turned[:, axis] = oriented(left[:, axis]) * size[axis]
    return turned


def place(table: VoteTable, factors: Factors) -> Places:
    """Where each pattern of votes stands, and the ring around it.

    The posterior of a position under a standard normal prior, given the votes that were cast and
    nothing for those that were not. The 90 % ring is where the squared distance, measured with the
    covariance, is at most 4.61.

    Most likely broken: that the noise of one person's answers is independent once their position
    is known. On real conversations two halves of a person's votes agree within their rings in
    about 9 of 10 cases (tests/analysis/test_factors.py).
    Source: regression scores, Thomson (1939); Bartholomew, Knott & Moustaki (2011), section 3.
    """
    at, ring = kernels.place(
        table.start, table.column, table.vote, factors.mean, factors.loadings, factors.noise
    )
    return Places(at, ring[:, [0, 1, 1, 2]].reshape(-1, DIMENSIONS, DIMENSIONS))


def where_one_stands(
    vote: ArrayLike, mean: ArrayLike, loadings: ArrayLike, noise: ArrayLike
) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """Where somebody with these votes stands on a map drawn before: ((x, y), (xx, xy, yy)).

    `vote` (n,) their votes, and of the same statements, in the same order, the `mean` (n,),
    `loadings` (n, 2) and `noise` (n,) of the map. The second part is the covariance of the guess.
    Nothing of them enters the map. Source: as in `place`, Thomson (1939).

    >>> at, ring = where_one_stands([1, 1], [0, 0], [[0.8, 0.0], [0.8, 0.0]], [0.4, 0.4])
    >>> [round(value, 2) for value in (*at, *ring)]
    [0.95, 0.0, 0.24, 0.0, 1.0]
    """
    x = np.asarray(vote, dtype=np.float64) - np.asarray(mean, dtype=np.float64)
    towards = np.asarray(loadings, dtype=np.float64).reshape(-1, DIMENSIONS)
    weight = towards / np.asarray(noise, dtype=np.float64)[:, np.newaxis]
    covariance = np.linalg.inv(np.eye(DIMENSIONS) + weight.T @ towards)
    x_at, y_at = (covariance @ (weight.T @ x)).tolist()
    return (x_at, y_at), (
        float(covariance[0, 0]),
        float(covariance[0, 1]),
        float(covariance[1, 1]),
    )
