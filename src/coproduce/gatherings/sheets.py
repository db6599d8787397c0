"""The sign-in sheet for the door, on paper: those who registered, then empty lines."""

from coproduce.formats.qr import qr_code
from coproduce.gatherings import addresses
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Part
from coproduce.people.pdf import pdf_from

STYLE = "sign-in.css"
EMPTY_LINES = range(16)


def sign_in_sheet(gathering: Gathering) -> bytes:
    """Names in order with a box to tick; whoever gave no name finds themselves by their code.

    Only its end is printed: the whole of it opens their registration, and the sheet lies open.
    """
    address = addresses.of_sign_in(gathering)
    coming = gathering.registrations.coming().filter(presence="hall").select_related("person")
    return pdf_from(
        "gatherings/paper/sign_in.html",
        {
            "gathering": gathering,
            "registrations": coming.order_by("person__name", "code"),
            "parts": Part.labels,
            "lines": EMPTY_LINES,
            "address": addresses.typed(address),
            "qr": qr_code(address),
        },
        style=STYLE,
    )
