"""From the common ground to how its statements were chosen, in every light and without scripts."""

import random

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase, Showing, Vote
from tests import cast, crowds
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, follow

WORDS = [f"Statement number {number}, about as long as people make them." for number in range(12)]


@pytest.fixture
def talk(site: str) -> Conversation:
    """Sixty people whose every answer was drawn; the last statement was likely for few of them."""
    talk = cast.an_open_conversation(WORDS, slug="the-one")
    crowds.crowd(talk, 60, crowds.two_camps)
    chance = random.Random(1)
    Showing.objects.bulk_create(
        Showing(
            pseudonym=vote.pseudonym,
            statement_id=vote.statement_id,
            probability=0.9 if vote.choice == 1 else 0.1 + 0.1 * chance.random(),
        )
        for vote in Vote.objects.all()
    )
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)
    return talk


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_page_is_well_made_and_leads_on(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, light: str
) -> None:
    page = page_at(DESK, color_scheme=light)
    page.goto(f"{site}/talk/the-one/common-ground/")
    follow(page.get_by_role("link", name="How statements were chosen", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("How statements were chosen")
    expect(page.get_by_text("would read differently").first).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="How do we know this? How statements were chosen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How do we know this?")
    assert_well_made(page)


def test_it_can_be_read_by_keyboard_and_without_scripts(
    site: str, talk: Conversation, no_js_page: Page
) -> None:
    page = no_js_page
    page.goto(f"{site}/talk/the-one/common-ground/how-statements-were-chosen/")
    page.get_by_role("region", name="Shares as counted and as weighted").focus()
    expect(page.get_by_role("columnheader", name="Each person alike")).to_be_attached()
    page.get_by_role("link", name="Go back to the common ground").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.QUESTION)


def test_while_people_answer_it_tells_the_rule(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    cast.an_open_conversation(WORDS, slug="open")
    page = page_at(PHONE)
    page.goto(f"{site}/talk/open/common-ground/how-statements-were-chosen/")
    expect(page.get_by_text("6 draws in 10")).to_be_visible()
    assert_well_made(page)
    follow(page.get_by_role("link", name="Answer the next statement"))
