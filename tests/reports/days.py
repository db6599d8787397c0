"""A day that is over, with words that were said there and what each speaker allowed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from coproduce.gatherings.actions import attending, consenting, deciding, insights, noting
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.actions.deciding import Decided
from coproduce.gatherings.actions.insights import Drawn
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Decision, Gathering, Insight, Voice
from coproduce.people.actions import taking_back
from coproduce.people.models import Person
from coproduce.reports.actions import publishing, writing
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report, Version
from coproduce.trust.models import Named, Where
from tests import cast

SAID = "My fare came back after three months."
ALSO_SAID = "Pay at the door. It takes one tin."
POINT = "Paying people late keeps them away."
BOTH = (Where.REPORT, Where.WEB)


def a_day(slug: str = "the-day", **fields: Any) -> Gathering:
    """A gathering of a week ago."""
    fields.setdefault("starts_at", timezone.now() - timedelta(days=7))
    fields.setdefault("title", "A day in Manchester")
    return cast.a_gathering(slug=slug, purpose="To find out what we want.", **fields)


def voice(
    day: Gathering, words: str = SAID, allowed: Sequence[Where] = BOTH, name: str = ""
) -> Voice:
    """Somebody's very words, and where they allowed them to be shown."""
    person = Person.objects.create(name=name)
    note = Note(words, said_by=person, wording=Voice.Wording.VERBATIM)
    [said] = noting.take_notes(day, [note], None)
    [card] = consenting.print_cards(day, 1, None)
    card.person = person
    card.save(update_fields=["person"])
    named = Named.FULL if name else Named.NOT
    consenting.enter(card, Answer(allowed, named, name), None)
    return said


def insight(day: Gathering, *voices: Voice, words: str = POINT) -> Insight:
    """A point drawn from these voices, that everybody may read."""
    drawn = insights.draw(Drawn(words, voices), None, place=day.place, gathering=day)
    consenting.show_insights(day, None)
    return drawn


def decision(day: Gathering, **fields: Any) -> Decision:
    typed = Decided("Fares are paid at the door.", "everybody there", date(2026, 1, 5), **fields)
    return deciding.decide(day, typed, None)


def a_told_day() -> Gathering:
    """A day with an insight, two voices, a decision with its next step, and who was there."""
    day = a_day()
    cast.a_part_of(day, "Welcome")
    insight(day, voice(day), voice(day, ALSO_SAID, name="Made-up Maya"))
    decision(day, what_next="Buy the tin.", by_when=date(2026, 5, 1))
    for _ in range(12):
        cast.an_attendance(day, "carer")
    attending.tell_numbers(day, None)
    return day


def a_report(day: Gathering | None = None) -> Report:
    return writing.begin(day or a_told_day(), cast.facilitator())


def published(day: Gathering | None = None) -> Version:
    return publishing.publish(a_report(day), cast.facilitator())


def take_back(words: str) -> None:
    """Whoever said it takes all of their consents back."""
    person = Voice.objects.get(words=words).said_by
    assert person is not None
    taking_back.take_back(person)


def text(words: str) -> Block:
    return Block(Kind.TEXT, f"<p>{words}</p>")
