"""From the packed answers of a sheet to the columns and the values of a table."""

from coproduce.formats.answers.table import Column, Kind, Value
from coproduce.formats.instruments import record
from coproduce.formats.instruments.languages import RATHER_NOT_SAY
from coproduce.formats.instruments.record import (
    NOT_ANSWERED,
    Instrument,
    Item,
    in_language,
)

_RATHER_NOT_SAY = (-99.0, -999.0, -9_999.0)  # the first that is no answer itself


def columns_of(instrument: Instrument, language: str) -> tuple[Column, ...]:
    """A column for each question that is not answered in own words, in the instrument's order."""
    return tuple(
        _column(item, instrument, language)
        for item in instrument.items
        if item.kind is not record.Kind.WORDS
    )


def value_of(packed: int, item: Item, instrument: Instrument) -> Value:
    """What a packed answer stands for: the value of its point, the number, or None.

    Answers that count as none come after the points of a scale, in its order.
    """
    if packed == NOT_ANSWERED:
        return None
    if packed == record.RATHER_NOT_SAY:
        return rather_not_say(item, instrument)
    if item.kind is record.Kind.NUMBER:
        return packed - 1
    scale = instrument.scale_of(item)
    return (*scale.points, *scale.missing)[packed - 1].value


def rather_not_say(item: Item, instrument: Instrument) -> float:
    """The code that "prefer not to say" has in a table."""
    taken: set[float] = set()
    if item.kind is record.Kind.SCALE:
        scale = instrument.scale_of(item)
        taken = {point.value for point in (*scale.points, *scale.missing)}
    return next(
        (code for code in _RATHER_NOT_SAY if code not in taken), min(taken, default=0.0) - 1
    )


def _column(item: Item, instrument: Instrument, language: str) -> Column:
    rather_not = {
        rather_not_say(item, instrument): RATHER_NOT_SAY.get(language, RATHER_NOT_SAY["en"])
    }
    answers, missing = {}, {}
    if item.kind is record.Kind.SCALE:
        scale = instrument.scale_of(item)
        answers = {point.value: in_language(point.label, language) for point in scale.points}
        missing = {point.value: in_language(point.label, language) for point in scale.missing}
    return Column(
        code=item.code,
        label=in_language(item.wording, language),
        kind=Kind.CHOICE if answers else Kind.NUMBER,
        answers=answers,
        missing=missing | rather_not,
        is_sensitive=item.sensitive,
    )
