"""How does a gathering get into somebody's own calendar? As iCalendar (RFC 5545).

One UID for good and a SEQUENCE that grows, so that a calendar replaces what it had. Times are in
UTC: each calendar shows them by the clock of whoever looks. The library folds and escapes.
"""

from collections.abc import Iterable

from django.conf import settings
from icalendar import Calendar, Event

from coproduce.gatherings import addresses
from coproduce.gatherings.models import Gathering, Presence, Registration
from coproduce.people.channels import Attachment

KIND = "text/calendar"


def of_gatherings(gatherings: Iterable[Gathering], *, name: str = "") -> bytes:
    """A calendar with these gatherings; with a name it can be subscribed to."""
    calendar = _calendar()
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for gathering in gatherings:
        calendar.add_component(_event(gathering, _description(gathering)))
    return bytes(calendar.to_ical())


def for_registration(registration: Registration) -> Attachment:
    """The file that goes along with a confirmation; with the join link for who is on the line."""
    gathering = registration.gathering
    words = _description(gathering)
    if registration.presence == Presence.LINE and gathering.join_link and registration.is_coming:
        words = f"Join: {gathering.join_link}\n\n{words}"
    calendar = _calendar()
    calendar.add_component(_event(gathering, words))
    return Attachment(f"{gathering.slug}.ics", bytes(calendar.to_ical()), KIND)


def _event(gathering: Gathering, description: str) -> Event:
    event = Event()
    event.add("uid", str(gathering.id))
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at)
    event.add("last-modified", gathering.changed_at)
    event.add("dtstart", gathering.starts_at)
    event.add("dtend", gathering.ends_at)
    event.add("summary", gathering.title)
    event.add("description", description)
    event.add("location", _location(gathering))
    event.add("url", addresses.of_gathering(gathering))
    event.add("status", "CANCELLED" if gathering.is_cancelled else "CONFIRMED")
    return event


def _description(gathering: Gathering) -> str:
    provided = ", ".join(gathering.provided_in_words)
    parts = [
        gathering.purpose,
        f"Getting in: {gathering.getting_in}" if gathering.getting_in else "",
        f"Provided: {provided}" if provided else "",
        addresses.of_gathering(gathering),
    ]
    return "\n\n".join(filter(None, parts))


def _location(gathering: Gathering) -> str:
    """On one line; an online gathering takes place on the line."""
    if not gathering.has_hall:
        return "Online"
    venue = ", ".join(filter(None, (line.strip() for line in gathering.venue.splitlines())))
    return f"{venue}, and online" if gathering.has_line else venue


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//coproduce//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar
