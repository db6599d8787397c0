"""What forms from elsewhere leave unsaid, and what is made of it here.

A form of another program does not say whose its words are, nor how it is scored: the one is asked
of whoever brings it, the other is left plain, a score for each question, until somebody who knows
says which belong together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
)

NO_ANSWERS = {
    *("don't know", "do not know", "don’t know", "dont know"),
    *("not applicable", "n/a", "does not apply", "doesn't apply", "doesn’t apply"),
}
RATHER_NOT = {
    *("prefer not to say", "prefer not to answer", "rather not say", "i'd rather not say"),
    *("i would rather not say", "i’d rather not say", "refused", "refuse to answer"),
}


@dataclass(frozen=True)
class Asked:
    """What a person says of a form that cannot say it itself; empty for what the form does say."""

    licence: Licence
    code: str = ""
    version: str = ""
    title: str = ""
    purpose: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Taken:
    """An instrument from another program's form, and what of the form was left behind."""

    instrument: Instrument
    remarks: tuple[str, ...] = ()


def sorted_out(points: Iterable[Point]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Answers that count, and those that count as none; "prefer not to say" is always there."""
    counted, missing = [], []
    for point in points:
        labels = {label.strip().rstrip(".").lower() for label in point.label.values()}
        if labels & NO_ANSWERS:
            missing.append(point)
        elif not labels & RATHER_NOT:
            counted.append(point)
    return tuple(counted), tuple(missing)


def scored_each_by_itself(instrument: Instrument) -> Instrument:
    """The instrument with a score for each question that can be counted; none are added up."""
    return replace(instrument, scores=tuple(_own_scores(instrument.items, instrument.scales)))


def _own_scores(items: Sequence[Item], scales: Sequence[Scale]) -> Iterable[Score]:
    values = {scale.code: [point.value for point in scale.points] for scale in scales}
    for item in items:
        if item.kind is Kind.WORDS:
            continue
        ends = values.get(item.scale, []) if item.kind is Kind.SCALE else [item.low, item.high]
        yield Score(
            code=item.code,
            title=item.wording,
            items=(item.code,),
            least_answered=1.0,
            low=min(ends, default=0),
            high=max(ends, default=1),
        )
