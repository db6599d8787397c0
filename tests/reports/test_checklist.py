"""After a gathering one page says what is left to do, who says that it is done, and where."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import reporting_back
from coproduce.gatherings.models import Gathering, Insight, NeedMet, ReportBack
from coproduce.people.models import Channel, Hearing, Person, Reach
from coproduce.reports import checklist
from coproduce.reports.actions import publishing, tidying, writing
from coproduce.reports.actions.deeds import NotPossible
from coproduce.reports.checklist import Item, State
from coproduce.reports.models import Line, ThankYou, Tick
from tests import cast
from tests.reports import days

pytestmark = pytest.mark.django_db


def item(day: Gathering, line: Line, person: Person | None = None) -> Item:
    items = checklist.items_of(day, person or cast.coordinator())
    return next(each for each in items if each.line == line)


def test_after_a_day_of_which_nothing_is_known_everything_is_open_but_needs() -> None:
    items = checklist.items_of(days.a_day(), cast.coordinator())
    assert [each.line for each in items if each.is_open] == [
        line for line in Line if line != Line.NEEDS
    ]


def test_what_we_know_ourselves_is_done() -> None:
    day = days.a_told_day()
    publishing.publish(writing.begin(day, None), None)
    reporting_back.report_back(Insight.objects.get(), ReportBack.Kind.DID, "We did.", None)
    for line in (Line.WALK_INS, Line.DECISIONS, Line.REPORT, Line.ANSWERS):
        assert item(day, line).state is State.DONE, line


def test_answers_owed_say_by_when() -> None:
    day = days.a_told_day()
    found = item(day, Line.ANSWERS)
    assert found.is_open
    assert "0 of 1 points are answered. The next answer is due by" in found.found.says


def test_whether_needs_were_met_is_counted_for_coordinators_alone() -> None:
    day = days.a_day()
    registration = cast.a_registration(day, need="A seat near")
    registration.person.access_needs.update(told_at=day.starts_at)
    assert item(day, Line.NEEDS).found.says == "0 of 1 who told a need have answered."
    theirs = item(day, Line.NEEDS, cast.facilitator())
    assert "The coordinators" in theirs.found.says
    assert not theirs.found.is_theirs
    NeedMet.objects.create(gathering=day, person=registration.person, answer="yes")
    assert item(day, Line.NEEDS).state is State.DONE


def test_a_host_ticks_off_a_line_and_the_page_says_who(client: Client) -> None:
    day = days.a_day()
    cast.log_in(client, cast.facilitator())
    address = reverse("reports:checklist", args=[day.slug])
    client.post(address, {"line": "paper", "state": "not needed"})
    page = client.get(address).content.decode()
    assert "Not needed, as Femi said on" in page
    assert item(day, Line.PAPER).state is State.NOT_NEEDED
    client.post(address, {"line": "paper", "state": "open"})
    assert item(day, Line.PAPER).is_open
    assert not Tick.objects.exists()


def test_a_line_that_does_not_exist_is_not_found(client: Client) -> None:
    day = days.a_day()
    cast.log_in(client, cast.facilitator())
    answer = client.post(reverse("reports:checklist", args=[day.slug]), {"line": "tea"})
    assert answer.status_code == 404


# Thanks


def guest(day: Gathering, address: str, *, hears: bool = True) -> Person:
    person = Person.objects.create(name="Nadia")
    Reach.objects.create(person=person, channel=Channel.EMAIL, address=address)
    if hears:
        Hearing.objects.create(person=person, place=day.place, source="said so at the door")
    cast.an_attendance(day, person=person)
    return person


def test_those_who_were_there_and_agreed_to_hear_are_thanked_once(
    mailoutbox: list[EmailMessage], deliver: Callable[[], list[str]]
) -> None:
    day = days.a_day()
    guest(day, "nadia@example.org")
    guest(day, "quiet@example.org", hears=False)
    stayed = Person.objects.create(name="Not there")
    Hearing.objects.create(person=stayed, place=day.place, source="joined")
    Reach.objects.create(person=stayed, channel=Channel.EMAIL, address="stayed@example.org")
    tidying.thank(day, "Thank you!", cast.coordinator())
    deliver()
    assert [mail.to for mail in mailoutbox] == [["nadia@example.org"]]
    assert "Thank you!" in mailoutbox[0].body
    assert "To stop:" in mailoutbox[0].body
    with pytest.raises(NotPossible, match="already"):
        tidying.thank(day, "Thank you!", cast.coordinator())
    assert item(day, Line.THANKS).state is State.DONE


def test_whoever_stops_before_it_is_sent_does_not_get_it(
    mailoutbox: list[EmailMessage], deliver: Callable[[], list[str]]
) -> None:
    day = days.a_day()
    person = guest(day, "nadia@example.org")
    tidying.thank(day, "Thank you!", cast.coordinator())
    person.hearings.all().delete()
    deliver()
    assert mailoutbox == []


def test_where_nobody_agreed_to_hear_nobody_is_written_to() -> None:
    day = days.a_day()
    guest(day, "quiet@example.org", hears=False)
    with pytest.raises(NotPossible, match="nobody is written to"):
        tidying.thank(day, "Thank you!", cast.coordinator())
    assert not ThankYou.objects.exists()


def test_the_words_to_begin_from_say_where_the_report_is(client: Client) -> None:
    day = days.a_told_day()
    publishing.publish(writing.begin(day, None), None)
    guest(day, "nadia@example.org")
    cast.log_in(client, cast.coordinator())
    address = reverse("reports:thank", args=[day.slug])
    page = client.get(address).content.decode()
    assert "/reports/the-day/" in page
    assert "1 of 13 who were there" in page
    answer = client.post(address, {"words": "Thank you, all of you."})
    thanked = ThankYou.objects.get()
    assert answer.headers["Location"].endswith(f"{thanked.announcement.pk}/")
    assert thanked.announcement.words == "Thank you, all of you."
