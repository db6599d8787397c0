"""Who was there: signed in by themselves, by a host, from the paper list, or walked in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.evidence import is_told, tell
from coproduce.gatherings.models import Attendance, Gathering, Presence, Registration
from coproduce.people.models import Person
from coproduce.trust.releases import Blocked

BEFORE = timedelta(hours=3)  # the doors open well before it begins
AFTER = timedelta(hours=3)


@dataclass(frozen=True)
class Arrival:
    """Somebody who is there, as they or a host say it."""

    presence: Presence
    name: str = ""
    parts: Sequence[str] = ()


def doors_are_open(gathering: Gathering) -> bool:
    """Whether people can sign in by themselves now: on the day, not a week before."""
    opens, closes = gathering.starts_at - BEFORE, gathering.ends_at + AFTER
    return gathering.is_published and opens <= timezone.now() <= closes


def sign_in_yourself(
    gathering: Gathering,
    arrival: Arrival,
    *,
    registration: Registration | None = None,
    person: Person | None = None,
    key: UUID | None = None,
) -> Attendance:
    """At the door, with one's own phone: as registered, as signed in, or as somebody new.

    `key` names this one sending of the form, so that a double tap is one person.
    """
    with in_hand(gathering):
        if not doors_are_open(gathering):
            raise NotPossible(
                "The doors are not open now. People sign in from three hours before a gathering "
                "until three hours after it; a host can enter you later."
            )
        who = registration.person if registration else person
        if who is None:
            who = _newcomer(arrival, key)
        attendance = _came(gathering, who, arrival, by=None)
        record_deed("sign in", gathering, who)
    return attendance


def sign_in(registration: Registration, by: Person | None) -> Attendance:
    """A host taps the name of somebody who is registered."""
    gathering = registration.gathering
    with in_hand(gathering):
        _has_begun(gathering)
        arrival = Arrival(Presence(registration.presence))
        attendance = _came(gathering, registration.person, arrival, by=by)
        record_deed("sign in", gathering, by)
    return attendance


def enter(
    gathering: Gathering,
    registrations: Iterable[Registration],
    walk_ins: Iterable[Arrival],
    by: Person | None,
) -> int:
    """What the paper list says: those who signed beside their name, and those who walked in."""
    with in_hand(gathering):
        _has_begun(gathering)
        came = [
            _came(gathering, one.person, Arrival(Presence(one.presence)), by=by)
            for one in registrations
        ]
        came += [_came(gathering, _newcomer(one, None), one, by=by) for one in walk_ins]
        record_deed("enter who came", gathering, by, note=f"{len(came)} people")
    return len(came)


def take_back(attendance: Attendance, by: Person | None) -> None:
    """The wrong name was tapped."""
    with in_hand(attendance.gathering):
        _not_told_yet(attendance.gathering)
        record_deed("take back a sign-in", attendance.gathering, by)
        attendance.delete()


def tell_numbers(gathering: Gathering, by: Person | None) -> None:
    """Let everybody know how many were there and what they brought; once and for all."""
    with in_hand(gathering):
        if not gathering.is_over():
            raise NotPossible("People may still come. Tell the numbers when it is over.")
        _not_told_yet(gathering)
        answer = tell(gathering)
        if isinstance(answer, Blocked):
            raise NotPossible(answer.why)
        record_deed("tell who was there", gathering, by)


def _came(
    gathering: Gathering, person: Person, arrival: Arrival, *, by: Person | None
) -> Attendance:
    _not_told_yet(gathering)
    return Attendance.objects.get_or_create(
        gathering=gathering,
        person=person,
        defaults={
            "parts": list(arrival.parts) or person.parts,
            "presence": arrival.presence,
            "is_walk_in": not gathering.registrations.coming().filter(person=person).exists(),
            "entered_by": by,
        },
    )[0]


def _newcomer(arrival: Arrival, key: UUID | None) -> Person:
    new = {"name": arrival.name, "parts": list(arrival.parts)}
    if key is None:
        return Person.objects.create(**new)
    return Person.objects.get_or_create(id=key, defaults=new)[0]


def _has_begun(gathering: Gathering) -> None:
    if not gathering.is_published:
        raise NotPossible(f"This gathering is {gathering.get_state_display()}: nobody was there.")
    if timezone.now() < gathering.starts_at - BEFORE:
        raise NotPossible("Nobody can be there yet: the doors open three hours before it begins.")


def _not_told_yet(gathering: Gathering) -> None:
    """Once the counts are out, another person would show as the difference."""
    if is_told(gathering):
        raise NotPossible(
            "The numbers of this gathering have been told. One person more or less would be the "
            "difference to them, so the list stays as it is."
        )
