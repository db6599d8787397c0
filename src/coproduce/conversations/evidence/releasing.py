"""Which rows may leave, once two people agreed that they shall?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.conversations.evidence.answers import answers_to
from coproduce.conversations.evidence.counting import count, tallies
from coproduce.conversations.models import Conversation


@dataclass(frozen=True, eq=False)
class Rows:
    """Votes to be released: columns of one length, each person's group, exact tallies."""

    person: NDArray[np.int64]
    statement: NDArray[np.int64]
    choice: NDArray[np.int64]
    people: tuple[int, ...]
    groups: dict[int, str | None]
    tallies: dict[int, tuple[int, int]]


def rows_to_release(conversation: Conversation) -> Rows:
    """Everything that was counted for the last picture, row by row."""
    admitted = answers_to(conversation)
    counted = count(admitted)
    return Rows(
        person=admitted.person,
        statement=admitted.item,
        choice=admitted.value,
        people=tuple(admitted.people.tolist()),
        groups=counted.map.groups if counted.letters else {},
        tallies={
            number: (tally.agrees, tally.disagrees) for number, tally in tallies(admitted).items()
        },
    )
