"""How are the answers of one sheet kept? Two bytes an item, in the order of what the wave asks.

0: not answered. 65535: would rather not say. Else, for an item with a scale, 1 + the place of the
chosen answer, points first and those that count as none after them; for a whole number, 1 + the
number. Own words stand apart, sealed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.instruments.record import (
    NOT_ANSWERED,
    RATHER_NOT_SAY,
    Instrument,
    Item,
    Kind,
    Point,
    Scale,
)

PACKED = "<u2"

Codes = NDArray[np.uint16]
Answers: TypeAlias = "bytes | memoryview[int]"  # as a database gives them back


@dataclass(frozen=True)
class Question:
    """One item of a wave: which one it is, of which instrument, and where it is packed."""

    number: int  # from 1, as people see it
    instrument: Instrument
    item: Item

    @property
    def at(self) -> int:
        return self.number - 1

    @property
    def key(self) -> str:
        """What names it in files and on paper: "ons4.satisfied"."""
        return f"{self.instrument.code}.{self.item.code}"

    @property
    def scale(self) -> Scale | None:
        return self.instrument.scale_of(self.item) if self.item.kind == Kind.SCALE else None

    @property
    def answers(self) -> tuple[Point, ...]:
        """What can be chosen, in order: the points, then what counts as no answer."""
        return (*self.scale.points, *self.scale.missing) if self.scale else ()


@dataclass(frozen=True)
class Asked:
    """All that a wave asks, instrument by instrument."""

    instruments: tuple[Instrument, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        every = ((instrument, item) for instrument in self.instruments for item in instrument.items)
        return tuple(Question(number, *each) for number, each in enumerate(every, start=1))

    def __len__(self) -> int:
        return len(self.questions)

    def of(self, instrument: Instrument) -> slice:
        """Where the items of one instrument are packed."""
        starts = 0
        for each in self.instruments:
            if each.name == instrument.name:
                return slice(starts, starts + len(each.items))
            starts += len(each.items)
        raise KeyError(instrument.name)


class NotAnAnswer(ValueError):
    """What was given is none of the answers to this question; the message says what would be."""


def code_of(question: Question, given: str) -> int:
    """The packed code of what a form, a paper or a file gave: a point's value, or a number."""
    if not given:
        return NOT_ANSWERED
    if given == "rather-not":
        return RATHER_NOT_SAY
    if question.scale is not None:
        return _point(question, given)
    return _number(question.item, given)


def given_by(question: Question, code: int) -> str:
    """What a form shows as chosen: the way back from `code_of`."""
    if code == NOT_ANSWERED:
        return ""
    if code == RATHER_NOT_SAY:
        return "rather-not"
    if question.scale is not None:
        return f"{question.answers[code - 1].value:g}"
    return str(code - 1)


def _point(question: Question, given: str) -> int:
    values = [f"{point.value:g}" for point in question.answers]
    if given not in values:
        raise NotAnAnswer(f"“{given}” is none of {', '.join(values)}.")
    return 1 + values.index(given)


def _number(item: Item, given: str) -> int:
    is_whole = given.isascii() and given.isdigit() and len(given) < 7
    if not is_whole or not item.low <= int(given) <= item.high:
        raise NotAnAnswer(f"“{given}” is no whole number from {item.low} to {item.high}.")
    return 1 + int(given)


def empty(asked: Asked) -> bytes:
    return bytes(2 * len(asked))


def pack(codes: Sequence[int] | Codes) -> bytes:
    return np.asarray(codes, dtype=PACKED).tobytes()


def unpack(answers: Answers) -> Codes:
    return np.frombuffer(bytes(answers), dtype=PACKED)


def with_answer(answers: Answers, question: Question, code: int) -> bytes:
    """The same sheet with another answer to one question."""
    codes = unpack(answers).copy()
    codes[question.at] = code
    return pack(codes)


def values_of(instrument: Instrument, codes: Codes) -> NDArray[np.float64]:
    """What the answers count as, (sheets, items): NaN where there is none to count.

    `codes`: (sheets, items) of one instrument. Reversed items stay as they were answered: scoring
    turns them.
    """
    values = np.full(codes.shape, np.nan)
    for at, lookup in _lookups(instrument):
        answered = codes[:, at].astype(np.int64)
        known = answered < lookup.size
        values[known, at] = lookup[answered[known]]
    return values


def _lookups(instrument: Instrument) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """For each item that counts: what each code stands for."""
    for at, item in enumerate(instrument.items):
        if item.kind == Kind.SCALE:
            points = instrument.scale_of(item).points
            yield at, np.array([np.nan, *(point.value for point in points)])
        elif item.kind == Kind.NUMBER:
            yield at, np.concatenate([[np.nan], np.arange(item.high + 1, dtype=np.float64)])
