"""Is a set of questions one that may be used? The gate before every survey, whatever the file.

An instrument that does not say whose it is, what may be done with it and how it is scored does not
load: nobody should find out after asking two hundred people.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.faults import (
    Fault,
    Place,
    image_faults,
    in_words,
    text_faults,
    words_faults,
)
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Point,
    Scale,
)
from coproduce.formats.instruments.scoring_checks import score_faults

MOST_ITEMS = 300
MOST_POINTS = 101  # 0 to 100
LARGEST_VALUE = 1_000_000  # a point that counts for more is a slip of the finger
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")  # as XLSForm, REDCap and SPSS all take it
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


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
        yield from score_faults(score, instrument)


def _of_licence(instrument: Instrument) -> Iterator[Fault]:
    asked = {
        "licence": "Say under which licence the questions may be used.",
        "notice": "Write the words that the holder wants beside the questions.",
        "source": "Say where the questions were published.",
    }
    for field, ask in asked.items():
        text = getattr(instrument.licence, field)
        yield from text_faults("licence", "", field, text)
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
        yield from words_faults(
            "instrument", "", field, getattr(instrument, field), instrument.languages, asked=True
        )
    for field in ("introduction", "recall"):
        yield from words_faults(
            "instrument", "", field, getattr(instrument, field), instrument.languages
        )
    if not 1 <= instrument.minutes <= 240:
        yield bad("minutes", f"{instrument.minutes} minutes; it has to be from 1 to 240.")
    if not instrument.status:
        yield bad("status", "Say what is known of it, for instance “unvalidated”.")
    for field in ("population", "status", "evidence"):
        yield from text_faults("instrument", "", field, getattr(instrument, field))
    for outcome in instrument.outcomes:
        yield from text_faults("instrument", "", "outcomes", outcome)
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
    yield from words_faults("scale", scale, "label", point.label, languages, asked=True)
    yield from words_faults("scale", scale, "easy_read", point.easy_read, languages)
    yield from image_faults("scale", scale, point.image)


def _of_item(item: Item, instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("item", item.code, field, message)

    languages = instrument.languages
    yield from words_faults("item", item.code, "wording", item.wording, languages, asked=True)
    yield from words_faults("item", item.code, "easy_read", item.easy_read, languages)
    yield from image_faults("item", item.code, item.image)
    yield from words_faults(
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
