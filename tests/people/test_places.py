"""Where we are: for everybody to read, for a coordinator of the place to change."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from coproduce.gatherings.actions import consenting
from coproduce.people import place_pages
from coproduce.people.models import Place
from coproduce.people.place_pages import Entry, Section
from coproduce.trust.models import LogEntry
from coproduce.web.demo.places import PLACES
from tests import cast

pytestmark = pytest.mark.django_db

WORDS = {
    "about": "We meet in the library.\n\n\n\nEverybody is <b>welcome</b>.",
    "offers": "A room\n\n  Tea  ",
    "needs": "",
    "area_code": "e08000003",
    "population": "552000",
    "latitude": "53.48",
    "longitude": "-2.24",
}


def page(client: Client, name: str = "people:places", *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def on_the_map(place: Place, latitude: float = 53.48, longitude: float = -2.24) -> Place:
    Place.objects.filter(pk=place.pk).update(latitude=latitude, longitude=longitude)
    place.refresh_from_db()
    return place


def test_places_lie_within_each_other_in_the_list(client: Client) -> None:
    cast.manchester()
    first_of_each = re.findall(r'<ul class="tree">\s*<li>\s*<a [^>]+>([^<]+)</a>', page(client))
    assert first_of_each == ["England", "Greater Manchester", "Manchester"]


def test_the_map_links_to_each_place_and_says_in_words_what_it_shows(client: Client) -> None:
    on_the_map(cast.manchester())
    drawn = re.search(r"<svg.*?</svg>", page(client), re.DOTALL)
    assert drawn is not None
    assert f'href="{reverse("people:place", args=["manchester"])}"' in drawn.group()
    assert "A map of England with 1 place of the network: Manchester." in drawn.group()


def test_a_place_with_others_inside_has_no_dot(client: Client) -> None:
    on_the_map(cast.manchester())
    on_the_map(cast.greater_manchester(), 53.5, -2.3)
    assert page(client).count('class="dot"') == 1


def test_without_any_centre_there_is_a_list_and_no_map(client: Client) -> None:
    cast.manchester()
    assert 'class="place-map"' not in page(client)


def test_the_list_needs_one_query_however_many_places(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        cast.place(f"Town {number}", cast.england())
    with django_assert_num_queries(1):
        page(client)


def test_a_name_cannot_break_out_of_the_map(client: Client) -> None:
    on_the_map(Place.objects.create(name="<script>alert(1)</script>", slug="odd"))
    assert "<script>alert" not in page(client)


def test_a_page_says_what_a_place_offers_and_where_it_lies(client: Client) -> None:
    place = cast.manchester()
    Place.objects.filter(pk=place.pk).update(offers="A room\nTea", population=552_000)
    told = page(client, "people:place", "manchester")
    assert "<li>A room</li><li>Tea</li>" in told
    assert "552,000 people" in told
    assert told.index(">England</a>") < told.index(">Greater Manchester</a>")


def test_a_coordinator_changes_what_it_says(client: Client) -> None:
    place = cast.manchester()
    cast.log_in(client, cast.coordinator())
    answer = client.post(reverse("people:place_words", args=["manchester"]), WORDS)
    assert answer.status_code == 302
    place.refresh_from_db()
    assert place.about == "We meet in the library.\n\nEverybody is welcome."
    assert place.offer_lines == ["A room", "Tea"]
    assert (place.area_code, place.population) == ("E08000003", 552_000)
    assert LogEntry.objects.filter(thing=place.thing, deed="describe a place").exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("area_code", "Manchester", "a letter and eight digits"),
        ("population", "many", "in digits"),
        ("latitude", "95", "lies between -90 and 90"),
        ("longitude", "", "needs both numbers"),
        ("about", "x" * 2_001, "2001 characters are too many"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, field: str, typed: str, said: str
) -> None:
    cast.log_in(client, cast.coordinator())
    answer = client.post(reverse("people:place_words", args=["manchester"]), WORDS | {field: typed})
    told = answer.content.decode()
    assert answer.status_code == 200
    assert said in told
    assert 'class="error-summary"' in told
    assert "We meet in the library." in told or field == "about"


def test_only_a_coordinator_sees_the_way_to_change_it(client: Client) -> None:
    cast.manchester()
    way = reverse("people:place_words", args=["manchester"])
    assert way not in page(client, "people:place", "manchester")
    cast.log_in(client, cast.member())
    assert way not in page(client, "people:place", "manchester")
    cast.log_in(client, cast.coordinator())
    assert way in page(client, "people:place", "manchester")


def test_another_room_leaves_a_section(client: Client) -> None:
    def look(request: HttpRequest, place: Place) -> Section:
        return Section("Gatherings", (Entry(f"Tea in {place}", "/tea/"),))

    cast.manchester()
    place_pages.leave_section("tests", look, position=1)
    try:
        assert '<a href="/tea/">Tea in Manchester</a>' in page(client, "people:place", "manchester")
    finally:
        place_pages.take_section_away("tests")


def test_its_conversations_stand_on_its_page_once_they_are_open(client: Client) -> None:
    cast.an_open_conversation(question="What now?")
    cast.a_draft(question="A secret?")
    told = page(client, "people:place", "manchester")
    assert "What now?" in told
    assert "A secret?" not in told


def test_one_coordinate_alone_is_refused_by_the_database() -> None:
    place = cast.manchester()
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Place.objects.filter(pk=place.pk).update(latitude=53.0, longitude=None)


def test_everything_within_a_place_is_found() -> None:
    cast.manchester(), cast.oxfordshire()
    names = {place.name for place in cast.england().with_parts()}
    assert names == {"England", "Greater Manchester", "Manchester", "Oxfordshire"}
    assert [place.name for place in cast.oxfordshire().with_parts()] == ["Oxfordshire"]


def test_each_place_of_the_demo_has_a_code_and_lies_within_one_named_before() -> None:
    before = {""}
    for place in PLACES:
        assert place.within in before
        assert re.fullmatch(r"E\d{8}", place.area_code)
        before.add(place.name)
    assert len({place.area_code for place in PLACES}) == len(PLACES)


def test_its_page_shows_the_insights_that_everybody_may_read_and_where_they_were_drawn() -> None:
    gathering = cast.a_gathering(title="A day about buses")
    insight = cast.an_insight(gathering, "Nobody asked us first.", "We read it in the gazette.")
    page = Client().get("/places/manchester/").content.decode()
    assert "Nobody asked us first." not in page
    consenting.show_insights(gathering, None)
    page = Client().get("/places/manchester/").content.decode()
    assert f'#insight-{insight.pk}">Nobody asked us first.</a>' in page
    assert "A day about buses" in page
    assert "gazette" not in page
