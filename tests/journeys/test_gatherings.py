"""A gathering from its first draft to the evening after it, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from coproduce.gatherings.models import Gathering
from coproduce.people.models import AccessNeed
from tests import cast
from tests.journeys.conftest import (
    DESK,
    PHONE,
    SCRIPTS,
    Check,
    PageAt,
    come_in,
    follow,
    follow_by_keyboard,
)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def button(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words, exact=True)


@SCRIPTS
def test_a_host_announces_a_gathering(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = come_in(page_at(DESK, java_script_enabled=scripts), site, cast.facilitator())
    page.goto(f"{site}/host/")
    follow(page.get_by_role("link", name="Make a gathering"))
    follow(button(page, "Keep the draft"))
    expect(page.get_by_role("alert")).to_contain_text("Give the gathering a title.")
    if scripts:
        expect(page.get_by_role("alert")).to_be_focused()
    assert_well_made(page)

    page.get_by_label("What is it called?").fill("What works here")
    page.get_by_label("Day", exact=True).fill("2027-03-11")
    page.get_by_label("Begins at").fill("18:00")
    page.get_by_label("Ends at").fill("20:30")
    page.get_by_label("In person and online").check()
    page.get_by_label(re.compile("^The hall and its address")).fill("Made-up Hall")
    page.get_by_label("Hearing loop").check()
    follow(button(page, "Keep the draft"))
    follow(page.get_by_role("link", name="Add the first part"))
    page.get_by_label("What happens?").fill("Welcome")
    page.get_by_label(re.compile("^Who speaks")).fill("Made-up Mo, lives with dementia")
    follow(button(page, "Add it"))
    assert_well_made(page)
    follow(page.get_by_role("link", name="Back to the gathering"))
    follow(button(page, "Announce the gathering"))
    assert_well_made(page)

    follow(page.get_by_role("link", name="See its page"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What works here")
    expect(page.get_by_text("lives with dementia")).to_be_visible()
    expect(page.get_by_text("Thursday 11 March 2027, 6 pm to 8.30 pm")).to_be_visible()
    assert_well_made(page)


@SCRIPTS
def test_a_stranger_registers_checks_and_cancels_on_a_phone(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    gathering = cast.a_gathering(setting="both", join_link="https://meet.example.org/made-up")
    page = page_at(PHONE, 640, java_script_enabled=scripts)
    page.goto(f"{site}/gatherings/{gathering.slug}/")
    follow(page.get_by_role("link", name="Register", exact=True))
    page.get_by_label(re.compile("^What shall we call you")).fill("Nadia")
    follow(button(page, "Go on and check"))
    expect(page.get_by_role("alert")).to_contain_text("Choose whether you come to the hall")
    expect(page.get_by_role("alert")).to_contain_text("Type your e-mail address")
    assert_well_made(page)

    page.get_by_label("On the line").check()
    page.get_by_label(re.compile("^Where do we reach you")).fill("nadia@example.org")
    page.get_by_label(re.compile("^What do you need")).fill("Captions")
    follow(button(page, "Go on and check"))
    expect(page.get_by_text("Captions")).to_be_visible()
    assert_well_made(page)
    follow(button(page, "Change something"))
    expect(page.get_by_label(re.compile("^What do you need"))).to_have_value("Captions")
    follow(button(page, "Go on and check"))
    follow(button(page, "Register me"))

    expect(page.get_by_role("heading", level=1)).to_have_text("You are coming")
    link = page.get_by_role("link", name="Join the gathering")
    expect(link).to_have_attribute("href", "https://meet.example.org/made-up")
    assert_well_made(page)
    follow(page.get_by_role("link", name="I cannot come: cancel"))
    assert_well_made(page)
    follow(button(page, "Cancel my registration"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your registration is cancelled")
    expect(page.get_by_role("link", name="Join the gathering")).to_have_count(0)
    assert_well_made(page)


def test_one_registers_by_keyboard_alone(site: str, page_at: PageAt) -> None:
    gathering = cast.a_gathering()
    page = page_at(DESK)
    page.goto(f"{site}/gatherings/{gathering.slug}/")
    follow_by_keyboard(page.get_by_role("link", name="Register", exact=True))
    page.get_by_label("Not at all: I note down my code").focus()
    page.keyboard.press("Space")
    follow_by_keyboard(button(page, "Go on and check"))
    follow_by_keyboard(button(page, "Register me"))

    expect(page.get_by_role("heading", level=1)).to_have_text("You are coming")
    assert gathering.registrations.coming().count() == 1


@SCRIPTS
def test_people_sign_in_at_the_door_and_the_numbers_are_told_after(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    gathering = cast.a_gathering(setting="both", starts_at=timezone.now() - timedelta(hours=1))
    cast.an_open_conversation(gathering=gathering)
    cast.a_registration(gathering, cast.person("Zed"))
    phone = page_at(PHONE, 640, java_script_enabled=scripts)
    phone.goto(f"{site}/here/{gathering.code}/")
    assert_well_made(phone)
    phone.get_by_label("Carer").check()
    follow(button(phone, "Sign me in"))
    expect(phone.get_by_role("link", name=cast.QUESTION)).to_be_visible()
    assert_well_made(phone)

    host = come_in(page_at(DESK, java_script_enabled=scripts), site, cast.facilitator())
    host.goto(f"{site}/host/{gathering.slug}/day/")
    follow(host.get_by_role("button", name=re.compile("^Is here")))
    expect(host.get_by_text("Everybody who registered is here.")).to_be_visible()
    follow(button(host, "Sign them in"))
    assert_well_made(host)
    assert gathering.attendances.count() == 3

    over = timezone.now() - timedelta(days=2)
    Gathering.objects.update(starts_at=over, ends_at=over + timedelta(hours=6))
    for _ in range(9):
        cast.an_attendance(gathering, "carer")
    host.goto(f"{site}/host/{gathering.slug}/day/")
    follow(host.get_by_role("link", name="Tell the numbers"))
    assert_well_made(host)
    follow(button(host, "Everybody is entered: tell the numbers"))
    assert_well_made(host)
    host.goto(f"{site}/gatherings/{gathering.slug}/")
    expect(host.get_by_text("12 people were there.")).to_be_visible()
    assert_well_made(host)
    follow(host.get_by_role("link", name=re.compile("How do we know this. How many were there")))
    assert_well_made(host)


@SCRIPTS
def test_one_tap_answers_whether_a_need_was_met(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    gathering = cast.a_gathering(starts_at=timezone.now() - timedelta(days=2))
    registration = cast.a_registration(gathering, need="Captions")
    AccessNeed.objects.update(told_at=gathering.starts_at)
    page = page_at(PHONE, 640, java_script_enabled=scripts)
    page.goto(f"{site}/coming/{registration.code}/met/")
    follow(button(page, "In part"))

    expect(page.get_by_text("You answered: In part")).to_be_visible()
    assert_well_made(page)
