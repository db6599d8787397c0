"""Taking part, from the first tap on the front page to thanks: by mouse, by keys, and plainly."""

import pytest
from playwright.sync_api import Page, Route, expect

from coproduce.conversations import at_a_glance
from coproduce.conversations.models import Choice, Conversation, Declaration, Statement, Vote
from tests import cast, crowds
from tests.homes import wait_for
from tests.journeys.conftest import (
    DESK,
    PHONE,
    SCRIPTS,
    Check,
    PageAt,
    come_in,
    follow,
    follow_by_keyboard,
    tab_to,
)

OWN_WORDS = "Ask us again in a year."


@pytest.fixture
def talk(site: str) -> Conversation:
    talk = cast.an_open_conversation(slug="the-one", welcome="Three minutes are enough.")
    easier = {"plain_words": "Show us how it was done.", "easy_read": "Show us how."}
    talk.statements.update(**easier)
    return talk


def answer(page: Page, choice: str, number: int) -> None:
    """Press a button, and wait until the page says that this was the number-th answer."""
    page.get_by_role("button", name=choice, exact=True).click()
    wait_for_answer(page, number)


def wait_for_answer(page: Page, number: int) -> None:
    expect(page.get_by_role("progressbar")).to_have_attribute("value", str(number))


def answer_from_the_front_page(page: Page, site: str, check: Check) -> None:
    page.goto(f"{site}/")
    check(page)
    follow(page.get_by_role("button", name="Agree", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.QUESTION)
    wait_for_answer(page, 1)
    check(page)


def change_the_last_answer(page: Page, check: Check) -> None:
    answer(page, "Pass", 2)
    follow(page.get_by_role("link", name="Go back and change my last answer"))
    expect(page.get_by_text("So far you said: pass. You can change it.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Disagree", exact=True).click()
    said = {Choice.AGREE, Choice.DISAGREE}
    wait_for(lambda: set(Vote.objects.values_list("choice", flat=True)) == said)
    wait_for_answer(page, 2)


def change_an_answer_in_the_list(page: Page, check: Check) -> None:
    follow(page.get_by_role("link", name="My answers"))
    check(page)
    follow(page.get_by_role("link", name="Change").first)
    check(page)
    follow(page.get_by_role("button", name="Pass", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("My answers")
    expect(page.get_by_role("listitem").filter(has_text="Pass")).to_have_count(1)
    follow(page.get_by_role("link", name="Go on answering"))


def say_it(page: Page, check: Check) -> None:
    follow(page.get_by_role("link", name="Say it in your own words"))
    check(page)
    follow(page.get_by_role("button", name="Send it"))
    expect(page.locator(".error-summary")).to_contain_text("Write what you would say")
    check(page)
    page.get_by_label("What would you say?").fill(OWN_WORDS)
    follow(page.get_by_role("button", name="Send it"))
    expect(page.get_by_role("status")).to_contain_text("A person reads each new statement first")
    check(page)
    assert Statement.objects.get(words=OWN_WORDS).state == Statement.State.WAITING


def say_a_word_about_oneself(page: Page, check: Check) -> None:
    follow(page.get_by_role("link", name="Stop for now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    check(page)
    follow(page.get_by_role("link", name="Say a word about yourself"))
    check(page)
    page.get_by_label("I care for somebody").check()
    page.get_by_label("Where are you from?").select_option("Manchester")
    follow(page.get_by_role("button", name="Keep this"))
    expect(page.get_by_role("status")).to_contain_text("It is kept apart from your answers.")
    assert Declaration.objects.get().part == Declaration.Part.CARER


def take_everything_back(page: Page, check: Check) -> None:
    follow(page.get_by_role("link", name="My answers"))
    follow(page.get_by_role("link", name="Take back all my answers"))
    check(page)
    follow(page.get_by_role("button", name="Take them all back"))
    expect(page.get_by_text("2 answers were taken out.")).to_be_visible()
    check(page)
    assert not Vote.objects.exists()
    assert not Declaration.objects.exists()


@SCRIPTS
def test_it_takes_a_passer_by_from_the_front_page_to_thanks_and_back_out(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = page_at(PHONE, java_script_enabled=scripts)
    answer_from_the_front_page(page, site, assert_well_made)
    change_the_last_answer(page, assert_well_made)
    change_an_answer_in_the_list(page, assert_well_made)
    say_it(page, assert_well_made)
    say_a_word_about_oneself(page, assert_well_made)
    take_everything_back(page, assert_well_made)


@SCRIPTS
def test_it_leads_from_the_list_through_every_statement_to_the_last(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/talk/")
    follow(page.get_by_role("link", name=cast.QUESTION))
    for number in range(1, 6):
        answer(page, "Agree", number)
    said = page.get_by_role("heading", name="You have answered everything")
    if scripts:
        expect(said).to_be_focused()
    expect(said).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Say it in your own words")).to_be_focused()
    assert_well_made(page)
    page.goto(f"{site}/")
    expect(page.get_by_text("You have answered everything there is so far.")).to_be_visible()
    assert_well_made(page)
    assert Vote.objects.filter(choice=Choice.AGREE).count() == 5


def test_it_is_done_by_keyboard_alone(site: str, talk: Conversation, page_at: PageAt) -> None:
    page = page_at(DESK)
    page.goto(f"{site}/")
    follow_by_keyboard(page.get_by_role("button", name="Disagree"))
    for number in (2, 3):
        tab_to(page.get_by_role("button", name="Pass"))
        page.keyboard.press("Enter")
        wait_for_answer(page, number)
        expect(page.locator("#statement-words")).to_be_focused()
    follow_by_keyboard(page.get_by_role("link", name="Say it in your own words"))
    tab_to(page.get_by_label("What would you say?"))
    page.keyboard.type(OWN_WORDS)
    follow_by_keyboard(page.get_by_role("button", name="Send it"))
    follow_by_keyboard(page.get_by_role("link", name="Stop for now"))
    follow_by_keyboard(page.get_by_role("link", name="Say a word about yourself"))
    tab_to(page.get_by_label("I would rather not say").first)
    page.keyboard.press("ArrowUp")
    follow_by_keyboard(page.get_by_role("button", name="Keep this"))
    follow_by_keyboard(page.get_by_role("link", name="My answers"))
    follow_by_keyboard(page.get_by_role("link", name="Take back all my answers"))
    assert Statement.objects.filter(words=OWN_WORDS).exists()
    assert Declaration.objects.get().part == Declaration.Part.OTHER
    follow_by_keyboard(page.get_by_role("button", name="Take them all back"))
    assert not Vote.objects.exists()


def test_it_takes_single_keys_until_they_are_turned_off(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check
) -> None:
    page = page_at(DESK)
    page.goto(f"{site}/talk/the-one/")
    for done, key in enumerate("adP", start=1):
        page.keyboard.press(key)
        wait_for_answer(page, done)
    assert sorted(Vote.objects.values_list("choice", flat=True)) == [-1, 0, 1]

    page.get_by_role("button", name="Turn the keys off").click()
    assert_well_made(page)
    page.keyboard.press("a")
    page.keyboard.press("Control+a")
    page.reload()
    wait_for_answer(page, 3)
    page.get_by_role("button", name="Turn the keys on").click()
    page.keyboard.press("a")
    wait_for_answer(page, 4)


def test_it_puts_the_next_statement_in_place_without_a_new_page(
    site: str, talk: Conversation, phone: Page, assert_well_made: Check
) -> None:
    phone.goto(f"{site}/talk/the-one/")
    phone.evaluate("window.isStillHere = true")
    answer(phone, "Agree", 1)
    expect(phone.locator("#statement-words")).to_be_focused()
    assert phone.evaluate("window.isStillHere")
    assert_well_made(phone)


def test_it_sends_an_answer_the_plain_way_when_the_smooth_one_fails(
    site: str, talk: Conversation, phone: Page
) -> None:
    def refuse_the_smooth_way(route: Route) -> None:
        if "hx-request" in route.request.headers:
            route.abort()
        else:
            route.continue_()

    phone.route("**/answer/", refuse_the_smooth_way)
    phone.goto(f"{site}/talk/the-one/")
    follow(phone.get_by_role("button", name="Agree", exact=True))
    wait_for_answer(phone, 1)
    assert Vote.objects.count() == 1


@SCRIPTS
def test_it_shows_easier_words_to_whoever_asks(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/talk/the-one/")
    follow(page.get_by_role("link", name="in Easy Read"))
    expect(page.locator("#statement-words")).to_have_text("“Show us how.”")
    assert_well_made(page)
    answer(page, "Agree", 1)
    expect(page.locator("#statement-words")).to_have_text("“Show us how.”")
    follow(page.get_by_role("link", name="in plain words"))
    expect(page.locator("#statement-words")).to_have_text("“Show us how it was done.”")


def test_it_shows_a_name_only_with_a_tick(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    talk = cast.an_open_conversation([], slug="the-one", moderation="after")
    page = come_in(page_at(PHONE), site, cast.member())
    page.goto(f"{site}/talk/the-one/")
    assert_well_made(page)
    for words, is_named in (("With my name.", True), ("Without it.", False)):
        page.goto(f"{site}/talk/the-one/say/")
        page.get_by_label("What would you say?").fill(words)
        page.get_by_label("Show my name with it: Amina").set_checked(is_named)
        assert_well_made(page)
        follow(page.get_by_role("button", name="Send it"))
    at_a_glance.forget()
    page.goto(f"{site}/talk/the-one/?statement=1")
    expect(page.get_by_text("Amina said")).to_be_visible()
    page.goto(f"{site}/talk/the-one/?statement=2")
    expect(page.get_by_text("somebody said")).to_be_visible()
    assert talk.statements.count() == 2


def test_it_lists_what_is_open_closed_and_found(
    site: str, talk: Conversation, phone: Page, assert_well_made: Check
) -> None:
    for number, phase in enumerate(("closed", "published")):
        other = cast.an_open_conversation(question=f"Question {number}?", slug=phase)
        crowds.close_at_once(other)
        Conversation.objects.filter(pk=other.pk).update(phase=phase)
    phone.goto(f"{site}/talk/")
    for heading in ("Open now", "What people found", "Closed, being read"):
        expect(phone.get_by_role("heading", name=heading)).to_be_visible()
    assert_well_made(phone)
    for question in ("Question 0?", "Question 1?"):
        phone.goto(f"{site}/talk/")
        follow(phone.get_by_role("link", name=question))
        assert_well_made(phone)
