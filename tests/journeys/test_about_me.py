"""Somebody reads everything about them, looks at it first, takes it back, and is gone."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from coproduce.gatherings.actions import consenting, insights, noting
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import ConsentCard, Gathering
from coproduce.people.models import Person
from coproduce.trust.models import Named, Where
from tests import cast
from tests.journeys.conftest import PHONE, SCRIPTS, Check, PageAt, come_in

SAID = "They asked my daughter and not me, and I was sitting right there."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def a_card_with_words(gathering: Gathering) -> ConsentCard:
    """Somebody allowed the website, with their name, and wants to see it first."""
    [card] = consenting.print_cards(gathering, 1, None)
    answer = Answer((Where.WEB,), named=Named.FULL, name="Zoë Achterberg", show_me_first=True)
    person = consenting.enter(card, answer, None)
    voices = noting.take_notes(gathering, [Note(SAID, said_by=person)], None)
    drawn = insights.Drawn("Ask people themselves.", voices)
    insights.draw(drawn, None, place=gathering.place, gathering=gathering)
    consenting.show_insights(gathering, None)
    return card


@SCRIPTS
def test_by_a_code_one_sees_it_first_lets_it_be_shown_and_takes_it_back(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    gathering = cast.a_gathering(slug="the-day")
    card = a_card_with_words(gathering)
    day = reverse("gatherings:gathering", args=["the-day"])
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(site + day)
    expect(page.get_by_text(SAID)).to_have_count(0)

    page.goto(site + reverse("gatherings:my_words", args=[card.code]))
    assert_well_made(page)
    page.get_by_role("button", name="It may be shown").click()
    page.goto(site + day)
    expect(page.get_by_text(SAID)).to_be_visible()

    page.goto(site + reverse("gatherings:my_words", args=[card.code]))
    page.get_by_role("link", name="See first what would change").click()
    expect(page.get_by_text(f"“{SAID}”")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Take it all back").click()
    page.goto(site + day)
    expect(page.get_by_text(SAID)).to_have_count(0)


def test_a_member_reads_everything_and_is_gone_after_one_tick(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    amina = cast.member()
    opaque = amina.pk
    page = come_in(page_at(PHONE), site, amina)
    page.goto(site + reverse("people:you"))
    page.get_by_role("link", name="Read everything we hold about you").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything about you")
    expect(page.get_by_text("amina@example.org").first).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="Have all of this erased").click()
    page.get_by_role("button", name="Erase it").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_well_made(page)
    page.get_by_label("Yes, erase everything about me").check()
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is erased")
    assert_well_made(page)
    assert not Person.objects.filter(pk=opaque).exists()
