"""Pictures of every story: photos with nobody in them, with somebody, with all that they need."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from coproduce.gatherings.models import Gathering, pictures_of
from coproduce.people.models import Person
from coproduce.pictures.actions import bringing_in, showing, telling
from coproduce.pictures.actions.bringing_in import Belongs
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.models import Licence, Picture
from coproduce.trust import consent
from coproduce.trust.models import Consent, Where
from tests import cast

Committed = Callable[[], AbstractContextManager[None]]  # the fixture that runs what waits


def belongs_to(gathering: Gathering) -> Belongs:
    return Belongs(gathering.place, gathering.thing)


def a_photo(gathering: Gathering) -> Picture:
    """A photo that somebody has just brought in."""
    return bringing_in.bring_in_photos(belongs_to(gathering), [cast.a_jpeg()], cast.facilitator())[
        0
    ]


def a_photo_of(gathering: Gathering, *people: Person, **in_it: bool) -> Picture:
    """A photo with all that it needs but the answers of those who are in it."""
    picture = a_photo(gathering)
    details = Details("Two people at a table.", credit="Femi", licence=Licence.CC_BY)
    telling.describe(picture, details, cast.facilitator())
    telling.say_who(picture, InIt(people, **in_it), cast.facilitator())
    return again(picture)


def a_shown_photo(gathering: Gathering, *people: Person) -> Picture:
    """A photo that everybody sees: nobody is in it, or these people, who all said yes."""
    for person in people:
        allow(gathering, person)
    picture = a_photo_of(gathering, *people, nobody=not people)
    showing.let_be_shown(picture, cast.facilitator())
    return again(picture)


def allow(gathering: Gathering, person: Person | None, *where: Where, **fields: Any) -> Consent:
    """The answer of a person, or of a room that was told, about pictures of a gathering."""
    fields.setdefault("obtained", "paper" if person else "procedure")
    return consent.note(
        None,
        person=person.id if person else None,
        thing=pictures_of(gathering),
        channels=[each.value for each in where or (Where.WEB,)],
        **fields,
    )


def refuse(gathering: Gathering, person: Person) -> None:
    consent.note(None, person=person.id, thing=pictures_of(gathering), obtained="paper")


def again(picture: Picture) -> Picture:
    """The picture as the database has it now."""
    return Picture.objects.with_files().get(pk=picture.pk)


def address_of(picture: Picture) -> str:
    """The address of one of its renditions."""
    return str(picture.photo.renditions.get(filter_spec="width-400|format-webp").url)
