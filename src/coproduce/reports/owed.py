"""Which answers do we owe, since when, and by when?

Whoever says something at a gathering hears what came of it within sixty days of that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from coproduce.gatherings.models import Gathering, Insight
from coproduce.gatherings.when import day_of
from coproduce.people.models import Place

DAYS_TO_ANSWER = 60


@dataclass(frozen=True)
class Owed:
    """A point that somebody made, and what we have answered so far."""

    insight: Insight
    since: date  # the day it was said
    answered_on: date | None
    today: date

    @property
    def due(self) -> date:
        return self.since + timedelta(days=DAYS_TO_ANSWER)

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    @property
    def was_in_time(self) -> bool:
        return self.answered_on is not None and self.answered_on <= self.due

    @property
    def is_late(self) -> bool:
        return self.answered_on is None and self.due < self.today

    @property
    def is_ripe(self) -> bool:
        """Whether its sixty days are over, so that it counts."""
        return self.due < self.today


def at(gathering: Gathering) -> list[Owed]:
    """Every point made at a gathering, the oldest first."""
    return _owed(Insight.objects.standing().filter(gathering=gathering))


def in_place(place: Place) -> list[Owed]:
    """Every point of a place that everybody may read."""
    return _owed(Insight.objects.on_show().filter(place=place))


def open_ones(owed: Iterable[Owed]) -> list[Owed]:
    return [each for each in owed if not each.is_answered]


def _owed(insights: QuerySet[Insight]) -> list[Owed]:
    read = insights.select_related("gathering").prefetch_related("report_backs")
    return sorted(map(_one, read), key=lambda each: each.since)


def _one(insight: Insight) -> Owed:
    answers: Sequence[date] = [day_of(each.at) for each in insight.report_backs.all()]
    said = insight.gathering.ends_at if insight.gathering else insight.made_at
    return Owed(insight, day_of(said), min(answers, default=None), timezone.localdate())
