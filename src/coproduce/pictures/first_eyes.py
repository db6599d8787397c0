"""Somebody in a picture looks at it before others: by a link of an hour, which opens it alone."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from coproduce.people.models import Person
from coproduce.pictures.models import Picture

HOLDS = timedelta(hours=1)


def key_for(person: Person, picture: Picture) -> str:
    return signing.dumps(person.pk.hex, salt=picture.thing)


def opens(key: str, picture: Picture) -> bool:
    """Whether this key was made for somebody who is in the picture, not long ago."""
    try:
        opaque = signing.loads(key, salt=picture.thing, max_age=HOLDS)
    except signing.BadSignature:
        return False
    return UUID(opaque) in {each.person_id for each in picture.shown.all()}
