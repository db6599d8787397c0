"""What does a published set of questions consist of? The record behind every survey.

An instrument stands in a file, not in code: its wording, its scales, how it is scored, whose it
is and what the licence allows. Words are kept per language ("en", "cy", "ur"); a word that a
language does not have is shown in the instrument's first language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Words = Mapping[str, str]  # language -> words

NOT_ANSWERED = 0
RATHER_NOT_SAY = 65_535
LARGEST_NUMBER = 65_000  # what a whole number may be: answers are packed into two bytes each


class Kind(StrEnum):
    """How an item is answered."""

    SCALE = "scale"  # one point of a scale
    NUMBER = "number"  # a whole number from 0
    WORDS = "words"  # own words, kept apart and sealed


class Way(StrEnum):
    """How the answers to several items become one score."""

    MEAN = "mean"
    SUM = "sum"
    LOOKUP = "lookup"  # the sum, looked up in the table that comes with the instrument


@dataclass(frozen=True)
class Point:
    """One answer on a scale: what it counts as, and what it is called."""

    value: float
    label: Words
    easy_read: Words = field(default_factory=dict)  # one or two words
    image: str = ""  # a picture of the open set, by name


@dataclass(frozen=True)
class Scale:
    """The answers one may choose from, in order; `missing` are codes that count as no answer."""

    code: str
    points: tuple[Point, ...]
    missing: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Item:
    """One question. It can always be left out: "prefer not to say" stands beside the answers."""

    code: str
    wording: Words
    kind: Kind = Kind.SCALE
    scale: str = ""  # the code of a scale; empty for numbers and words
    easy_read: Words = field(default_factory=dict)
    image: str = ""
    image_alt: Words = field(default_factory=dict)
    reverse: bool = False  # scored as lowest + highest - value
    sensitive: bool = False
    low: int = 0  # of a number
    high: int = LARGEST_NUMBER


@dataclass(frozen=True)
class Score:
    """One number made of items. An instrument whose items are never added up has a score each.

    It is counted where at least `least_answered` of its items were answered (the half rule);
    a sum is then the mean of what was answered times the number of items.
    """

    code: str
    title: Words
    items: tuple[str, ...]
    way: Way = Way.MEAN
    least_answered: float = 0.5
    low: float = 0.0  # the range a score can have
    high: float = 0.0
    higher_is_better: bool = True
    minimal_important: float | None = None  # the smallest difference that matters to people
    minimal_important_source: str = ""
    lookup: Mapping[float, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Licence:
    """Whose it is, and what may be done with it. Without this an instrument does not load."""

    licence: str  # an SPDX name, or what the holder calls it
    notice: str  # to be printed beside the questions
    source: str  # where it was published
    may_ship: bool  # whether its words may stand in this package
    may_reword: bool


@dataclass(frozen=True)
class Instrument:
    """A set of questions in one version. A version that was used is never changed."""

    code: str
    version: str
    title: Words
    purpose: Words
    licence: Licence
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    scores: tuple[Score, ...] = ()
    population: str = ""
    introduction: Words = field(default_factory=dict)  # said before the first question
    recall: Words = field(default_factory=dict)  # "in the last two weeks"
    minutes: int = 5
    outcomes: tuple[str, ...] = ()  # what it measures, in plain words
    status: str = "unvalidated"
    evidence: str = ""

    @property
    def name(self) -> str:
        """What a measure refers to: "ons4@2024"."""
        return f"{self.code}@{self.version}"

    def scale_of(self, item: Item) -> Scale:
        return next(scale for scale in self.scales if scale.code == item.scale)

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)


def in_language(words: Words, language: str) -> str:
    """The words in this language, else in the first that there is."""
    return words.get(language) or next(iter(words.values()), "")
