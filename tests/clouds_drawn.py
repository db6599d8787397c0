"""Invented conversations whose truth is known: one cloud of people, or camps that stand apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis.votes import Floats, Ints, VoteTable, vote_table

CLEAR = 0.85  # of a planted camp answer a dividing statement as their camp does


@dataclass(frozen=True, eq=False)
class Invented:
    """Three columns of votes (R,), and the truth behind them.

    `position` (P, 2): where people stand, in standard deviations; all noughts where that has no
    meaning. `camp` (P,): the camp each is of, 0 for everybody where there is one cloud.
    """

    person: Ints
    statement: Ints
    vote: Ints
    position: Floats
    camp: Ints

    @property
    def table(self) -> VoteTable:
        return vote_table(self.person, self.statement, self.vote)


def one_cloud(
    people: int, statements: int, *, seed: int, steepness: float = 0.75, answered: float = 0.8
) -> Invented:
    """People of one normal cloud, who lean and then agree, pass or disagree (normal ogive).

    `steepness`: how strongly a leaning follows from a position, 0..1, at the steepest statement.
    """
    chance = np.random.default_rng(seed)
    position = chance.normal(size=(people, 2))
    towards = chance.normal(size=(statements, 2))
    length = steepness * np.sqrt(chance.random(statements))
    pull = towards * (length / np.hypot(*towards.T))[:, np.newaxis]
    own = np.sqrt(1 - length**2) * chance.normal(size=(people, statements))
    mark = chance.normal(0, 0.5, statements)
    over = position @ pull.T + own - mark
    vote = np.where(over > 0.15, 1, np.where(over < -0.15, -1, 0))
    return _asked(vote, answered, chance, position, np.zeros(people, dtype=np.int64))


def no_structure(people: int, statements: int, *, seed: int, answered: float = 0.8) -> Invented:
    """Nobody's answer says anything of their next one; statements differ in how many agree."""
    chance = np.random.default_rng(seed)
    agreeing = chance.uniform(0.1, 0.9, statements)
    vote = np.where(chance.random((people, statements)) < agreeing, 1, -1)
    nowhere = np.zeros((people, 2))
    return _asked(vote, answered, chance, nowhere, np.zeros(people, dtype=np.int64))


def camps(number: int, people: int, statements: int, *, seed: int) -> Invented:
    """Two, three or four camps as large as each other; a third of the statements unite them.

    With three, each camp turns down what the others share; with four, two questions part the
    people crosswise: so many can stand apart in two directions.
    """
    chance = np.random.default_rng(seed)
    camp = np.arange(people) % number
    side = np.array([_sides(number, j, statements) for j in range(statements)])[:, camp].T
    vote = np.where(chance.random((people, statements)) < CLEAR, side, -side)
    return _asked(vote, 0.8, chance, np.zeros((people, 2)), camp.astype(np.int64))


def _sides(number: int, statement: int, statements: int) -> list[int]:
    """What each camp says of a statement."""
    if statement < statements // 3:
        return [1] * number
    if number == 2:
        return [1, -1]
    if number == 3:
        return [-1 if statement % 3 == camp else 1 for camp in range(3)]
    return [1, 1, -1, -1] if statement % 2 else [1, -1, 1, -1]


def _asked(
    vote: NDArray[np.int64],
    answered: float,
    chance: np.random.Generator,
    position: Floats,
    camp: Ints,
) -> Invented:
    """Each answers each statement or not, by chance alone."""
    who, what = np.nonzero(chance.random(vote.shape) < answered)
    return Invented(who, what, vote[who, what], position, camp)
