"""What comes out of the printer: read back from the PDF itself."""

import io

import pytest
from pypdf import PageObject, PdfReader

from coproduce.conversations.actions.facilitating import give_out_slips
from coproduce.conversations.actions.on_paper import print_sheets
from coproduce.conversations.paper import sheet_pdf, short_address_of, slip_files, slips_pdf
from coproduce.conversations.pseudonyms import slip_codes
from coproduce.trust.keys import KeyIsGone, destroy_key
from tests import cast

pytestmark = pytest.mark.django_db


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in read(pdf).pages)


def test_it_prints_every_statement_with_its_number_and_the_way_in():
    talk = cast.an_open_conversation(welcome="We are thirty people in the hall.")

    said = words(sheet_pdf(print_sheets(talk, None)))

    assert cast.QUESTION in said
    assert "We are thirty people in the hall." in said
    assert f"127.0.0.1:8000/join/{talk.code}" in said.replace(" ", "")
    for number, statement in enumerate(cast.SEEDS, start=1):
        assert f"{number} {statement}" in said
    assert "Nobody can tell how you in particular answered." in said
    assert "Say it in your own words" in said


def test_it_marks_every_page_of_a_sheet_with_its_letters():
    talk = cast.a_draft(statements=[f"Statement number {n} of a long list." for n in range(40)])
    edition = print_sheets(talk, None)

    pages = read(sheet_pdf(edition, large=True)).pages

    assert len(pages) > 3
    assert all(edition.letters in page.extract_text() for page in pages)
    assert all("Code of your slip" in page.extract_text() for page in pages)


@pytest.mark.parametrize("large", [False, True])
def test_it_makes_a_tagged_pdf_that_knows_its_title_and_language(large):
    catalogue = read(sheet_pdf(print_sheets(cast.a_draft(), None), large=large))

    root = catalogue.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalogue.metadata is not None
    assert str(catalogue.metadata.title).startswith(cast.QUESTION)


def test_it_carries_its_own_fonts():
    fonts = {
        str(font["/BaseFont"])
        for page in read(sheet_pdf(print_sheets(cast.a_draft(), None))).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }

    assert fonts
    assert all("Atkinson" in font for font in fonts)


@pytest.mark.parametrize(("large", "pages"), [(False, 2), (True, 3)])
def test_it_prints_each_slip_once_in_the_order_of_giving_out(large, pages):
    talk = cast.a_draft()
    give_out_slips(talk, 9, None)

    pdf = slips_pdf(talk, first=1, last=9, large=large)

    said = words(pdf)
    assert len(read(pdf).pages) == pages
    assert [said.count(code) for code in slip_codes(talk)] == [1] * 9
    assert said.replace(" ", "").count(short_address_of(talk)) == 9


@pytest.mark.parametrize(("large", "across", "down"), [(False, 2, 4), (True, 1, 3)])
def test_it_lays_the_slips_out_in_a_grid_that_fits_the_page(large, across, down):
    talk = cast.a_draft()
    give_out_slips(talk, across * down, None)

    page = read(slips_pdf(talk, first=1, last=across * down, large=large)).pages[0]

    places = where(page, set(slip_codes(talk)))
    assert len(places) == across * down
    assert len({round(x) for x, _ in places}) == across
    assert len({round(y) for _, y in places}) == down
    assert all(0 < x < page.mediabox.width and 0 < y < page.mediabox.height for x, y in places)


def where(page: PageObject, texts: set[str]) -> list[tuple[float, float]]:
    """Where on the page these texts stand, in points from its lower left corner."""
    places = []

    def look(text: str, cm: list[float], tm: list[float], *font: object) -> None:
        if text.strip() in texts:
            x, y = tm[4], tm[5]
            places.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

    page.extract_text(visitor_text=look)
    return places


def test_it_prints_only_the_slips_that_were_asked_for():
    talk = cast.a_draft()
    give_out_slips(talk, 5, None)

    said = words(slips_pdf(talk, first=4, last=5))

    assert [code in said for code in slip_codes(talk)] == [False, False, False, True, True]


def test_it_keeps_a_file_of_slips_to_a_size_that_is_drawn_quickly():
    talk = cast.a_draft(slips=500)

    assert slip_files(talk) == [(1, 240), (241, 480), (481, 500)]
    assert slip_files(talk, first=451) == [(451, 500)]
    assert slip_files(talk, first=501) == []


def test_it_cannot_print_slips_once_the_key_is_gone():
    talk = cast.a_draft()
    give_out_slips(talk, 5, None)
    destroy_key(talk.id)

    with pytest.raises(KeyIsGone):
        slips_pdf(talk, first=1, last=5)


def test_it_leads_a_camera_to_the_same_address_that_is_printed(settings):
    settings.BASE_URL = "https://talk.example.org"

    assert short_address_of(cast.a_draft(code="KTM7R")) == "talk.example.org/join/KTM7R"
