"""Along which lines do people differ most? From moments to axes, from votes to positions.

This is the one step that a better model replaces: whatever gives a position per person and a
direction per statement can stand here, and groups, common ground and divides follow unchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from coproduce.analysis import kernels
from coproduce.analysis.moments import Moments
from coproduce.analysis.votes import Flags, Floats, Ints, VoteTable, positions_of

_DIMENSIONS = 2
# Below this part of all variance an axis is rounding noise, and two loadings are a tie.
_NOISE = 1e-9


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
    wanted = min(_DIMENSIONS, statements)
    values, vectors = eigh(scatter, subset_by_index=(statements - wanted, statements - 1))
    for axis, at in enumerate(reversed(range(wanted))):
        if values[at] > _NOISE * total:
            directions[:, axis] = oriented(vectors[:, at])
            variance[axis] = values[at] / total
    return directions, variance


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
