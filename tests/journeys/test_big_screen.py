"""The big screen and whoever steps it: by mouse, by arrow keys, without scripts, without motion."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from coproduce.conversations.models import Conversation, RoomStep
from coproduce.conversations.views import room
from tests import cast, crowds
from tests import maps_drawn as pictures
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, follow

HALL = 1920
TWELVE = [f"Statement number {number}, about as long as people make them." for number in range(12)]


@pytest.fixture(autouse=True)
def a_new_evening() -> None:
    room.forget()


@pytest.fixture
def talk(site: str) -> Conversation:
    """An evening with a picture that the room may see, while people still arrive."""
    talk = cast.an_open_conversation(TWELVE, slug="the-one", room_shows_results=True, room_step=0)
    crowds.crowd(talk, 70, crowds.two_camps)
    pictures.a_picture(talk)
    return talk


def show(step: RoomStep) -> None:
    Conversation.objects.update(room_step=step)


def femi_at(page: Page, site: str) -> Page:
    cookies = cast.log_in(Client(), cast.facilitator()).cookies
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookies["sessionid"].value, "url": site}]
    )
    page.goto(f"{site}/facilitate/the-one/")
    return page


HEADINGS = {
    RoomStep.EVERYBODY: "Everybody",
    RoomStep.GROUPS: "Who thinks alike",
    RoomStep.COMMON_GROUND: "What all of us agree on",
    RoomStep.DIVIDES: "What divides us",
}


@pytest.mark.parametrize(("width", "height"), [(PHONE, 640), (DESK, 800), (HALL, 1080)])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_each_step_comes_by_itself_and_is_well_made(
    site: str,
    talk: Conversation,
    page_at: PageAt,
    assert_well_made: Check,
    width: int,
    height: int,
    light: str,
) -> None:
    screen = page_at(width, height, color_scheme=light)
    screen.goto(f"{site}/room/{talk.code}/")
    expect(screen.locator(".head-count")).to_have_text("70 people have answered so far")
    assert_well_made(screen)

    for step, heading in HEADINGS.items():
        show(step)
        expect(screen.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        _wait_for_calm(screen)
        assert_well_made(screen)


def _wait_for_calm(screen: Page) -> None:
    """Until nothing fades any more: colours are looked at as they stay."""
    screen.evaluate("Promise.all(document.getAnimations().map(fading => fading.finished))")


@pytest.mark.parametrize(("width", "height"), [(HALL, 1080), (1024, 768)])
def test_nothing_on_a_projector_has_to_be_scrolled_to(
    site: str, talk: Conversation, page_at: PageAt, width: int, height: int
) -> None:
    """However long the statements are, and however many."""
    Conversation.objects.update(question=("What is as long as a question can be, " * 6)[:200])
    talk.statements.update(words=("As long as a statement can be, " * 10)[:280])
    pictures.a_picture(talk, people=80, agreed=range(3, 13))
    screen = page_at(width, height)
    for step in RoomStep:
        show(step)
        room.forget()
        screen.goto(f"{site}/room/{talk.code}/")
        high = screen.evaluate("document.documentElement.scrollHeight")
        assert high <= height, f"{step.label} is {high} px high"


def test_words_on_the_screen_are_large_enough_for_the_back_row(
    site: str, talk: Conversation, page_at: PageAt
) -> None:
    """A line of at least 1/40 of the height: read from eight times as far as the screen is high."""
    show(RoomStep.COMMON_GROUND)
    screen = page_at(HALL, 1080)
    screen.goto(f"{site}/room/{talk.code}/")
    size = screen.locator(".room-lines .words").first.evaluate(
        "words => parseFloat(getComputedStyle(words).fontSize)"
    )
    assert size >= 1080 / 40


def test_each_new_step_is_said_where_those_who_listen_hear_it(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check
) -> None:
    page = page_at(PHONE)
    page.goto(f"{site}/room/{talk.code}/")
    follow(page.get_by_role("link", name="What the screen says, as text"))
    said = page.get_by_role("status")
    expect(said).to_contain_text("Nothing of what they say is shown now")
    region = said.element_handle()
    for step, words in (
        (RoomStep.GROUPS, "Groups. Two groups of people who answer alike."),
        (RoomStep.DIVIDES, "What divides us: 10 statements."),
        (RoomStep.ARRIVING, "People are answering."),
    ):
        show(step)
        expect(said).to_contain_text(words)
        assert_well_made(page)
    assert region.evaluate("region => region.isConnected")  # else nothing would be heard


def test_without_scripts_one_can_look_again(
    site: str, talk: Conversation, no_js_page: Page, assert_well_made: Check
) -> None:
    page = no_js_page
    for address in ("", "?as=text"):
        show(RoomStep.ARRIVING)
        room.forget()
        page.goto(f"{site}/room/{talk.code}/{address}")
        show(RoomStep.COMMON_GROUND)
        room.forget()
        follow(page.get_by_role("link", name="Look again"))
        expect(page.get_by_role("heading", name="What all of us agree on")).to_be_visible()
        assert_well_made(page)


def test_whoever_wants_no_motion_gets_none(site: str, talk: Conversation, page_at: PageAt) -> None:
    screen = page_at(DESK, reduced_motion="reduce")
    show(RoomStep.EVERYBODY)
    screen.goto(f"{site}/room/{talk.code}/")
    show(RoomStep.GROUPS)
    expect(screen.locator("#found .moves")).to_be_attached()

    assert screen.evaluate("document.getAnimations().length") == 0
    assert screen.locator(".before").evaluate("below => getComputedStyle(below).opacity") == "0"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_facilitator_steps_by_arrow_keys(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, width: int
) -> None:
    page = femi_at(page_at(width), site)
    said = page.locator("#step-said")
    expect(said).to_have_text("The screen shows: People arriving.")
    assert_well_made(page)

    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("The screen shows: Everybody, step 1 of 4.")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("The screen shows: Groups, step 2 of 4.")
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text("The screen shows: Everybody, step 1 of 4.")
    assert_well_made(page)
    assert Conversation.objects.get().room_step == RoomStep.EVERYBODY


def test_the_focus_stays_on_the_step_that_was_pressed(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check
) -> None:
    page = femi_at(page_at(DESK), site)
    page.get_by_role("button", name="What divides").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#step-said")).to_contain_text("What divides")
    expect(page.get_by_role("button", name="What divides")).to_be_focused()
    expect(page.get_by_role("button", name="That was the last step")).to_be_visible()
    assert_well_made(page)

    page.keyboard.press("PageUp")  # as a clicker in the hand does
    expect(page.locator("#step-said")).to_contain_text("Common ground")


def test_the_facilitator_steps_without_scripts(
    site: str, talk: Conversation, no_js_page: Page, assert_well_made: Check
) -> None:
    page = femi_at(no_js_page, site)
    follow(page.get_by_role("button", name="Next: Everybody"))
    follow(page.get_by_role("button", name="Next: Groups"))
    expect(page.get_by_text("The screen shows: Groups, step 2 of 4.")).to_be_visible()
    assert_well_made(page)
