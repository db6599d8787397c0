"""Consent cards on paper: four on a page, each with a code by which it is taken back."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from coproduce.formats.qr import qr_code
from coproduce.gatherings import addresses
from coproduce.gatherings.forms.consenting import CHANNELS
from coproduce.gatherings.models import ConsentCard, Gathering
from coproduce.gatherings.telling import spelled
from coproduce.people.pdf import pdf_from
from coproduce.trust.models import Named

CARDS_ON_A_PAGE = 4


def pdf_of(gathering: Gathering, cards: Sequence[ConsentCard]) -> bytes:
    """These cards as a PDF to print and cut."""
    address = settings.BASE_URL + reverse("gatherings:my_words_form")
    shown = [(spelled(card.code), qr_code(addresses.of_my_words(card.code))) for card in cards]
    return pdf_from(
        "gatherings/consent/cards.html",
        {
            "gathering": gathering,
            "pages": [
                shown[at : at + CARDS_ON_A_PAGE] for at in range(0, len(shown), CARDS_ON_A_PAGE)
            ],
            "address": addresses.typed(address),
            "channels": [words for _, words in CHANNELS],
            "namings": [each.label for each in Named],
        },
        style="consent-cards.css",
    )
