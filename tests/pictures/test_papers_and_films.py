"""Papers and films at the door: known by their content, without what tells who made them where."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from coproduce.gatherings.models import Gathering
from coproduce.pictures import captions, moving, office
from coproduce.pictures.actions import bringing_in
from coproduce.pictures.actions.deeds import NotPossible
from coproduce.pictures.models import Picture
from tests import cast
from tests.pictured import Committed, belongs_to

SECRET = "Amina Example"


# Papers


def a_docx() -> bytes:
    paper = docx.Document()
    paper.add_paragraph("What we found")
    paper.core_properties.author = paper.core_properties.last_modified_by = SECRET
    return saved(paper.save)


def a_pptx() -> bytes:
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "What we found"
    slides.core_properties.author = SECRET
    return saved(slides.save)


def an_xlsx() -> bytes:
    sheet = openpyxl.Workbook()
    sheet.active["A1"] = "What we found"
    sheet.properties.creator = SECRET
    return saved(sheet.save)


def an_odt(mimetype: bytes = office.ODT, **more: bytes) -> bytes:
    content = b"<office:document-content>What we found</office:document-content>"
    parts = {"mimetype": mimetype, "content.xml": content, "meta.xml": SECRET.encode(), **more}
    return zipped(parts)


def saved(save: Callable[[Any], None]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def cleaned(name: str, content: bytes) -> bytes:
    return office.clean(io.BytesIO(content), name).content


def unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", a_docx), ("a.pptx", a_pptx), ("a.xlsx", an_xlsx), ("a.odt", an_odt)],
)
def test_an_office_file_forgets_its_author_and_keeps_its_words(
    name: str, make: Callable[[], bytes]
) -> None:
    before = make()
    assert SECRET.encode() in unpacked(before), "the file before should carry the name"
    after = unpacked(cleaned(name, before))
    assert SECRET.encode() not in after
    assert b"What we found" in after


def test_what_is_cleaned_still_opens() -> None:
    paper = docx.Document(io.BytesIO(cleaned("a.docx", a_docx())))
    assert paper.paragraphs[0].text == "What we found"
    assert paper.core_properties.author == ""
    slides = pptx.Presentation(io.BytesIO(cleaned("a.pptx", a_pptx())))
    assert slides.slides[0].shapes.title.text == "What we found"
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned("a.xlsx", an_xlsx())))
    assert sheet.active["A1"].value == "What we found"


def test_what_was_hung_on_before_or_behind_is_gone() -> None:
    content = a_docx()
    with_more = content + b"<script>" + SECRET.encode()
    assert b"<script>" not in cleaned("a.docx", with_more)


PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
REFUSED = {
    "another kind": ("a.exe", b"MZ"),
    "html": ("a.html", b"<script>1</script>"),
    "svg": ("a.svg", b"<svg/>"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0"),
    "pdf that is none": ("a.pdf", b"<html>%PDF-1.7 %%EOF"),
    "pdf cut off": ("a.pdf", PDF[:20]),
    "text that is none": ("a.txt", b"\x00\x01\x02"),
    "text not in UTF-8": ("a.txt", b"\xff\xfe\x00"),
    "docx that is none": ("a.docx", b"PK\x03\x04 and nothing"),
    "docx that is a zip": ("a.docx", zipped({"a.txt": b"a"})),
    "xlsx that is a docx": ("a.xlsx", a_docx()),
    "odt that says otherwise": ("a.odt", an_odt(b"application/vnd.oasis.opendocument.graphics")),
    "a docx with macros": (
        "a.docx",
        zipped({"word/document.xml": b"a", "word/vbaProject.bin": b"a"}),
    ),
    "an odt with macros": ("a.odt", an_odt(**{"Basic/Standard/M.xml": b"a"})),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_paper_is_refused_in_a_sentence(what: str) -> None:
    name, content = REFUSED[what]
    with pytest.raises(office.NotAPaper, match=r"\w.*\.$"):
        cleaned(name, content)


def test_a_paper_that_unpacks_to_far_more_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "LARGEST_UNPACKED", 100_000)
    bomb = zipped({"word/document.xml": bytes(100_001)})
    assert len(bomb) < 1_000
    with pytest.raises(office.NotAPaper, match="far too large"):
        cleaned("a.docx", bomb)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    bomb = zipped({"word/document.xml": bytes(100_000)})
    lies = bomb.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(office.NotAPaper):
        cleaned("a.docx", lies)


def test_a_paper_may_be_large_and_not_larger() -> None:
    with pytest.raises(office.NotAPaper, match="20 MB"):
        cleaned("a.txt", b"a" * (office.LARGEST + 1))


def test_a_pdf_and_a_text_are_kept() -> None:
    assert cleaned("a.PDF", PDF) == PDF
    assert cleaned("a.txt", "\ufeffWhat we found – all of it".encode()) == (
        "What we found – all of it".encode()
    )


@given(content=st.binary(max_size=200), kind=st.sampled_from([*office.TYPES, "exe", ""]))
def test_whatever_comes_is_taken_or_refused(content: bytes, kind: str) -> None:
    with suppress(office.NotAPaper):
        assert office.clean(io.BytesIO(content), f"a.{kind}").kind == kind


# Films


def box(name: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return (8 + len(content)).to_bytes(4) + name + content


PLACE = b"+53.4808-002.2426/" + SECRET.encode()
FTYP, MDAT = box(b"ftyp", b"isom", bytes(4)), box(b"mdat", b"the film itself")
TELLING = box(
    b"moov",
    box(b"mvhd", b"times"),
    box(b"udta", box(b"\xa9xyz", PLACE)),
    box(b"meta", PLACE),
    box(b"trak", box(b"tkhd", b"track"), box(b"udta", PLACE)),
)


def test_a_film_forgets_where_and_who_and_nothing_moves() -> None:
    before = FTYP + TELLING + MDAT
    file = io.BytesIO(before)
    assert moving.forget_where_and_who(file) == 3
    after = file.getvalue()
    assert SECRET.encode() not in after
    assert b"+53.48" not in after
    assert len(after) == len(before)
    for kept in (b"the film itself", b"times", b"track"):
        assert after.index(kept) == before.index(kept)


def test_boxes_of_other_sizes_are_read_too() -> None:
    large = (1).to_bytes(4) + b"udta" + (16 + len(PLACE)).to_bytes(8) + PLACE
    to_the_end = bytes(4) + b"uuid" + PLACE
    file = io.BytesIO(FTYP + large + MDAT + to_the_end)
    assert moving.forget_where_and_who(file) == 2
    assert SECRET.encode() not in file.getvalue()


@given(st.binary(max_size=300))
def test_a_broken_film_is_refused_and_never_hangs(rest: bytes) -> None:
    file = io.BytesIO(FTYP + rest)
    with suppress(moving.NotAFilm):
        moving.forget_where_and_who(file)
    assert len(file.getvalue()) == len(FTYP + rest)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp4", b"<html>"),
        ("a.webm", b"\x1a\x45\xdf\xa3 matroska"),
        ("a.mov", FTYP),
        ("a.avi", b"RIFF"),
    ],
)
def test_what_is_no_film_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(moving.NotAFilm):
        moving.kind_of(io.BytesIO(content), name, len(content))


def test_a_film_may_be_so_large_and_no_larger() -> None:
    with pytest.raises(moving.NotAFilm, match="200 MB is the most"):
        moving.kind_of(io.BytesIO(FTYP), "a.mp4", moving.LARGEST + 1)


def test_a_webm_is_known_by_its_content() -> None:
    content = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"
    assert moving.kind_of(io.BytesIO(content), "a.webm", len(content)) == "webm"


@pytest.mark.django_db
def test_a_film_is_kept_without_where_it_was_made(committed: Committed) -> None:
    day = cast.a_gathering()
    file = SimpleUploadedFile("Amina.mp4", FTYP + TELLING + MDAT, "video/mp4")
    with committed():
        picture = bringing_in.bring_in_film(belongs_to(day), "A film", file, "", None)
    kept = picture.film.file
    assert SECRET.encode() not in kept.read()
    assert "Amina" not in kept.name


# Captions

GOOD = (
    "WEBVTT - a day\n\n1\n00:01.000 --> 00:04.000 align:start\nHello\n\n"
    "01:00:00.000 --> 01:00:02.000\nBye"
)


def test_captions_are_kept_as_they_are() -> None:
    assert captions.read_captions(f"\ufeff{GOOD}".replace("\n", "\r\n").encode()) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEBVTTT\n\n00:01.000 --> 00:02.000\nHello",
        "1\n00:00:01,000 --> 00:00:04,000\nSubRip",
        "WEBVTT\n\nno time at all",
        "WEBVTT\n\n00:01.000 --> later\nHello",
        "WEBVTT\n\n00:04.000 --> 00:01.000\nHello",
        "WEBVTT\n\n00:04.000 --> 00:05.000\nA\n\n00:01.000 --> 00:02.000\nB",
        "WEBVTT\n\n00:61.000 --> 00:62.000\nHello",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n\0",
    ],
)
def test_what_are_no_captions_are_refused(text: str) -> None:
    with pytest.raises(captions.NotCaptions):
        captions.read_captions(text.encode())


@given(st.binary(max_size=200))
def test_whatever_comes_as_captions_is_taken_or_refused(content: bytes) -> None:
    with suppress(captions.NotCaptions):
        assert "-->" in captions.read_captions(b"WEBVTT\n" + content)


# Elsewhere


@pytest.fixture
def day(db: None) -> Gathering:
    return cast.a_gathering()


def link(day: Gathering, address: str) -> Picture:
    return bringing_in.link_film(belongs_to(day), "A film", address, "Hello", None)


def test_no_host_is_allowed_unless_somebody_allowed_it(day: Gathering) -> None:
    with pytest.raises(NotPossible, match="none so far"):
        link(day, "https://films.example.org/1")


@pytest.mark.parametrize(
    "address",
    [
        "http://films.example.org/1",
        "https://films.example.org.evil.example/1",
        "https://films.example.org@evil.example/1",
        "https://evil.example/films.example.org",
        "javascript:alert(1)",
    ],
)
def test_only_the_very_host_that_is_allowed_is_linked(
    day: Gathering, settings: Any, address: str
) -> None:
    settings.FILM_HOSTS = ["films.example.org"]
    with pytest.raises(NotPossible):
        link(day, address)
    assert link(day, "https://films.example.org/1").film.host == "films.example.org"
