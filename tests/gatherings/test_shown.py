"""What everybody sees of gatherings, in the browser, in search engines and in calendars."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from coproduce.gatherings import calendar
from coproduce.gatherings.actions import hosting
from coproduce.gatherings.models import Gathering, Speaker, State
from coproduce.gatherings.when import moment
from tests import cast

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/made-up"


def event_on(page: str) -> dict[str, object]:
    """The schema.org event that a page carries."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found, "the page carries no event"
    event: dict[str, object] = json.loads(found[1])
    return event


def events_in(content: bytes) -> list[dict[str, object]]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_list_shows_what_is_next_and_what_was_and_never_a_draft(client):
    month = timedelta(days=30)
    cast.a_gathering(title="The next one")
    cast.a_gathering(title="The last one", starts_at=timezone.now() - month)
    cast.a_gathering(title="A secret", state=State.DRAFT)

    page = client.get("/gatherings/")

    before, _, after = page.content.decode().partition("What was")
    assert "The next one" in before
    assert "The last one" in after
    assertNotContains(page, "A secret")


def test_the_list_of_a_place_takes_in_the_places_within_it(client):
    cast.a_gathering(title="In the city")
    cast.a_gathering(title="Elsewhere", place=cast.oxfordshire())

    for slug, wanted, other in (
        ("greater-manchester", "In the city", "Elsewhere"),
        ("oxfordshire", "Elsewhere", "In the city"),
    ):
        page = client.get(f"/gatherings/?place={slug}")
        assertContains(page, wanted)
        assertNotContains(page, other)
    assertContains(client.get("/gatherings/?place=england"), "Elsewhere")
    assertContains(client.get("/gatherings/?place=nowhere"), "In the city")


def test_the_list_asks_as_often_for_thirty_as_for_one(client, django_assert_num_queries):
    for number in range(30):
        place = cast.place(f"Town {number}", cast.greater_manchester())
        cast.a_gathering(title=f"Number {number}", place=place)

    with django_assert_num_queries(4):  # all places, those with gatherings, next ones, past ones
        client.get("/gatherings/")


def test_the_page_tells_everything_but_the_link_to_join(client):
    gathering = cast.a_gathering(
        setting="both",
        purpose="To learn <b>from</b> each other.",
        getting_in="The door on the left.",
        provided=["hearing loop"],
        provided_words="A dog bowl",
        hashtag="MadeUpDay",
        join_link=LINK,
    )
    hosting.add_item(
        gathering,
        None,
        starts_at=gathering.starts_at,
        minutes=20,
        title="Welcome",
        speakers=[hosting.Named("Made-up Mo", "lives with dementia")],
    )

    page = client.get(f"/gatherings/{gathering.slug}/")

    for words in (
        "To learn &lt;b&gt;from&lt;/b&gt; each other.",
        "The door on the left.",
        "Hearing loop",
        "A dog bowl",
        "#MadeUpDay",
        "Welcome",
        "Made-up Mo",
        "lives with dementia",
    ):
        assertContains(page, words)
    assertNotContains(page, LINK)


def test_search_engines_read_the_same_and_not_the_link(client):
    gathering = cast.a_gathering(
        title="One </script><script>alert(1)</script> & more",
        setting="both",
        hosts="Made-up Network\nInvented Trust",
        join_link=LINK,
        starts_at=moment(date(2027, 7, 1), time(10)),
    )
    Speaker.objects.create(item=cast.a_part_of(gathering, "Welcome"), name="Made-up Mo")

    page = client.get(f"/gatherings/{gathering.slug}/").content.decode()
    event = event_on(page)

    assert event["@type"] == "Event"
    assert event["name"] == gathering.title
    assert event["startDate"] == "2027-07-01T09:00:00+00:00"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert [one["@type"] for one in event["location"]] == ["Place", "VirtualLocation"]
    assert [one["name"] for one in event["organizer"]] == ["Made-up Network", "Invented Trust"]
    assert event["performer"] == [{"@type": "Person", "name": "Made-up Mo"}]
    assert LINK not in page
    assert "<script>alert" not in page


def test_search_engines_hear_that_it_is_cancelled(client):
    gathering = cast.a_gathering()
    hosting.cancel(gathering, "", by=None)

    event = event_on(client.get(f"/gatherings/{gathering.slug}/").content.decode())

    assert event["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_calendar_file_says_when_by_the_clock_of_each_season(client):
    for day, hour in ((date(2027, 1, 14), 18), (date(2027, 7, 15), 17)):
        gathering = cast.a_gathering(starts_at=moment(day, time(18)))
        answer = client.get(f"/gatherings/{gathering.slug}.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert f"DTSTART:{day:%Y%m%d}T{hour}0000Z".encode() in answer.content


def test_a_calendar_replaces_what_it_had_by_one_uid_and_a_growing_sequence(client):
    gathering = cast.a_gathering()
    address = f"/gatherings/{gathering.slug}.ics"
    [before] = events_in(client.get(address).content)
    kept = vars(hosting.Details.of(gathering))
    hosting.edit(gathering, hosting.Details(**(kept | {"venue": "Another hall"})), by=None)
    [changed] = events_in(client.get(address).content)
    hosting.cancel(gathering, "", by=None)
    [cancelled] = events_in(client.get(address).content)

    assert before["UID"] == changed["UID"] == cancelled["UID"] == str(gathering.id)
    assert [one["SEQUENCE"] for one in (before, changed, cancelled)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (changed, cancelled)] == ["CONFIRMED", "CANCELLED"]


def test_the_calendar_file_is_folded_and_escaped_and_reads_back():
    gathering = cast.a_gathering(
        title="Commas, semicolons; backslashes \\ and “quotes” 🎈",
        purpose=f"One line\nand another: {'very long words ' * 20}é",
    )

    content = calendar.of_gatherings([gathering])
    [event] = events_in(content)

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert rb"Commas\, semicolons\; backslashes \\" in content.replace(b"\r\n ", b"")
    assert event["SUMMARY"] == gathering.title
    assert gathering.purpose in event["DESCRIPTION"]
    for needed in (b"PRODID:", b"VERSION:2.0", b"DTSTAMP:"):
        assert needed in content


def test_the_feed_of_a_place_has_its_gatherings_and_those_within(client):
    cast.a_gathering(title="In the city")
    cast.a_gathering(title="Elsewhere", place=cast.oxfordshire())
    cast.a_gathering(title="A secret", state=State.DRAFT)
    cast.a_gathering(title="Long ago", starts_at=timezone.now() - timedelta(days=400))
    called_off = cast.a_gathering(title="Called off")
    hosting.cancel(called_off, "", by=None)

    feed = client.get("/gatherings/in/greater-manchester.ics").content

    titles = {str(event["SUMMARY"]): str(event["STATUS"]) for event in events_in(feed)}
    assert titles == {"In the city": "CONFIRMED", "Called off": "CANCELLED"}
    assert b"X-WR-CALNAME:Gatherings: Greater Manchester" in feed
    assert client.get("/gatherings/in/nowhere.ics").status_code == 404


def test_a_draft_is_nobodys_but_its_hosts():
    draft = cast.a_gathering(state=State.DRAFT)
    wrong, right = Client(), Client()
    cast.log_in(wrong, cast.wrong_place_facilitator())
    cast.log_in(right, cast.facilitator())

    answers = [each.get(f"/gatherings/{draft.slug}/").status_code for each in (wrong, right)]

    assert answers == [404, 200]
    assert right.get(f"/gatherings/{draft.slug}.ics").status_code == 404
    assert "ld+json" not in right.get(f"/gatherings/{draft.slug}/").content.decode()


def test_an_hour_that_is_over_takes_nobody_any_more(client):
    over = cast.a_gathering(starts_at=timezone.now() - timedelta(days=1))

    page = client.get(f"/gatherings/{over.slug}/")

    assertContains(page, "This gathering is over.")
    assertNotContains(page, f"/gatherings/{over.slug}/register/")
    assert Gathering.objects.coming().count() == 0
