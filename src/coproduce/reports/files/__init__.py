"""A report as files, made when somebody asks for them and never kept: PDF, slides, DOCX."""

from collections.abc import Callable
from dataclasses import dataclass

from coproduce.reports.files import document, pdf, slides
from coproduce.reports.files.edition import Edition, edition_of
from coproduce.reports.models import Version


@dataclass(frozen=True)
class File:
    """One way of taking a report home."""

    name: str
    ending: str
    kind: str
    words: str
    make: Callable[[Edition], bytes]


FILES = (
    File("PDF", "pdf", pdf.KIND, "as a PDF, to print", pdf.pdf_of),
    File("Slides", "pptx", slides.KIND, "as slides (PPTX), to show", slides.slides_of),
    File("Document", "docx", document.KIND, "as a document (DOCX), to edit", document.document_of),
)


def make(file: File, version: Version) -> bytes:
    """The file of what may be read of this version now."""
    return file.make(edition_of(version))
