"""What stands where, at most a second old: for the many who ask the same thing at once.

Nothing here decides anything. Whether a vote counts is decided where it is written, in the same
transaction; what is remembered here only saves every voter the same look into the database. A
vote itself never waits for a count: only pages that choose a statement look at the tally, one of
them at a time renews it, and the others take the last one.
"""

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from coproduce.conversations.evidence import RoutingFacts, routing_facts
from coproduce.conversations.models import Conversation, Statement, Vote

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FRESH_SECONDS = 1.0
SHARE_OF_TIME = 0.05  # a count that takes 100 ms is taken every two seconds, not every second
MOST_REMEMBERED = 500  # things; whoever asks for the next one begins an empty page


@dataclass(frozen=True, slots=True)
class _Note(Generic[V]):
    value: V
    fresh_until: float


class ForAMoment(Generic[K, V]):
    """Answers of one kind of question, each kept for a second."""

    def __init__(self, ask: Callable[[K], V]) -> None:
        self._ask = ask
        self._notes: dict[K, _Note[V]] = {}
        self._asking: dict[K, threading.Lock] = {}

    def __call__(self, key: K) -> V:
        note = self._notes.get(key)
        if note is not None and time.monotonic() < note.fresh_until:
            return note.value
        return self._renewed(key, note)

    def afresh(self, key: K) -> V:
        """Asked anew, for whoever missed something in the last answer."""
        began = time.monotonic()
        value = self._ask(key)
        now = time.monotonic()
        self._notes[key] = _Note(value, now + max(FRESH_SECONDS, (now - began) / SHARE_OF_TIME))
        return value

    def forget(self) -> None:
        self._notes.clear()
        self._asking.clear()

    def _renewed(self, key: K, last: _Note[V] | None) -> V:
        if len(self._notes) >= MOST_REMEMBERED:
            self.forget()
        lock = self._asking.setdefault(key, threading.Lock())
        if last is not None and not lock.acquire(blocking=False):
            return last.value  # somebody is asking already
        if last is None:
            lock.acquire()
        try:
            note = self._notes.get(key)
            if note is not None and note is not last:
                return note.value  # asked by the one we waited for
            return self.afresh(key)
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class Board:
    """A conversation and its statements on show, as they stood a moment ago."""

    conversation: Conversation
    statements: Mapping[int, int]  # number -> id
    address: str


def _board(slug: str) -> Board:
    conversation = Conversation.objects.on_show().get(slug=slug)
    shown = Statement.objects.filter(conversation=conversation).shown()
    address = reverse("conversations:talk", args=[slug])
    return Board(conversation, dict(shown.values_list("number", "id")), address)


def _answers(conversation: UUID) -> Mapping[int, int]:
    shown = Statement.objects.filter(conversation=conversation).shown()
    counted = Vote.objects.filter(statement__in=list(shown.values_list("id", flat=True)))
    return dict(counted.values_list("statement_id").annotate(Count("id")))


_boards = ForAMoment(_board)
_tallies = ForAMoment(_answers)
_routing = ForAMoment(routing_facts)


def board(slug: str, number: int | None = None) -> Board:
    """The conversation at this address; raises `Conversation.DoesNotExist`.

    A statement that was not on the board a second ago may have come since: then it looks again.
    """
    known = _boards(slug)
    return known if number is None or number in known.statements else _boards.afresh(slug)


def shown(conversation: Conversation) -> Mapping[int, int]:
    """The statements on show, number -> id."""
    return board(conversation.slug).statements


def answers(conversation: Conversation) -> Mapping[int, int]:
    """How many answers each statement has, by its id; those without any are not in it."""
    return _tallies(conversation.id)


def routing(conversation: Conversation) -> RoutingFacts:
    """What the newest release tells whoever draws the next statement."""
    return _routing(conversation.thing)


def look_again(slug: str) -> None:
    """Look again now: something on the board has just turned out to be old."""
    _boards.afresh(slug)


def forget() -> None:
    """Begin anew: between two tests, addresses are used again."""
    _boards.forget()
    _tallies.forget()
    _routing.forget()
