"""Nobody stands in the directory but who said so, and only members read it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from coproduce.people.models import Channel, Listing, Membership, Person, Reach, Role
from tests import cast

pytestmark = pytest.mark.django_db

DIRECTORY = "/people/"
MINE = "/me/directory/"


def read(client: Client, **asked: object) -> str:
    return client.get(DIRECTORY, asked).content.decode()


def listed(name: str, *, offer: str = "", parts: tuple[str, ...] = (), where: str = "") -> Person:
    person = Person.objects.create(name=name, parts=list(parts))
    place = cast.oxfordshire() if where == "oxfordshire" else cast.manchester()
    Membership.objects.create(person=person, place=place, role=Role.MEMBER)
    Listing.objects.create(person=person, offer=offer)
    return person


@pytest.fixture
def reader(client: Client) -> Client:
    return cast.log_in(client, cast.member())


def test_a_stranger_is_asked_to_sign_in_and_no_engine_keeps_it(client: Client) -> None:
    listed("Bea")
    answer = client.get(DIRECTORY)
    assert answer.status_code == 302
    assert "Disallow: /people/" in client.get("/robots.txt").content.decode()
    cast.log_in(client, cast.member())
    assert client.get(DIRECTORY).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_whoever_is_signed_in_and_no_member_joins_first(client: Client) -> None:
    cast.log_in(client, cast.admin())
    assert client.get(DIRECTORY).status_code == 403


def test_nobody_is_found_until_they_say_so(reader: Client) -> None:
    assert "Amina" not in read(reader)
    reader.post(MINE, {"found": "yes", "offer": "I can <b>sign</b>."})
    assert "Amina" in read(reader)
    assert "I can sign." in read(reader)
    reader.post(MINE, {"gone": "yes"})
    assert "Amina" not in read(reader)


def test_who_has_no_name_cannot_be_found(reader: Client) -> None:
    Person.objects.filter(name="Amina").update(name="")
    answer = reader.post(MINE, {"found": "yes", "offer": ""}, follow=True)
    assert "Give yourself a name first" in answer.content.decode()
    assert not Listing.objects.exists()


def test_it_never_shows_how_somebody_is_reached(reader: Client) -> None:
    bea = listed("Bea")
    Reach.objects.create(person=bea, channel=Channel.SMS, address="+447700900123")
    assert "Bea" in read(reader)
    assert "7700" not in read(reader)


def test_it_is_filtered_by_place_and_what_lies_within(reader: Client) -> None:
    listed("Bea"), listed("Otto", where="oxfordshire")
    around = read(reader, place=cast.greater_manchester().pk)
    assert ("Bea" in around, "Otto" in around) == (True, False)


def test_it_is_filtered_by_part_and_by_offer(reader: Client) -> None:
    listed("Bea", parts=("carer",), offer="Tea and a room")
    listed("Otto", parts=("researcher", "trainer"), offer="A ROOM with a view")
    carers = read(reader, part="carer")
    assert ("Bea" in carers, "Otto" in carers) == (True, False)
    rooms = read(reader, offer="room view")
    assert ("Bea" in rooms, "Otto" in rooms) == (False, True)


@pytest.mark.parametrize(
    "asked", [{"part": "boss"}, {"place": "x"}, {"page": "-1"}, {"offer": "\0"}]
)
def test_an_odd_question_gets_an_answer_all_the_same(reader: Client, asked: dict[str, str]) -> None:
    assert reader.get(DIRECTORY, asked).status_code == 200


def test_it_is_paged_and_keeps_what_was_asked(reader: Client) -> None:
    for number in range(30):
        listed(f"Bea {number:02}", parts=("carer",))
    first, second = read(reader, part="carer"), read(reader, part="carer", page=2)
    assert ("Bea 23" in first, "Bea 24" in first) == (True, False)
    assert "Bea 24" in second
    assert "?part=carer&amp;page=2" in first


def test_it_asks_as_much_of_the_database_for_many_as_for_few(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    listed("Bea")
    with django_assert_num_queries(10):
        read(reader)
    for number in range(40):
        listed(f"Otto {number}")
    with django_assert_num_queries(10):
        read(reader)


def test_the_way_to_it_stands_on_the_page_about_oneself(reader: Client) -> None:
    assert reverse("people:you_directory") in reader.get("/me/").content.decode()
