"""Paper that comes back: sheets typed by the keyboard alone, without a net, and from a file."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from coproduce.measures.models import Linking, Sheet, Wave
from tests import cast, measured
from tests.journeys.conftest import DESK, PHONE, SCRIPTS, Check, PageAt, come_in, follow

FILE = b"code,q1,q2,Shoe size\nAN07NE,4,Fully,38\nBE12LK,x,,41\n"
BROKEN = b"code,q1,q2\nAN07NE,9,2\nBE12LK,2,2\n"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def typing_in(page_at: PageAt, site: str, wave: Wave, width: int = DESK, **options: object) -> Page:
    page = come_in(page_at(width, **options), site, cast.evaluator())
    page.goto(f"{site}/evaluate/{wave.survey.slug}/waves/1/enter/")
    return page


def type_line(page: Page, code: str, answers: str) -> None:
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(answers)


def test_sheets_are_typed_in_by_the_keyboard_alone(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    wave = measured.an_open_wave()
    page = typing_in(page_at, site, wave)
    assert_well_made(page)
    for code in ("AN07NE", "BE12LK", "CE33MM"):
        expect(page.get_by_label("Code")).to_be_focused()
        type_line(page, code, "4x")  # each answer goes on to the next cell
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 typed in so far")).to_be_visible()
    assert [measured.codes_on(each) for each in Sheet.objects.all()] == [[4, 65_535, 0]] * 3
    assert_well_made(page)


def test_a_wrong_value_is_told_beside_the_line_at_once(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    page = typing_in(page_at, site, measured.an_open_wave())
    type_line(page, "AN07NE", "9")
    page.keyboard.press("Tab")
    told = "Question 1: “9” is no answer here. Type 1 to 5, or x."
    expect(page.get_by_text(told)).to_be_visible()
    assert_well_made(page)
    page.keyboard.press("Enter")  # it is not kept: the cursor goes to what is wrong
    expect(page.get_by_label("Question 1", exact=True)).to_be_focused()
    page.keyboard.type("3")
    expect(page.get_by_text(told)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 typed in so far")).to_be_visible()


def test_without_a_net_sheets_wait_and_come_once_when_it_is_back(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    wave = measured.an_open_wave()
    measured.a_sheet(wave, "BE12LK", [1, 1])
    page = typing_in(page_at, site, wave)
    page.context.set_offline(True)
    for code in ("AN07NE", "BE12LK"):
        type_line(page, code, "5")
        page.keyboard.press("Enter")
    expect(page.get_by_text("2 waiting")).to_be_visible()
    type_line(page, "an-07-ne", "5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code was typed in a moment ago")).to_be_visible()
    page.get_by_label("Code").fill("")
    assert_well_made(page)
    page.context.set_offline(False)
    expect(page.get_by_text("1 waiting, 1 to mend")).to_be_visible()
    expect(page.get_by_text("A sheet with this code is in already.")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Mend").click()
    page.get_by_label("Code").fill("BE12LKX")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 typed in so far")).to_be_visible()
    assert Sheet.objects.count() == 3


@SCRIPTS
def test_a_sheet_that_was_typed_wrongly_is_taken_out(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    wave = measured.an_open_wave()
    page = typing_in(page_at, site, wave, PHONE, java_script_enabled=scripts)
    page.get_by_label("Code").fill("AN07NE")
    page.get_by_label("Question 1", exact=True).fill("9")
    page.get_by_role("button", name="Keep this sheet").click()
    expect(page.get_by_text("is no answer here").first).to_be_visible()
    assert_well_made(page)
    page.get_by_label("Question 1", exact=True).fill("5")
    page.get_by_role("button", name="Keep this sheet").click()
    expect(page.get_by_role("heading", name="1 typed in so far")).to_be_visible()
    expect(page.get_by_label("Code")).to_be_focused()
    assert_well_made(page)
    follow(page.get_by_role("button", name="Take out"))
    expect(page.get_by_text("The sheet is taken out")).to_be_visible()
    assert not Sheet.objects.exists()


@SCRIPTS
def test_a_file_is_looked_at_mended_and_taken_in(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    wave = measured.an_open_wave()
    page = come_in(page_at(PHONE, java_script_enabled=scripts), site, cast.evaluator())
    page.goto(f"{site}/evaluate/{wave.survey.slug}/waves/1/answers/")
    assert_well_made(page)
    hand_in(page, BROKEN)
    assert_well_made(page)
    follow(page.get_by_role("button", name="See what would happen"))
    expect(page.get_by_role("cell", name="“9” is no answer here.")).to_be_visible()
    assert_well_made(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rows to mend").click()
    assert download.value.suggested_filename == "rows-to-mend.csv"
    follow(page.get_by_role("button", name="Throw this file away"))
    hand_in(page, FILE)
    follow(page.get_by_role("button", name="See what would happen"))
    expect(page.get_by_text("2 sheets in the file, 2 of them without a mistake")).to_be_visible()
    assert_well_made(page)
    follow(page.get_by_role("button", name="Take them all in"))
    expect(page.get_by_text("2 sheets are taken in.")).to_be_visible()
    assert Sheet.objects.sent().count() == 2


def hand_in(page: Page, raw: bytes) -> None:
    file = {"name": "answers.csv", "mimeType": "text/csv", "buffer": raw}
    page.get_by_label("Your file").set_input_files(files=[file])  # type: ignore[list-item]
    follow(page.get_by_role("button", name="Go on and check"))


def test_paper_is_found_from_the_survey(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.PAPER))
    page = come_in(page_at(PHONE, java_script_enabled=False), site, cast.evaluator())
    page.goto(f"{site}/evaluate/{wave.survey.slug}/")
    follow(page.get_by_role("link", name="Print it on paper"))
    expect(page.get_by_role("heading", name="Slips with codes")).to_be_visible()
    assert_well_made(page)
    page.get_by_label("How many slips?").fill("0")
    follow(page.get_by_role("button", name="Make the slips"))
    expect(page.get_by_text("Type a number from 1 to 240.").first).to_be_visible()
    assert_well_made(page)
    page.goto(f"{site}/evaluate/{wave.survey.slug}/waves/1/paper/")
    follow(page.get_by_role("link", name="Type in the sheets that came back"))
    expect(page.get_by_role("heading", name="Type in sheets")).to_be_visible()
