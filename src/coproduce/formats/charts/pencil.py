"""Lines, boxes, marks and words of a chart, each by the name of its paint.

The name is a class that the stylesheet colours, light, dark and in forced colours; the colours
written here are those of a print, for readers that know no stylesheet.
"""

import re
from dataclasses import dataclass
from html import escape

from coproduce.formats.charts.lettering import lines_of, width_of

TEXT, SMALL = 15, 13.5  # of words and of side notes, in a narrow picture about pixels
LINE = 1.28  # from one line of words to the next, in sizes
_INK, _SOFT, _EDGE, _RULE = "#1d2229", "#454c56", "#857a66", "#e2d8c6"
_CARD, _SUN, _BRICK = "#fffdf9", "#f2b134", "#8f321d"

PAINTS = {
    "rail": f'stroke="{_EDGE}" stroke-width="1.5" fill="none"',
    "grid": f'stroke="{_RULE}" fill="none"',
    "zero": f'stroke="{_INK}" stroke-width="1.25" fill="none"',
    "aim": f'stroke="{_BRICK}" stroke-width="1.5" stroke-dasharray="3 4" fill="none"',
    "line": f'stroke="{_INK}" stroke-width="2" fill="none"',
    "bold": f'stroke="{_INK}" stroke-width="3" fill="none"',
    "band": f'fill="{_SUN}" fill-opacity=".55" stroke="{_INK}" stroke-width="1"',
    "haze": f'fill="{_SUN}" fill-opacity=".32" stroke="{_EDGE}" stroke-width="1"',
    "full": f'fill="{_INK}" stroke="{_CARD}" stroke-width="1"',
    "open": f'fill="{_CARD}" stroke="{_INK}" stroke-width="2"',
    "pool": f'fill="{_BRICK}" stroke="{_INK}" stroke-width="1"',
    "block": f'fill="{_INK}" stroke="{_INK}" stroke-width="1.5"',
    "empty": f'fill="{_CARD}" stroke="{_INK}" stroke-width="1.5"',
    "missing": f'fill="none" stroke="{_INK}" stroke-width="1.5" stroke-dasharray="5 4"',
    "gap": f'stroke="{_CARD}" stroke-width="2" fill="none"',
    "hatch": f'stroke="{_SOFT}" stroke-width="1.5" fill="none"',
    "frame": f'fill="none" stroke="{_SOFT}" stroke-width="1.25"',
    "plate": f'fill="{_CARD}"',
    "ghost": f'fill="{_RULE}" stroke="{_EDGE}" stroke-width="1.5"',
    "tone": f'fill="{_EDGE}" stroke="{_EDGE}" stroke-width="1.5"',
    "low-3": 'fill="#8f4400"',
    "low-2": 'fill="#c98a4b"',
    "low-1": 'fill="#eccb9f"',
    "middle": f'fill="{_RULE}"',
    "high-1": 'fill="#b5d2ea"',
    "high-2": 'fill="#6fa3d0"',
    "high-3": 'fill="#1560a0"',
}
WORDS = {
    "word": f'fill="{_INK}"',
    "note": f'fill="{_SOFT}"',
    "on-3": f'fill="{_CARD}"',
    "on-2": 'fill="#1d2229"',
    "on-1": 'fill="#1d2229"',
}


_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    r"""The text as a picture may hold it: nothing in it is markup, nor forbidden to XML.

    >>> escaped("<b>\x00")
    '&lt;b&gt;'
    """
    return escape(_NO_XML.sub("", text))


def line(x1: float, y1: float, x2: float, y2: float, paint: str) -> str:
    return path(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", paint)


def path(drawn: str, paint: str) -> str:
    return f'<path class="{paint}" d="{drawn}" {PAINTS[paint]}/>'


def box(x: float, y: float, wide: float, high: float, paint: str) -> str:
    return (
        f'<rect class="{paint}" x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" '
        f'height="{high:.1f}" {PAINTS[paint]}/>'
    )


def circle(x: float, y: float, radius: float, paint: str) -> str:
    return f'<circle class="{paint}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {PAINTS[paint]}/>'


def square(x: float, y: float, half: float, paint: str) -> str:
    return box(x - half, y - half, 2 * half, 2 * half, paint)


def diamond(left: float, middle: float, right: float, y: float, half: float, paint: str) -> str:
    """From left to right, highest at the middle."""
    return path(
        f"M{left:.1f} {y:.1f}L{middle:.1f} {y - half:.1f}L{right:.1f} {y:.1f}"
        f"L{middle:.1f} {y + half:.1f}z",
        paint,
    )


def pointer(x: float, y: float, size: float, *, right: bool, paint: str = "line") -> str:
    """A small arrowhead: this goes on in that direction."""
    back = -size if right else size
    return path(f"M{x + back:.1f} {y - size:.1f}L{x:.1f} {y:.1f}l{back:.1f} {size:.1f}", paint)


def hatched(x: float, y: float, wide: float, high: float, *, step: float = 6) -> str:
    """A box of slanting lines, which needs neither a pattern's id nor a colour."""
    strokes = []
    at = x - high + step / 2
    while at < x + wide:  # each line goes up to the right, from the floor to the ceiling
        left, right = max(at, x), min(at + high, x + wide)
        if right > left:
            floor = y + high + at
            strokes.append(f"M{left:.1f} {floor - left:.1f}L{right:.1f} {floor - right:.1f}")
        at += step
    return path("".join(strokes), "hatch") + box(x, y, wide, high, "frame")


def word(
    x: float,
    y: float,
    text: str,
    paint: str = "word",
    *,
    size: float = TEXT,
    bold: bool = False,
    anchor: str = "start",
) -> str:
    """One line of words; y is where it stands, not its middle."""
    weight = ' font-weight="700"' if bold else ""
    aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text class="{paint}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{weight}{aligned} '
        f"{WORDS[paint]}>{escaped(text)}</text>"
    )


def figure(x: float, y: float, number: str, note: str, *, size: float = TEXT) -> str:
    """A number and, smaller beside it, what else is known of it: one line, whatever the font."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}"><tspan class="word" font-size="{size:g}" '
        f'font-weight="700" {WORDS["word"]}>{escaped(number)}</tspan>'
        f'<tspan class="note" dx="7" font-size="{SMALL:g}" {WORDS["note"]}>{escaped(note)}</tspan>'
        f"</text>"
    )


@dataclass(frozen=True)
class Block:
    """Lines of words in a given room; `height` is what they take up."""

    lines: tuple[str, ...]
    size: float
    bold: bool
    paint: str

    @classmethod
    def of(
        cls,
        text: str,
        room: float,
        *,
        size: float = TEXT,
        bold: bool = False,
        paint: str = "word",
        most: int = 3,
    ) -> "Block":
        return cls(tuple(lines_of(text, room, size, bold=bold, most=most)), size, bold, paint)

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LINE

    @property
    def width(self) -> float:
        return max((width_of(line, self.size, bold=self.bold) for line in self.lines), default=0)

    def at(self, x: float, top: float) -> str:
        first = top + self.size * 0.95
        return "".join(
            word(x, first + number * self.size * LINE, line, self.paint, size=self.size,
                 bold=self.bold)
            for number, line in enumerate(self.lines)
        )  # fmt: skip
