"""From voices to insights: draw one, word it better, make one of several, or several of one.

Each deed is one transaction, one log entry and one line of the insight's own history, which says
what it was before.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Gathering, Insight, InsightChange, Theme, Voice
from coproduce.gatherings.to_be_found import insight_changed
from coproduce.people.models import Person, Place
from coproduce.people.words import plain_words
from coproduce.trust import log

LONGEST = 280
Did = InsightChange.Deed


@dataclass(frozen=True)
class Drawn:
    """A point in one sentence, and the voices it is drawn from."""

    words: str
    voices: Collection[Voice]
    theme: Theme | None = None
    sector: str = ""


def draw(
    drawn: Drawn, by: Person | None, *, place: Place, gathering: Gathering | None = None
) -> Insight:
    """A new insight. It needs a voice at least: a point nobody made is not an insight."""
    with transaction.atomic():
        insight = _make(drawn, place, gathering)
        _record(insight, Did.DRAW, by, before={})
    return insight


def edit(insight: Insight, drawn: Drawn, by: Person | None) -> None:
    """Other words, another theme, other voices."""
    with _in_hand(insight):
        before = as_it_is(insight)
        insight.words, insight.theme = _fitting(drawn.words), drawn.theme
        insight.sector = plain_words(drawn.sector)[:60]
        insight.save(update_fields=["words", "theme", "sector"])
        insight.voices.set(_some(drawn.voices))
        _record(insight, Did.EDIT, by, before)


def merge(insight: Insight, into: Insight, by: Person | None) -> None:
    """Make one of two that make the same point; the voices of both stand behind it."""
    with _in_hand(insight), _in_hand(into):
        if insight == into:
            raise NotPossible("An insight cannot be merged with itself.")
        if insight.place_id != into.place_id:
            raise NotPossible("These two insights belong to different places.")
        before, other_before = as_it_is(insight), as_it_is(into)
        into.voices.add(*insight.voices.all())
        Insight.objects.filter(merged_into=insight).update(merged_into=into)
        insight.merged_into = into
        insight.save(update_fields=["merged_into"])
        _record(insight, Did.MERGE, by, before)
        _record(into, Did.TAKE_IN, by, other_before)


def split(insight: Insight, parts: Sequence[Drawn], by: Person | None) -> list[Insight]:
    """Make several of one. The first part stays where the insight was; each voice finds a place."""
    if len(parts) < 2:
        raise NotPossible("Splitting needs two parts at least. Write a sentence for each.")
    with _in_hand(insight):
        placed = {voice.pk for part in parts for voice in part.voices}
        if left := insight.voices.exclude(pk__in=placed).count():
            raise NotPossible(
                f"{left} voice{'s have' if left > 1 else ' has'} no part to go to. Put each "
                "voice under one of the sentences."
            )
        edit(insight, parts[0], by)
        others = [_make(part, insight.place, insight.gathering) for part in parts[1:]]
        for other in others:
            _record(other, Did.SPLIT_OFF, by, before=as_it_is(insight))
    return [insight, *others]


def as_it_is(insight: Insight) -> dict[str, Any]:
    """An insight as its history keeps it."""
    return {
        "words": insight.words,
        "theme": insight.theme.name if insight.theme else "",
        "sector": insight.sector,
        "voices": sorted(str(key) for key in insight.voices.values_list("pk", flat=True)),
        "merged_into": str(insight.merged_into_id) if insight.merged_into_id else None,
    }


def _make(drawn: Drawn, place: Place, gathering: Gathering | None) -> Insight:
    insight = Insight.objects.create(
        place=place,
        gathering=gathering,
        words=_fitting(drawn.words),
        theme=drawn.theme,
        sector=plain_words(drawn.sector)[:60],
    )
    insight.voices.set(_some(drawn.voices))
    return insight


def _fitting(words: str) -> str:
    plain = plain_words(words)
    if not plain:
        raise NotPossible("Say the point in one sentence.")
    if len(plain) > LONGEST:
        raise NotPossible(f"The point has {len(plain)} characters; {LONGEST} is the most.")
    return plain


def _some(voices: Collection[Voice]) -> Collection[Voice]:
    if not voices:
        raise NotPossible("An insight is drawn from voices. Choose at least one.")
    return voices


@contextmanager
def _in_hand(insight: Insight) -> Iterator[None]:
    with transaction.atomic():
        insight.refresh_from_db(from_queryset=Insight.objects.select_for_update())
        if insight.merged_into_id is not None:
            raise NotPossible("This insight has become part of another one. Work on that one.")
        yield


def _record(insight: Insight, deed: Did, by: Person | None, before: dict[str, Any]) -> None:
    who = by.id if by else None
    InsightChange.objects.create(
        insight=insight, deed=deed, before=before, after=as_it_is(insight), by=who
    )
    insight_changed(insight)
    log.record(f"{deed.value} an insight", insight.thing, by=who)
