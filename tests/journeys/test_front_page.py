"""Where one arrives: what is asked, what was found, and where to go from there."""

from playwright.sync_api import Locator, expect

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase
from coproduce.web.first_pages import write_first_pages
from tests import cast, crowds
from tests.journeys.conftest import PHONE, SCRIPTS, Check, PageAt, follow, follow_by_keyboard

FOUND = "What did the day find?"


def something_found() -> None:
    talk = cast.an_open_conversation(question=FOUND, slug="found")
    crowds.crowd(talk, 60, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)


@SCRIPTS
def test_it_says_so_when_nothing_is_asked_and_nothing_was_found(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/")
    expect(page.get_by_text("No question is open just now.")).to_be_visible()
    expect(page.get_by_text("Nothing has been published yet.")).to_be_visible()
    assert_well_made(page)


@SCRIPTS
def test_it_leads_on_to_what_was_found_and_to_what_else_is_open(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    something_found()
    cast.an_open_conversation(question="What else?", place=cast.oxfordshire())
    cast.an_open_conversation()
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(f"{site}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.QUESTION)
    expect(page.get_by_text("Oxfordshire: 1 open question")).to_be_visible()
    assert_well_made(page)
    follow_by_keyboard(page.get_by_role("link", name="What else?"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What else?")
    page.goto(f"{site}/")
    follow(page.get_by_role("link", name=FOUND))
    expect(page.get_by_role("heading", name="What all of us agree on")).to_be_visible()


def test_it_puts_no_statement_before_people_who_were_not_invited(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    cast.an_open_conversation(electorate=Conversation.Electorate.INVITED)
    page = page_at(PHONE)
    page.goto(f"{site}/")
    expect(page.get_by_role("button", name="Agree", exact=True)).to_have_count(0)
    assert_well_made(page)
    follow(page.get_by_role("link", name="Go to this question"))
    expect(page.get_by_text("This question is put to people who were invited.")).to_be_visible()


def test_it_keeps_its_edges_and_marks_in_the_colours_that_a_reader_chose(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    something_found()
    cast.an_open_conversation()
    page = page_at(PHONE, forced_colors="active")
    page.goto(f"{site}/")
    for answer in ("Agree", "Disagree", "Pass"):
        assert edge_of(page.get_by_role("button", name=answer, exact=True)) > 0
    assert_well_made(page)
    page.goto(f"{site}/talk/found/common-ground/")
    for letter in ("A", "B"):
        mark = page.locator(f".mark.{letter.lower()}").first
        expect(mark).to_have_text(letter)
        assert is_filled(mark)
    assert_well_made(page)


def is_filled(mark: Locator) -> bool:
    """Whether its shape stands out from the page, in whatever colours the reader chose."""
    return bool(
        mark.evaluate(
            """element => {
              const ground = style => getComputedStyle(style).backgroundColor;
              return ground(element) !== ground(document.documentElement);
            }"""
        )
    )


def edge_of(thing: Locator) -> float:
    """How wide the edge is that can be seen, in pixels: one in the colour of its ground is none."""
    return float(
        thing.evaluate(
            """element => {
              const style = getComputedStyle(element);
              const isSeen = style.borderTopColor !== style.backgroundColor;
              return isSeen ? parseFloat(style.borderTopWidth) : 0;
            }"""
        )
    )


def test_its_foot_leads_to_the_pages_about_the_site(
    site: str, page_at: PageAt, assert_well_made: Check, assert_fits_at_double_size: Check
) -> None:
    write_first_pages()
    page = page_at(PHONE)
    for name in ("How your answers are kept", "Accessibility", "About"):
        page.goto(f"{site}/")
        follow_by_keyboard(page.get_by_role("contentinfo").get_by_role("link", name=name))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_well_made(page)
        assert_fits_at_double_size(page)
