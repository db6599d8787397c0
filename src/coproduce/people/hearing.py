"""One tap to hear from a place, and one tap to stop: signed links that need no account.

The link is the authority: it was sent to the person's own address, and opens nothing else.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from coproduce.people.models import Person, Place

STOP, START = "coproduce.people.stop", "coproduce.people.start"


def token(person: Person, place: Place, *, to: str) -> str:
    return signing.dumps([person.pk.hex, place.pk], salt=to)


def who_and_where(signed: str, *, to: str) -> tuple[Person, Place] | None:
    """The person and the place of a link of ours; nothing for any other."""
    try:
        person, place = signing.loads(signed, salt=to)
        return Person.objects.get(pk=UUID(person)), Place.objects.get(pk=place)
    except (signing.BadSignature, Person.DoesNotExist, Place.DoesNotExist):
        return None


def stop_link(person: Person, place: Place) -> str:
    return f"{settings.BASE_URL}{reverse('people:stop', args=[token(person, place, to=STOP)])}"


def start_link(person: Person, place: Place) -> str:
    return f"{settings.BASE_URL}{reverse('people:start', args=[token(person, place, to=START)])}"
