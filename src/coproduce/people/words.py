"""What people typed, as plain words: no markup, no control characters, single spaces."""

import html
import unicodedata

import nh3

MARKUP_WITH_CONTENT = {"script", "style"}


def plain_words(text: str) -> str:
    """One line of plain words. An ampersand stays an ampersand; pages escape when they show it."""
    without_markup = nh3.clean(text, tags=set(), clean_content_tags=MARKUP_WITH_CONTENT)
    return " ".join(_printable(html.unescape(without_markup)).split())


def plain_paragraphs(text: str) -> str:
    """Several lines of plain words, with at most one empty line between them."""
    lines = [plain_words(line) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at > 0 and lines[at - 1])]
    return "\n".join(kept).strip()


def same_words(one: str, other: str) -> bool:
    """Whether two sentences say the same, but for capitals, spaces and the last full stop."""
    return essence(one) == essence(other)


def essence(text: str) -> str:
    """The sentence as duplicates are found by."""
    return plain_words(text).casefold().rstrip(".!").strip()


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(letter).startswith("C") else letter for letter in text
    )
