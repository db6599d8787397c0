"""Which statement should somebody see next, and how likely is each?

Three wishes share every draw. Most of it goes to statements that too few people have answered; a
part to those whose answer would tell most about where this person stands; the rest to chance. A
wish that has nothing to ask for hands its part to the other one, and where neither has, chance
decides alone. The draw so is a mixture with known parts: every statement that is left has a
probability that is written down with the draw, and never nought.

What it prefers. First what lacks answers; then statements that part people, since those tell most
of where somebody stands. It looks at *which* statements a person has answered, never at what they
answered, so nobody is led along by their own opinions, and nobody who sees the next statement
learns the last answer from it.

What that costs. What nearly everybody agrees on says little about where somebody stands, so once
it has its answers it comes later and to fewer people: who stops early has seen more of what
divides than of what unites. Whoever comes early meets other statements than whoever comes late;
where the two think differently, a plain share leans towards those who were there while the
statement was preferred (`reweighting` finds that out). And the rule does not know who belongs to
which group: what a small group lacks is asked of everybody.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.votes import Floats


@dataclass(frozen=True)
class Weights:
    """The numbers behind every draw, in one place, and where they come from."""

    # Answers a statement needs in every group: from ten on a share may be told (rule R1).
    per_group: int = 10
    # And in all, while there are no groups: ten in each of three.
    in_all: int = 30
    # Parts of a draw. One in ten by chance: decision 0010. Of the rest, two parts in three for
    # coverage: were it all, a small group that cannot give ten answers to everything would keep
    # the ring from ever having its turn; this much for the ring costs coverage next to nothing
    # (tests/analysis/test_routing.py measures both).
    coverage: float = 0.6
    ring: float = 0.3
    chance: float = 0.1

    def __post_init__(self) -> None:
        parts = (self.coverage, self.ring, self.chance)
        if min(parts) < 0 or self.chance == 0 or abs(sum(parts) - 1) > 1e-12:
            raise ValueError("The parts of a draw sum to 1, and some of it is left to chance.")


WEIGHTS = Weights()


def draw_chances(
    answers: ArrayLike,
    *,
    by_group: ArrayLike | None = None,
    falls: ArrayLike | None = None,
    weights: Weights = WEIGHTS,
) -> Floats:
    """How likely each of the statements that are left is to be drawn next (U,); they sum to 1.

    `answers` (U,): how many people have answered each; `by_group` (U, G): how many in each group,
    a row of not-a-number where nobody has counted yet (then `answers` decides); `falls` (U,): by
    how much this person's ring would shrink, 0 where no model knows the statement.
    With U = 0 there is nothing to draw, and nothing is returned. Each value is at least
    `weights.chance` / U. A statement lacks `per_group` answers less what it has, summed over the
    groups, or `in_all` less what it has; within a wish, chances are in proportion.

    Most likely broken: that answers are counted at once. While many draw at the same moment, a
    statement gets more answers than it lacked.
    Source: our own rule, decision 0010. Falls count in proportion: the largest alone would
    shrink rings little further, and show everybody the same few statements.

    >>> draw_chances([0, 15, 30]).round(3)
    array([0.633, 0.333, 0.033])
    >>> draw_chances([40, 40], falls=[0.3, 0.1]).round(3)
    array([0.725, 0.275])
    """
    counted = np.asarray(answers, dtype=np.float64)
    if counted.size == 0:
        return np.zeros(0)
    asked_for = (
        (weights.coverage, _lacks(counted, by_group, weights)),
        (weights.ring, np.zeros_like(counted) if falls is None else np.asarray(falls, np.float64)),
    )
    granted = [(part, wish) for part, wish in asked_for if part > 0 and wish.sum() > 0]
    even = np.full(counted.size, 1 / counted.size)
    if not granted:
        return even
    shared = sum(part for part, _ in granted)
    wished = sum(part / shared * (wish / wish.sum()) for part, wish in granted)
    return weights.chance * even + (1 - weights.chance) * np.asarray(wished)


def _lacks(answers: Floats, by_group: ArrayLike | None, weights: Weights) -> Floats:
    """How many answers each statement still lacks."""
    in_all = np.maximum(0.0, weights.in_all - answers)
    if by_group is None:
        return in_all
    groups = np.asarray(by_group, dtype=np.float64).reshape(answers.size, -1)
    if groups.shape[1] == 0:
        return in_all
    in_groups = np.maximum(0.0, weights.per_group - groups).sum(axis=1)
    result: Floats = np.where(np.isnan(in_groups), in_all, in_groups)
    return result


def ring(loadings: ArrayLike, noise: ArrayLike, *, dimensions: int = 2) -> Floats:
    """How uncertain a person's place is after these answers: V = (I + Σ L Lᵀ / ψ)⁻¹.

    `loadings` (n, dimensions) and `noise` (n,), above 0, of the statements that the person has
    answered, whatever they answered. With none, the identity: we know nothing but where people
    in general stand. The trace is the size of the ring, `dimensions` at first.

    Most likely broken: that the model holds, whose noise is the same for everybody.
    Source: factor model posterior, Bartholomew, Knott & Moustaki (2011), chapter 3.

    >>> ring([[1.0, 0.0], [1.0, 0.0]], [0.5, 0.5]).round(3).tolist()
    [[0.2, 0.0], [0.0, 1.0]]
    """
    L = np.asarray(loadings, dtype=np.float64).reshape(-1, dimensions)
    known = L.T @ (L / np.asarray(noise, dtype=np.float64).reshape(-1, 1))
    return np.asarray(np.linalg.inv(np.eye(dimensions) + known), dtype=np.float64)


def expected_falls(now: Floats, loadings: ArrayLike, noise: ArrayLike) -> Floats:
    """By how much an answer to each statement would shrink the ring `now`: the fall of its trace.

    |V L|² / (ψ + Lᵀ V L) for each row of `loadings` (U, dimensions) and `noise` (U,), above 0.
    In this model it does not depend on what the answer will be.

    Most likely broken: as in `ring`.
    Source: Sherman & Morrison (1950) for one answer more; the trace as what to make small
    (A-optimality) as in Mulder & van der Linden (2009), Psychometrika 74, 273-296.

    >>> expected_falls(ring([], []), [[1.0, 0.0], [0.1, 0.1]], [0.5, 0.5]).round(3)
    array([0.667, 0.038])
    """
    L = np.asarray(loadings, dtype=np.float64).reshape(-1, now.shape[0])
    moved = L @ now
    spread = np.asarray(noise, dtype=np.float64) + (moved * L).sum(axis=1)
    result: Floats = (moved**2).sum(axis=1) / spread
    return result
