"""A row of columns that grow, one for each picture taken on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from coproduce.formats.picture import SCREEN, Palette

WIDTH, HIGH, GAP = 72, 96, 16  # of a column with its words, of the tallest column, between two
FOOT, HEAD = 26, 24  # room for words below and numbers above


@dataclass(frozen=True)
class Column:
    """One column: how many lines stood, how many of them already stood before, and its word."""

    lines: int
    stood_before: int
    label: str


def draw_strip(
    columns: Sequence[Column],
    *,
    title: str,
    description: str,
    prefix: str,
    palette: Palette = SCREEN,
) -> str:
    """The columns as one `<svg>`: full where a line stood before, an outline where it is new."""
    tallest = max([each.lines for each in columns] + [1])
    width, height = len(columns) * (WIDTH + GAP) + GAP, HEAD + HIGH + FOOT
    drawn = "".join(_column(at, each, tallest, palette) for at, each in enumerate(columns))
    return (
        f'<svg class="strip" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-about">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-about">{escape(description)}</desc>'
        f'<path d="M{GAP / 2} {HEAD + HIGH}H{width - GAP / 2}" stroke="{palette.ink}"/>'
        f"{drawn}</svg>"
    )


def _column(at: int, column: Column, tallest: int, palette: Palette) -> str:
    x, floor = GAP + at * (WIDTH + GAP), HEAD + HIGH
    high, kept = (HIGH * part / tallest for part in (column.lines, column.stood_before))
    middle = x + WIDTH / 2
    return (
        f'<rect x="{x + 8}" y="{floor - high:.1f}" width="{WIDTH - 16}" height="{high:.1f}" '
        f'fill="none" stroke="{palette.ink}" stroke-width="1.5"/>'
        f'<rect x="{x + 8}" y="{floor - kept:.1f}" width="{WIDTH - 16}" height="{kept:.1f}" '
        f'fill="{palette.soft}"/>'
        f'<text x="{middle}" y="{floor - high - 7:.1f}" text-anchor="middle" font-size="15" '
        f'font-weight="700" fill="{palette.ink}">{column.lines}</text>'
        f'<text x="{middle}" y="{floor + 18}" text-anchor="middle" font-size="13" '
        f'fill="{palette.soft}">{escape(column.label)}</text>'
    )
