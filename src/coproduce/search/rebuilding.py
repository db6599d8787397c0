"""What of all the rooms is to be found? Each leaves a way to ask it, so that the index can be held
against them every night, and made anew from nothing.

Search stands below the rooms and knows none of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import Model, QuerySet

from coproduce.search import spelling
from coproduce.search.index import AT_ONCE, Entry, put_many, take_out
from coproduce.search.models import Findable

M = TypeVar("M", bound=Model)
Advance = Callable[[int, int | None], None]  # so many more, of how many


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing, in the words of a page."""

    name: str  # as an entry names it
    one: str  # "Gathering"
    many: str  # "Gatherings"


@dataclass(frozen=True)
class Room:
    """What a room has to be found: the kinds of it, and a way to go through all of it."""

    kinds: tuple[Kind, ...]
    everything: Callable[[], Iterable[Entry]]


@dataclass(frozen=True)
class Rebuilt:
    """How far the index was from the rooms: now it is not."""

    things: int  # that can be found
    put: int  # that were not there, or not as they are
    taken_out: int  # that were there and are not to be found
    words: int  # that were counted wrongly
    was_whole: bool  # whether the index of the database fitted its words

    @property
    def was_fine(self) -> bool:
        return self.was_whole and not (self.put or self.taken_out or self.words)

    def __str__(self) -> str:
        if self.was_fine:
            return f"{self.things:,} things can be found, each as it is"
        says = f"{self.things:,} things can be found now: {self.put:,} put in or changed"
        says += f", {self.taken_out:,} taken out, {self.words:,} words counted anew"
        return says if self.was_whole else f"{says}, the index made anew"


_rooms: dict[str, Room] = {}


def leave_room(name: str, room: Room) -> None:
    """Say what a room has to be found; called when the site starts."""
    _rooms[name] = room


def take_room_away(name: str) -> None:
    _rooms.pop(name, None)


def kinds() -> dict[str, Kind]:
    """All kinds that there are, by their names, in the order in which the rooms came."""
    return {kind.name: kind for room in _rooms.values() for kind in room.kinds}


def row_by_row(rows: QuerySet[M]) -> Iterator[M]:
    """All of them, a few at a time: nothing stays open that a writer would have to wait for."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        yield from rows.filter(pk__in=keys[first : first + AT_ONCE]).order_by("pk")


def rebuild(advance: Advance = lambda count, total: None) -> Rebuilt:
    """Hold the index against the rooms, and mend what differs; twice changes nothing.

    Small transactions, so that nobody waits: what a room changes meanwhile it puts in by itself.
    """
    was_whole = _mend_index()
    before = set(Findable.objects.values_list("thing", flat=True))  # what comes meanwhile stays
    there: set[str] = set()
    put = put_many(_watched(there, advance))
    taken_out = take_out(*sorted(before - there))
    with transaction.atomic():
        words = spelling.recount()
    return Rebuilt(len(there), put, taken_out, words, was_whole)


def _watched(there: set[str], advance: Advance) -> Iterator[Entry]:
    for room in list(_rooms.values()):
        for entry in room.everything():
            there.add(entry.thing)
            advance(1, None)
            yield entry


def _mend_index() -> bool:
    """Whether the index fitted its words; on PostgreSQL it is a column beside them and cannot not.

    A database that was put together from pieces could hold another index than its words.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"
                )
        except DatabaseError:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
            return False
    return True
