"""“You, about here”: from the common ground to one's own place on it, on one's own device."""

from playwright.sync_api import Page, expect

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation
from tests import cast, crowds
from tests.journeys.conftest import Check, PageAt, follow

WORDS = [f"Statement number {number}, about as long as people make them." for number in range(8)]


def a_picture_on_the_way() -> Conversation:
    talk = cast.an_open_conversation(WORDS, slug="the-one")
    crowds.crowd(talk, 80, crowds.two_camps)
    Conversation.objects.filter(pk=talk.pk).update(room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))
    return talk


def answer(page: Page, site: str, times: int) -> None:
    page.goto(f"{site}/talk/the-one/")
    for done in range(1, times + 1):
        page.get_by_role("button", name="Agree", exact=True).click()
        expect(page.get_by_text(f"{done} of about 8").first).to_be_visible()


def test_whoever_asks_sees_where_they_stand(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    a_picture_on_the_way()
    page = page_at()
    answer(page, site, 5)
    page.goto(f"{site}/talk/the-one/common-ground/")
    follow(page.locator("a[href*='/common-ground/you/']").first)
    expect(page.get_by_text("you, about here").first).to_be_attached()
    assert_well_made(page)


def test_it_needs_no_scripts_and_kindly_asks_for_a_few_answers_more(
    site: str, no_js_page: Page, assert_well_made: Check
) -> None:
    a_picture_on_the_way()
    page = no_js_page
    page.goto(f"{site}/talk/the-one/common-ground/you/")
    assert_well_made(page)
    answer(page, site, 4)
    page.goto(f"{site}/talk/the-one/common-ground/you/")
    expect(page.get_by_text("you, about here").first).to_be_attached()
    assert_well_made(page)
