"""Evenings on which statements are drawn by the rule, and the truth about everybody is known."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis.routing import WEIGHTS, Weights, draw_chances, expected_falls, ring

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

PEOPLE_TO_A_PICTURE = 20  # the model and what groups lack come from releases, in such steps
BY_CHANCE = Weights(coverage=0.0, ring=0.0, chance=1.0)

# (person, how many they have answered, whether they agreed with the last one) -> they leave now
Leaves = Callable[[int, int, bool], bool]


@dataclass
class Wall:
    """The statements on show: what the model knows of them, and who has answered them so far."""

    loadings: Floats
    noise: Floats
    groups: int = 0
    came_after: Ints | None = None  # how many people had come before each statement was put up
    answers: Ints = field(init=False)  # (S, groups or 1)
    published: Floats | None = None  # (S, groups): ten where a group had ten in the last picture

    def __post_init__(self) -> None:
        self.answers = np.zeros((self.noise.size, max(self.groups, 1)), dtype=np.int64)

    def on_show(self, people: int) -> Flags:
        if self.came_after is None:
            return np.ones(self.noise.size, dtype=np.bool_)
        return self.came_after <= people

    def publish(self) -> None:
        self.published = np.where(self.answers >= WEIGHTS.per_group, 10.0, 0.0)


@dataclass(frozen=True)
class Evening:
    """Every answer with its draw; `rings` what is left of each person's ring, turn by turn."""

    person: Ints
    statement: Ints
    agrees: Flags
    probability: Floats
    rings: list[list[float]]


def camps(statements: int, *, seed: int = 1) -> Wall:
    """Three sorts of statements: some part people along one line, some along another, some not."""
    chance = np.random.default_rng(seed)
    sort = np.arange(statements) % 3
    loadings = chance.normal(0, 0.05, (statements, 2))
    loadings[sort == 0, 0] += 0.6
    loadings[sort == 1, 1] += 0.45
    return Wall(loadings, np.full(statements, 0.45))


def evening(
    wall: Wall,
    opinions: Flags,
    leaves: Leaves,
    *,
    weights: Weights = WEIGHTS,
    group: Ints | None = None,
    first_picture: int = 60,
    seed: int,
) -> Evening:
    """People come one after the other, each answers what is drawn for them until they leave.

    `opinions` (P, S): whether each would agree with each. The model is known from the first
    picture on, as on the platform.
    """
    chance = np.random.default_rng(seed)
    rows: list[tuple[int, int, bool, float]] = []
    rings = []
    for person in range(opinions.shape[0]):
        if person >= first_picture and person % PEOPLE_TO_A_PICTURE == 0:
            wall.publish()
        theirs, shrinking = _turns(person, wall, opinions, leaves, weights, chance)
        for statement, _, _ in theirs:
            wall.answers[statement, 0 if group is None else group[person]] += 1
        rows += [(person, *turn) for turn in theirs]
        rings.append(shrinking)
    columns = list(zip(*rows, strict=True))
    person_, statement_, agrees, probability = map(np.array, columns)
    return Evening(person_, statement_, agrees, probability, rings)


def _turns(
    person: int,
    wall: Wall,
    opinions: Flags,
    leaves: Leaves,
    weights: Weights,
    chance: np.random.Generator,
) -> tuple[list[tuple[int, bool, float]], list[float]]:
    left = np.flatnonzero(wall.on_show(person))
    seen: list[int] = []
    turns: list[tuple[int, bool, float]] = []
    rings: list[float] = []
    while left.size:
        now = ring(wall.loadings[seen], wall.noise[seen])
        likely = draw_chances(
            wall.answers[left].sum(axis=1),
            by_group=wall.published[left] if wall.published is not None and wall.groups else None,
            falls=None
            if wall.published is None
            else expected_falls(now, wall.loadings[left], wall.noise[left]),
            weights=weights,
        )
        at = int(np.searchsorted(np.cumsum(likely), chance.random() * likely.sum()))
        statement = int(left[at])
        agrees = bool(opinions[person, statement])
        turns.append((statement, agrees, float(likely[at])))
        left = np.delete(left, at)
        seen.append(statement)
        rings.append(float(np.trace(ring(wall.loadings[seen], wall.noise[seen]))))
        if leaves(person, len(turns), agrees):
            break
    return turns, rings
