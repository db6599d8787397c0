"""Where members belong, and who spreads practice in a place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.people.models import Affiliation, Champion, Organisation
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/me/organisations/"
OXFORD = "https://ror.org/052gg0110"


def belong(client: Client, **typed: str) -> str:
    return client.post(PAGE, typed, follow=True).content.decode()


def champions(client: Client, **typed: object) -> str:
    page = reverse("people:place_champions", args=["manchester"])
    return client.post(page, typed, follow=True).content.decode()


def place_page(client: Client) -> str:
    return client.get(reverse("people:place", args=["manchester"])).content.decode()


def test_a_member_says_where_they_belong(client: Client) -> None:
    cast.log_in(client, cast.member())
    belong(client, name="University of Oxford", ror_id="ror.org/052GG0110", since="2020-02-01")
    affiliation = Affiliation.objects.get()
    assert affiliation.organisation.ror_id == OXFORD
    assert affiliation.since == date(2020, 2, 1)


def test_two_members_of_one_organisation_name_it_once(client: Client) -> None:
    for who in (cast.member(), cast.facilitator()):
        cast.log_in(client, who)
        belong(client, name="The Kettle Club" if who.name == "Amina" else "the kettle club")
    assert Organisation.objects.count() == 1
    assert Affiliation.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Write the name"),
        ({"name": "Oxford", "ror_id": "052gg0111"}, "is wrong. Copy it once more"),
        ({"name": "Oxford", "ror_id": "Oxford"}, "looks like https://ror.org/052gg0110"),
        ({"name": "Oxford", "since": "2099-01-01"}, "still to come"),
    ],
)
def test_it_says_what_is_wrong(client: Client, typed: dict[str, str], said: str) -> None:
    cast.log_in(client, cast.member())
    assert said in belong(client, **typed)
    assert not Organisation.objects.exists()


def test_the_same_organisation_twice_is_refused_with_a_sentence(client: Client) -> None:
    cast.log_in(client, cast.member())
    belong(client, name="The Kettle Club")
    assert "about The Kettle Club already" in belong(client, name="The Kettle Club")


def test_whoever_left_was_there_until_then(client: Client) -> None:
    cast.log_in(client, cast.member())
    belong(client, name="The Kettle Club", since="2020-02-01")
    affiliation = Affiliation.objects.get()
    client.post(reverse("people:affiliation_over", args=[affiliation.pk]))
    affiliation.refresh_from_db()
    assert affiliation.until is not None
    assert not Affiliation.objects.current().exists()


def test_nobody_ends_what_another_said(client: Client) -> None:
    cast.log_in(client, cast.member())
    belong(client, name="The Kettle Club")
    cast.log_in(client, cast.coordinator())
    over = reverse("people:affiliation_over", args=[Affiliation.objects.get().pk])
    assert client.post(over).status_code == 404


def test_a_champion_is_named_only_after_their_own_yes(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, cast.coordinator())
    champions(client, person=amina.pk)
    assert "Amina" not in place_page(client)
    cast.log_in(client, amina)
    champion = Champion.objects.get()
    client.post(reverse("people:champion_named", args=[champion.pk]), {"named": "yes"})
    assert "Amina" in place_page(client)
    client.post(reverse("people:champion_named", args=[champion.pk]), {"named": "no"})
    assert "Amina" not in place_page(client)


def test_a_coordinator_cannot_say_yes_for_them(client: Client) -> None:
    champion = Champion.objects.create(person=cast.member(), place=cast.manchester())
    cast.log_in(client, cast.coordinator())
    named = reverse("people:champion_named", args=[champion.pk])
    assert client.post(named, {"named": "yes"}).status_code == 404


def test_only_members_of_the_place_can_be_its_champions(client: Client) -> None:
    owen = cast.wrong_place_facilitator()
    cast.log_in(client, cast.coordinator())
    assert "Choose a member from the list" in champions(client, person=owen.pk)
    assert not Champion.objects.exists()


def test_a_champion_ends_in_their_place_alone(client: Client) -> None:
    champion = Champion.objects.create(person=cast.member(), place=cast.oxfordshire())
    cast.log_in(client, cast.coordinator())
    over = reverse("people:champion_over", args=["manchester", champion.pk])
    cast.manchester()
    assert client.post(over).status_code == 404
    Champion.objects.update(place=cast.manchester())
    assert client.post(over).status_code == 302
    assert not Champion.objects.current().exists()


def test_the_database_holds_one_organisation_for_each_identifier() -> None:
    Organisation.objects.create(name="One", ror_id=OXFORD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="Other", ror_id=OXFORD)
    Organisation.objects.create(name="None")
    Organisation.objects.create(name="None either")


def test_what_is_known_of_somebody_stands_on_their_page(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    belong(client, name="The Kettle Club")
    told = client.get("/me/").content.decode()
    assert "Member in" in told
    assert "The Kettle Club" in told
    assert "You have not agreed to the principles" in told
