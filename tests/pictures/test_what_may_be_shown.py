"""A picture is shown where everybody in it allowed it, and where nothing else is missing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.pictures import shown
from coproduce.pictures.actions import showing, telling
from coproduce.pictures.actions.deeds import NotPossible
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.models import Licence, Picture
from coproduce.trust import consent
from coproduce.trust.models import Named, Where
from tests import cast
from tests.pictured import a_photo, a_photo_of, a_shown_photo, again, allow, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def maya() -> Person:
    return Person.objects.create(name="Made-up Maya")


@pytest.fixture
def omar() -> Person:
    return Person.objects.create(name="Made-up Omar")


def why(picture: Picture, where: Where = Where.WEB) -> str:
    return " ".join(shown.why_not(again(picture), where))


def test_a_new_photo_says_all_that_is_missing(day: Gathering) -> None:
    told = why(a_photo(day))
    assert "Say in words what it shows" in told
    assert "Choose its licence" in told
    assert "Say who is in it, or that nobody can be recognised." in told


def test_nobodys_silence_is_a_yes(day: Gathering, maya: Person) -> None:
    assert why(a_photo_of(day, maya)) == "Made-up Maya has not been asked, or has not answered."


def test_it_waits_for_everybody_in_it(day: Gathering, maya: Person, omar: Person) -> None:
    picture = a_photo_of(day, maya, omar)
    allow(day, maya)
    refuse(day, omar)
    assert why(picture) == "Made-up Omar said no, or took it back."
    with pytest.raises(NotPossible, match=r"Made-up Omar said no"):
        showing.let_be_shown(picture, cast.facilitator())
    allow(day, omar)
    showing.let_be_shown(picture, cast.facilitator())
    assert shown.is_shown(again(picture))


def test_a_yes_to_all_pictures_is_none_to_one_that_was_refused(
    day: Gathering, maya: Person
) -> None:
    picture = a_shown_photo(day, maya)
    consent.note(None, person=maya.id, thing=picture.thing, obtained="paper")
    allow(day, maya)
    assert not shown.is_shown(again(picture))


def test_another_channel_is_no_yes_to_this_one(day: Gathering, maya: Person) -> None:
    picture = a_photo_of(day, maya)
    allow(day, maya, Where.REPORT)
    assert why(picture) == "Made-up Maya did not allow it on this website."
    assert why(picture, Where.REPORT) == ""


def test_a_yes_ends_with_its_last_day(day: Gathering, maya: Person) -> None:
    today = timezone.localdate()
    picture = a_photo_of(day, maya)
    allow(day, maya, until=today)
    showing.let_be_shown(picture, None)
    picture = again(picture)
    assert shown.is_shown(picture)
    [later] = consent.bases_for([picture.item], Where.WEB, today=today + timedelta(days=1))
    assert isinstance(later, consent.NotCovered)


def test_whoever_wants_to_see_it_first_sees_it_first(day: Gathering, maya: Person) -> None:
    picture = a_photo_of(day, maya)
    allow(day, maya, show_me_first=True)
    assert why(picture) == "Made-up Maya wants to see it first."


def test_a_crowd_may_be_shown_where_the_room_was_told(day: Gathering) -> None:
    picture = a_photo_of(day, is_crowd=True)
    assert why(picture) == "The room has not been asked, or has not answered."
    allow(day, None)
    assert why(picture) == ""


def test_what_another_gathering_allowed_does_not_count(day: Gathering, maya: Person) -> None:
    allow(cast.a_gathering(slug="another-day"), maya)
    assert why(a_photo_of(day, maya)) != ""


def test_that_nobody_can_be_recognised_is_an_answer_somebody_stands_by(day: Gathering) -> None:
    picture = a_photo_of(day, nobody=True)
    assert picture.nobody_said_by == cast.facilitator().id
    showing.let_be_shown(picture, None)
    [seen] = shown.of(day.thing)
    assert "nobody in it can be recognised" in seen.basis


def test_nobody_and_somebody_cannot_both_be_in_it(day: Gathering, maya: Person) -> None:
    with pytest.raises(NotPossible, match="Both cannot be"):
        telling.say_who(a_photo(day), InIt([maya], nobody=True), cast.facilitator())


@pytest.mark.parametrize("words", ["decorative", "Photo", "  picture. ", "N/A"])
def test_no_word_for_nothing_is_a_description(day: Gathering, words: str) -> None:
    with pytest.raises(NotPossible, match="says nothing to somebody who cannot see it"):
        telling.describe(a_photo(day), Details(words), cast.facilitator())


def test_a_permission_has_somebody_who_gave_it_and_a_day(day: Gathering) -> None:
    details = Details("A hall.", credit="Tess", licence=Licence.PERMISSION)
    with pytest.raises(NotPossible, match="Say who permitted it, and on which day"):
        telling.describe(a_photo(day), details, None)


def test_a_permission_holds_only_where_it_was_given_for(day: Gathering) -> None:
    picture = a_photo_of(day, nobody=True)
    details = Details(
        "A hall.",
        credit="Tess",
        licence=Licence.PERMISSION,
        permitted_by="The Made-up Times",
        permitted_on=date(2026, 3, 2),
        permitted_where=(Where.REPORT,),
    )
    telling.describe(picture, details, None)
    assert why(picture) == "The Made-up Times did not permit it on this website."
    assert why(picture, Where.REPORT) == ""
    assert again(picture).by_permission == (
        "Republished with permission of The Made-up Times on 2 March 2026."
    )


def test_everybody_is_named_as_they_wished(day: Gathering, maya: Person, omar: Person) -> None:
    nell = Person.objects.create(name="Made-up Nell")
    allow(day, maya, named=Named.FULL)
    allow(day, omar, named=Named.FIRST)
    allow(day, nell, named=Named.NOT)
    picture = a_photo_of(day, maya, omar, nell)
    showing.let_be_shown(picture, None)
    [seen] = shown.of(day.thing)
    assert seen.who == "Made-up Maya, Made-up"  # the first word of a name, as it is


def test_what_a_host_did_not_let_be_shown_is_not(day: Gathering) -> None:
    a_photo_of(day, nobody=True)
    assert shown.of(day.thing) == []


def test_many_are_judged_with_as_few_questions_as_one(
    day: Gathering, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        a_shown_photo(day, Person.objects.create(name=f"Person {number}"))
    with django_assert_num_queries(5):  # pictures, renditions, who, people, consents
        assert len(shown.of(day.thing)) == 3
    for number in range(3, 6):
        a_shown_photo(day, Person.objects.create(name=f"Person {number}"))
    with django_assert_num_queries(5):
        assert len(shown.of(day.thing)) == 6
