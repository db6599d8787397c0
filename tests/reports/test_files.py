"""Each file is made when it is asked for, from what may be read then; an old one is gone."""

import io
import re
import zipfile
from datetime import date

import docx
import pptx
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from coproduce.gatherings.actions import deciding
from coproduce.gatherings.actions.deciding import Decided
from coproduce.gatherings.models import Decision
from coproduce.reports.actions import publishing, writing
from coproduce.reports.body import Block, Kind
from coproduce.reports.limits import FILES_BY_ADDRESS
from coproduce.reports.rich import from_typed
from tests.reports import days
from tests.reports.days import ALSO_SAID, POINT, SAID

pytestmark = pytest.mark.django_db
ENDINGS = ("pdf", "pptx", "docx")
# Where one machine keeps things, or who sat before it.
OF_A_MACHINE = re.compile(
    rb"/(?:home|root|tmp|work|Users|usr)/|python-docx|Steve Canny|PowerPoint Pres"
)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def address(ending: str, number: int = 1) -> str:
    return reverse("reports:file", args=["the-day", number, ending])


def file(client: Client, ending: str, number: int = 1) -> bytes:
    answer = client.get(address(ending, number))
    assert answer.status_code == 200
    return bytes(answer.content)


def read(ending: str, content: bytes) -> str:
    """All its words, as somebody reads them."""
    found = io.BytesIO(content)
    match ending:
        case "pdf":
            pages = PdfReader(found).pages
            words = [page.extract_text() for page in pages]
            links = [each.get_object() for page in pages for each in page.get("/Annots", ())]
            words += [str(link["/A"]["/URI"]) for link in links]
        case "docx":
            document = docx.Document(found)
            words = [paragraph.text for paragraph in document.paragraphs]
            words += [cell.text for table in document.tables for cell in table._cells]
        case _:
            words = []
            for slide in pptx.Presentation(found).slides:
                words += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
                notes = slide.notes_slide.notes_text_frame
                words.append(notes.text if notes else "")
    return " ".join(" ".join(words).split())


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_says_what_the_page_says(client: Client, ending: str) -> None:
    days.published()
    found = read(ending, file(client, ending))
    for words in (POINT, SAID, ALSO_SAID, "Made-up Maya", "Buy the tin.", "12 people were there."):
        assert words in found
    assert "/figures/" in found


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_taken_back_is_in_no_file_and_the_old_one_is_gone(
    client: Client, ending: str
) -> None:
    days.published()
    assert SAID in read(ending, file(client, ending))
    days.take_back(SAID)
    old = client.get(address(ending))
    assert old.status_code == 410
    words = old.content.decode()
    assert "Somebody took their words back on" in words
    assert address(ending, 2) in words
    assert SAID not in words
    now = read(ending, file(client, ending, 2))
    assert SAID not in now
    assert ALSO_SAID in now
    assert "1 quote was taken out." in now or ending == "pptx"
    assert "took their words back on" in now


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_of_what_was_taken_back_is_in_its_bytes(client: Client, ending: str) -> None:
    days.published()
    days.take_back(SAID)
    client.get(reverse("reports:report", args=["the-day"]))
    content = file(client, ending, 2)
    if ending == "pdf":
        return  # compressed page by page; its words are read above
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(SAID.encode() in packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_tells_of_no_machine_and_of_nobody_who_made_it(client: Client, ending: str) -> None:
    days.published()
    content = file(client, ending)
    parts = [content]
    if ending != "pdf":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
    assert [found for part in parts if (found := OF_A_MACHINE.search(part))] == []
    assert not any(b"Femi" in part for part in parts)


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_kept_by_no_cache_and_found_by_no_search_engine(client: Client, ending: str) -> None:
    days.published()
    answer = client.get(address(ending))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert f"the-day-version-1.{ending}" in answer.headers["Content-Disposition"]


def test_an_unknown_kind_of_file_is_not_found(client: Client) -> None:
    days.published()
    assert client.get(address("exe")).status_code == 404


def test_a_flood_of_files_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    days.published()
    for _ in range(FILES_BY_ADDRESS.most):
        FILES_BY_ADDRESS.take("127.0.0.1")
    assert client.get(address("docx")).status_code == 429


def test_the_pdf_is_tagged_and_knows_its_title_and_its_language(client: Client) -> None:
    days.published()
    pdf = PdfReader(io.BytesIO(file(client, "pdf")))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Report of the day: A day in Manchester"


def test_the_document_has_real_headings_lists_and_a_language(client: Client) -> None:
    day = days.a_told_day()
    report = days.a_report(day)
    points = from_typed("We want:\n- **fares** at the door\n- see https://example.org/fares")
    writing.add(report, Block(Kind.TEXT, points), None)
    publishing.publish(report, None)
    document = docx.Document(io.BytesIO(file(client, "docx")))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert styles[0] == ("Heading 1", "A day in Manchester")
    assert ("Heading 2", "What was said") in styles
    assert ("Heading 3", POINT) in styles
    assert ("List Bullet", "fares at the door") in styles
    assert document.core_properties.language == "en-GB"
    languages = re.findall(r'w:lang [^>]*w:val="([^"]+)"', document.styles.element.xml)
    assert set(languages) == {"en-GB"}


def test_each_slide_has_a_title_few_words_in_large_letters_and_its_source(client: Client) -> None:
    days.published()
    deck = pptx.Presentation(io.BytesIO(file(client, "pptx")))
    for slide in deck.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        assert "Source: Version 1" in notes.text
        sizes = [
            run.font.size.pt
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if run.font.size
        ]
        assert min(sizes) >= 18
    quote = next(
        s for s in deck.slides if s.shapes.title and s.shapes.title.text_frame.text == POINT
    )
    notes = quote.notes_slide.notes_text_frame
    assert notes is not None
    assert "The person allowed this in the report of the day" in notes.text


def test_what_no_longer_holds_says_so_in_every_file(client: Client) -> None:
    version = days.published()
    later = Decided("Fares are paid by bank.", "everybody there", date(2026, 2, 5))
    old = Decision.objects.get()
    deciding.decide(version.report.gathering, later, None, instead_of=old)
    for ending in ENDINGS:
        assert "It no longer holds. Instead: Fares are paid by bank." in read(
            ending, file(client, ending)
        )
