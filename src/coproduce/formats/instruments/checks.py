"""Is a set of questions one that may be used? The gate before every survey, whatever the file.

An instrument that does not say whose it is, what may be done with it and how it is scored does not
load: nobody should find out after asking two hundred people.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Point,
    Scale,
    Score,
    Way,
    Words,
)

MOST_ITEMS = 300
MOST_POINTS = 101  # 0 to 100
LARGEST_VALUE = 1_000_000  # a point that counts for more is a slip of the finger
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")  # as XLSForm, REDCap and SPSS all take it
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(svg|png|jpg|jpeg)")
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Fault:
    """What is wrong with one part of an instrument, and what to do about it."""

    part: str  # "instrument", "licence", "item", "scale" or "score"
    code: str  # which of them; empty where there is one only
    field: str
    message: str
    answer: int = 0  # which answer of a scale, from 1; those that count as none come last

    @property
    def where(self) -> str:
        """The place in words: "item satisfied, scale"."""
        part = f"{self.part} {self.code}" if self.code else self.part
        part = f"{part}, answer {self.answer}" if self.answer else part
        return self.field if self.part == "instrument" else f"{part}, {self.field}"


Place = Callable[[Fault], tuple[int | None, str]]  # the row and the field of a file


def in_words(fault: Fault) -> tuple[None, str]:
    """The place of a fault in a file that has no rows."""
    return None, fault.where


def checked(instrument: Instrument, *, file: str, place: Place = in_words) -> Instrument:
    """The instrument itself, or a BadFile with the first thing that is wrong with it."""
    for fault in faults(instrument):
        row, field = place(fault)
        raise BadFile(file, row, field, fault.message)
    return instrument


def faults(instrument: Instrument) -> Iterator[Fault]:
    """All that is wrong with an instrument; nothing where it may be used."""
    yield from _of_licence(instrument)
    yield from _of_the_whole(instrument)
    yield from _of_codes(instrument)
    for scale in instrument.scales:
        yield from _of_scale(scale, instrument.languages)
    for item in instrument.items:
        yield from _of_item(item, instrument)
    for score in instrument.scores:
        yield from _of_score(score, instrument)


def possible(item: Item, instrument: Instrument) -> tuple[float, float]:
    """The lowest and the highest that an item can count."""
    if item.kind is Kind.NUMBER:
        return item.low, item.high
    values = [point.value for point in instrument.scale_of(item).points]
    return min(values), max(values)


def reach(items: Iterable[Item], instrument: Instrument, way: Way) -> tuple[float, float]:
    """The lowest and the highest that these items can come to together."""
    ends = [possible(item, instrument) for item in items]
    low, high = sum(low for low, _ in ends), sum(high for _, high in ends)
    return (low / len(ends), high / len(ends)) if way is Way.MEAN else (low, high)


def _of_licence(instrument: Instrument) -> Iterator[Fault]:
    asked = {
        "licence": "Say under which licence the questions may be used.",
        "notice": "Write the words that the holder wants beside the questions.",
        "source": "Say where the questions were published.",
    }
    for field, ask in asked.items():
        text = getattr(instrument.licence, field)
        yield from _text_faults("licence", "", field, text)
        if not text:
            yield Fault("licence", "", field, f"It is missing. {ask}")


def _of_the_whole(instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("instrument", "", field, message)

    if not _NAME.fullmatch(instrument.code):
        yield bad("code", "Use letters, digits, - and _ after a first letter, for instance “ons4”.")
    if not _VERSION.fullmatch(instrument.version):
        yield bad("version", "Use digits, letters, dots and -, for instance “2024” or “1.2”.")
    if not instrument.languages:
        yield bad("languages", "Name at least one language, for instance “en”.")
    for language in instrument.languages:
        if not _LANGUAGE.fullmatch(language):
            yield bad("languages", f"“{language}” is no code of a language. Write “en” or “cy”.")
    yield from _repeated("languages", instrument.languages)
    for field in ("title", "purpose"):
        yield from _words_faults(
            "instrument", "", field, getattr(instrument, field), instrument.languages, asked=True
        )
    for field in ("introduction", "recall"):
        yield from _words_faults(
            "instrument", "", field, getattr(instrument, field), instrument.languages
        )
    if not 1 <= instrument.minutes <= 240:
        yield bad("minutes", f"{instrument.minutes} minutes; it has to be from 1 to 240.")
    if not instrument.status:
        yield bad("status", "Say what is known of it, for instance “unvalidated”.")
    for field in ("population", "status", "evidence"):
        yield from _text_faults("instrument", "", field, getattr(instrument, field))
    for outcome in instrument.outcomes:
        yield from _text_faults("instrument", "", "outcomes", outcome)
        if not outcome or "\n" in outcome:
            yield bad("outcomes", "Write each of them in one line, or take it out.")


def _of_codes(instrument: Instrument) -> Iterator[Fault]:
    if not instrument.items:
        yield Fault("instrument", "", "items", "There is no question in it. Add one.")
    if len(instrument.items) > MOST_ITEMS:
        yield Fault(
            "instrument",
            "",
            "items",
            f"{len(instrument.items)} questions; {MOST_ITEMS} fit. Part it into several.",
        )
    counted = [item for item in instrument.items if item.kind is not Kind.WORDS]
    if counted and not instrument.scores:
        yield Fault(
            "instrument",
            "",
            "scores",
            "It does not say how it is scored. Give each question a score, or add them up in one.",
        )
    parts = {
        "item": [item.code for item in instrument.items],
        "scale": [scale.code for scale in instrument.scales],
        "score": [score.code for score in instrument.scores],
    }
    for part, codes in parts.items():
        for code in codes:
            if not _CODE.fullmatch(code):
                yield Fault(
                    part, code, "code", "Use letters, digits and _ after a first letter, up to 64."
                )
        yield from _twice(part, codes)


def _twice(part: str, codes: Sequence[str]) -> Iterator[Fault]:
    """Codes that differ in capitals alone are the same to SPSS."""
    times = Counter(code.lower() for code in codes)
    last = {code.lower(): code for code in codes}
    for code, number in times.items():
        if number > 1:
            yield Fault(
                part, last[code], "code", f"This code is there {number} times. Use it once."
            )


def _repeated(field: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, number in Counter(codes).items():
        if number > 1:
            yield Fault("instrument", "", field, f"“{code}” is there {number} times. Name it once.")


def _of_scale(scale: Scale, languages: tuple[str, ...]) -> Iterator[Fault]:
    if not 2 <= len(scale.points) <= MOST_POINTS:
        yield Fault(
            "scale",
            scale.code,
            "points",
            f"It has {len(scale.points)} answers; a scale has from 2 to {MOST_POINTS}.",
        )
    every = (*scale.points, *scale.missing)
    for value, number in Counter(point.value for point in every).items():
        if number > 1:
            yield Fault(
                "scale",
                scale.code,
                "value",
                f"{number} answers count as {value:g}. Give each a value of its own.",
            )
    for answer, point in enumerate(every, start=1):
        for fault in _of_point(point, scale.code, languages):
            yield replace(fault, answer=answer)


def _of_point(point: Point, scale: str, languages: tuple[str, ...]) -> Iterator[Fault]:
    if not abs(point.value) <= LARGEST_VALUE:  # says no to what is not a number, too
        yield Fault("scale", scale, "value", f"{point.value:g} is no number to count with.")
    yield from _words_faults("scale", scale, "label", point.label, languages, asked=True)
    yield from _words_faults("scale", scale, "easy_read", point.easy_read, languages)
    yield from _image_faults("scale", scale, point.image)


def _of_item(item: Item, instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("item", item.code, field, message)

    languages = instrument.languages
    yield from _words_faults("item", item.code, "wording", item.wording, languages, asked=True)
    yield from _words_faults("item", item.code, "easy_read", item.easy_read, languages)
    yield from _image_faults("item", item.code, item.image)
    yield from _words_faults(
        "item", item.code, "image_alt", item.image_alt, languages, asked=bool(item.image)
    )
    known = {scale.code: scale for scale in instrument.scales}
    if item.kind is Kind.SCALE and item.scale not in known:
        named = f"There is no scale “{item.scale}”" if item.scale else "It names no scale"
        yield bad("scale", f"{named}. There are: {', '.join(known) or 'none'}.")
    if item.kind is not Kind.SCALE and item.scale:
        yield bad("scale", "Only a question with answers to choose from has a scale. Leave it out.")
    yield from _of_bounds(item)
    if item.reverse:
        yield from _of_reverse(item, known)


def _of_bounds(item: Item) -> Iterator[Fault]:
    if item.kind is not Kind.NUMBER:
        for field, usual in (("low", 0), ("high", LARGEST_NUMBER)):
            if getattr(item, field) != usual:
                yield Fault(
                    "item", item.code, field, "Only whole numbers have a bound. Leave it out."
                )
    elif not 0 <= item.low < item.high <= LARGEST_NUMBER:
        yield Fault(
            "item",
            item.code,
            "low" if item.low < 0 else "high",
            f"Numbers from {item.low:,} to {item.high:,} cannot be kept: "
            f"the lower bound is 0 or more, the upper above it and up to {LARGEST_NUMBER:,}.",
        )


def _of_reverse(item: Item, known: Mapping[str, Scale]) -> Iterator[Fault]:
    if item.kind is Kind.WORDS:
        yield Fault("item", item.code, "reverse", "Words cannot be turned round. Leave it out.")
    if item.kind is Kind.NUMBER and item.high == LARGEST_NUMBER:
        yield Fault("item", item.code, "reverse", "To turn a number round, say how high it goes.")
    if item.kind is Kind.SCALE and item.scale in known and not _in_order(known[item.scale]):
        yield Fault(
            "item",
            item.code,
            "reverse",
            f"The values of scale “{item.scale}” neither rise nor fall all the way, so they "
            "cannot be turned round. Put them in order.",
        )


def _in_order(scale: Scale) -> bool:
    steps = [after.value - before.value for before, after in pairwise(scale.points)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _of_score(score: Score, instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("score", score.code, field, message)

    yield from _words_faults(
        "score", score.code, "title", score.title, instrument.languages, asked=True
    )
    by_code = {item.code: item for item in instrument.items}
    unknown = [code for code in score.items if code not in by_code]
    items = [by_code[code] for code in score.items if code in by_code]
    if unknown:
        yield bad("items", f"There is no question “{unknown[0]}”. Check its code.")
    if not score.items:
        yield bad("items", "It is made of no question. Name at least one.")
    if len(set(score.items)) < len(score.items):
        yield bad("items", "A question counts twice in it. Name each once.")
    for item in items:
        if item.kind is Kind.WORDS:
            yield bad("items", f"“{item.code}” is answered in words, which cannot be added up.")
    if not 0 < score.least_answered <= 1:
        yield bad("least_answered", "It is a share: above 0, up to 1.")
    yield from _of_importance(score)
    if items and not unknown and all(_can_be_counted(item, instrument) for item in items):
        yield from _of_range(score, items, instrument)


def _of_importance(score: Score) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("score", score.code, field, message)

    yield from _text_faults(
        "score", score.code, "minimal_important_source", score.minimal_important_source
    )
    if score.minimal_important is None:
        if score.minimal_important_source:
            yield bad("minimal_important", "It has a source, but no number. Add it.")
        return
    if not 0 < score.minimal_important < math.inf:
        yield bad("minimal_important", "The smallest difference that matters is above 0.")
    if not score.minimal_important_source:
        yield bad("minimal_important_source", "Say who found that this difference matters.")


def _can_be_counted(item: Item, instrument: Instrument) -> bool:
    if item.kind is Kind.NUMBER:
        return True
    scales = [scale for scale in instrument.scales if scale.code == item.scale]
    return item.kind is Kind.SCALE and bool(scales and scales[0].points)


def _of_range(score: Score, items: list[Item], instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("score", score.code, field, message)

    if score.way is Way.LOOKUP:
        yield from _of_lookup(score, items, instrument)
    elif score.lookup:
        yield bad("lookup", "Only a score that is looked up has a table. Leave it out.")
    else:
        low, high = reach(items, instrument, score.way)
        if not (score.low <= low + _ROUNDING and high <= score.high + _ROUNDING):
            yield bad(
                "low" if score.low > low + _ROUNDING else "high",
                f"Its questions can come to anything from {low:g} to {high:g}, but its range is "
                f"{score.low:g} to {score.high:g}. Widen it.",
            )
    if not -math.inf < score.low < score.high < math.inf:
        yield bad("high", f"{score.low:g} to {score.high:g} is no range.")


def _of_lookup(score: Score, items: list[Item], instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("score", score.code, field, message)

    if score.least_answered < 1:
        yield bad(
            "least_answered",
            "The table has whole sums alone, so all questions have to be answered. Write 1.",
        )
    if any(item.kind is not Kind.SCALE for item in items):
        yield bad("items", "Only questions with a scale can be looked up.")
        return
    sums = {0.0}
    for item in items:
        values = [point.value for point in instrument.scale_of(item).points]
        sums = {round(before + value, 9) for before in sums for value in values}
        if len(sums) > LARGEST_NUMBER:
            yield bad("lookup", "There are more sums than a table can hold.")
            return
    absent = sorted(sums - {round(raw, 9) for raw in score.lookup})
    if absent:
        yield bad("lookup", f"The table has no row for the sum {absent[0]:g}. Add it.")
    for raw, becomes in score.lookup.items():
        if not (math.isfinite(raw) and score.low <= becomes <= score.high):
            yield bad(
                "lookup", f"{raw:g} becomes {becomes:g}, outside {score.low:g} to {score.high:g}."
            )


def _words_faults(
    part: str,
    code: str,
    field: str,
    words: Words,
    languages: tuple[str, ...],
    *,
    asked: bool = False,
) -> Iterator[Fault]:
    if asked and languages and not words.get(languages[0]):
        yield Fault(part, code, field, f"There are no words for it in “{languages[0]}”. Add them.")
    for language, text in words.items():
        if language not in languages:
            yield Fault(
                part,
                code,
                field,
                f"“{language}” is not among the languages of the instrument. Add it there.",
            )
        if not text:
            yield Fault(part, code, field, f"The words in “{language}” are empty. Leave them out.")
        yield from _text_faults(part, code, field, text)


def _text_faults(part: str, code: str, field: str, text: str) -> Iterator[Fault]:
    if text != text.strip():
        yield Fault(part, code, field, "There are blanks around the words. Take them out.")
    if any(_is_control(character) for character in text):
        yield Fault(part, code, field, "There is a character in it that cannot be shown.")


def _is_control(character: str) -> bool:
    """What neither XML nor a spreadsheet can hold; a new line they can."""
    kind = unicodedata.category(character)
    return (kind in ("Cc", "Cs") and character != "\n") or character in "\ufffe\uffff"


def _image_faults(part: str, code: str, image: str) -> Iterator[Fault]:
    if image and not _IMAGE.fullmatch(image):
        yield Fault(
            part,
            code,
            "image",
            "Name the picture's file without folders: letters, digits, - and _, "
            "ending in .svg, .png or .jpg.",
        )
