"""What was put before whom, how likely was that, and what does each answer weigh for it?"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis.reweighting import person_weights, turn_weights
from coproduce.conversations.models import Conversation, Showing, Vote
from coproduce.trust.gate import Admitted

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PUT = np.dtype([("person", "<i8"), ("statement", "<i8"), ("probability", "<f8")])
FOR_CERTAIN = 1.0  # a paper sheet has everything on it


@dataclass(frozen=True, eq=False)
class Weighed:
    """Every answer that was counted (R,), with what it weighs in each of two ways.

    `by_turn` and `by_person` as in `analysis.reweighting`; 0 where an answer was not drawn, since
    somebody asked for the statement by its number, say. `shown`: to how many people each
    statement was put, by its number. `digest` names the answers with their probabilities.
    """

    person: Ints
    statement: Ints
    agrees: NDArray[np.bool_]
    by_turn: Floats
    by_person: Floats
    shown: dict[int, int]
    digest: str

    @property
    def not_drawn(self) -> int:
        return int((self.by_turn == 0).sum())


def weigh(conversation: Conversation, admitted: Admitted) -> Weighed | None:
    """The answers that passed the gate, with their weights; None where nothing was drawn."""
    draws, sheets = _draws(conversation), _sheets(conversation)
    on_paper = _looked_up(sheets, admitted) > 0
    probability = np.where(on_paper, 0.0, _looked_up(draws, admitted))
    drawn = probability > 0
    if not drawn.any():
        return None
    by_turn, by_person = on_paper.astype(np.float64), on_paper.astype(np.float64)
    by_turn[drawn] = turn_weights(admitted.person[drawn], probability[drawn])
    by_person[drawn] = person_weights(admitted.person[drawn], probability[drawn])
    return Weighed(
        person=admitted.person,
        statement=admitted.item,
        agrees=admitted.value == 1,
        by_turn=by_turn,
        by_person=by_person,
        shown=_shown(np.concatenate([draws, sheets]), admitted),
        digest=_digest(admitted, np.where(on_paper, FOR_CERTAIN, probability)),
    )


def _draws(conversation: Conversation) -> NDArray[np.void]:
    showings = Showing.objects.filter(statement__conversation=conversation)
    return _put(showings.values_list("pseudonym", "statement__number", "probability"))


def _sheets(conversation: Conversation) -> NDArray[np.void]:
    typed = Vote.objects.filter(statement__conversation=conversation, is_assisted=True)
    pairs = typed.values_list("pseudonym", "statement__number")
    return _put((who, what, FOR_CERTAIN) for who, what in pairs)


def _put(rows: Iterable[tuple[int, int, float]]) -> NDArray[np.void]:
    return np.fromiter(rows, dtype=PUT)


def _looked_up(put: NDArray[np.void], admitted: Admitted) -> Floats:
    """With which probability each answer was asked for; 0 where it is not among `put`."""
    width = _width(put, admitted)
    known = _keys(put["person"], put["statement"], admitted, width)
    order = np.argsort(known, kind="stable")
    wanted = _keys(admitted.person, admitted.item, admitted, width)
    found = np.append(known[order], -1)
    at = np.searchsorted(found[:-1], wanted)
    values = np.append(put["probability"][order], 0.0)
    return np.where(found[at] == wanted, values[at], 0.0)


def _shown(put: NDArray[np.void], admitted: Admitted) -> dict[int, int]:
    """How many of those who are counted had each statement before them."""
    width = _width(put, admitted)
    keys = np.unique(_keys(put["person"], put["statement"], admitted, width))
    numbers, people = np.unique(keys[keys >= 0] % width, return_counts=True)
    return dict(zip(numbers.tolist(), people.tolist(), strict=True))


def _width(put: NDArray[np.void], admitted: Admitted) -> int:
    return 1 + int(max(put["statement"].max(initial=0), admitted.item.max(initial=0)))


def _keys(person: Ints, statement: Ints, admitted: Admitted, width: int) -> Ints:
    """One number for each pair of a person and a statement; -1 for people who are not counted."""
    people = admitted.people
    at = np.minimum(np.searchsorted(people, person), people.size - 1)
    keys: Ints = np.where(people[at] == person, at * width + statement, -1)
    return keys


def _digest(admitted: Admitted, probability: Floats) -> str:
    """The same for the same answers with the same draws, by whomever and in whatever order."""
    rows = zip(admitted.item.tolist(), admitted.value.tolist(), probability.tolist(), strict=True)
    return hashlib.sha256("\n".join(map(repr, sorted(rows))).encode()).hexdigest()
