"""How do the libraries stand beside each other? One picture of what the map's benchmark kept."""

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

LEFT, WIDE, LINE, HEAD, FOOT = 230, 470, 24, 30, 40
TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)  # seconds, a tenth of the way apart
OURS = "coproduce"
INK, SOFT, FULL = "currentColor", "#8a8378", "#b5462b"


def drawn(report: Mapping[str, Any]) -> str:
    """Seconds of each library for each number of votes, on a scale of tens, as one `<svg>`."""
    rows = list(_rows(report))
    height = HEAD + LINE * len(rows) + FOOT
    ticks = "".join(_tick(seconds, height - FOOT) for seconds in TICKS)
    marks = "".join(_row(HEAD + LINE * at, *row) for at, row in enumerate(rows))
    return (
        f'<svg viewBox="0 0 {LEFT + WIDE + 70} {height}" role="img" '
        'aria-labelledby="race-title race-about" style="max-width:48rem;width:100%;height:auto">'
        '<title id="race-title">Seconds that each library takes for the map</title>'
        '<desc id="race-about">One line for each library, in groups by the number of votes; '
        "further right is slower, each mark of the scale ten times the one before. The same "
        f"stands in the table below.</desc>{ticks}{marks}"
        f'<text x="{LEFT + WIDE / 2}" y="{height - 6}" text-anchor="middle" font-size="13" '
        f'fill="{INK}">seconds, quickest run</text></svg>'
    )


def _rows(report: Mapping[str, Any]) -> Iterator[tuple[str, bool, float | None, str]]:
    """Each line of the picture: its words, whether it heads a group, its seconds, and a remark."""
    for one in report["maps"]:
        yield f"{one['votes']:,} votes", True, None, ""
        for name, each in one["ways"].items():
            if "seconds" in each:
                yield name, False, min(each["seconds"]), ""
            elif "gave_up_after_seconds" in each:
                patience = each["gave_up_after_seconds"]
                yield name, False, patience, f"stopped after {patience:.0f}"


def _x(seconds: float) -> float:
    low, high = math.log10(TICKS[0]), math.log10(3 * TICKS[-1])
    return LEFT + WIDE * (math.log10(max(seconds, TICKS[0])) - low) / (high - low)


def _tick(seconds: float, foot: float) -> str:
    x = _x(seconds)
    return (
        f'<path d="M{x:.1f} {HEAD - 8}V{foot}" stroke="{SOFT}" stroke-opacity=".4"/>'
        f'<text x="{x:.1f}" y="{HEAD - 14}" text-anchor="middle" font-size="13" '
        f'fill="{INK}">{seconds:g}</text>'
    )


def _row(y: float, name: str, is_head: bool, seconds: float | None, remark: str) -> str:
    middle = y + LINE / 2
    weight = ' font-weight="700"' if is_head or name == OURS else ""
    words = _text(0 if is_head else 14, middle, name, weight)
    if seconds is None:
        return words
    x = _x(seconds)
    if remark:
        mark = f'<path d="M{x - 6:.1f} {middle - 6}l12 12m0 -12l-12 12" stroke="{INK}"/>'
    else:
        colour = FULL if name == OURS else SOFT
        mark = f'<circle cx="{x:.1f}" cy="{middle}" r="6" fill="{colour}"/>'
    line = f'<path d="M{LEFT} {middle}H{x:.1f}" stroke="{SOFT}" stroke-width="1.5"/>'
    return words + line + mark + _text(x + 12, middle, remark or _told(seconds))


def _told(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"


def _text(x: float, middle: float, words: str, more: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{middle + 5}" font-size="14" fill="{INK}"{more}>'
        f"{escape(words)}</text>"
    )
