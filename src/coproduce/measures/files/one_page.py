"""The one page as a PDF, to hand over, and as a document, to put into one's own papers."""

from docx.document import Document

from coproduce.formats.qr import qr_code
from coproduce.measures.files.document import KIND as DOCX
from coproduce.measures.files.document import bytes_of, link, new_document, table
from coproduce.measures.one_page import OnePage, Said
from coproduce.people.pdf import pdf_on_one_page

PDF = "application/pdf"
ROOM = ("roomy", "plain", "tight")  # the largest letters with which it fits; tight has no picture


def pdf_of(page: OnePage) -> bytes:
    told = {"page": page, "qr": qr_code(page.address)}
    return pdf_on_one_page(
        "measures/one_page/paper.html",
        [told | {"room": each} for each in ROOM],
        style="one-page.css",
    )


def docx_of(page: OnePage) -> bytes:
    made = new_document(f"One page: {page.title}", str(page.project.place), size=9.5, margin=1.6)
    _head(made, page)
    _changes(made, page)
    _limits(made, page)
    _story(made, page)
    _behind(made, page)
    return bytes_of(made, page.made_on)


FILES = {"pdf": (PDF, pdf_of), "docx": (DOCX, docx_of)}


def _head(made: Document, page: OnePage) -> None:
    made.add_heading(page.title, 1)
    said = [str(page.project.place), page.when]
    if page.project.commissioned_by:
        said.append(f"commissioned by {page.project.commissioned_by}")
    made.add_paragraph(" · ".join(filter(None, said)), "Small")
    if page.project.aim:
        made.add_heading("What it wanted", 2)
        made.add_paragraph(page.project.aim)
    if page.who:
        made.add_heading("Who answered", 2)
    for each in page.who:
        _say(made, each)


def _changes(made: Document, page: OnePage) -> None:
    made.add_heading("What changed", 2)
    for each in page.moved:
        _say(made, each, "List Bullet")
    if not page.moved:
        words = "Nothing moved so clearly that chance would not do as well."
        made.add_paragraph(words if page.is_measured else "Nothing can be told yet.")
    for wait in page.waits:
        made.add_paragraph(wait)
    _more(made, "Also moved", page.more_moved)
    if page.picture:
        columns = page.picture.columns[:4]
        table(made, columns, [row[:4] for row in page.picture.rows])
    if page.still:
        made.add_heading("What did not change, or not clearly", 2)
    for each in page.still:
        _say(made, each, "List Bullet")
    _more(made, "Also", page.more_still)
    if page.decided:
        made.add_heading("What was decided because of those who took part", 2)
    for line in page.decided:
        made.add_paragraph(line, "List Bullet")


def _limits(made: Document, page: OnePage) -> None:
    if page.limits:
        made.add_heading("What we may not conclude", 2)
    for limit in page.limits:
        made.add_paragraph(limit, "List Bullet")
    if page.more_limits:
        made.add_paragraph(f"And {page.more_limits} more: see the address below.", "Small")
    if page.claim:
        made.add_paragraph().add_run("How sure is this? ").bold = True
        made.paragraphs[-1].add_run(page.claim)


def _story(made: Document, page: OnePage) -> None:
    if page.story is None:
        return
    made.add_heading("What somebody tells", 2)
    made.add_paragraph(page.story.story.words, "Quote")
    who = [page.story.who, page.story.story.get_kind_display(), page.story.basis]
    made.add_paragraph(" · ".join(filter(None, who)), "Small")


def _behind(made: Document, page: OnePage) -> None:
    for note in page.corrections:
        made.add_paragraph(f"Corrected: {note}", "Small")
    if page.said:
        made.add_heading("How do we know this?", 2)
    for each in page.said:
        line = made.add_paragraph(f"[{each.number}] ", "Small")
        link(line, each.short_address, each.address)
    last = made.add_paragraph(f"Made on {page.made_on:%-d %B %Y}. As it is today: ", "Small")
    link(last, page.short_address, page.address)


def _say(made: Document, said: Said, style: str = "Normal") -> None:
    made.add_paragraph(f"{said.sentence} [{said.number}]", style)


def _more(made: Document, first: str, names: tuple[str, ...]) -> None:
    if names:
        made.add_paragraph(f"{first}, told at the address below: {', '.join(names)}.", "Small")
