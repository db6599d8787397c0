"""Which answers may be counted? Stored votes, through the gate, as plain columns."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from coproduce.conversations.models import Conversation, Declaration, Statement, Vote
from coproduce.trust.gate import Admitted, Bar, admit

GIVEN_HERE = (
    "Given anonymously by taking part, to be counted for this one question. "
    "The page where people answered said who can see what."
)
BROUGHT_IN = "Not asked of people here: the page says at the top where these answers come from."

LEFT_OUT = "answers to statements that were left out by a moderator or still wait to be read"
HELD_BACK = (
    "answers of people who wait for a later picture, so that two pictures side by side "
    "never single anybody out"
)


@dataclass(frozen=True)
class Declared:
    """What people said of themselves: each answer with how many gave it; never beside a vote."""

    people: int
    parts: dict[str, int]
    places: dict[str, int]


def answers_to(conversation: Conversation) -> Admitted:
    """Every vote that may be counted: person, number of the statement, choice."""
    stored = Vote.objects.filter(statement__conversation=conversation)
    rows = np.array(
        list(stored.values_list("pseudonym", "statement__number", "choice")), dtype=np.int64
    ).reshape(-1, 3)
    return admitted_to(conversation, rows[:, 0], rows[:, 1], rows[:, 2])


def admitted_to(
    conversation: Conversation,
    person: NDArray[np.int64],
    number: NDArray[np.int64],
    choice: NDArray[np.int64],
) -> Admitted:
    """Of these answers, those that may be counted."""
    not_shown = np.array(_numbers_not_shown(conversation), dtype=np.int64)
    return admit(
        person,
        number,
        choice,
        consent_basis=BROUGHT_IN if conversation.provenance else GIVEN_HERE,
        bars=[Bar(np.isin(number, not_shown), LEFT_OUT)],
    )


def _numbers_not_shown(conversation: Conversation) -> list[int]:
    others = conversation.statements.exclude(state=Statement.State.SHOWN)
    return list(others.values_list("number", flat=True))


def typed_in_for(conversation: Conversation) -> NDArray[np.int64]:
    """Everybody who had at least one answer typed in for them."""
    assisted = Vote.objects.filter(statement__conversation=conversation, is_assisted=True)
    return np.array(assisted.values_list("pseudonym", flat=True).distinct(), dtype=np.int64)


def declared_in(conversation: Conversation) -> Declared:
    """Who people said they are, counted apart from what they answered."""
    said = Declaration.objects.filter(conversation=conversation).exclude(
        Q(part="") & Q(place__isnull=True)
    )
    parts = {part.label: said.filter(part=part).count() for part in Declaration.Part}
    near = {place.name: 0 for place in conversation.place.parts.all()}
    for name in said.filter(place__isnull=False).values_list("place__name", flat=True):
        near[name] = near.get(name, 0) + 1
    return Declared(people=said.count(), parts=parts, places=dict(sorted(near.items())))
