"""What a host does: make, write the programme, announce, change, cancel, hold again."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.gatherings.actions import hosting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Gathering, Setting, State
from coproduce.gatherings.when import moment
from coproduce.people.models import Channel
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 11)  # the second Thursday; clocks change before the next one


@pytest.fixture
def femi(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def typed(**changes: object) -> dict[str, object]:
    return {
        "title": "What works here",
        "purpose": "To learn from each other.",
        "day": "2027-03-11",
        "starts": "18:00",
        "ends": "20:30",
        "setting": "both",
        "venue": "Made-up Hall",
        "join_link": "https://meet.example.org/made-up",
        "provided": ["hearing loop", "expenses"],
        "hashtag": "#MadeUpDay",
        "hall_capacity": "40",
        "place": str(cast.manchester().pk),
    } | changes


def a_gathering(**fields: object) -> Gathering:
    fields.setdefault("starts_at", moment(DAY, time(18)))
    return cast.a_gathering(**fields)


def details(gathering: Gathering, **changes: object) -> hosting.Details:
    kept = hosting.Details.of(gathering)
    return hosting.Details(**(vars(kept) | changes))


def test_it_makes_a_draft_that_only_hosts_see(femi):
    answer = femi.post("/host/new/", typed())

    gathering = Gathering.objects.get()
    assertRedirects(answer, f"/host/{gathering.slug}/")
    assert gathering.slug == "what-works-here-2027-03-11"
    assert (gathering.state, gathering.setting) == (State.DRAFT, Setting.BOTH)
    assert gathering.starts_at == moment(DAY, time(18))
    assert gathering.made_by == cast.facilitator()
    assert (gathering.provided, gathering.hashtag) == (["hearing loop", "expenses"], "MadeUpDay")
    assert Client().get(f"/gatherings/{gathering.slug}/").status_code == 404
    assertContains(femi.get(f"/gatherings/{gathering.slug}/"), "Only hosts of Manchester see this")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Give the gathering a title."),
        ({"title": "<b></b>"}, "Give the gathering a title."),
        ({"title": "x" * 161}, "at most 160 characters"),
        ({"day": "soon"}, "Type the day as day/month/year"),
        ({"day": ""}, "Say on which day it is."),
        ({"day": "9999-12-31"}, "Choose a day up to 2100."),
        ({"day": "0001-01-01"}, "Choose a day from 1990 on."),
        ({"starts": "six"}, "Type the time by the 24-hour clock"),
        ({"ends": "17:00"}, "It ends before it begins."),
        ({"day": "2027-03-28", "starts": "01:30"}, "On 28 March 2027 the clocks go forward"),
        ({"join_link": "javascript:alert(1)"}, "Paste the whole link"),
        ({"hashtag": "two words"}, "A hashtag has letters and numbers only"),
        ({"hall_capacity": "0"}, "greater than or equal to 1"),
        ({"setting": "on the moon"}, "Select a valid choice"),
        ({"provided": ["a pony"]}, "Select a valid choice"),
    ],
)
def test_it_says_what_is_missing_and_keeps_what_was_typed(femi, changes, said):
    answer = femi.post("/host/new/", typed(venue="A hall we keep.", **changes))

    assertContains(answer, said)
    assertContains(answer, "A hall we keep.")
    assertContains(answer, "data-takes-focus")
    assert not Gathering.objects.exists()


def test_it_offers_only_places_of_their_own(femi):
    elsewhere = cast.oxfordshire()

    femi.post("/host/new/", typed(place=str(elsewhere.pk)))

    assertNotContains(femi.get("/host/new/"), "Oxfordshire")
    assert not Gathering.objects.exists()


def test_two_of_one_name_on_one_day_have_two_addresses(femi):
    for _ in range(3):
        femi.post("/host/new/", typed())

    assert Gathering.objects.values_list("slug", flat=True).distinct().count() == 3


def test_it_writes_the_programme_in_order_of_time_with_people_in_their_roles(femi):
    gathering = a_gathering(state=State.DRAFT)
    page = f"/host/{gathering.slug}/programme/"

    femi.post(page, {"title": "Tables", "starts": "19:00", "minutes": "45"})
    answer = femi.post(
        page,
        {
            "title": "Welcome",
            "starts": "18:00",
            "minutes": "60",
            "speakers": "Made-up Mo, lives with dementia\nMade-up Tess",
        },
        follow=True,
    )

    assertContains(answer, "“Welcome” is in the programme.")
    assert [item.title for item in gathering.programme.all()] == ["Welcome", "Tables"]
    welcome = gathering.programme.first()
    people = [(each.name, each.role) for each in welcome.speakers.all()]
    assert people == [("Made-up Mo", "lives with dementia"), ("Made-up Tess", "")]


def test_a_part_outside_the_gathering_is_refused(femi):
    gathering = a_gathering(state=State.DRAFT)

    answer = femi.post(
        f"/host/{gathering.slug}/programme/", {"title": "Tea", "starts": "09:00", "minutes": "5"}
    )

    assertContains(answer, "The gathering is from 6 pm to 12 am.")
    assert not gathering.programme.exists()


def test_it_changes_a_part_and_takes_it_out(femi):
    gathering = a_gathering(state=State.DRAFT)
    page = f"/host/{gathering.slug}/programme/{cast.a_part_of(gathering, 'Welcome').position}/"

    femi.post(
        page, {"title": "Hello", "starts": "18:15", "minutes": "20", "speakers": "Made-up Mo"}
    )
    item = gathering.programme.get()
    assert (item.title, item.starts_at, item.minutes) == ("Hello", moment(DAY, time(18, 15)), 20)
    femi.post(
        page, {"title": "Hello", "starts": "18:15", "minutes": "20", "speakers": "Made-up Bo"}
    )
    assert [each.name for each in item.speakers.all()] == ["Made-up Bo"]
    femi.post(page, {"remove": "yes"})

    assert not gathering.programme.exists()


def test_it_announces_and_then_everybody_can_read_it(femi):
    gathering = a_gathering(state=State.DRAFT)

    answer = femi.post(f"/host/{gathering.slug}/publish/", follow=True)

    assertContains(answer, "Announced. Everybody can read it and register.")
    assertContains(Client().get(f"/gatherings/{gathering.slug}/"), "Register")


def test_a_hall_without_an_address_is_not_announced(femi):
    gathering = a_gathering(state=State.DRAFT, venue="")

    answer = femi.post(f"/host/{gathering.slug}/publish/", follow=True)

    assertContains(answer, "Nobody would find the hall.")
    gathering.refresh_from_db()
    assert gathering.is_draft


def test_a_change_in_what_calendars_show_is_told_to_everybody_registered(femi, deliver, mailoutbox):
    gathering = a_gathering()
    cast.a_registration(gathering, reach=(Channel.EMAIL, "nadia@example.org"))
    mailoutbox.clear()

    is_told = hosting.edit(gathering, details(gathering, getting_in="By the back door."), by=None)
    deliver()
    assert (is_told, gathering.sequence, mailoutbox) == (False, 0, [])
    is_told = hosting.edit(gathering, details(gathering, venue="Another Hall"), by=None)
    deliver()

    assert (is_told, gathering.sequence) == (True, 1)
    assert "Another Hall" in mailoutbox[0].body
    assert b"SEQUENCE:1" in mailoutbox[0].attachments[0][1].encode()


def test_each_change_is_told_once_and_the_next_one_again(deliver, mailoutbox):
    gathering = a_gathering()
    cast.a_registration(gathering, reach=(Channel.EMAIL, "nadia@example.org"))
    mailoutbox.clear()

    for hall in ("One", "Two"):
        hosting.edit(gathering, details(gathering, venue=hall), by=None)
        deliver()

    assert len(mailoutbox) == 2


def test_the_programme_goes_along_to_another_day_by_the_clock():
    gathering = a_gathering()
    cast.a_part_of(gathering, "Welcome")
    later = DAY + timedelta(days=28)  # summer time has begun

    hosting.edit(
        gathering,
        details(gathering, starts_at=moment(later, time(18)), ends_at=moment(later, time(20))),
        by=None,
    )

    assert gathering.programme.get().starts_at == moment(later, time(18))


def test_a_cancelled_one_tells_everybody_says_why_and_stays_as_it_was(femi, deliver, mailoutbox):
    gathering = a_gathering()
    cast.a_registration(gathering, reach=(Channel.EMAIL, "nadia@example.org"))
    cast.a_registration(gathering, reach=(Channel.EMAIL, "bo@example.org"), state="waiting")
    cast.a_registration(gathering, reach=(Channel.EMAIL, "gone@example.org"), state="cancelled")
    mailoutbox.clear()
    assertContains(femi.get(f"/host/{gathering.slug}/cancel/"), "1 person coming and 1 waiting")

    femi.post(f"/host/{gathering.slug}/cancel/", {"because": "The hall has no heating."})
    deliver()

    gathering.refresh_from_db()
    assert (gathering.state, gathering.sequence) == (State.CANCELLED, 1)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert told.keys() == {"nadia@example.org", "bo@example.org"}
    assert "The hall has no heating." in told["nadia@example.org"]
    page = Client().get(f"/gatherings/{gathering.slug}/")
    assertContains(page, "This gathering is cancelled.")
    assertContains(page, "The hall has no heating.")
    with pytest.raises(NotPossible, match="is cancelled and stays as it was"):
        hosting.edit(gathering, details(gathering, title="Other"), by=None)


@pytest.mark.parametrize("days", [-1, -400])
def test_what_is_over_is_not_cancelled(days):
    over = moment(date.today() + timedelta(days=days), time(3))
    gathering = cast.a_gathering(starts_at=over, ends_at=over + timedelta(hours=1))

    with pytest.raises(NotPossible, match="This gathering is over"):
        hosting.cancel(gathering, "", by=None)


def test_last_months_is_held_again_with_its_programme_and_without_its_people(femi):
    gathering = a_gathering(hashtag="MadeUp", provided=["quiet room"])
    hosting.add_item(
        gathering,
        None,
        starts_at=moment(DAY, time(18, 30)),
        minutes=40,
        title="Tables",
        speakers=[hosting.Named("Made-up Mo", "trainer")],
    )
    cast.a_registration(gathering)
    page = f"/host/{gathering.slug}/again/"
    assertContains(femi.get(page), 'value="2027-04-08"')  # the second Thursday of April

    femi.post(page, {"day": "2027-04-08"})

    again = Gathering.objects.exclude(pk=gathering.pk).get()
    assert again.is_draft
    assert again.starts_at == moment(date(2027, 4, 8), time(18))  # by the clock, in summer time
    assert again.programme.get().starts_at == moment(date(2027, 4, 8), time(18, 30))
    assert not again.programme.get().speakers.exists()
    assert (again.hashtag, again.provided) == ("MadeUp", ["quiet room"])
    assert again.code != gathering.code
    assert not again.registrations.exists()


def test_a_day_that_is_over_is_not_chosen_again(femi):
    gathering = a_gathering()

    answer = femi.post(f"/host/{gathering.slug}/again/", {"day": "2020-01-01"})

    assertContains(answer, "That day is over.")


def test_every_deed_is_in_the_log_once():
    gathering = hosting.make(cast.manchester(), details(a_gathering(state=State.DRAFT)), by=None)
    item = hosting.add_item(
        gathering, None, starts_at=gathering.starts_at, minutes=5, title="Welcome"
    )
    hosting.change_item(item, None, starts_at=gathering.starts_at, minutes=6, title="Hello")
    hosting.remove_item(item, None)
    hosting.publish(gathering, None)
    hosting.edit(gathering, details(gathering), None)
    hosting.cancel(gathering, "", None)

    deeds = LogEntry.objects.filter(thing=gathering.thing).values_list("deed", flat=True)
    assert list(deeds) == [
        "make",
        "add to the programme",
        "change the programme",
        "take out of the programme",
        "publish",
        "edit",
        "cancel",
    ]


def test_the_list_of_a_host_asks_as_often_for_twenty_as_for_two(
    femi, django_assert_max_num_queries
):
    for _ in range(20):
        cast.a_registration(a_gathering())
    a_gathering(place=cast.oxfordshire(), title="Elsewhere")

    with django_assert_max_num_queries(24):
        page = femi.get("/host/")

    assertContains(page, "1 coming", count=20)
    assertNotContains(page, "Elsewhere")


def test_nobody_who_registered_for_the_line_is_left_without_one():
    gathering = a_gathering(setting="both")
    cast.a_registration(gathering, presence="line")

    with pytest.raises(NotPossible, match="1 person is registered to be on the line"):
        hosting.edit(gathering, details(gathering, setting=Setting.IN_PERSON), by=None)

    gathering.refresh_from_db()
    assert gathering.setting == Setting.BOTH


def test_a_programme_over_two_days_names_the_second_by_the_clocks_here(client):
    night = date(2027, 7, 1)
    gathering = a_gathering(
        starts_at=moment(night, time(22)), ends_at=moment(night, time(22)) + timedelta(hours=6)
    )
    for hour, title, on in ((23, "Stars", night), (0, "Bats", night + timedelta(days=1))):
        hosting.add_item(
            gathering, None, starts_at=moment(on, time(hour, 15)), minutes=30, title=title
        )

    page = client.get(f"/gatherings/{gathering.slug}/").content.decode()

    assert page.index("Stars") < page.rindex("Friday 2 July") < page.index("Bats")
