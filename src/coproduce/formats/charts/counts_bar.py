"""How many people moved up, stayed, moved down? One bar of all of them, in words and patterns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart, Form, Sheet, chart_of, too_few
from coproduce.formats.charts.layout import spread_out
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import SMALL, TEXT, Block, box, hatched, path, word
from coproduce.formats.charts.words import (
    HIDDEN,
    Count,
    checked,
    listed,
    number,
    people,
    refuse_one_hidden,
)

_HOW = (
    "One bar of all the people who answered both times: those who moved up are full, those who "
    "stayed are empty, those who moved down are striped."
)
_KEPT_BACK = (
    "How wide a slantwise striped part is drawn says nothing of how many people it stands for."
)
_BAR, _HATCH = 34, 64  # how high the bar is; how wide a hidden part is, whatever it holds
_SIGN = 22  # room for the arrow before the words
_ONE_BY_ONE = 60  # up to so many people each is a part of their own


@dataclass(frozen=True)
class CountsBar:
    """Linked people by which way they moved, "[c]" where kept back; up is towards better."""

    title: str
    people: int
    up: Count
    same: Count
    down: Count

    def __post_init__(self) -> None:
        shown = sum(count for count in map(checked, self.counts) if isinstance(count, int))
        refuse_one_hidden(self.counts, self.people)
        if shown > self.people or (HIDDEN not in self.counts and shown != self.people):
            raise ValueError(f"{shown} people up, the same and down are not {self.people} people.")

    @property
    def counts(self) -> tuple[Count, Count, Count]:
        return self.up, self.same, self.down


def draw_counts_bar(bar: CountsBar, *, prefix: str) -> Chart | NotEnough:
    refused = too_few([bar.people])
    if refused:
        return refused
    return chart_of(
        lambda form: _sheet(bar, form),
        prefix=prefix,
        title=bar.title,
        sentence=_sentence(bar),
        how_to_read=_HOW,
        columns=("Which way", "People"),
        rows=[
            ("Moved up", bar.up),
            ("Stayed the same", bar.same),
            ("Moved down", bar.down),
            ("All who answered both times", bar.people),
        ],
    )


def _sentence(bar: CountsBar) -> str:
    told = [f"{number(bar.up)} moved up", f"{number(bar.same)} stayed the same"]
    said = f"Of {people(bar.people)} {listed([*told, f'{number(bar.down)} moved down'])}."
    if HIDDEN in bar.counts:
        said += f" {HIDDEN} is kept back, so that nobody can be singled out."
    return said


@dataclass(frozen=True)
class _Part:
    """One way of moving: where it lies on the bar, and what is told of it."""

    way: str
    count: Count
    left: float
    wide: float

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    @property
    def told(self) -> str:
        return f"{number(self.count)} {self.way}"


def _parts(bar: CountsBar, width: float) -> Iterator[_Part]:
    whole = width - 2 - _HATCH * sum(count == HIDDEN for count in bar.counts)
    left = 1.0
    for way, count in zip(("up", "the same", "down"), bar.counts, strict=True):
        wide = whole * count / bar.people if isinstance(count, int) else _HATCH
        if count != 0:
            yield _Part(way, count, left, wide)
        left += wide


def _sheet(bar: CountsBar, form: Form) -> Sheet:
    parts = list(_parts(bar, form.width))
    told = _told(parts, form)
    top = told.height
    drawn = "".join(_drawn(part, bar, top) for part in parts)
    foot = top + _BAR
    if HIDDEN not in bar.counts:
        return Sheet(told.marks + drawn, foot + 4)
    note = Block.of(_KEPT_BACK, form.width, size=SMALL, paint="note")
    return Sheet(told.marks + drawn + note.at(0, foot + 8), foot + 12 + note.height)


def _told(parts: Sequence[_Part], form: Form) -> Sheet:
    """What each part is, above it; below each other where a row is too short for all."""
    widths = [_SIGN + width_of(part.told, TEXT, bold=True) for part in parts]
    wanted = [(part.middle, wide) for part, wide in zip(parts, widths, strict=True)]
    spots = spread_out(wanted, start=0, end=form.width, gap=10)
    if spots is None:
        places = [(0.0, 22.0 * row) for row in range(len(parts))]
    else:
        places = [(spot - wide / 2, 0.0) for spot, wide in zip(spots, widths, strict=True)]
    marks = "".join(
        _sign(part.way, left + 7, down + 10) + word(left + _SIGN, down + 16, part.told, bold=True)
        for part, (left, down) in zip(parts, places, strict=True)
    )
    return Sheet(marks, places[-1][1] + 25)


def _sign(way: str, x: float, y: float) -> str:
    """An arrow up or down, or a level line."""
    if way == "the same":
        return path(f"M{x - 7:.1f} {y:.1f}h14", "bold")
    tip, tail = (y - 7, y + 7) if way == "up" else (y + 7, y - 7)
    wing = tip + (6 if way == "up" else -6)
    return path(
        f"M{x:.1f} {tail:.1f}L{x:.1f} {tip:.1f}M{x - 5:.1f} {wing:.1f}L{x:.1f} {tip:.1f}"
        f"L{x + 5:.1f} {wing:.1f}",
        "line",
    )


def _drawn(part: _Part, bar: CountsBar, top: float) -> str:
    if part.count == HIDDEN:
        middle, base = part.middle, top + _BAR / 2 + 5
        return (
            hatched(part.left, top, part.wide, _BAR)
            + box(middle - 12, base - 15, 24, 20, "plate")
            + word(middle, base, HIDDEN, anchor="middle")
        )
    if part.way == "down":
        drawn = striped(part.left, top, part.wide, _BAR)
    else:
        paint = "block" if part.way == "up" else "empty"
        drawn = box(part.left, top, part.wide, _BAR, paint)
    return drawn + _one_by_one(part, bar, top)


def striped(x: float, y: float, wide: float, high: float) -> str:
    """A box of level stripes, unlike the slanting ones of what is kept back."""
    stripes = "".join(f"M{x:.1f} {y + at:.1f}h{wide:.1f}" for at in range(4, int(high), 6))
    return box(x, y, wide, high, "empty") + path(stripes, "bold")


def _one_by_one(part: _Part, bar: CountsBar, top: float) -> str:
    """What parts one person from the next, where there are not too many."""
    if bar.people > _ONE_BY_ONE or not isinstance(part.count, int):
        return ""
    one = part.wide / part.count
    gaps = "".join(f"M{part.left + at * one:.1f} {top:g}v{_BAR}" for at in range(1, part.count))
    return path(gaps, "gap" if part.way == "up" else "rail") if gaps else ""
