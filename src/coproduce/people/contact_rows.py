"""Which people does a list of contacts hold, and what is wrong with it, row by row?

Rows that share an e-mail address or a phone number are one person; the first that says something
is believed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from coproduce.people import ways
from coproduce.people.models import Channel, Part
from coproduce.people.words import plain_words

LONGEST_NAME = 120
_PARTED = re.compile(r"[;,/|]")
_SHARED = (Channel.EMAIL, Channel.SMS)  # a household shares its post, and is not one person
Way = tuple[Channel, str]


class Column(Enum):
    """What a column of the list may hold."""

    NAME = "Name"
    EMAIL = "Email address"
    PHONE = "Phone number"
    POST = "Postal address"
    PARTS = "What they bring"


CHANNELS = {Column.EMAIL: Channel.EMAIL, Column.PHONE: Channel.SMS, Column.POST: Channel.POST}
# Headings that people give their columns, as the first guess.
GUESSES = {
    Column.EMAIL: re.compile(r"e-?mail", re.IGNORECASE),
    Column.PHONE: re.compile(r"phone|mobile|tel|number", re.IGNORECASE),
    Column.POST: re.compile(r"address|post", re.IGNORECASE),
    Column.PARTS: re.compile(r"role|part|bring", re.IGNORECASE),
    Column.NAME: re.compile(r"name|contact", re.IGNORECASE),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, and what to do. The row is counted as a spreadsheet does."""

    row: int
    column: str
    what: str


@dataclass
class Found:
    """One person of the list."""

    rows: list[int]
    name: str = ""
    parts: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)

    def take_in(self, other: "Found") -> None:
        self.rows += other.rows
        self.name = self.name or other.name
        self.parts += [part for part in other.parts if part not in self.parts]
        self.ways += [way for way in other.ways if way not in self.ways]


@dataclass(frozen=True)
class Checked:
    """The people of a list, and everything that has to be mended first."""

    people: tuple[Found, ...]
    problems: tuple[Problem, ...]
    merged: int  # rows that belong to somebody who was there already


def guess(header: Sequence[str]) -> list[Column | None]:
    """What each column may be, by its heading; each kind of column once."""
    guessed: list[Column | None] = []
    for name in header:
        fits = (kind for kind, pattern in GUESSES.items() if pattern.search(name))
        guessed.append(next((kind for kind in fits if kind not in guessed), None))
    return guessed


def check(
    header: Sequence[str], rows: Sequence[Sequence[str]], kinds: Sequence[Column | None]
) -> Checked:
    """Read every row; a row that is blank is passed over."""
    problems: list[Problem] = []
    people: list[Found] = []
    for number, row in enumerate(rows, start=2):
        cells = [(kind, name, cell) for kind, name, cell in zip(kinds, header, row, strict=True)]
        used = [(kind, name, cell) for kind, name, cell in cells if kind and cell]
        if not used:
            continue
        found = Found([number])
        for kind, name, cell in used:
            _read(found, kind, cell, number, name, problems)
        if not found.ways and not any(problem.row == number for problem in problems):
            problems.append(Problem(number, "", "There is no way to reach this person. Add one."))
        people.append(found)
    whole = _merged(people)
    return Checked(tuple(whole), tuple(problems), len(people) - len(whole))


def _read(
    found: Found, kind: Column, cell: str, number: int, name: str, problems: list[Problem]
) -> None:
    if kind is Column.NAME:
        words = plain_words(cell)
        if len(words) > LONGEST_NAME:
            what = f"The name has {len(words)} characters; {LONGEST_NAME} fit. Shorten it."
            problems.append(Problem(number, name, what))
        found.name = found.name or words
    elif kind is Column.PARTS:
        _read_parts(found, cell, number, name, problems)
    else:
        try:
            channel = CHANNELS[kind]
            found.ways.append((channel, ways.one_spelling(channel, cell)))
        except ways.NoSuchWay as wrong:
            problems.append(Problem(number, name, str(wrong)))


def _read_parts(found: Found, cell: str, number: int, name: str, problems: list[Problem]) -> None:
    for piece in filter(None, map(plain_words, _PARTED.split(cell))):
        part = piece.casefold()
        if part not in Part.values:
            known = ", ".join(Part.values)
            what = f"“{piece}” is none of: {known}. Write one of these, or leave the column out."
            problems.append(Problem(number, name, what))
        elif part not in found.parts:
            found.parts.append(part)


def _merged(people: Iterable[Found]) -> list[Found]:
    """One entry for all rows that share an address, in the order of their first rows."""
    whole: list[Found] = []
    by_way: dict[Way, Found] = {}
    for found in people:
        keys = [way for way in found.ways if way[0] in _SHARED]
        same: list[Found] = []
        for key in keys:
            known = by_way.get(key)
            if known is not None and not any(known is each for each in same):
                same.append(known)
        if not same:
            whole.append(found)
            home = found
        else:
            home, *others = sorted(same, key=lambda each: each.rows[0])
            for other in others:  # this row shows that they are one
                home.take_in(other)
                whole = [each for each in whole if each is not other]
            home.take_in(found)
        by_way.update({way: home for way in home.ways if way[0] in _SHARED})
    return whole
