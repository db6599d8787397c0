"""The report as a document to edit (DOCX): real headings, lists, quotes, and its language."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from coproduce.reports.files.edition import Edition, whole
from coproduce.reports.photographs import photograph_of
from coproduce.reports.pieces import (
    Decided,
    Gone,
    Heading,
    Insight,
    Next,
    Number,
    Photo,
    Piece,
    Programme,
    Quote,
    Text,
    Voice,
)
from coproduce.reports.rich import Run

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "en-GB"
FONT = "Arial"  # on every machine
INK, BRICK = RGBColor(0x1D, 0x22, 0x29), RGBColor(0x8F, 0x32, 0x1D)
SIZES = {"Heading 1": 26, "Heading 2": 18, "Heading 3": 14}


def document_of(edition: Edition) -> bytes:
    made = docx.Document()
    _dress(made)
    _sign(made, edition)
    _cover(made, edition)
    for piece in edition.pieces:
        _add(made, piece)
    _corrections(made, edition)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _dress(made: Document) -> None:
    """Our letters and colours, and British English for whoever has it read out."""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.paragraph_format.space_after = Pt(8)
    for name, size in SIZES.items():
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    quote = made.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, INK
    quote.paragraph_format.left_indent = Pt(18)
    small = made.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = normal, Pt(10)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _sign(made: Document, edition: Edition) -> None:
    """Whose document it is: the network's, or the guest's; never a machine's or an editor's."""
    about = made.core_properties
    about.title, about.language = edition.named, LANGUAGE
    about.author = edition.byline or edition.publisher
    about.last_modified_by = about.comments = about.keywords = ""
    about.subject = edition.when
    about.created = about.modified = edition.published_at.replace(tzinfo=None)


def _cover(made: Document, edition: Edition) -> None:
    made.add_heading(edition.title, 1)
    if not edition.byline:
        made.add_paragraph("Report of the day")
    made.add_paragraph(f"By {edition.byline}. {edition.when}" if edition.byline else edition.when)
    for sentence in edition.permission:
        made.add_paragraph(sentence, "Small")
    about = made.add_paragraph(f"Version {edition.version.number}, ", "Small")
    about.add_run(f"{edition.published_at:%-d %B %Y}. The current one: ")
    _link(about, edition.address, edition.address)


def _add(made: Document, piece: Piece) -> None:
    match piece:
        case Heading():
            made.add_heading(piece.words, 2)
        case Text():
            for passage in piece.passages:
                style = "List Bullet" if passage.is_point else "Normal"
                _runs(made.add_paragraph(style=style), passage.runs)
        case Programme():
            _programme(made, piece)
        case Insight():
            made.add_heading(piece.words, 3)
            for said in piece.said:
                _said(made, said)
            for answer in piece.answers:
                _bold_first(made, f"{answer.get_kind_display()}.", f" {answer.words}")
        case Voice():
            _said(made, piece.said)
        case Photo():
            _photo(made, piece)
        case Number():
            _number(made, piece)
        case Decided():
            _decided(made, piece)
        case Next():
            _next(made, piece)


def _programme(made: Document, piece: Programme) -> None:
    for item in piece.items:
        names = [f"{one.name}, {one.role}" if one.role else one.name for one in item.speakers.all()]
        listed = f" ({'; '.join(names)})" if names else ""
        line = made.add_paragraph(style="List Bullet")
        line.add_run(f"{item.clock}: ").bold = True
        line.add_run(f"{item.title}{listed}")


def _said(made: Document, said: Quote | Gone) -> None:
    if isinstance(said, Gone):
        made.add_paragraph(said.sentence, "Small")
        return
    paragraph = made.add_paragraph(style="Quote")
    words = paragraph.add_run(said.marked)
    if said.language != "en":
        _speak(words, said.language)
    who = ", ".join(filter(None, (said.who, said.source)))
    made.add_paragraph(f"– {who}", "Small").paragraph_format.left_indent = Pt(18)


def _photo(made: Document, piece: Photo) -> None:
    """The photo with what it shows in words, for whoever cannot see it."""
    if isinstance(piece.shown, Gone):
        made.add_paragraph(piece.shown.sentence, "Small")
        return
    photo = photograph_of(piece.shown.picture)
    is_wide = photo.width >= photo.height
    size = {"width": Cm(15)} if is_wide else {"height": Cm(12)}
    drawn = made.add_picture(io.BytesIO(photo.jpeg), **size)
    drawn._inline.docPr.set("descr", piece.alt)
    drawn._inline.docPr.set("name", "Photo")
    drawn._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "Photo")
    made.add_paragraph(" ".join(filter(None, (piece.title, piece.whose))), "Small")


def _number(made: Document, piece: Number) -> None:
    made.add_paragraph(piece.content.sentence)
    if piece.correction:
        _bold_first(made, "Correction:", f" {piece.correction}")
    if piece.has_table:
        _table(made, piece)
    source = made.add_paragraph("How do we know this? ", "Small")
    address = whole("trust:figure", piece.figure)
    _link(source, address, address)


def _table(made: Document, piece: Number) -> None:
    content = piece.content
    made.add_paragraph(content.title).runs[0].bold = True
    table = made.add_table(rows=1, cols=len(content.columns), style="Light List")
    for cell, name in zip(table.rows[0].cells, content.columns, strict=True):
        cell.text = str(name)
    _repeat(table.rows[0]._tr)
    for row in content.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    made.add_paragraph()


def _decided(made: Document, piece: Decided) -> None:
    decision = piece.decision
    made.add_heading(decision.words, 3)
    if decision.superseded_by:
        _bold_first(made, "It no longer holds.", f" Instead: {decision.superseded_by.words}")
    if decision.why:
        made.add_paragraph(decision.why)
    made.add_paragraph(
        f"Decided on {decision.decided_on:%-d %B %Y} by {decision.decided_by}", "Small"
    )


def _next(made: Document, piece: Next) -> None:
    line = made.add_paragraph(piece.words, "List Bullet")
    if piece.who:
        line.add_run(f" {piece.who} sees to it.")
    if piece.by_when:
        line.add_run(f" By {piece.by_when:%-d %B %Y}.")


def _corrections(made: Document, edition: Edition) -> None:
    if edition.notes:
        made.add_heading("What changed", 2)
    for each in edition.notes:
        told = " ".join([each.note, *each.changes])
        made.add_paragraph(
            f"Version {each.number}, {each.published_at:%-d %B %Y}: {told}", "List Bullet"
        )


def _bold_first(made: Document, first: str, rest: str) -> None:
    line = made.add_paragraph()
    line.add_run(first).bold = True
    line.add_run(rest)


def _runs(paragraph: Paragraph, runs: Iterable[Run]) -> None:
    for run in runs:
        if run.href:
            _link(paragraph, run.words, run.href)
        else:
            paragraph.add_run(run.words).bold = run.is_bold or None


def _link(paragraph: Paragraph, words: str, address: str) -> None:
    """A link that one can follow, by its words: python-docx has no door for it."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = BRICK, True
    link.append(run._r)
    paragraph._p.append(link)


def _speak(run: object, language: str) -> None:
    """Which language a screen reader is to speak these words in."""
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(spoken)  # type: ignore[attr-defined]


def _repeat(row: object) -> None:
    """The head of a table is its head for whoever cannot see it, on each page."""
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)
