"""Can these questions be scored as the instrument says, whatever people answer?"""

import math
from collections.abc import Iterable, Iterator

from coproduce.formats.instruments.faults import Fault, text_faults, words_faults
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Score,
    Way,
)

_ROUNDING = 1e-9


def score_faults(score: Score, instrument: Instrument) -> Iterator[Fault]:
    def bad(field: str, message: str) -> Fault:
        return Fault("score", score.code, field, message)

    yield from words_faults(
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

    yield from text_faults(
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


def _possible(item: Item, instrument: Instrument) -> tuple[float, float]:
    """The lowest and the highest that an item can count."""
    if item.kind is Kind.NUMBER:
        return item.low, item.high
    values = [point.value for point in instrument.scale_of(item).points]
    return min(values), max(values)


def reach(items: Iterable[Item], instrument: Instrument, way: Way) -> tuple[float, float]:
    """The lowest and the highest that these items can come to together."""
    ends = [_possible(item, instrument) for item in items]
    low, high = sum(low for low, _ in ends), sum(high for _, high in ends)
    return (low / len(ends), high / len(ends)) if way is Way.MEAN else (low, high)
