"""Is this the identifier of a research organisation? Its last two digits check the others.

A ROR identifier is 0, six characters of base 32 without i, l, o and u (Crockford's), and two
digits: 98 minus 100 times the number, modulo 97 (ISO/IEC 7064). https://ror.readme.io/docs/identifier
"""

import re

ADDRESS = "https://ror.org/"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE = re.compile(rf"0([{_ALPHABET}]{{6}})(\d\d)")


class NotAnIdentifier(ValueError):
    """What was typed is no ROR identifier; the sentence says what is wrong with it."""


def ror_id(text: str) -> str:
    """The identifier as an address.

    >>> ror_id("ror.org/052gg0110")
    'https://ror.org/052gg0110'
    """
    typed = text.strip().lower().rstrip("/").rpartition("/")[2]
    shape = _SHAPE.fullmatch(typed)
    if shape is None:
        raise NotAnIdentifier("A ROR identifier looks like https://ror.org/052gg0110.")
    number, check = shape.groups()
    if checksum(number) != check:
        raise NotAnIdentifier(
            "One of the letters or digits of this ROR identifier is wrong. Copy it once more."
        )
    return f"{ADDRESS}{typed}"


def checksum(number: str) -> str:
    """The two digits that belong to six characters of base 32."""
    value = 0
    for letter in number:
        value = value * 32 + _ALPHABET.index(letter)
    return f"{98 - value * 100 % 97:02d}"
