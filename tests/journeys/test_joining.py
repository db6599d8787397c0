"""Ways in: the code from the screen, the slip from the table, an invitation."""

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations import limits
from coproduce.conversations.actions import facilitating
from coproduce.conversations.limits import Limit
from coproduce.conversations.models import Conversation, Vote
from coproduce.conversations.pseudonyms import by_code, pseudonym_of, slip_codes
from tests import cast
from tests.journeys.conftest import (
    PHONE,
    SCRIPTS,
    Check,
    PageAt,
    come_in,
    follow,
    follow_by_keyboard,
    tab_to,
)

CODE = "TRW45"


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Each test counts its wrong codes for itself: the counts outlive it."""
    fresh = Limit(f"codes {request.node.name}", most=3, seconds=600)
    monkeypatch.setattr(limits, "WRONG_CODES", fresh)


def with_slips(**fields: str) -> tuple[Conversation, list[str]]:
    """An open conversation that has given out eight slips, and their codes."""
    talk = cast.an_open_conversation(slug="the-one", code=CODE, **fields)
    facilitating.give_out_slips(talk, 8, by=None)
    return talk, slip_codes(talk)


def type_code(page: Page, label: str, code: str, button: str) -> None:
    page.get_by_label(label).fill(code)
    follow(page.get_by_role("button", name=button))


def expect_a_statement(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.QUESTION)
    expect(page.get_by_role("button", name="Agree", exact=True)).to_be_visible()


@SCRIPTS
def test_it_lets_a_phone_in_by_the_code_on_the_screen(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    cast.an_open_conversation(code=CODE)
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/")
    follow(page.get_by_role("link", name="Type a code"))
    assert_well_made(page)
    type_code(page, "Your code", "qqq qq", "Join")
    expect(page.locator(".error-summary")).to_contain_text("No conversation goes by this code.")
    expect(page.get_by_label("Your code")).to_have_value("qqq qq")
    assert_well_made(page)
    type_code(page, "Your code", "trw 45", "Join")
    expect_a_statement(page)


def test_it_lets_somebody_in_by_keyboard_alone(site: str, phone: Page) -> None:
    cast.an_open_conversation(code=CODE)
    phone.goto(f"{site}/join/")
    tab_to(phone.get_by_label("Your code"))
    phone.keyboard.type(CODE)
    follow_by_keyboard(phone.get_by_role("button", name="Join"))
    expect_a_statement(phone)


def test_it_keeps_who_is_early_and_who_mistyped(
    site: str, phone: Page, assert_well_made: Check
) -> None:
    draft = cast.a_draft(code=CODE)
    phone.goto(f"{site}/join/{CODE}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are early")
    assert_well_made(phone)
    facilitating.open_(draft, by=cast.facilitator())
    follow(phone.get_by_role("link", name="Look again"))
    expect_a_statement(phone)

    phone.goto(f"{site}/join/TRW54/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No conversation goes by this code")
    assert_well_made(phone)
    type_code(phone, "Your code", CODE, "Try again")
    expect_a_statement(phone)


@SCRIPTS
def test_it_takes_what_a_phone_answered_along_to_the_slip_that_is_scanned(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    talk, codes = with_slips()
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/talk/the-one/")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")

    page.goto(f"{site}/join/{CODE}/?slip={codes[0]}")
    expect(page.get_by_text(f"You scanned the slip {codes[0]}. Is it yours?")).to_be_visible()
    assert_well_made(page)
    follow(page.get_by_role("button", name="Yes, it is mine: begin"))
    expect(page.get_by_text(f"This phone now answers for slip {codes[0]}.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    assert_well_made(page)
    assert Vote.objects.get().pseudonym == pseudonym_of(talk, by_code(codes[0]))


def test_it_takes_the_code_of_a_slip_that_is_typed(
    site: str, phone: Page, assert_well_made: Check
) -> None:
    _, codes = with_slips()
    phone.goto(f"{site}/talk/the-one/")
    follow(phone.get_by_role("link", name="I have a paper slip"))
    assert_well_made(phone)
    type_code(phone, "The code on your slip", "BCD-FGHJ", "Use this code")
    expect(phone.locator(".error-summary")).to_be_focused()
    assert_well_made(phone)
    type_code(phone, "The code on your slip", codes[1].lower(), "Use this code")
    expect(phone.get_by_text(f"This phone now answers for slip {codes[1]}.")).to_be_visible()


def test_it_lets_a_page_rest_after_many_wrong_codes(
    site: str, phone: Page, assert_well_made: Check
) -> None:
    phone.goto(f"{site}/join/")
    for _ in range(3):
        type_code(phone, "Your code", "BCDFG", "Join")
    type_code(phone, "Your code", "BCDFG", "Join")
    expect(phone.get_by_role("heading", level=1)).to_have_text("A little slower, please")
    expect(phone.get_by_text("this page takes a short rest")).to_be_visible()
    assert_well_made(phone)


@SCRIPTS
def test_it_asks_a_stranger_for_the_slip_of_an_invited_conversation(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    _, codes = with_slips(electorate=Conversation.Electorate.INVITED)
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/join/{CODE}/")
    expect(page.get_by_text("This question is put to people who were invited.")).to_be_visible()
    assert_well_made(page)
    follow(page.get_by_role("link", name="Type the code of my slip"))
    type_code(page, "The code on your slip", codes[2], "Use this code")
    expect_a_statement(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    assert_well_made(page)


def test_it_knows_members_of_the_place_and_no_others_as_invited(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    with_slips(electorate=Conversation.Electorate.INVITED)
    amina = come_in(page_at(PHONE), site, cast.member())
    amina.goto(f"{site}/talk/the-one/")
    expect_a_statement(amina)
    owen = come_in(page_at(PHONE), site, cast.wrong_place_facilitator())
    owen.goto(f"{site}/talk/the-one/")
    expect(owen.get_by_text("This question is put to people who were invited.")).to_be_visible()
    expect(owen.get_by_role("link", name="Sign in")).to_have_count(0)
    assert_well_made(owen)
