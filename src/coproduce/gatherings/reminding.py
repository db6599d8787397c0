"""Whom do we remind now? Everybody who is coming, a week and a day before, once each.

From nine in the morning by the clocks here, so that no telephone rings at night. Whoever
registered later than that has just heard from us, and is not reminded of what they know. The day
after, those who told an access need are asked whether it was met.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coproduce.gatherings.models import Gathering, NeedMet, Notice, Registration
from coproduce.gatherings.needs import who_told_a_need
from coproduce.gatherings.when import day_of, moment
from coproduce.people.channels import Outcome

NINE = time(9)
DAYS_BEFORE = {Notice.About.WEEK: 7, Notice.About.DAY: 1}
MINUTES_BETWEEN_TRIES = 10
DAYS_TO_ASK = 14  # whether an access need was met, after a gathering


@dataclass(frozen=True)
class Due:
    """Somebody who is to be told something now."""

    registration: Registration
    about: Notice.About
    number: int = 0


def due(now: datetime) -> Iterator[Due]:
    """Reminders that are due, then what did not get through when it was first tried."""
    for gathering in _coming_up(now):
        for about in DAYS_BEFORE:
            yield from (Due(one, about) for one in _not_reminded(gathering, about, now))
    for gathering in _just_over(now):
        yield from (Due(one, Notice.About.ASKED) for one in _not_asked(gathering))
    for notice in _stuck(now):
        yield Due(notice.registration, Notice.About(notice.about), notice.number)


def mark(gathering: Gathering, about: Notice.About) -> datetime:
    """The moment from which this reminder is due."""
    day = day_of(gathering.starts_at) - timedelta(days=DAYS_BEFORE[about])
    return moment(day, NINE)


def _until(gathering: Gathering, about: Notice.About) -> datetime:
    """When a reminder that was missed is no longer worth sending."""
    is_week = about == Notice.About.WEEK
    return mark(gathering, Notice.About.DAY) - timedelta(days=2) if is_week else gathering.starts_at


def _coming_up(now: datetime) -> list[Gathering]:
    soon = now + timedelta(days=max(DAYS_BEFORE.values()) + 1)
    return list(Gathering.objects.published().filter(starts_at__range=(now, soon)))


def _not_reminded(gathering: Gathering, about: Notice.About, now: datetime) -> list[Registration]:
    since = mark(gathering, about)
    if not since <= now < _until(gathering, about):
        return []
    told = Notice.objects.filter(registration=OuterRef("pk"), about=about)
    coming = gathering.registrations.coming().filter(~Exists(told), registered_at__lt=since)
    return list(coming.select_related("person", "reach", "gathering__place"))


def _just_over(now: datetime) -> list[Gathering]:
    """Those of yesterday and the two weeks before, from nine in the morning on."""
    lately = now - timedelta(days=DAYS_TO_ASK)
    over = Gathering.objects.published().filter(ends_at__range=(lately, now))
    return [one for one in over if now >= moment(day_of(one.ends_at) + timedelta(days=1), NINE)]


def _not_asked(gathering: Gathering) -> list[Registration]:
    asked = Notice.objects.filter(registration=OuterRef("pk"), about=Notice.About.ASKED)
    answered = NeedMet.objects.filter(gathering=gathering, person=OuterRef("person"))
    told = who_told_a_need(gathering).filter(~Exists(asked), ~Exists(answered))
    return list(told.select_related("person", "reach", "gathering__place"))


def _stuck(now: datetime) -> list[Notice]:
    """What was not sent, tried ten minutes ago and still worth it."""
    last_try = now - timedelta(minutes=MINUTES_BETWEEN_TRIES)
    stuck = Notice.objects.filter(
        Q(registration__gathering__ends_at__gt=now) | Q(about=Notice.About.ASKED),
        outcome=Outcome.NOT_NOW.value,
        at__range=(now - timedelta(days=DAYS_TO_ASK), last_try),
    )
    return list(stuck.select_related("registration__gathering__place", "registration__person"))


def is_anybody_due(now: datetime | None = None) -> bool:
    return next(due(now or timezone.now()), None) is not None
