"""A photo's way: brought in on a phone, told of, waiting for an answer, shown, taken back, gone."""

from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from coproduce.gatherings.actions import consenting
from coproduce.gatherings.models import ConsentCard, Gathering
from coproduce.pictures.models import Picture
from tests import cast
from tests.journeys.conftest import DESK, SCRIPTS, Check, PageAt, come_in, follow

PHONE = 390
WORDS = "Six people round a table; one is standing and laughing."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photos as they lie on a phone."""
    paths = [tmp_path / "IMG_0001.jpg", tmp_path / "IMG_0002.jpg"]
    for path in paths:
        path.write_bytes(cast.a_jpeg().read())
    return paths


def hosting(page_at: PageAt, site: str, day: Gathering, **options: object) -> Page:
    page = come_in(page_at(PHONE, **options), site, cast.facilitator())
    page.goto(f"{site}/host/{day.slug}/pictures/")
    return page


@SCRIPTS
def test_a_photo_from_the_phone_to_the_page_and_back(
    site: str, page_at: PageAt, photos: list[Path], assert_well_made: Check, scripts: bool
) -> None:
    day = cast.a_gathering()
    [card] = consenting.print_cards(day, 1, None)
    host = hosting(page_at, site, day, java_script_enabled=scripts)
    assert_well_made(host)
    host.get_by_label("Photos", exact=True).set_input_files(photos)
    follow(host.get_by_role("button", name="Bring them in"))
    expect(host.get_by_text("2 photos are brought in.")).to_be_visible()
    assert_well_made(host)

    # each is asked what it shows, and no word for nothing is taken
    host.get_by_label("What photo 1 shows").fill("decorative")
    follow(host.get_by_role("button", name="Keep these lines"))
    expect(host.get_by_role("alert")).to_contain_text("says nothing to somebody who cannot see it")
    assert_well_made(host)
    host.get_by_label("What photo 1 shows").fill(WORDS)
    host.get_by_label("Who made them").fill("Femi")
    host.get_by_label("Licence for all of them").select_option("CC-BY-4.0")
    follow(host.get_by_role("button", name="Keep these lines"))
    expect(host.get_by_text("1 photo does not say yet what it shows")).to_be_visible()
    assert_well_made(host)

    # who is in it: their card is not entered yet, then it says no, then yes
    follow(host.get_by_role("link", name=WORDS[:30]))
    assert_well_made(host)
    follow(host.get_by_role("link", name="Say who is in it"))
    host.get_by_label("Codes of consent cards").fill(card.code)
    follow(host.get_by_role("button", name="This is who is in it"))
    expect(host.get_by_role("alert")).to_contain_text("Enter what stands on the card")
    assert_well_made(host)
    enter(host, site, day, card)
    name_by_card(host, site, day, card)
    expect(host.get_by_text("Somebody in it said no, or took it back.")).to_be_visible()
    enter(host, site, day, card, "On this website")
    host.goto(f"{site}/host/{day.slug}/pictures/")
    follow(host.get_by_role("button", name="Let it be shown"))
    expect(host.get_by_role("heading", name="Everybody sees it")).to_be_visible()
    assert_well_made(host)

    # everybody sees it, with its words and why
    reader = page_at(PHONE, java_script_enabled=scripts)
    reader.goto(f"{site}/gatherings/{day.slug}/")
    picture = reader.get_by_role("img", name=WORDS)
    expect(picture).to_be_visible()
    reader.get_by_text("Why we may show this").click()
    expect(reader.get_by_text("The person allowed this on this website")).to_be_visible()
    assert_well_made(reader)
    address = picture.evaluate("image => image.currentSrc || image.src")
    assert reader.request.get(address).status == 200

    # whoever is in it takes it back by their code: gone from the page, and its address says so
    theirs = page_at(PHONE, java_script_enabled=scripts)
    theirs.goto(f"{site}/my-words/{card.code}/")
    follow(theirs.get_by_role("button", name="Show nothing of mine"))
    reader.reload()
    expect(reader.get_by_role("img", name=WORDS)).to_have_count(0)
    answer = reader.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(reader.get_by_role("heading", name="This is not here any more")).to_be_visible()
    assert_well_made(reader)


def enter(page: Page, site: str, day: Gathering, card: ConsentCard, *where: str) -> None:
    """What stands on a card about pictures."""
    page.goto(f"{site}/host/{day.slug}/consent/{card.code}/")
    asked = page.get_by_role("group", name="Where pictures they are in may be shown")
    for each in where:
        asked.get_by_label(each).check()
    follow(page.get_by_role("button", name="Enter the card"))


def name_by_card(page: Page, site: str, day: Gathering, card: ConsentCard) -> None:
    picture = Picture.objects.exclude(description="").get()
    page.goto(f"{site}/host/{day.slug}/pictures/{picture.id}/people/")
    page.get_by_label("Codes of consent cards").fill(card.code)
    follow(page.get_by_role("button", name="This is who is in it"))


@SCRIPTS
def test_a_flipchart_is_typed_line_by_line_beside_its_photo(
    site: str, page_at: PageAt, photos: list[Path], assert_well_made: Check, scripts: bool
) -> None:
    host = hosting(page_at, site, cast.a_gathering(), java_script_enabled=scripts)
    host.get_by_label("Photos", exact=True).set_input_files(photos[:1])
    follow(host.get_by_role("button", name="Bring them in"))
    follow(host.get_by_role("link", name="Later"))
    follow(host.get_by_role("link", name="A new photo"))
    follow(host.get_by_role("link", name="Type what stands on it, line by line"))
    for number, words in enumerate(("Fares at the door", "One page, plain words"), start=1):
        field = host.get_by_label("The next line")
        field.fill(words)
        with host.expect_navigation():
            field.press("Enter")
        expect(host.get_by_role("heading", name=f"{number} line")).to_be_visible()
    assert_well_made(host)


@SCRIPTS
def test_a_film_a_paper_and_deleting_them(
    site: str,
    page_at: PageAt,
    assert_well_made: Check,
    assert_fits_at_double_size: Check,
    tmp_path: Path,
    scripts: bool,
) -> None:
    day = cast.a_gathering()
    host = hosting(page_at, site, day, java_script_enabled=scripts)
    follow(host.get_by_role("link", name="a film"))
    assert_well_made(host)
    assert_fits_at_double_size(host)
    host.get_by_label("Title").fill("The day")
    host.get_by_label("Its address elsewhere").fill("https://films.example.org/1")
    follow(host.get_by_role("button", name="Bring it in"))
    expect(host.get_by_role("alert")).to_contain_text("none so far")
    assert_well_made(host)

    paper = tmp_path / "notes.txt"
    paper.write_text("What we found")
    host.goto(f"{site}/host/{day.slug}/pictures/paper/")
    assert_well_made(host)
    host.get_by_label("Title").fill("Notes")
    host.get_by_label("The paper").set_input_files(paper)
    follow(host.get_by_role("button", name="Bring it in"))
    assert_well_made(host)
    assert_fits_at_double_size(host)
    host.get_by_label("What is in it").fill("What we found, in a page.")
    host.get_by_label("Who made it").fill("A made-up guest")
    host.get_by_label("Licence").select_option("LicenseRef-permission")
    follow(host.get_by_role("button", name="Keep this"))
    expect(host.get_by_role("alert")).to_contain_text("Say who permitted it, and on which day.")
    assert_well_made(host)
    host.get_by_label("Permitted by").fill("A made-up guest")
    host.get_by_label("On which day").fill("2026-03-02")
    host.get_by_label("On this website").check()
    follow(host.get_by_role("button", name="Keep this"))
    follow(host.get_by_role("link", name="Say who is in it"))
    host.get_by_label("I looked: nobody in it can be recognised").check()
    follow(host.get_by_role("button", name="This is who is in it"))
    follow(host.get_by_role("button", name="Let it be shown"))

    reader = page_at(DESK, java_script_enabled=scripts)
    reader.goto(f"{site}/gatherings/{day.slug}/")
    expect(reader.get_by_text("Republished with permission of A made-up guest")).to_be_visible()
    assert_well_made(reader)
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Notes").click()
    assert download.value.suggested_filename == "notes.txt"

    follow(host.get_by_role("link", name="Delete it"))
    assert_well_made(host)
    follow(host.get_by_role("button", name="Delete it"))
    expect(host.get_by_text("It is deleted, with every size of it.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("link", name="Notes")).to_have_count(0)
