"""Conversations whose groups are known, because they were planted: votes to draw maps of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]

STATEMENTS = 500
GROUPS = 3
ANSWERED = 0.1  # of the statements, by everybody: 50
HIDDEN = 0.1  # of the answers, kept from the map to see what it foretells
FIRM = 0.4  # whoever leans less far passes
_PEOPLE_AT_ONCE = 50_000
_VOTES_AT_ONCE = 5_000_000


@dataclass(frozen=True, eq=False)
class Planted:
    """A file of votes that a map may see, and what it may not: the groups, and hidden votes.

    `group` (P,) of each person; `hidden` three columns of votes: person, statement, agree or not.
    """

    file: Path
    votes: int
    people: int
    group: Ints
    hidden: tuple[Ints, Ints, Ints]


def plant(votes: int, folder: Path, *, narrow: bool = False, seed: int = 1) -> Planted:
    """About so many votes by 3 groups, each person on 50 of 500 statements, in any order.

    What somebody says follows what their group leans to, with as much of their own. `narrow`
    keeps the columns as small as they can be, else they are 64 bits wide as most files are read.
    """
    random = np.random.default_rng(seed)
    people = round(votes / (ANSWERED * STATEMENTS))
    person, statement = _answered(people, random)
    group = random.integers(0, GROUPS, people).astype(np.int8)
    vote = _said(person, statement, group, random)
    seen = random.random(person.size, dtype=np.float32) >= HIDDEN
    told = ~seen & (vote != 0)
    hidden = person[told], statement[told], vote[told] > 0
    columns = [column[seen] for column in (person, statement, vote)]
    if not narrow:
        columns = [column.astype(np.int64) for column in columns]
    file = folder / f"{votes}.npz"
    np.savez(file, person=columns[0], statement=columns[1], vote=columns[2])
    return Planted(file, int(seen.sum()), people, group, hidden)


def _answered(people: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Who answers what, in random order."""
    asked = ANSWERED / (1 - HIDDEN)
    who, what = [], []
    for first in range(0, people, _PEOPLE_AT_ONCE):
        some = min(_PEOPLE_AT_ONCE, people - first)
        row, column = np.nonzero(random.random((some, STATEMENTS), dtype=np.float32) < asked)
        who.append((row + first).astype(np.int32))
        what.append(column.astype(np.int16))
    person, statement = np.concatenate(who), np.concatenate(what)
    order = random.permutation(person.size)
    return person[order], statement[order]


def _said(person: Ints, statement: Ints, group: Ints, random: np.random.Generator) -> Ints:
    leaning = random.normal(0, 1, (GROUPS, STATEMENTS)).astype(np.float32)
    vote = np.empty(person.size, dtype=np.int8)
    for first in range(0, person.size, _VOTES_AT_ONCE):
        some = slice(first, first + _VOTES_AT_ONCE)
        says = leaning[group[person[some]], statement[some]]
        says = says + random.standard_normal(says.size, dtype=np.float32)
        vote[some] = np.where(np.abs(says) < FIRM, 0, np.sign(says))
    return vote
