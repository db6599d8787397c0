"""A document to edit (DOCX) in our letters: real headings, lists and links, and its language."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import docx
from django.conf import settings
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "en-GB"
FONT = "Arial"  # on every machine
INK, BRICK = RGBColor(0x1D, 0x22, 0x29), RGBColor(0x8F, 0x32, 0x1D)
SIZES = {"Heading 1": 2.0, "Heading 2": 1.3, "Heading 3": 1.1}  # of the size of the text


def new_document(title: str, subject: str, *, size: float = 12, margin: float = 2) -> Document:
    """An empty one on A4: letters in points, margins in centimetres."""
    made = docx.Document()
    _dress(made, size)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(margin)
    about = made.core_properties
    about.title, about.subject, about.language = title, subject, LANGUAGE
    about.author, about.last_modified_by = settings.WAGTAIL_SITE_NAME, ""
    about.comments = about.keywords = ""
    return made


def bytes_of(made: Document, made_on: date) -> bytes:
    """The file; it tells the day it was made, and no moment."""
    at = datetime(made_on.year, made_on.month, made_on.day)
    made.core_properties.created = made.core_properties.modified = at
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def link(paragraph: Paragraph, words: str, address: str) -> None:
    """A link that one can follow, by its words: python-docx has no door for it."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), key)
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = BRICK, True
    made.append(run._r)
    paragraph._p.append(made)


def table(made: Document, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table whose first row is its head for whoever cannot see it."""
    drawn = made.add_table(rows=1, cols=len(columns), style="Light List")
    for cell, name in zip(drawn.rows[0].cells, columns, strict=True):
        cell.text = name
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(head)
    for row in rows:
        for cell, value in zip(drawn.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    for row in drawn.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _dress(made: Document, size: float) -> None:
    """Our letters and colours, and British English for whoever has it read out."""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = Pt(size / 2)
    for name, times in SIZES.items():
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size * times), INK
        style.paragraph_format.space_before = Pt(size * 0.8)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    quote = made.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, INK
    quote.paragraph_format.left_indent = Pt(size)
    small = made.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = normal, Pt(size * 0.82)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
