"""Along which lines do people differ most? From moments to axes, from votes to positions.

This is the one step that a better model replaces: whatever gives a position per person and a
direction per statement can stand here, and groups, common ground and divides follow unchanged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh, eigh_tridiagonal

from coproduce.analysis import kernels
from coproduce.analysis.moments import Moments
from coproduce.analysis.votes import Flags, Floats, Ints, VoteTable, positions_of

_DIMENSIONS = 2
# Below this part of all variance an axis is rounding noise, and two loadings are a tie.
_NOISE = 1e-9
_LANCZOS_FROM = 300  # statements: below, a whole decomposition takes two milliseconds at most
_ROUNDING = 1e-15  # of the largest eigenvalue: what is off by less is as good as exact


@dataclass(frozen=True, eq=False)
class Axes:
    """Two directions of disagreement, as a weight per statement.

    `statements` (S,) ids; `mean` (S,) average vote in -1..1; `directions` (S, 2) unit columns,
    the first explains most, zero where nothing is left to explain; `variance` (2,) each axis'
    share of all variance in 0..1; `left_out` (S,) statements taken out by moderation.
    """

    statements: Ints
    mean: Floats
    directions: Floats
    variance: Floats
    left_out: Flags


def conclude(moments: Moments, *, moderated: Sequence[int] = ()) -> Axes:
    """The two lines along which these people differ most (principal components).

    Equal to the principal components of the people x statements table in which a missing vote
    is replaced by the statement's average and every column is centred. `moderated`: ids of
    statements taken out, whose rows and columns count as zero; unknown ids are ignored.
    Orientation is canonical: the largest weight of each axis is positive (the lower id on a tie).

    Most likely broken: that people answered a random part of the statements. With many gaps the
    distance from the middle follows how much a person voted.
    Source: Small, Bjorkegren, Erkkilä, Shaw & Megill (2021), Polis: scaling deliberation by
    mapping high dimensional opinion spaces, Recerca 26(2), section 4.

    >>> from coproduce.analysis.moments import summarise
    >>> axes = conclude(summarise([1, 1, 2, 2], [7, 8, 7, 8], [1, -1, -1, 1]))
    >>> axes.directions[:, 0].round(3)
    array([ 0.707, -0.707])
    """
    left_out = np.zeros(moments.statements.size, dtype=np.bool_)
    left_out[positions_of(moments.statements, moderated)] = True
    mean = np.where(left_out, 0.0, np.diagonal(moments.X) / np.maximum(moments.votes, 1))
    scatter = _scatter(moments, mean, left_out)
    directions, variance = _principal(scatter)
    directions[left_out] = 0.0  # in place of the eigensolver's rounding
    return Axes(moments.statements, mean, directions, variance, left_out)


def _scatter(moments: Moments, mean: Floats, left_out: Flags) -> Floats:
    """C = M - X_jk μ_k - X_kj μ_j + N μ_j μ_k: the scatter after filling gaps with the mean."""
    scatter: Floats = moments.N * mean
    scatter *= mean[:, np.newaxis]
    scatter += moments.M
    cross = moments.X * mean
    scatter -= cross
    scatter -= cross.T
    scatter[left_out] = 0.0
    scatter[:, left_out] = 0.0
    return scatter


def _principal(scatter: Floats) -> tuple[Floats, Floats]:
    statements = scatter.shape[0]
    directions, variance = np.zeros((statements, _DIMENSIONS)), np.zeros(_DIMENSIONS)
    total = float(np.trace(scatter))
    if total <= _NOISE:
        return directions, variance
    values, vectors = _largest(scatter, min(_DIMENSIONS, statements))
    for axis, at in enumerate(reversed(range(values.size))):
        if values[at] > _NOISE * total:
            directions[:, axis] = oriented(vectors[:, at])
            variance[axis] = values[at] / total
    return directions, variance


def _largest(scatter: Floats, wanted: int) -> tuple[Floats, Floats]:
    """The largest eigenvalues, ascending, with their vectors in columns."""
    statements = scatter.shape[0]
    if statements >= _LANCZOS_FROM:
        found = _by_lanczos(scatter, wanted)
        if found is not None:
            return found
    values, vectors = eigh(scatter, subset_by_index=(statements - wanted, statements - 1))
    return values, vectors


def _by_lanczos(scatter: Floats, wanted: int) -> tuple[Floats, Floats] | None:
    """The same from a few dozen products; None where these do not settle it.

    Always from the same start: beginning at the last map would save nothing where axes are clear,
    and the last digits would hang on the past. One start is blind to the second of two equal
    eigenvalues, so another looks at what is left once the found ones are taken out.
    """
    starts = np.random.default_rng(0).standard_normal((2, scatter.shape[0]))

    def exact(values: Floats, off: Floats) -> bool:
        return bool(off[-wanted:].max() <= _ROUNDING * values[-1])

    found = _lanczos(lambda vector: _product(scatter, vector), starts[0], wanted, exact)
    if found is None:
        return None
    values, vectors = found
    least = values[0]

    def without_found(vector: Floats) -> Floats:
        along = np.einsum("ij,i->j", vectors, vector)
        left: Floats = _product(scatter, vector) - _product(vectors, values * along)
        return left

    def decided(values: Floats, off: Floats) -> bool:
        return bool(values[-1] > least or values[-1] + off[-1] < least)

    rest = _lanczos(without_found, starts[1], 1, decided)
    return found if rest is not None and rest[0][0] < least else None


def _product(matrix: Floats, vector: Floats) -> Floats:
    """Summed by numpy itself: its digits do not hang on the number of cores, as BLAS' may."""
    product: Floats = np.einsum("ij,j->i", matrix, vector)
    return product


def _lanczos(
    times: Callable[[Floats], Floats],
    start: Floats,
    wanted: int,
    enough: Callable[[Floats, Floats], bool],
) -> tuple[Floats, Floats] | None:
    """Largest eigenvalues, ascending, and their vectors, once `enough(values, off by)`.

    Source: Lanczos (1950) with every step made orthogonal to all before, Parlett (1998), The
    Symmetric Eigenvalue Problem, chapter 13.
    """
    steps = 40 + start.size // 10  # beyond, the whole decomposition is quicker
    basis, middle, beside = np.zeros((steps, start.size)), np.zeros(steps), np.zeros(steps)
    vector = start / np.sqrt(np.einsum("i,i->", start, start))
    for step in range(steps):
        basis[step] = vector
        so_far, ahead = basis[: step + 1], times(vector)
        middle[step] = np.einsum("i,i->", vector, ahead)
        for _ in range(2):  # twice is enough
            ahead -= np.einsum("ij,i->j", so_far, _product(so_far, ahead))
        beside[step] = np.sqrt(np.einsum("i,i->", ahead, ahead))
        if step % 4 == 3 or beside[step] <= _NOISE:
            values, small = eigh_tridiagonal(middle[: step + 1], beside[:step])
            off = beside[step] * np.abs(small[-1])
            if values.size >= wanted and enough(values.astype(np.float64), off):
                vectors = np.einsum("ij,ik->jk", so_far, small[:, -wanted:])
                return values[-wanted:].astype(np.float64), vectors
        if beside[step] <= _NOISE:
            return None
        vector = ahead / beside[step]
    return None


def oriented(vector: Floats) -> Floats:
    """The same direction with its largest weight up; the lower id decides a tie."""
    size = np.abs(vector)
    largest = int(np.flatnonzero(size >= size.max() - _NOISE)[0])
    return vector if vector[largest] > 0 else -vector


def project(table: VoteTable, axes: Axes) -> Floats:
    """Where each pattern of votes stands on the axes (Q, 2).

    A person's votes, less each statement's mean, summed along the axes and stretched by
    sqrt(S / n): few votes would else pull towards the middle. n counts every statement taken out
    as though answered, as Polis does. Nobody's position depends on another person's gaps.
    """
    choices = np.arange(-1.0, 2.0)
    away = np.where(axes.left_out[:, np.newaxis], 0.0, choices - axes.mean[:, np.newaxis])
    worth = away[:, :, np.newaxis] * axes.directions[:, np.newaxis, :]
    does = kernels.for_votes(table.column.size)
    moved: Floats = does.summed(table.start, table.column, table.vote, worth)
    stretch = np.sqrt(table.statements.size / _counted(table, axes))
    return stretch[:, np.newaxis] * moved


def _counted(table: VoteTable, axes: Axes) -> Ints:
    out = int(axes.left_out.sum())
    if out == 0:
        return np.maximum(table.answered, 1)
    worth = np.repeat(~axes.left_out, 3).astype(np.float64).reshape(-1, 3, 1)
    does = kernels.for_votes(table.column.size)
    kept: Floats = does.summed(table.start, table.column, table.vote, worth)[:, 0]
    return np.maximum(kept.astype(np.int64) + out, 1)
