"""What somebody needs is sealed, theirs to change, and seen by others only as they allow."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.urls import reverse

from coproduce.people.models import AccessNeed, Person
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/me/needs/"
WORDS = "A seat near the door"


@pytest.fixture
def amina(client: Client) -> Person:
    person = cast.member()
    cast.log_in(client, person)
    return person


def coordinators_page(client: Client, who: Person | None = None) -> str:
    cast.log_in(client, who or cast.coordinator())
    answer = client.get(reverse("people:place_needs", args=["manchester"]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_sealed_in_the_database_and_readable_on_their_page(
    client: Client, amina: Person
) -> None:
    client.post(PAGE, {"words": WORDS})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM people_accessneed")
        [[raw]] = cursor.fetchall()
    assert b"door" not in bytes(raw)
    assert WORDS in client.get(PAGE).content.decode()


def test_it_needs_words(client: Client, amina: Person) -> None:
    for typed in ("", "<i></i>"):
        assert "in your own words" in client.post(PAGE, {"words": typed}).content.decode()
    assert "1001 characters" in client.post(PAGE, {"words": "x" * 1001}).content.decode()
    assert not AccessNeed.objects.exists()


def test_a_coordinator_sees_only_what_may_be_shared(client: Client, amina: Person) -> None:
    client.post(PAGE, {"words": WORDS, "may_be_shared": "on"})
    client.post(PAGE, {"words": "Only for me"})
    told = coordinators_page(client)
    assert WORDS in told
    assert "Only for me" not in told


def test_each_look_is_in_the_log_without_any_words(client: Client, amina: Person) -> None:
    client.post(PAGE, {"words": WORDS, "may_be_shared": "on"})
    coordinators_page(client)
    coordinators_page(client)
    looks = LogEntry.objects.filter(deed="see access needs", thing=cast.manchester().thing)
    assert [look.actor for look in looks] == [cast.coordinator().pk] * 2
    assert all("door" not in f"{entry.deed}{entry.note}" for entry in LogEntry.objects.all())


def test_members_of_another_place_are_not_on_the_page(client: Client) -> None:
    owen = cast.wrong_place_facilitator()
    AccessNeed.objects.create(person=owen, words="Large letters", may_be_shared=True)
    assert "Large letters" not in coordinators_page(client)
    assert "Large letters" in coordinators_page_of_oxfordshire(client)


def coordinators_page_of_oxfordshire(client: Client) -> str:
    cast.log_in(client, cast.convenor())
    return client.get(reverse("people:place_needs", args=["oxfordshire"])).content.decode()


def test_it_can_be_changed_reviewed_and_taken_back(client: Client, amina: Person) -> None:
    client.post(PAGE, {"words": WORDS, "may_be_shared": "on"})
    need = AccessNeed.objects.get()
    client.post(reverse("people:you_need", args=[need.pk]), {"words": "Two seats"})
    need = AccessNeed.objects.get()
    assert (need.words, need.may_be_shared) == ("Two seats", False)
    AccessNeed.objects.update(reviewed_at=None)
    client.post(reverse("people:needs_reviewed"))
    assert AccessNeed.objects.get().reviewed_at is not None
    client.post(reverse("people:need_gone", args=[need.pk]))
    assert not AccessNeed.objects.exists()


@pytest.mark.parametrize("deed", ["you_need", "need_gone"])
def test_nobody_touches_the_need_of_another(client: Client, amina: Person, deed: str) -> None:
    need = AccessNeed.objects.create(person=amina, words=WORDS, may_be_shared=True)
    cast.log_in(client, cast.coordinator())
    answer = client.post(reverse(f"people:{deed}", args=[need.pk]), {"words": "x"})
    assert answer.status_code == 404
    assert AccessNeed.objects.get().words == WORDS


def test_without_its_key_the_page_says_so_and_the_entry_can_be_taken_out(
    client: Client, amina: Person, settings: LazySettings, tmp_path: object
) -> None:
    need = AccessNeed.objects.create(person=amina, words=WORDS)
    settings.KEY_FOLDER = tmp_path
    assert "cannot be opened any more" in client.get(PAGE).content.decode()
    client.post(reverse("people:need_gone", args=[need.pk]))
    assert not AccessNeed.objects.exists()
