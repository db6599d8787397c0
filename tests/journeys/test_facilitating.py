"""An evening in a hall: from an empty page to a published conversation, by mouse, by keyboard,
and with a browser that runs no scripts.
"""

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Statement, Vote
from coproduce.conversations.pseudonyms import slip_codes
from coproduce.conversations.views import room
from coproduce.trust.keys import has_key
from tests import cast, crowds
from tests.journeys.conftest import DESK, Check, PageAt, come_in, follow

HALL = 1920, 1080


@pytest.fixture(autouse=True)
def a_new_evening() -> None:
    room.forget()


def make_and_open(page: Page, site: str, check: Check) -> Conversation:
    page.goto(f"{site}/facilitate/")
    check(page)
    follow(page.get_by_role("link", name="Make a conversation"))
    check(page)
    page.get_by_label("Your question").fill(cast.QUESTION)
    page.get_by_label("Statements to begin with").fill("\n".join(cast.SEEDS))
    page.get_by_role("button", name="Go on and check").click()
    expect(page.get_by_role("heading", name="5 statements to begin with")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Open the conversation").click()
    expect(page.get_by_text("The conversation is open. Let people in.")).to_be_visible()
    check(page)
    return Conversation.objects.get()


def print_paper(page: Page, check: Check) -> str:
    """The letters of the sheet, after sheets and slips have come out of the printer."""
    follow(page.get_by_role("link", name="Print sheets and slips"))
    check(page)
    page.get_by_role("button", name="Make the sheet").click()
    page.get_by_label("How many slips?").fill("9")
    page.get_by_role("button", name="Make slips").click()
    expect(page.get_by_text("9 given out so far.")).to_be_visible()
    check(page)
    for link in ("Sheet as PDF", "in large print", "slips 1 to 9"):
        address = page.get_by_role("link", name=link).first.get_attribute("href")
        pdf = page.request.get(page.evaluate("to => new URL(to, location).href", address))
        assert pdf.body().startswith(b"%PDF-")
    return page.locator("#main b.letters").first.inner_text()


def enter_three_sheets(page: Page, talk: Conversation, letters: str, check: Check) -> None:
    talk.refresh_from_db()
    one, two, three = slip_codes(talk)[:3]
    follow(page.get_by_role("link", name="Type in paper sheets"))
    check(page)
    page.get_by_label("Letters at the foot of the sheet").fill(letters)
    page.get_by_label("One line for each sheet").fill(f"{one} a d p a .\n{two} aaaa\n{three} ddddd")
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text(f"Line 2, {two}: 4 answers for 5")
    check(page)
    page.get_by_label("One line for each sheet").fill(
        f"{one} a d p a .\n{two} aaaa.\n{three} ddddd"
    )
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.get_by_text("3 sheets are entered.")).to_be_visible()
    check(page)
    assert Vote.objects.filter(is_assisted=True).count() == 13


def close_it(page: Page, talk: Conversation, check: Check) -> None:
    follow(page.get_by_role("link", name="Close the conversation"))
    check(page)
    page.get_by_role("button", name="Close it and destroy the key").click()
    expect(page.get_by_role("heading", name="The figures are being worked out")).to_be_visible()
    check(page)
    assert not has_key(talk.id)


def somebody_says(talk: Conversation, *sentences: str) -> None:
    for number, words in enumerate(sentences, start=6):
        Statement.objects.create(conversation=talk, number=number, words=words)


def test_it_takes_a_facilitator_through_the_evening(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = page_at(DESK)
    come_in(page, site, cast.facilitator())

    talk = make_and_open(page, site, assert_well_made)
    letters = print_paper(page, assert_well_made)
    enter_three_sheets(page, talk, letters, assert_well_made)
    crowds.crowd(talk, 27, crowds.two_camps)
    follow(page.get_by_role("link", name="Back to the conversation"))
    close_it(page, talk, assert_well_made)
    tasks.finish.call(str(talk.id))
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="Look and publish").click()
    expect(page.get_by_role("heading", name="What all of us agree on")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Publish it for everybody").click()
    expect(page.get_by_text("Published. Everybody can read")).to_be_visible()
    assert_well_made(page)


def test_it_takes_the_same_way_without_scripts_on_a_phone(
    site: str, no_js_page: Page, assert_well_made: Check
) -> None:
    page = no_js_page
    come_in(page, site, cast.facilitator())

    talk = make_and_open(page, site, assert_well_made)
    somebody_says(talk, "Meet in the evening.")
    follow(page.get_by_role("link", name="Read, leave out and merge statements"))
    assert_well_made(page)
    page.get_by_text("Says the same as another").first.click()
    page.locator("#into-6").fill("evening daytime")
    page.get_by_role("button", name="Merge").first.click()
    expect(page.get_by_text("Statement 6 is now part of statement 3.")).to_be_visible()
    follow(page.get_by_role("link", name="Back to the conversation"))
    letters = print_paper(page, assert_well_made)
    enter_three_sheets(page, talk, letters, assert_well_made)
    follow(page.get_by_role("link", name="Write down a show of hands"))
    assert_well_made(page)
    page.get_by_label("Statement 1: Agree").fill("20")
    page.get_by_label("Statement 1: Disagree").fill("3")
    page.get_by_role("button", name="Write them down").click()
    expect(page.get_by_text("The hands for one statement are written down.")).to_be_visible()
    follow(page.get_by_role("link", name="Back to the conversation"))
    close_it(page, talk, assert_well_made)


def test_it_reads_the_queue_by_keyboard_alone(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    talk = cast.an_open_conversation()
    somebody_says(talk, "Meet in the evening.", "Buy my book.", "Begin with food.")
    page = page_at(DESK)
    come_in(page, site, cast.facilitator())
    page.goto(f"{site}/facilitate/{talk.slug}/moderate/")
    assert_well_made(page)

    page.locator("[data-takes-keys] button").first.focus()
    page.keyboard.press("m")
    expect(page.locator("#into-6")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Statement 6 is now part of statement 3.")
    expect(page.locator("[data-takes-keys]").first).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator("#said")).to_have_text("Statement 7 is left out.")
    assert_well_made(page)
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Everything is read")).to_be_visible()
    assert_well_made(page)

    states = dict(talk.statements.filter(number__gt=5).values_list("number", "state"))
    assert states == {6: "merged", 7: "hidden", 8: "shown"}


def test_it_leaves_letters_alone_while_somebody_types_them(site: str, page_at: PageAt) -> None:
    talk = cast.an_open_conversation()
    somebody_says(talk, "Meet in the evening.")
    page = page_at(DESK)
    come_in(page, site, cast.facilitator())
    page.goto(f"{site}/facilitate/{talk.slug}/moderate/")

    page.locator("body").press("s")
    page.get_by_text("Says the same as another").first.click()
    page.locator("#into-6").press_sequentially("sl")

    expect(page.locator("#into-6")).to_have_value("sl")
    assert talk.statements.get(number=6).state == Statement.State.WAITING


def test_it_counts_lines_while_a_facilitator_types_them(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = page_at(DESK)
    come_in(page, site, cast.facilitator())
    page.goto(f"{site}/facilitate/new/")

    page.get_by_label("Statements to begin with").press_sequentially("One.\nTwo.\none")

    said = page.locator("#statement-count")
    expect(said).to_contain_text("3 statements. A conversation begins with 5 to 15.")
    expect(said).to_contain_text("Line 3 says the same as line 1.")
    assert_well_made(page)
    page.get_by_role("button", name="Go on and check").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Statements to begin with")).to_have_value("One.\nTwo.\none")
    assert_well_made(page)


def test_it_checks_sheets_while_a_helper_types_them(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = page_at(DESK)
    come_in(page, site, cast.facilitator())
    talk = make_and_open(page, site, lambda page: None)
    letters = print_paper(page, lambda page: None)
    talk.refresh_from_db()
    code = slip_codes(talk)[0]
    page.get_by_role("link", name="Type in paper sheets").click()

    page.get_by_label("Letters at the foot of the sheet").fill(letters)
    page.get_by_label("One line for each sheet").press_sequentially(f"{code} adpad\nABC")

    expect(page.locator("#checked")).to_contain_text(f"1 sheet ready: {code} (5 answers).")
    expect(page.locator("#checked")).to_contain_text("Line 2 does not begin with a code")
    assert_well_made(page)


def test_it_moves_the_big_screen_without_anybody_touching_it(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    talk = cast.an_open_conversation()
    screen = page_at(*HALL, reduced_motion="reduce")  # with motion: test_big_screen.py
    screen.goto(f"{site}/room/{talk.code}/")
    expect(screen.get_by_text("Nobody has answered yet.")).to_be_visible()
    assert_well_made(screen)

    crowds.crowd(talk, 30, crowds.two_camps)
    expect(screen.locator(".head-count")).to_have_text("30 people have answered so far")
    Conversation.objects.update(room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))

    expect(screen.get_by_role("heading", name="Everybody")).to_be_visible()
    assert_well_made(screen)
