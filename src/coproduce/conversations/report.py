"""What does a conversation look like on paper, once it has found something? From figures only."""

import base64
import secrets
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from coproduce.conversations.evidence import PublishedMap
from coproduce.conversations.models import Conversation
from coproduce.formats.qr import qr_code
from coproduce.people.pdf import pdf_from
from coproduce.trust.figures import content_of
from coproduce.trust.models import Figure

FOLDER = "reports"  # can be drawn again at any time, so no backup needs it


def pdf_of(conversation: Conversation, published: PublishedMap) -> bytes:
    """The report of one release; drawn once, since a release never changes."""
    if not conversation.is_published:
        return draw(conversation, published, is_published=False)
    return keep(conversation, published).read_bytes()


def keep(conversation: Conversation, published: PublishedMap) -> Path:
    """The report as it goes out once published, drawn if it is not there yet."""
    path = Path(settings.HOME) / FOLDER / f"{published.release}.pdf"
    if not path.exists():
        _write(path, draw(conversation, published, is_published=True))
    return path


def draw(conversation: Conversation, published: PublishedMap, *, is_published: bool) -> bytes:
    """The report as a PDF."""
    page = reverse("conversations:common_ground", args=[conversation.slug])
    every_statement = Figure.objects.get(pk=published.every_statement)
    return pdf_from(
        "conversations/report.html",
        {
            "conversation": conversation,
            "published": published,
            "is_published": is_published,
            "map": _as_image(published),
            "statements": content_of(every_statement),
            "address": settings.BASE_URL + page,
            "short_address": (settings.BASE_URL + page).partition("://")[2],
            "base_url": settings.BASE_URL,
            "qr": qr_code(settings.BASE_URL + page),
        },
        style="report.css",
    )


def _as_image(published: PublishedMap) -> str:
    """The map as a data address: as an image it carries its words for those who listen."""
    if not published.picture.dots:
        return ""
    drawn = published.picture.for_print.encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def _write(path: Path, pdf: bytes) -> None:
    """Write the file beside its place and move it in, so that nobody meets half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    beside.write_bytes(pdf)
    beside.replace(path)
