"""Which words are in a text? The same ones for what is kept, what is typed and what is marked.

A token goes into the database as letters from a to z alone, so that neither database can see
another word in it than the other one, and nothing that somebody types has a meaning to either.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from coproduce.search.stems import stem

LONGEST = 60  # characters of one word: nobody looks for the rest of it
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What stays of a letter that has no accent to take away.
OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "’": "'"}
)
DIGITS = str.maketrans("0123456789", "ghijklmnop")
STRANGE = "zz"  # begins a token that was no English word


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: how it is found, and where it stands."""

    key: str  # a to z alone
    plain: str  # without accents and capitals
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        plain = fold(found[0])
        if plain:
            yield Token(key_of(plain), plain, found.start(), found.end())


def keys(text: str) -> str:
    """A text as the index holds it."""
    return " ".join(token.key for token in tokens(text))


def clean(text: str) -> str:
    """Any string as one that a database takes and a page shows: composed, nothing broken in it."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates become "?"
    return unicodedata.normalize("NFC", whole.replace("\x00", " "))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Small letters without accents; "people's" is about people, "don’t" is dont."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(OTHER_LETTERS))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return bare.casefold().removesuffix("'s").replace("'", "")[:LONGEST]


@lru_cache(maxsize=50_000)
def key_of(plain: str) -> str:
    if is_english(plain):
        return stem(plain)
    return STRANGE + plain.encode("utf-8", "replace").hex().translate(DIGITS)


def is_english(plain: str) -> bool:
    """Whether it could be an English word, of which there are stems and spellings."""
    return plain.isascii() and plain.isalpha()
