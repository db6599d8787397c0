"""One's own registration, changed by its code: name, need, diet, and how one is reached."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import registering
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.registering import Changes
from coproduce.gatherings.models import Registration
from coproduce.people.models import Channel, Reach
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Nadia B",
    "channel": "sms",
    "address": "07700 900123",
    "need": "A seat near the door",
    "need_may_be_shared": "on",
    "diet": "Nuts",
}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def registration() -> Registration:
    way = (Channel.EMAIL, "nadia@example.org")
    return cast.a_registration(cast.a_gathering(), reach=way, need="Large print")


def page(registration: Registration) -> str:
    return reverse("gatherings:coming_change", args=[registration.code])


def test_it_shows_what_was_told_before(registration: Registration) -> None:
    shown = Client().get(page(registration)).content.decode()
    for told in ("Nadia", "nadia@example.org", "Large print"):
        assert told in shown


def test_it_changes_who_they_are_what_they_need_and_how_they_are_reached(
    registration: Registration,
) -> None:
    told = Client().post(page(registration), TYPED, follow=True).content.decode()
    assert "It is kept as you have it now." in told
    registration.refresh_from_db()
    assert registration.person.name == "Nadia B"
    assert registration.reach is not None
    assert (registration.reach.channel, registration.reach.address) == ("sms", "07700900123")
    assert registration.diet == "Nuts"
    [need] = registration.person.access_needs.all()
    assert (need.words, need.may_be_shared) == ("A seat near the door", True)


def test_an_address_that_nothing_goes_to_any_more_is_forgotten(registration: Registration) -> None:
    Client().post(page(registration), TYPED)
    assert not Reach.objects.filter(address="nadia@example.org").exists()


def test_what_is_left_empty_is_taken_out(registration: Registration) -> None:
    Client().post(page(registration), {"name": "", "channel": "", "need": "", "diet": ""})
    registration.refresh_from_db()
    assert registration.person.name == ""
    assert registration.reach is None
    assert not registration.person.access_needs.exists()


def test_an_address_that_cannot_be_one_is_asked_for_again(registration: Registration) -> None:
    shown = Client().post(page(registration), {**TYPED, "address": "no number"}).content.decode()
    assert "Type your mobile number" in shown
    assert "A seat near the door" in shown


def test_of_somebody_with_an_account_a_code_changes_this_registration_alone() -> None:
    registration = cast.a_registration(cast.a_gathering(), cast.member(), need="Large print")
    shown = Client().get(page(registration)).content.decode()
    assert "sign in to change them" in shown
    assert "Large print" not in shown
    Client().post(page(registration), TYPED)
    registration.refresh_from_db()
    assert registration.person.name == "Amina"
    assert registration.person.access_needs.get().words == "Large print"
    assert registration.diet == "Nuts"


def test_what_is_cancelled_is_not_changed(registration: Registration) -> None:
    registering.cancel(registration)
    with pytest.raises(NotPossible, match="There is nothing to change any more"):
        registering.change(registration, Changes(name="Nobody"))


def test_the_log_says_that_it_was_changed_and_never_what(registration: Registration) -> None:
    Client().post(page(registration), TYPED)
    assert LogEntry.objects.get(deed="change a registration").note == ""


def test_a_wrong_code_leads_to_the_form_for_codes() -> None:
    assert Client().get("/coming/BCDFGHJK/change/").status_code == 404
