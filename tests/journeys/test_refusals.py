"""When it does not go as hoped: closed meanwhile, too busy, too much, not here, not yours."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from coproduce.conversations import ballot_box, limits
from coproduce.conversations.ballot_box import BoxIsFull
from coproduce.conversations.limits import Limit
from coproduce.conversations.models import Conversation, Statement, Vote
from tests import cast, crowds
from tests.journeys.conftest import DESK, PHONE, SCRIPTS, Check, PageAt, come_in, follow


@pytest.fixture
def talk(site: str) -> Conversation:
    return cast.an_open_conversation(slug="the-one")


def answer_in_vain(page: Page, heading: str) -> None:
    """Press a button that cannot be taken any more, and be told so."""
    follow(page.get_by_role("button", name="Agree", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert not Vote.objects.exists()


@SCRIPTS
def test_it_says_that_the_conversation_closed_a_moment_ago(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/talk/the-one/")
    crowds.close_at_once(talk)
    answer_in_vain(page, "This one was not counted")
    assert_well_made(page)
    follow(page.get_by_role("link", name="Go on with this conversation"))
    expect(page.get_by_text("Thank you to everyone who took part.")).to_be_visible()
    assert_well_made(page)


@SCRIPTS
def test_it_asks_to_wait_when_more_come_than_can_be_written_down(
    site: str,
    talk: Conversation,
    page_at: PageAt,
    assert_well_made: Check,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    def full(*papers: object) -> None:
        raise BoxIsFull

    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/talk/the-one/")
    with monkeypatch.context() as rush:
        rush.setattr(ballot_box, "cast", full)
        answer_in_vain(page, "Many people are answering at once")
        assert_well_made(page)
    page.go_back()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")


def test_it_thanks_for_ten_statements_and_takes_the_next_one_later(
    site: str,
    talk: Conversation,
    phone: Page,
    assert_well_made: Check,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "STATEMENTS", Limit("ten in this test", most=10, seconds=3600))
    for number in range(11):
        phone.goto(f"{site}/talk/the-one/say/")
        phone.get_by_label("What would you say?").fill(f"This is thought {number}.")
        follow(phone.get_by_role("button", name="Send it"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("A little slower, please")
    expect(phone.get_by_text("You have said ten things within an hour. Thank you!")).to_be_visible()
    assert_well_made(phone)
    assert Statement.objects.filter(words__startswith="This is thought").count() == 10


def test_it_says_that_a_form_was_open_for_too_long(
    site: str, talk: Conversation, phone: Page, assert_well_made: Check
) -> None:
    phone.goto(f"{site}/talk/the-one/say/")
    phone.get_by_label("What would you say?").fill("Here I am again.")
    phone.context.clear_cookies()
    follow(phone.get_by_role("button", name="Send it"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("This form was open for too long")
    assert_well_made(phone)


def test_it_says_what_is_not_here_and_what_is_not_theirs(
    site: str, talk: Conversation, page_at: PageAt, assert_well_made: Check
) -> None:
    page = come_in(page_at(PHONE), site, cast.member())
    for address, heading in (
        ("/nowhere/", "There is no such page"),
        ("/talk/nowhere/", "There is no such page"),
        ("/facilitate/the-one/", "This page is not yours to open"),
    ):
        page.goto(site + address)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert_well_made(page)


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_it_stays_readable_when_nothing_else_works(
    site: str, page_at: PageAt, assert_well_made: Check, template: str
) -> None:
    page = page_at(DESK)
    said = render_to_string(template)
    page.route("**/broken/", lambda route: route.fulfill(content_type="text/html", body=said))
    page.goto(f"{site}/broken/")
    assert_well_made(page)
    follow(page.get_by_role("link", name="Back to the start").first)
    assert_well_made(page)
