"""A project by GRIPP2 as a document (DOCX), for a paper's methods or its supplement."""

from django.utils import timezone

from coproduce.measures.files.addresses import plain, whole
from coproduce.measures.files.document import KIND, bytes_of, link, new_document
from coproduce.measures.gripp2 import NOTHING, SOURCE, Line, parts_of
from coproduce.projects.models import Project

__all__ = ["KIND", "docx_of"]


def docx_of(project: Project) -> bytes:
    made = new_document(f"GRIPP2 short form: {project.title}", str(project.place))
    made.add_heading(project.title, 1)
    today = timezone.localdate()
    made.add_paragraph(
        f"{project.place}. GRIPP2 short form, as it stood on {today:%-d %B %Y}.", "Small"
    )
    for part in parts_of(project):
        made.add_heading(part.name, 2)
        made.add_paragraph(part.asked, "Small")
        made.add_heading("From the records of the project", 3)
        for line in part.prefilled or (Line(NOTHING),):
            said = made.add_paragraph(line.words, "List Bullet")
            if line.figure:
                said.add_run(" ")
                address = whole("trust:figure", line.figure)
                link(said, plain(address), address)
        made.add_heading("Written by the team", 3)
        if part.written is None:
            made.add_paragraph("Nothing has been written here yet.")
            continue
        for paragraph in filter(None, part.written.words.split("\n")):
            made.add_paragraph(paragraph)
        made.add_paragraph(f"Last written on {part.written.written_on:%-d %B %Y}.", "Small")
    last = made.add_paragraph(f"{SOURCE} The project: ", "Small")
    address = whole("projects:project", project.slug)
    link(last, plain(address), address)
    return bytes_of(made, today)
