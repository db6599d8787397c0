"""Signing in by code, and an admin who sets up a second step and mends a page, in a browser."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from coproduce.web.first_pages import write_first_pages
from tests import cast
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, come_in, follow
from tests.web.test_accounts import code_in
from tests.web.test_middleware import shown_by_the_app, with_an_app

LIGHTS = ["light", "dark"]


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


def test_it_shows_the_code_in_the_mail_of_the_demo(
    site: str, phone: Page, assert_well_made: Check, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "coproduce.web.demo_mail.FolderAndTerminal"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    cast.member()
    phone.goto(f"{site}/demo/mail/")
    expect(phone.get_by_text("Nothing has been sent yet.")).to_be_visible()
    assert_well_made(phone)
    follow(phone.get_by_role("main").get_by_role("link", name="sign-in page"))
    assert_well_made(phone)
    phone.get_by_label("Your email address").fill("amina@example.org")
    follow(phone.get_by_role("button", name="Send me a code"))
    follow(phone.get_by_role("link", name="Read the codes here"))
    assert_well_made(phone)
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", phone.locator(".letter").inner_text())
    assert code
    follow(phone.get_by_role("link", name="Back to where the code is typed"))
    phone.get_by_label("The code we sent you").fill(code[0])
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("You are signed in.")).to_be_visible()


def test_it_says_that_the_code_could_not_be_sent(
    site: str, phone: Page, assert_well_made: Check, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    phone.goto(f"{site}/accounts/login/code/")
    phone.get_by_label("Your email address").fill("amina@example.org")
    follow(phone.get_by_role("button", name="Send me a code"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("We could not send the code")
    assert_well_made(phone)


def test_it_lets_somebody_join_with_an_address_alone(
    site: str, phone: Page, assert_well_made: Check
) -> None:
    phone.goto(f"{site}/")
    follow(phone.get_by_role("link", name="Sign in"))
    follow(phone.get_by_role("link", name="Join the network"))
    assert_well_made(phone)
    phone.get_by_label("Your email address").fill("noor@example.org")
    follow(phone.get_by_role("button", name="Send me a code"))
    assert_well_made(phone)
    phone.get_by_label("The code we sent you").fill("WRNG-CODE")
    follow(phone.get_by_role("button", name="Go on"))
    expect(phone.locator(".error-summary")).to_be_focused()
    assert_well_made(phone)
    phone.get_by_label("The code we sent you").fill(code_in(mail.outbox[-1]))
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("You are signed in.")).to_be_visible()


def test_it_lets_somebody_change_their_address(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = come_in(page_at(PHONE), site, cast.member())
    page.goto(f"{site}/accounts/email/")
    page.get_by_label("Your new address").fill("amina@example.net")
    follow(page.get_by_role("button", name="Send a code to the new address"))
    assert_well_made(page)
    page.goto(f"{site}/accounts/email/")
    expect(page.get_by_text("and that address is not confirmed yet")).to_be_visible()
    assert_well_made(page)


def test_it_asks_for_the_second_step_at_the_door_and_before_it_is_changed(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    amina = cast.member()
    secret = with_an_app(amina)
    outside = page_at(PHONE)
    sign_in(outside, site, "amina@example.org", lambda page: None)
    expect(outside.get_by_role("heading", level=1)).to_have_text("Second step")
    assert_well_made(outside)

    page = come_in(page_at(PHONE), site, amina)
    page.goto(f"{site}{reverse('mfa_index')}")
    assert_well_made(page)
    follow(page.get_by_role("link", name="Make new recovery codes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    assert_well_made(page)
    page.get_by_role("textbox").fill(shown_by_the_app(secret))
    follow(page.get_by_role("button", name="Go on"))
    assert_well_made(page)
    follow(page.get_by_role("button", name="Make new codes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert_well_made(page)
    page.goto(f"{site}{reverse('mfa_deactivate_totp')}")
    assert_well_made(page)
    follow(page.get_by_role("link", name="Keep it on"))
    page.goto(f"{site}{reverse('account_logout')}")
    assert_well_made(page)


@pytest.mark.parametrize("light", LIGHTS)
def test_it_is_well_made_in_every_light(
    site: str, page_at: PageAt, assert_well_made: Check, light: str
) -> None:
    cast.an_open_conversation()
    page = page_at(DESK, color_scheme=light)
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
