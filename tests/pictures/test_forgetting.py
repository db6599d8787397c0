"""Whoever is erased is in no picture any more, and no picture of theirs stays because of it."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from coproduce.gatherings.models import Gathering
from coproduce.people.actions import erasing
from coproduce.people.models import Person
from coproduce.pictures import shown
from coproduce.pictures.actions import showing, telling
from coproduce.pictures.actions.deeds import NotPossible
from coproduce.pictures.actions.forgetting import take_person_out
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.models import Licence, Picture, Shown
from coproduce.trust.models import LogEntry
from tests import cast
from tests.pictured import Committed, a_photo_of, a_shown_photo, address_of, again, allow

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def maya() -> Person:
    return Person.objects.create(name="Made-up Maya")


def files_in(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def test_a_picture_of_them_alone_goes_with_all_its_files(
    day: Gathering, maya: Person, committed: Committed, a_folder_of_its_own: Path
) -> None:
    with committed():
        picture = a_shown_photo(day, maya)
    address = address_of(picture)
    assert files_in(a_folder_of_its_own)
    with committed():
        done = take_person_out(maya)
    assert done.deleted == (str(picture.pk),)
    assert not files_in(a_folder_of_its_own)
    assert Client().get(address).status_code == 410


def test_one_that_was_never_shown_leaves_no_row(day: Gathering, maya: Person) -> None:
    a_photo_of(day, maya)
    take_person_out(maya)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("with_whom", ["another", "a crowd"])
def test_a_picture_with_others_is_taken_off_and_listed(
    day: Gathering, maya: Person, with_whom: str
) -> None:
    others = [Person.objects.create(name="Made-up Omar")] if with_whom == "another" else []
    for person in (maya, *(others or [None])):
        allow(day, person)
    picture = a_photo_of(day, maya, *others, is_crowd=not others)
    showing.let_be_shown(picture, None)
    done = take_person_out(maya)
    assert (done.deleted, done.taken_off) == ((), (str(picture.pk),))
    assert Client().get(address_of(picture)).status_code == 410
    [waiting] = shown.not_yet([again(picture)])
    assert "wants to be in no picture any more" in " ".join(waiting.why)


def test_it_cannot_be_shown_again_as_it_is(day: Gathering, maya: Person) -> None:
    omar = Person.objects.create(name="Made-up Omar")
    picture = a_shown_photo(day, maya, omar)
    take_person_out(maya)
    with pytest.raises(NotPossible, match="wants to be in no picture any more"):
        showing.let_be_shown(picture, cast.facilitator())
    telling.say_who(picture, InIt([omar]), cast.facilitator())  # cut out, or out of sight
    showing.let_be_shown(picture, cast.facilitator())


def test_their_name_leaves_what_is_written_beside_pictures(day: Gathering, maya: Person) -> None:
    picture = a_photo_of(day, nobody=True)
    details = Details(
        "What made-up maya drew.", "Drawn by Made-up Maya.", "Made-up Maya", Licence.CC_BY
    )
    telling.describe(picture, details, None)
    erasing.erase(maya)
    kept = again(picture)
    assert (kept.description, kept.caption, kept.credit) == (
        "What somebody drew.",
        "Drawn by somebody.",
        "somebody",
    )


def test_nobody_can_be_erased_while_a_picture_shows_them(day: Gathering, maya: Person) -> None:
    a_photo_of(day, maya)
    with pytest.raises(ProtectedError):
        maya.delete()
    take_person_out(maya)
    maya.delete()
    assert not Shown.objects.exists()


def test_whoever_brought_pictures_in_leaves_them(day: Gathering) -> None:
    picture = a_shown_photo(day)
    take_person_out(cast.facilitator())
    assert again(picture).brought_by is None
    assert shown.is_shown(again(picture))


def test_each_picture_has_its_entry_in_the_log(day: Gathering, maya: Person) -> None:
    for _ in range(2):
        a_photo_of(day, maya)
    take_person_out(maya)
    assert LogEntry.objects.filter(deed="take somebody out of a picture").count() == 2


def test_it_asks_nothing_where_there_is_nothing(
    maya: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        take_person_out(maya)
