"""Somebody in a picture sees it before others, by a link that opens it alone."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.models import Gathering, pictures_of
from coproduce.people import everything
from coproduce.people.actions import taking_back
from coproduce.people.models import Person
from coproduce.pictures import first_eyes, shown
from coproduce.pictures.actions import showing
from coproduce.trust import consent
from coproduce.trust.models import Consent
from tests import cast
from tests.pictures.test_forgetting import a_photo_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def maya(day: Gathering) -> Person:
    """She allowed pictures of her on the website, and wants to see each first."""
    person = Person.objects.create(name="Made-up Maya")
    consent.note(
        None,
        person=person.pk,
        thing=pictures_of(day),
        channels=["web"],
        show_me_first=True,
        obtained=Consent.Obtained.PAPER,
    )
    return person


def test_a_picture_waits_for_them_and_opens_for_them_alone(
    client: Client, day: Gathering, maya: Person
) -> None:
    picture = a_photo_of(day, maya)
    [waits] = everything.waiting_for(maya)
    plain, _, key = waits.picture.partition("?")
    assert client.get(waits.picture).status_code == 200
    assert client.get(plain).status_code == 404
    assert client.get(f"{plain}?see=made-up").status_code == 404
    assert not first_eyes.opens(key.removeprefix("see="), a_photo_of(day, maya))  # another one
    assert not shown.is_shown(picture)


def test_once_they_said_yes_a_host_may_let_it_be_shown(day: Gathering, maya: Person) -> None:
    picture = a_photo_of(day, maya)
    taking_back.say_once_seen(maya, picture.thing, True)
    showing.let_be_shown(picture, cast.facilitator())
    assert shown.is_shown(picture)
    assert everything.waiting_for(maya) == []


def test_what_would_change_and_what_is_held_name_the_picture(
    client: Client, day: Gathering, maya: Person
) -> None:
    picture = a_photo_of(day, maya)
    taking_back.say_once_seen(maya, picture.thing, True)
    showing.let_be_shown(picture, cast.facilitator())
    [change] = everything.changes_for(maya)
    assert change.what == picture.description
    told = {each.heading: each.rows for each in everything.chapters_about(maya)}
    assert told["Pictures you are in"] == (("photo", picture.description, True),)
    assert told["What you allowed"][-1][0] == f"A photo: {picture.description}"


def test_a_host_sees_on_the_page_of_consents_that_it_waits(
    client: Client, day: Gathering, maya: Person
) -> None:
    picture = a_photo_of(day, maya)
    host = cast.log_in(client, cast.facilitator())
    page = host.get(reverse("gatherings:consents", args=["the-day"])).content.decode()
    assert "They want to see it first" in page
    assert picture.description in page
