"""What a conversation looks like on paper: sheets to fill in, slips with a code for each person.

The PDFs are tagged, name their language and load nothing from outside: fonts and pictures come
with the package, QR codes are drawn here.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse

from coproduce.conversations.models import Conversation, PaperEdition
from coproduce.conversations.pseudonyms import slip_codes
from coproduce.formats.qr import qr_code
from coproduce.people.pdf import pdf_from

STYLE = "paper.css"
SLIPS_ON_A_PAGE = 8
LARGE_SLIPS_ON_A_PAGE = 3
SLIPS_IN_A_FILE = 240  # a file that a small machine draws within seconds
LINES_FOR_OWN_WORDS = range(3)


@dataclass(frozen=True)
class Slip:
    """One person's code, and the picture that a phone reads it from."""

    code: str
    qr: str


def address_of(conversation: Conversation) -> str:
    """Where a phone joins, as it is scanned."""
    return settings.BASE_URL + reverse("conversations:join", args=[conversation.code])


def short_address_of(conversation: Conversation) -> str:
    """Where a phone joins, as it is read aloud and typed."""
    return address_of(conversation).partition("://")[2].rstrip("/")


def _qr_code_for_slip(address: str) -> str:
    """In dots, not drawn: hundreds of drawings would keep a small machine busy for minutes."""
    code = segno.make(address, error="m", micro=False)
    picture: str = code.png_data_uri(border=2, scale=8)
    return picture


def sheet_pdf(edition: PaperEdition, *, large: bool = False) -> bytes:
    """The paper sheet of one edition: every statement with three boxes, and room for own words."""
    conversation = edition.conversation
    statements = {s.number: s for s in conversation.statements.filter(number__in=edition.numbers)}
    return pdf_from(
        "conversations/paper/sheet.html",
        {
            "conversation": conversation,
            "edition": edition,
            "statements": [statements[number] for number in edition.numbers],
            "address": short_address_of(conversation),
            "qr": qr_code(address_of(conversation)),
            "lines": LINES_FOR_OWN_WORDS,
            "large": large,
        },
        style=STYLE,
    )


def slips_pdf(conversation: Conversation, *, first: int, last: int, large: bool = False) -> bytes:
    """The slips number `first` to `last`, several on a page with lines to cut along."""
    codes = slip_codes(conversation)[first - 1 : last]
    on_a_page = LARGE_SLIPS_ON_A_PAGE if large else SLIPS_ON_A_PAGE
    slips = [Slip(code, _qr_code_for_slip(_slip_address(conversation, code))) for code in codes]
    return pdf_from(
        "conversations/paper/slips.html",
        {
            "conversation": conversation,
            "pages": [slips[at : at + on_a_page] for at in range(0, len(slips), on_a_page)],
            "address": short_address_of(conversation),
            "large": large,
        },
        style=STYLE,
    )


def slip_files(conversation: Conversation, *, first: int = 1) -> list[tuple[int, int]]:
    """First and last number of the slips in each file, from slip number `first` on."""
    starts = range(max(first, 1), conversation.slips + 1, SLIPS_IN_A_FILE)
    return [(start, min(start + SLIPS_IN_A_FILE - 1, conversation.slips)) for start in starts]


def _slip_address(conversation: Conversation, code: str) -> str:
    return f"{address_of(conversation)}?{urlencode({'slip': code})}"
