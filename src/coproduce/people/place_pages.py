"""What else does a place's page show? The rooms above say so, for `people` knows none of them.

Each room leaves a section here when the site starts: a function that looks at a place for whoever
asks, and gives what it has there, or None. They stand on the page in the order of their names'
positions.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from coproduce.people.models import Place


@dataclass(frozen=True)
class Entry:
    """One line of a section: its words, where it leads, and a quiet word beside it."""

    words: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What a room has in a place."""

    heading: str
    entries: tuple[Entry, ...]


# (request, place) -> what this visitor may see there, or None.
Look = Callable[[HttpRequest, Place], Section | None]

_looks: dict[str, tuple[int, Look]] = {}


def leave_section(room: str, look: Look, *, position: int) -> None:
    """Say what a room has in a place; left twice under one name, the later one holds."""
    _looks[room] = (position, look)


def take_section_away(room: str) -> None:
    _looks.pop(room, None)


def sections_of(request: HttpRequest, place: Place) -> list[Section]:
    """What the rooms have in this place, in their order, without those that have nothing."""
    looks = [look for _, look in sorted(_looks.values(), key=lambda left: left[0])]
    found = (look(request, place) for look in looks)
    return [section for section in found if section is not None and section.entries]
