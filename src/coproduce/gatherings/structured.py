"""What do search engines and calendars read off the page? A schema.org Event as JSON-LD.

It says nothing that the page does not say, and never the link to join.
"""

import json

from django.utils.safestring import SafeString, mark_safe

from coproduce.gatherings import addresses
from coproduce.gatherings.models import Gathering, Setting

SCHEMA = "https://schema.org/"
MODES = {
    Setting.IN_PERSON: "OfflineEventAttendanceMode",
    Setting.ONLINE: "OnlineEventAttendanceMode",
    Setting.BOTH: "MixedEventAttendanceMode",
}
# So that no words of ours end the element or begin another.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def event(gathering: Gathering) -> dict[str, object]:
    """The gathering in the words of schema.org."""
    page = addresses.of_gathering(gathering)
    status = "EventCancelled" if gathering.is_cancelled else "EventScheduled"
    names = (("organizer", gathering.hosts), ("sponsor", gathering.supporters))
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": gathering.title,
        "description": gathering.purpose,
        "startDate": gathering.starts_at.isoformat(),
        "endDate": gathering.ends_at.isoformat(),
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": SCHEMA + MODES[Setting(gathering.setting)],
        "location": _locations(gathering, page),
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        **{key: _organisations(words) for key, words in names},
        "performer": [
            {"@type": "Person", "name": speaker.name}
            for item in gathering.programme.all()
            for speaker in item.speakers.all()
        ],
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def as_json(gathering: Gathering) -> SafeString:
    """The same as text that is safe inside a script element."""
    text = json.dumps(event(gathering), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  escaped one step before


def _locations(gathering: Gathering, page: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if gathering.has_hall:
        name, _, rest = gathering.venue.partition("\n")
        address = ", ".join(filter(None, rest.splitlines())) or str(gathering.place)
        found.append({"@type": "Place", "name": name or str(gathering.place), "address": address})
    if gathering.has_line:
        found.append({"@type": "VirtualLocation", "url": page})
    return found


def _organisations(words: str) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": line} for line in words.splitlines() if line]
