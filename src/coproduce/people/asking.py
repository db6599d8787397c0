"""Somebody asks to be erased, and is not signed in: by a code, or on the phone.

A code may lie on a table, and hosts see it. So whoever asks by one is asked once more by their own
way, where there is one; else a coordinator of a place that knows them decides as a second person.
On the phone a coordinator asks for them, and another one agrees.
"""

from datetime import timedelta
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from coproduce.people import channels, everything
from coproduce.people.actions import erasing
from coproduce.people.actions.erasing import Erased
from coproduce.people.channels import Message, Outcome
from coproduce.people.limits import Limit
from coproduce.people.models import Person, Place
from coproduce.trust import second_person
from coproduce.trust.models import Request

ERASE = "erase a person"
LINK_HOLDS = timedelta(days=3)
SALT = "coproduce.people.erase"
BY_CODE = "They asked for it themselves, with their code."
LINKS = Limit("links to be erased", most=3, seconds=86_400)


class Asked(Enum):
    """How it goes on once somebody asked by a code."""

    LINK = "a link was sent to their own address"
    COORDINATOR = "a coordinator is asked, as a second person"


def ask_by_code(person: Person) -> Asked:
    """Ask them once more by their own way; where that is not possible, a coordinator."""
    if not LINKS.take(str(person.pk)):
        return Asked.LINK  # the last ones still hold; nobody's box is filled by a code on a table
    if channels.tell(person, _message(person)) is Outcome.SENT:
        return Asked.LINK
    second_person.ask(ERASE, thing_of(person), why=BY_CODE, by=person.id)
    return Asked.COORDINATOR


def ask_for(person: Person, by: Person, why: str) -> Request:
    """A coordinator asks because somebody rang, wrote or came by."""
    return second_person.ask(ERASE, thing_of(person), why=why, by=by.id)


def agree(request: Request, by: Person) -> Erased:
    """The second person's yes, and the deed with it."""
    person = person_of(request)
    second_person.agree(request, by=by.id)
    return erasing.erase(person, by=by)


def requests_in(place: Place) -> list[tuple[Request, Person]]:
    """Who asks to be erased, is known in this place, and is still here.

    Also where it was agreed to already: an erasure that broke off is taken up by the next yes.
    """
    asked = Request.objects.filter(deed=ERASE)
    found = [(each, Person.objects.filter(pk=_id(each)).first()) for each in asked]
    return [
        (each, person)
        for each, person in found
        if person is not None and second_person.stands(each) and is_known_in(person, place)
    ]


def is_known_in(person: Person, place: Place) -> bool:
    """Whether somebody is known in a place or a part of it."""
    parts = {part.pk for part in place.with_parts()}
    return bool(parts & everything.places_of(person))


def person_of(request: Request) -> Person:
    return Person.objects.get(pk=_id(request))


def thing_of(person: Person) -> str:
    return f"person:{person.pk}"


def whose_link(token: str) -> Person | None:
    """The person whose link this is, while it holds."""
    try:
        opaque = signing.loads(token, salt=SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=UUID(opaque)).first()


def link_for(person: Person) -> str:
    token = signing.dumps(person.pk.hex, salt=SALT)
    return f"{settings.BASE_URL}{reverse('people:erase_link', args=[token])}"


def _message(person: Person) -> Message:
    return Message(
        "Shall we erase all that we know of you?",
        "Somebody with your code asked us to erase everything about you. If that was you, open "
        f"this link within {LINK_HOLDS.days} days and say that you are sure:\n\n"
        f"{link_for(person)}\n\nIf it was not you, do nothing, and nothing happens.",
    )


def _id(request: Request) -> UUID:
    return UUID(request.thing.partition(":")[2])
