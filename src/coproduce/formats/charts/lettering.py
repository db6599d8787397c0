"""How wide is a word in a picture? The advance widths of the font the site ships."""

import unicodedata
from collections.abc import Callable, Iterator

# Hundredths of the font size, Atkinson Hyperlegible Next 400 and 700; a test reads the font itself.
_REGULAR = {
    16: "'", 21: ",.:;", 24: "`j|’·", 25: "i", 26: "l", 28: " ", 29: "!", 30: '"()', 31: "f",
    32: "[", 33: "t", 34: "]{}", 35: "r", 36: "-", 37: "_", 39: "/I\\", 41: "1", 45: "y",
    46: "vz", 47: "s", 48: "*?cx", 49: "k", 50: "–", 51: "7J", 52: "a", 54: "Leu", 55: "2<>F^hno",
    56: "Tdg~", 57: "Ebpq", 58: "3Y", 59: "$5PSV", 60: "69", 61: "+4BRZ−£", 62: "8X", 63: "=AK",
    64: "C", 65: "#0", 67: "D…", 68: "w", 69: "GHNU", 71: "O", 72: "Q", 73: "&", 78: "@",
    82: "M", 84: "m", 86: "W", 92: "%",
}  # fmt: skip
_BOLD = {
    21: "'", 25: "|", 26: "j", 27: ",.:;’", 29: "`·", 30: "!i", 31: " ", 32: "l", 34: "()[]",
    36: "f", 37: "-", 38: "rt{}", 39: '"', 40: "_", 42: "I", 44: "/1\\", 48: "*", 50: "z–",
    51: "cs", 52: "y", 53: "v", 54: "7x~", 55: "?La", 56: "Jek", 57: "9<>Fhnu", 58: "2^o",
    59: "g", 60: "+3Ebdpq−", 61: "$5=ST", 62: "48Z", 63: "6P£", 64: "BV", 65: "RY", 66: "0CK",
    68: "AX", 69: "DU", 70: "H", 72: "&GN", 74: "w", 75: "O", 76: "#Q", 78: "@…", 86: "M",
    88: "m", 89: "W", 97: "%",
}  # fmt: skip
WIDTHS = {letter: wide for wide, letters in _REGULAR.items() for letter in letters}
BOLD_WIDTHS = {letter: wide for wide, letters in _BOLD.items() for letter in letters}
ELLIPSIS = "…"
_UNKNOWN, _SQUARE = 70, 100  # of letters the font lacks; of those that fill a square


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How much room a line of text takes, in the picture's units.

    >>> round(width_of("before", 15)), round(width_of("before", 15, bold=True))
    (43, 46)
    """
    widths = BOLD_WIDTHS if bold else WIDTHS
    return sum(_advance(letter, widths) for letter in text) * size / 100


def _advance(letter: str, widths: dict[str, int]) -> int:
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    wide = _SQUARE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN
    return widths.get(letter) or widths.get(plain, wide)


def lines_of(
    text: str, room: float, size: float, *, bold: bool = False, most: int = 3
) -> list[str]:
    """The text in lines that fit the room, `most` of them; what is left out shows as an ellipsis.

    A word wider than the room is cut. An empty text has no line.

    >>> lines_of("People have time for a talk", 110, 15)
    ['People have', 'time for a talk']
    """

    def fits(line: str) -> bool:
        return width_of(line, size, bold=bold) <= room

    lines: list[str] = []
    for piece in (piece for word in text.split() for piece in _cut(word, fits)):
        if lines and fits(joined := f"{lines[-1]} {piece}"):
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and not fits(last + ELLIPSIS):
        last = last[:-1].rstrip()
    return [*lines[: most - 1], last + ELLIPSIS]


def _cut(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A word in pieces that fit, of a letter at least."""
    piece = ""
    for letter in word:
        if piece and not fits(piece + letter):
            yield piece
            piece = ""
        piece += letter
    yield piece
