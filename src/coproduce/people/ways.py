"""Is this an address that a message can reach? Each channel has its own, in one spelling.

One spelling, so that the same person written in two ways is found to be the same.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from coproduce.people.models import Channel
from coproduce.people.words import plain_paragraphs, plain_words

LONGEST_ADDRESS = 400
LONGEST_EMAIL = 254
_NUMBER = re.compile(r"\+\d{8,15}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-–/]|\(0\)")


class NoSuchWay(ValueError):
    """This cannot be an address of the channel; the sentence says what one looks like."""


def one_spelling(channel: Channel, typed: str) -> str:
    """The address as it is kept and compared; `NoSuchWay` where nothing could arrive there."""
    if len(typed) > LONGEST_ADDRESS:
        raise NoSuchWay(f"This is {len(typed)} characters long; {LONGEST_ADDRESS} fit.")
    match channel:
        case Channel.EMAIL:
            return _email(typed)
        case Channel.SMS:
            return _number(typed)
        case _:
            return _on_paper(typed)


def _email(typed: str) -> str:
    address = plain_words(typed).lower()
    try:
        if len(address) > LONGEST_EMAIL:
            raise ValidationError("too long")
        validate_email(address)
    except ValidationError:
        raise NoSuchWay(
            "An email address looks like name@example.org. Please check this one."
        ) from None
    return address


def _number(typed: str) -> str:
    """With its country: 07700 900123 is +447700900123."""
    digits = _BETWEEN_DIGITS.sub("", typed.strip().replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+44{digits[1:]}"
    if not _NUMBER.fullmatch(digits):
        raise NoSuchWay("A phone number looks like 07700 900123. Please check this one.")
    return digits


def _on_paper(typed: str) -> str:
    address = plain_paragraphs(typed)
    if len(address) < 8:
        raise NoSuchWay("Write the whole address, so that a letter or a call arrives.")
    return address
