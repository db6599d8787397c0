"""Looking for something: on a phone, by keyboard, with scripts and without, and finding it."""

from playwright.sync_api import expect

from coproduce.people.actions import being_found
from coproduce.search.rebuilding import rebuild
from tests import cast
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


def something_to_find() -> None:
    cast.a_gathering(title="Commissioners meet carers", purpose="About buses in the evening.")
    cast.an_open_conversation(question="What about the buses?")
    being_found.be_found(cast.member(), "I know the buses")
    rebuild()


@SCRIPTS
def test_a_stranger_finds_a_gathering_on_a_phone_and_goes_there(
    site: str,
    page_at: PageAt,
    assert_well_made: Check,
    assert_fits_at_double_size: Check,
    scripts: bool,
) -> None:
    something_to_find()
    page = page_at(PHONE, 640, java_script_enabled=scripts)
    page.goto(f"{site}/")
    follow_by_keyboard(
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Search")
    )
    assert_well_made(page)
    tab_to(page.get_by_label("What are you looking for?"))
    page.keyboard.type("comissioner")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Did you mean commissioners?")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("Commissioners")
    assert_well_made(page)
    assert_fits_at_double_size(page)
    follow_by_keyboard(page.get_by_role("link", name="Commissioners meet carers"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Commissioners meet carers")


def test_the_field_in_the_head_of_a_page_leads_to_what_has_the_words(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    something_to_find()
    page = page_at(DESK)
    page.goto(f"{site}/places/")
    tab_to(page.get_by_label("Search this site"))
    page.keyboard.type("buses")
    follow_by_keyboard(page.get_by_role("button", name="Search"))
    expect(page.get_by_role("heading", name="2 found")).to_be_visible()
    follow(page.get_by_role("link", name="Conversations 1"))
    expect(page.get_by_role("heading", name="1 conversation found")).to_be_visible()
    assert_well_made(page)


def test_a_member_finds_those_who_let_themselves_be_found_and_a_stranger_is_told_nothing(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    something_to_find()
    member, stranger = page_at(PHONE), page_at(PHONE, color_scheme="dark")
    come_in(member, site, cast.facilitator())
    for page in (member, stranger):
        page.goto(f"{site}/search/?q=Amina")
    expect(member.get_by_role("link", name="Amina")).to_be_visible()
    expect(stranger.get_by_text("Nothing has “amina” in it")).to_be_visible()
    for page in (member, stranger):
        assert_well_made(page)
    follow(member.get_by_role("link", name="Amina"))
    expect(member.get_by_role("heading", name="1 member")).to_be_visible()
