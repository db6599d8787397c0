"""The report of the day: drafted, made one's own, out; and what is taken back is gone from it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import APIResponse, Page, expect

from coproduce.gatherings.models import ConsentCard, Voice
from coproduce.reports.actions import writing
from coproduce.reports.models import Report
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
from tests.reports import days
from tests.reports.days import ALSO_SAID, POINT, SAID
from tests.reports.test_files import ENDINGS, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def file(page: Page, site: str, ending: str, number: int) -> APIResponse:
    return page.request.get(f"{site}/reports/the-day/{number}/report.{ending}")


@SCRIPTS
def test_a_coordinator_drafts_changes_and_publishes_it_and_a_voice_is_taken_back_by_code(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    day = days.a_told_day()
    host = come_in(page_at(PHONE, java_script_enabled=scripts), site, cast.coordinator())
    host.goto(f"{site}/host/{day.slug}/checklist/")
    assert_well_made(host)
    follow(host.get_by_role("link", name="Work on the report"))
    assert_well_made(host)
    follow(host.get_by_role("button", name="Make the first draft"))
    expect(host.get_by_text(POINT)).to_be_visible()
    assert_well_made(host)

    follow(host.get_by_role("link", name="Change block 1", exact=True))
    host.get_by_label("The text").fill("About 62 % of us agreed.")
    follow(host.get_by_role("button", name="Keep it like this"))
    expect(host.get_by_role("alert")).to_contain_text("is a number about people")
    expect(host.get_by_label("The text")).to_have_value("About 62 % of us agreed.")
    assert_well_made(host)
    host.get_by_label("The text").fill("Thank you, **all of you**.")
    follow(host.get_by_role("button", name="Keep it like this"))
    expect(host.get_by_text("Thank you, all of you.")).to_be_visible()

    follow(host.get_by_role("link", name="See it as readers will").first)
    assert_well_made(host)
    follow(host.get_by_role("link", name="Publish it", exact=True))
    assert_well_made(host)
    follow(host.get_by_role("button", name="Publish the report"))
    expect(host.get_by_text("Version 1 is out. Everybody can read it.")).to_be_visible()

    reader = page_at(DESK, java_script_enabled=scripts)
    reader.goto(f"{site}/gatherings/{day.slug}/")
    follow(reader.get_by_role("link", name="The report of the day"))
    for words in (SAID, ALSO_SAID, "Thank you, all of you.", "Buy the tin."):
        expect(reader.get_by_text(words).first).to_be_visible()
    assert_well_made(reader)
    for ending in ENDINGS:
        assert SAID in read(ending, file(reader, site, ending, 1).body())

    said = Voice.objects.get(words=SAID)
    card = ConsentCard.objects.get(person=said.said_by)
    theirs = page_at(PHONE, java_script_enabled=scripts)
    theirs.goto(f"{site}/my-words/{card.code}/")
    follow(theirs.get_by_role("button", name="Show nothing of mine"))

    reader.reload()
    expect(reader.get_by_text("Corrected on")).to_be_visible()
    expect(reader.get_by_text(SAID)).to_have_count(0)
    expect(reader.get_by_text(ALSO_SAID)).to_be_visible()
    assert_well_made(reader)
    for ending in ENDINGS:
        assert file(reader, site, ending, 1).status == 410
        now = file(reader, site, ending, 2)
        assert now.ok
        assert SAID not in read(ending, now.body())

    answer = reader.goto(f"{site}/reports/the-day/1/report.pdf")
    assert answer is not None
    assert answer.status == 410
    assert_well_made(reader)
    follow(reader.get_by_role("link", name="Read the current version"))
    expect(reader.get_by_text("Corrected on")).to_be_visible()
    reader.goto(f"{site}/reports/the-day/1/")
    expect(reader.get_by_text("Somebody took their words back on").first).to_be_visible()
    assert_well_made(reader)


@SCRIPTS
def test_two_write_at_once_and_nothing_typed_is_lost(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    report = days.a_report(days.a_day())
    [text] = report.blocks
    address = f"{site}/host/the-day/report/{report.pk}/block/{text.id}/"
    pages = []
    for who in (cast.coordinator(), cast.facilitator()):
        pages.append(come_in(page_at(PHONE, java_script_enabled=scripts), site, who))
        pages[-1].goto(address)
    hers, his = pages
    hers.get_by_label("The text").fill("Hers")
    follow(hers.get_by_role("button", name="Keep it like this"))
    his.get_by_label("The text").fill("His")
    follow(his.get_by_role("button", name="Keep it like this"))
    expect(his.get_by_role("alert")).to_contain_text("Somebody else has changed this")
    expect(his.get_by_role("alert")).to_contain_text("Hers")
    expect(his.get_by_label("The text")).to_have_value("His")
    assert_well_made(his)
    follow(his.get_by_role("button", name="Keep mine instead"))
    expect(his.get_by_text("His", exact=True)).to_be_visible()


def test_blocks_are_put_in_order_by_keyboard_alone(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    report = writing.begin(days.a_day(), None)
    report.write([days.text("One"), days.text("Two")])
    report.save()
    page = come_in(page_at(PHONE), site, cast.facilitator())
    page.goto(f"{site}/host/the-day/report/")
    follow_by_keyboard(page.get_by_role("button", name="Down block 1"))
    expect(page.locator(".blocks > li").first).to_contain_text("Two")
    follow_by_keyboard(page.get_by_role("link", name="Add below block 2"))
    assert_well_made(page)
    follow_by_keyboard(page.get_by_role("link", name="What happens next"))
    page.get_by_label("What happens next").fill("We ring the council.")
    follow_by_keyboard(page.get_by_role("button", name="Put it in"))
    expect(page.locator(".blocks > li").last).to_contain_text("We ring the council.")
    follow_by_keyboard(page.get_by_role("button", name="Take out block 1"))
    expect(page.locator(".blocks > li")).to_have_count(2)
    assert_well_made(page)
    report = Report.objects.get()
    assert [block.kind.value for block in report.blocks] == ["text", "next"]


def test_a_guests_report_is_taken_in_and_goes_out_by_permission(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    days.a_day()
    page = come_in(page_at(PHONE), site, cast.facilitator())
    page.goto(f"{site}/host/the-day/report/guest/")
    page.get_by_label("Title").fill("Rain")
    page.get_by_label("Written by").fill("Made-up Wren")
    page.get_by_label("The report itself").fill("It rained.\n\nThey talked.")
    follow(page.get_by_role("button", name="Take it in"))
    follow(page.get_by_role("link", name="Publish", exact=True))
    expect(page.get_by_text("Nobody has permitted yet")).to_be_visible()
    expect(page.get_by_role("button", name="Publish the report")).to_have_count(0)
    assert_well_made(page)
    follow(page.get_by_role("link", name="Write down who permitted it"))
    page.get_by_label("Who permitted that it stands here").fill("The Imaginary Gazette")
    page.get_by_label("On which day").fill("2026-03-30")
    follow(page.get_by_role("button", name="Keep it like this"))
    follow(page.get_by_role("link", name="Publish", exact=True))
    follow(page.get_by_role("button", name="Publish the report"))
    expect(page.get_by_text("Republished with permission of The Imaginary Gazette")).to_be_visible()
    assert_well_made(page)
