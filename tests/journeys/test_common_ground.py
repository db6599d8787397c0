"""From what was found to what stands behind it: by eye, by keyboard, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase, ShowOfHands
from tests import cast, crowds
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, come_in, follow

WORDS = [f"Statement number {number}, about as long as people make them." for number in range(12)]


@pytest.fixture
def talk(site: str) -> Conversation:
    talk = cast.an_open_conversation(WORDS, slug="the-one")
    crowds.crowd(talk, 60, crowds.two_camps)
    crowds.declare(talk, lived=20, carer=12, practitioner=8, researcher=2)
    hands = {"agree": 40, "disagree": 3, "neither": 0}
    ShowOfHands.objects.create(statement=talk.statements.get(number=1), **hands)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)
    return talk


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_page_and_what_stands_behind_it_are_well_made(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, light: str
) -> None:
    page = page_at(DESK, color_scheme=light)
    page.goto(f"{site}/talk/the-one/common-ground/")
    assert_well_made(page)
    page.get_by_label("Show a statement on the map").select_option("5")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("status")).to_contain_text("Its cross stands towards")
    assert_well_made(page)
    follow(page.get_by_role("link", name="Show 2 more"))
    assert_well_made(page)
    for about in ("The map", "Group A", "Statement 1", "What people said of themselves"):
        page.goto(f"{site}/talk/the-one/common-ground/")
        page.get_by_role("link", name=f"How do we know this? {about}", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("How do we know this?")
        assert_well_made(page)
    page.goto(f"{site}/talk/the-one/common-ground/")
    follow(page.get_by_role("link", name="Look up every statement"))
    assert_well_made(page)


def test_it_can_be_read_by_keyboard_and_without_scripts(
    site: str, talk: Conversation, no_js_page: Page
) -> None:
    page = no_js_page
    page.goto(f"{site}/talk/the-one/common-ground/")
    page.get_by_role("link", name="How do we know this? The map").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Two groups of people who answer alike")).to_be_visible()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Across")).to_be_visible()
    page.get_by_role("link", name="Go back to where it stands").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.QUESTION)


def test_two_people_release_the_rows(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check
) -> None:
    cora = come_in(page_at(PHONE), site, cast.coordinator())
    cora.goto(f"{site}/talk/the-one/common-ground/")
    follow(cora.get_by_role("link", name="Ask to release the rows of votes"))
    assert_well_made(cora)
    cora.get_by_role("button", name="Ask a second person").click()
    expect(cora.get_by_role("alert")).to_be_focused()
    assert_well_made(cora)
    cora.get_by_label("What are the rows needed for?").fill("A study of how opinions spread.")
    cora.get_by_label("I have read what could happen").check()
    cora.get_by_role("button", name="Ask a second person").click()
    expect(cora.get_by_text("Waiting for a second person")).to_be_visible()
    assert_well_made(cora)

    colin = come_in(page_at(DESK), site, cast.other_coordinator())
    colin.goto(f"{site}/facilitate/the-one/rows/")
    follow(colin.get_by_role("button", name="I agree"))
    assert_well_made(colin)

    cora.reload()
    with cora.expect_download() as fetched:
        cora.get_by_role("button", name="Fetch the rows").click()
    assert fetched.value.suggested_filename == "the-one-votes.zip"


@pytest.mark.parametrize("people", [5, 12])
def test_a_small_conversation_has_a_kind_and_well_made_page(
    site: str, page_at: PageAt, assert_well_made: Check, people: int
) -> None:
    talk = cast.an_open_conversation(WORDS, slug="small")
    crowds.crowd(talk, people, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)

    page = page_at(PHONE)
    page.goto(f"{site}/talk/small/common-ground/")
    told = "Too few to tell" if people < 10 else "told as one"
    expect(page.get_by_text(told).first).to_be_visible()
    assert_well_made(page)
