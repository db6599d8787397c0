"""Signing in by code, and an admin who sets up a second step and mends a page, in a browser."""

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from coproduce.web.first_pages import write_first_pages
from tests import cast
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, follow
from tests.web.test_accounts import code_in
from tests.web.test_middleware import shown_by_the_app

LIGHTS = [{"color_scheme": "light"}, {"color_scheme": "dark"}]


@pytest.fixture(autouse=True)
def a_new_site(site: str) -> None:
    cache.clear()
    write_first_pages()


def sign_in(page: Page, site: str, email: str, check: Check) -> None:
    page.goto(f"{site}/")
    follow(page.get_by_role("link", name="Sign in"))
    check(page)
    page.get_by_label("Your email address").fill(email)
    follow(page.get_by_role("button", name="Send me a code"))
    check(page)
    page.get_by_label("The code we sent you").fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_lets_a_member_in_and_out_on_a_phone(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    cast.member()
    page = page_at(PHONE, java_script_enabled=scripts)
    sign_in(page, site, "amina@example.org", assert_well_made)
    expect(page.get_by_text("You are signed in.")).to_be_visible()
    follow(page.get_by_role("link", name="Your account"))
    assert_well_made(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert_well_made(page)


def test_it_takes_the_eye_to_what_was_wrong(
    site: str, phone: Page, assert_well_made: Check
) -> None:
    phone.goto(f"{site}/accounts/login/code/")
    phone.get_by_label("Your email address").fill("amina at example")
    phone.keyboard.press("Enter")
    expect(phone.locator(".error-summary")).to_be_focused()
    expect(phone.get_by_label("Your email address")).to_have_value("amina at example")
    assert_well_made(phone)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Your email address")).to_be_focused()


def test_it_is_walked_through_by_keyboard_from_the_first_key(site: str, phone: Page) -> None:
    phone.goto(f"{site}/")
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Skip to the main part")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("main")).to_be_focused()


def test_it_lets_an_admin_mend_a_page_after_a_second_step(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    cast.admin()
    page = page_at(DESK)
    sign_in(page, site, "ada@example.org", assert_well_made)
    page.goto(f"{site}/admin/")
    expect(page.get_by_role("heading", name="Second step at sign-in")).to_be_visible()
    assert_well_made(page)
    follow(page.get_by_role("link", name="Set it up"))
    assert_well_made(page)
    secret = page.locator("code.spelled").inner_text()
    page.get_by_label("The six digits").fill(shown_by_the_app(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="Look after the pages of this site").click()
    mend_the_page_about_us(page, site)

    stranger = page_at(PHONE)
    stranger.goto(f"{site}/about/")
    expect(stranger.get_by_role("heading", level=1, name="Who we are")).to_be_visible()
    expect(stranger.get_by_text("A table where everybody sits.")).to_be_visible()
    assert_well_made(stranger)


def mend_the_page_about_us(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/pages/")
    page.get_by_role("link", name="Explore child pages of").first.click()
    page.get_by_role("link", name="About", exact=True).click()
    page.locator("#id_title").fill("Who we are")
    page.locator("#id_lead").fill("A table where everybody sits.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published")).to_be_visible()


@pytest.mark.parametrize("light", LIGHTS, ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_it_is_well_made_in_every_light_and_width(
    site: str, page_at: PageAt, assert_well_made: Check, light: dict[str, str], width: int
) -> None:
    cast.an_open_conversation()
    page = page_at(width, **light)
    for address in (
        "/",
        "/accounts/signup/",
        "/about/",
        "/accessibility/",
        "/how-your-answers-are-kept/",
        "/nowhere/",
    ):
        page.goto(f"{site}{address}")
        assert_well_made(page)
