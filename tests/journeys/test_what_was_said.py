"""What is said in a hall: noted by one key, kept without a net, allowed, shown, and taken back."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import ConsentCard, Gathering, Voice
from tests import cast
from tests.journeys.conftest import PHONE, SCRIPTS, Check, PageAt, come_in, follow

SAID = "Nobody asked us before the rota was made."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def taking_notes(page_at: PageAt, site: str, day: Gathering, **options: object) -> Page:
    page = come_in(page_at(PHONE, **options), site, cast.facilitator())
    page.goto(f"{site}/host/{day.slug}/notes/")
    return page


@SCRIPTS
def test_a_note_taker_writes_down_one_thing_after_the_other(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    page = taking_notes(page_at, site, cast.a_gathering(), java_script_enabled=scripts)
    for number, words in enumerate((f"{SAID} #4", "Pay at the door #3"), start=1):
        page.get_by_label("What was said").fill(words)
        page.get_by_role("button", name="Note it").click()
        plural = "s" if number > 1 else ""
        expect(page.get_by_role("heading", name=f"{number} voice{plural} so far")).to_be_visible()
    expect(page.get_by_text(SAID, exact=True)).to_be_visible()
    expect(page.get_by_text("Who is in the room").first).to_be_visible()
    assert_well_made(page)


def test_enter_keeps_a_note_and_shift_enter_begins_a_line(site: str, page_at: PageAt) -> None:
    page = taking_notes(page_at, site, cast.a_gathering())
    field = page.get_by_label("What was said")
    field.fill("First line")
    field.press("Shift+Enter")
    field.press_sequentially("second line")
    field.press("Enter")
    expect(page.get_by_role("heading", name="1 voice so far")).to_be_visible()
    assert Voice.objects.get().words == "First line\nsecond line"


def test_without_a_net_notes_wait_on_the_phone_and_come_once_when_it_is_back(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = taking_notes(page_at, site, cast.a_gathering())
    page.context.set_offline(True)
    for words in (SAID, "Pay at the door"):
        page.get_by_label("What was said").fill(words)
        page.get_by_label("What was said").press("Enter")
    expect(page.get_by_text("2 waiting")).to_be_visible()
    assert not Voice.objects.exists()
    assert_well_made(page)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="2 voices so far")).to_be_visible()
    expect(page.get_by_text("waiting")).to_be_hidden()
    assert set(Voice.objects.values_list("words", flat=True)) == {SAID, "Pay at the door"}


@SCRIPTS
def test_a_quote_is_shown_once_it_is_allowed_and_gone_once_it_is_taken_back(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    day = cast.a_gathering()
    cast.an_insight(day, "People are asked too late.", SAID)
    host = come_in(page_at(PHONE, java_script_enabled=scripts), site, cast.facilitator())
    host.goto(f"{site}/host/{day.slug}/consent/")
    follow(host.get_by_role("button", name="Make so many more"))
    assert_well_made(host)
    card = ConsentCard.objects.all()[0]
    host.get_by_label("The code on the card").fill(card.code.lower())
    follow(host.get_by_role("button", name="Enter this card"))
    said = host.get_by_role("group", name="Where what they say may be shown")
    said.get_by_label("On this website").check()
    follow(host.get_by_role("button", name="Enter the card"))
    expect(host.get_by_text("The card is entered.")).to_be_visible()

    voice = Voice.objects.get(words=SAID)
    host.goto(f"{site}/host/{day.slug}/notes/{voice.id}/")
    host.get_by_label("The code of their consent card").fill(card.code)
    follow(host.get_by_role("button", name="Keep it like this"))
    host.goto(f"{site}/host/{day.slug}/insights/")
    assert_well_made(host)
    follow(host.get_by_role("button", name="Show them on the page of the gathering"))

    reader = page_at(PHONE, java_script_enabled=scripts)
    reader.goto(f"{site}/gatherings/{day.slug}/")
    expect(reader.get_by_text(SAID)).to_be_visible()
    reader.get_by_text("Why we may show this").click()
    assert_well_made(reader)

    theirs = page_at(PHONE, java_script_enabled=scripts)
    theirs.goto(f"{site}/my-words/")
    theirs.get_by_label("Your code").fill(card.code)
    follow(theirs.get_by_role("button", name="Show it"))
    expect(theirs.get_by_text("you allowed what you say to be shown")).to_be_visible()
    assert_well_made(theirs)
    follow(theirs.get_by_role("button", name="Show nothing of mine"))
    assert_well_made(theirs)
    reader.reload()
    expect(reader.get_by_text(SAID)).to_have_count(0)


def test_the_page_itself_opens_again_without_a_net_and_holds_nobodys_words(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    day = cast.a_gathering()
    noting.take_notes(day, [Note(SAID)], None)
    page = taking_notes(page_at, site, day)
    expect(page.get_by_text(SAID, exact=True)).to_be_visible()
    page.evaluate(UNTIL_IT_IS_KEPT)
    kept = page.evaluate(WHAT_IS_KEPT)
    assert "What is said" in kept
    assert SAID not in kept

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("There is no net just now.")).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)
    page.get_by_label("What was said").fill("Pay at the door")
    page.get_by_label("What was said").press("Enter")
    expect(page.get_by_text("1 waiting")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 waiting")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="2 voices so far")).to_be_visible()
    assert_well_made(page)
    assert set(Voice.objects.values_list("words", flat=True)) == {SAID, "Pay at the door"}


UNTIL_IT_IS_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const isKept = async () => await caches.match(location.pathname + "shell/");
  while (!navigator.serviceWorker.controller || !await isKept()) {
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
WHAT_IS_KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    for (const request of await store.keys()) {
      const answer = await store.match(request);
      texts.push(await answer.text());
    }
  }
  return texts.join("\\n");
}"""
