"""Where in a text is what was looked for? Its best line, with the words in <mark>."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from coproduce.search.tokens import Token, tokens

WIDTH = 180  # characters of a line
LOOKED_AT = 20_000  # characters of a long text
ENDS = (".", "!", "?", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    is_found: bool


def marked(text: str, keys: Collection[str]) -> SafeString:
    """The whole text, what was looked for in <mark>; everything in it is escaped."""
    return _as_html(_pieces(text, [each for each in tokens(text) if each.key in keys]))


def best_line(text: str, keys: Collection[str]) -> SafeString:
    """The stretch in which most of it stands together; the beginning if nothing does."""
    head = _in_one_line(text[:LOOKED_AT])
    words = list(tokens(head))
    start, end = _stretch(head, words, [each for each in words if each.key in keys])
    line = marked(head[start:end], keys)
    before, after = "… " if start else "", " …" if end < len(head) or len(text) > LOOKED_AT else ""
    return format_html("{}{}{}", before, line, after) if line else SafeString("")


def _in_one_line(text: str) -> str:
    """Lines one after the other; where one does not end by itself, a dot keeps them apart."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    ended = [line if line.endswith(ENDS) else f"{line} ·" for line in lines if line]
    return " ".join(ended).removesuffix(" ·")


def _stretch(text: str, words: list[Token], found: list[Token]) -> tuple[int, int]:
    """From where to where: whole words, the first that was found near the front."""
    if not found:
        return 0, _end_of_word(text, words, WIDTH)
    best = max(found, key=lambda first: (_kinds_from(first, found), -first.start))
    start = next((each.start for each in words if each.start >= best.start - WIDTH // 4), 0)
    if best.start <= WIDTH // 4:
        start = 0
    return start, _end_of_word(text, words, start + WIDTH)


def _kinds_from(first: Token, found: Iterable[Token]) -> int:
    """How many different words stand within a line from this one on."""
    return len({each.key for each in found if 0 <= each.start - first.start <= WIDTH * 2 // 3})


def _end_of_word(text: str, words: list[Token], limit: int) -> int:
    if len(text) <= limit:
        return len(text)
    return max((each.end for each in words if each.end <= limit), default=limit)


def _pieces(text: str, found: list[Token]) -> list[_Piece]:
    pieces, at = [], 0
    for token in found:
        pieces += [
            _Piece(text[at : token.start], False),
            _Piece(text[token.start : token.end], True),
        ]
        at = token.end
    return [*pieces, _Piece(text[at:], False)]


def _as_html(pieces: Iterable[_Piece]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.words) if piece.is_found else piece.words,)
            for piece in pieces
        ),
    )
