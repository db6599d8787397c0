"""What somebody told of themselves is theirs to take back."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.people.actions import hearing
from coproduce.people.models import Channel, Membership, Person, Reach
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client: Client) -> Person:
    person = cast.member()
    cast.log_in(client, person)
    return person


def test_a_name_can_be_changed_and_taken_away(client: Client, amina: Person) -> None:
    for typed, kept in (("Mina <i>B</i>", "Mina B"), ("", "")):
        client.post("/me/words/", {"name": typed, "parts": ["carer"]})
        amina.refresh_from_db()
        assert (amina.name, amina.parts) == (kept, ["carer"])


def test_a_way_to_reach_them_is_forgotten(client: Client, amina: Person) -> None:
    reach = Reach.objects.create(person=amina, channel=Channel.SMS, address="+447700900123")
    assert "+447700900123" in client.get("/me/").content.decode()
    client.post(reverse("people:way_gone", args=[reach.pk]))
    assert not Reach.objects.exists()


def test_a_member_leaves_a_place_and_hears_no_more_from_it(client: Client, amina: Person) -> None:
    hearing.start(amina, cast.manchester(), source="a test")
    client.post(reverse("people:place_left", args=[amina.memberships.get().pk]))
    assert not amina.memberships.current().exists()
    assert not amina.hearings.current().exists()


def test_who_looks_after_a_place_does_not_leave_it_by_a_tap(client: Client) -> None:
    cora = cast.coordinator()
    cast.log_in(client, cora)
    left = reverse("people:place_left", args=[cora.memberships.get().pk])
    assert client.post(left).status_code == 404
    assert cora.memberships.current().exists()


def test_nobody_forgets_or_leaves_for_another(client: Client, amina: Person) -> None:
    reach = Reach.objects.create(person=amina, channel=Channel.SMS, address="+447700900123")
    cast.log_in(client, cast.coordinator())
    assert client.post(reverse("people:way_gone", args=[reach.pk])).status_code == 404
    membership = Membership.objects.get(person=amina)
    assert client.post(reverse("people:place_left", args=[membership.pk])).status_code == 404
    assert Reach.objects.exists()
