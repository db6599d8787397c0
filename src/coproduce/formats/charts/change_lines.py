"""How far did people move, outcome by outcome? From the average before to the average after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coproduce.analysis import NotEnough, has_base
from coproduce.formats.charts.chart import Cell, Chart, Form, Sheet, chart_of, too_few
from coproduce.formats.charts.layout import Axis, spread_out
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import (
    LINE,
    SMALL,
    TEXT,
    Block,
    box,
    circle,
    figure,
    line,
    path,
    pointer,
    word,
)
from coproduce.formats.charts.words import (
    between,
    decimals_for,
    listed,
    people,
    plain,
    rounded,
    signed,
    things,
    towards,
)

COLUMNS = (
    "Outcome",
    "People",
    "Average before",
    "Average after",
    "Change towards better",
    "95 % interval from",
    "95 % interval to",
    "Scale, worst to best",
)
_HOW = (
    "For each outcome a line runs from an open circle, the average before, to a full one, the "
    "average after; better is to the right. The bar is the 95 % interval of the change."
)
_DOT, _TICK, _BAND = 7, 4, 9  # radius of a mark, half a step's height, half the interval's


@dataclass(frozen=True)
class OutcomeChange:
    """The average of linked people before and after, on the scale they answered on.

    `low` and `high` are the 95 % interval of after minus before, None where there is none (few
    changed at all). `lowest` to `highest` is the scale; where less is better it is turned round
    in the picture, so that better is always to the right.
    """

    outcome: str
    people: int
    before: float
    after: float
    low: float | None
    high: float | None
    lowest: float = 1
    highest: float = 5
    higher_is_better: bool = True

    def __post_init__(self) -> None:
        if not self.lowest < self.highest:
            raise ValueError(f"“{self.outcome}” has no scale from {self.lowest} to {self.highest}.")
        for name, value in (("before", self.before), ("after", self.after)):
            if not self.lowest <= value <= self.highest:
                raise ValueError(f"“{self.outcome}”: {value} {name} is not on its scale.")

    @property
    def better(self) -> float:
        """The change, towards better."""
        return (self.after - self.before) * self._sign

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of the change towards better."""
        if self.low is None or self.high is None:
            return None
        return (self.low, self.high) if self.higher_is_better else (-self.high, -self.low)

    @property
    def decimals(self) -> int:
        return decimals_for(*self.interval) if self.interval else 1

    @property
    def scale(self) -> tuple[float, float]:
        """From worst to best."""
        ends = self.lowest, self.highest
        return ends if self.higher_is_better else ends[::-1]

    @property
    def _sign(self) -> int:
        return 1 if self.higher_is_better else -1


@dataclass(frozen=True)
class ChangeLines:
    """The changes of one project between two waves, in the order they are to be read.

    `left_out`: how many more outcomes there are, with too few people to be shown.
    """

    title: str
    outcomes: tuple[OutcomeChange, ...]
    left_out: int = 0

    def as_shown(self) -> "ChangeLines":
        """Without the outcomes that too few people stand behind; these are counted."""
        shown = tuple(each for each in self.outcomes if has_base(each.people))
        left_out = self.left_out + len(self.outcomes) - len(shown)
        return replace(self, outcomes=shown, left_out=left_out)


def draw_change_lines(changes: ChangeLines, *, prefix: str) -> Chart | NotEnough:
    """Outcomes with too few people are left out and counted; with none left it is refused."""
    refused = too_few(each.people for each in changes.outcomes)
    if refused:
        return refused
    shown = changes.as_shown()
    return chart_of(
        lambda form: _sheet(shown.outcomes, form),
        prefix=prefix,
        title=changes.title,
        sentence=_sentence(shown),
        how_to_read=_HOW,
        columns=COLUMNS,
        rows=[_row(each) for each in shown.outcomes],
    )


def _row(change: OutcomeChange) -> tuple[Cell, ...]:
    places = change.decimals
    ends = [rounded(end, places) for end in change.interval] if change.interval else [None, None]
    return (
        change.outcome,
        change.people,
        rounded(change.before, places),
        rounded(change.after, places),
        rounded(change.better, places),
        *ends,
        f"{change.scale[0]:g} to {change.scale[1]:g}",
    )


def _sentence(shown: ChangeLines) -> str:
    outcomes = shown.outcomes
    told = _of_one(outcomes[0]) if len(outcomes) == 1 else _of_several(outcomes)
    if shown.left_out:
        rest = "rests" if shown.left_out == 1 else "rest"
        told += f" {things(shown.left_out, 'more outcome')} {rest} on too few people to be drawn."
    return told


def _of_one(change: OutcomeChange) -> str:
    decimals = change.decimals
    told = f"On average {people(change.people)} moved {towards(change.better, decimals)}"
    scale = f"on a scale of {change.lowest:g} to {change.highest:g}"
    if change.interval is None:
        return f"{told}, {scale}; too few changed for an interval."
    low, high = change.interval
    told = f"{told}, {between(low, high, decimals)}, {scale}"
    return f"{told}: that may be no change at all." if low <= 0 <= high else f"{told}."


def _of_several(shown: Sequence[OutcomeChange]) -> str:
    better = sum(each.interval is not None and each.interval[0] > 0 for each in shown)
    worse = sum(each.interval is not None and each.interval[1] < 0 for each in shown)
    without = sum(each.interval is None for each in shown)
    unclear = len(shown) - better - worse - without
    parts = [
        f"{better} moved towards better" if better else "none clearly moved towards better",
        f"{worse} towards worse" if worse else "none towards worse",
    ]
    parts += [f"{unclear} may not have changed at all"] if unclear else []
    parts += [f"{without} changed for too few people to tell"] if without else []
    return f"Of {len(shown)} outcomes {listed(parts)}."


@dataclass(frozen=True)
class _Place:
    """Where the parts of a row stand on a form."""

    name: float  # room for the name of an outcome
    start: float
    end: float
    told: float  # where the change is told

    @classmethod
    def on(cls, form: Form) -> "_Place":
        if form.is_narrow:
            return cls(form.width, 12, form.width - 12, 0)
        return cls(220, 262, 540, 560)


def _sheet(shown: Sequence[OutcomeChange], form: Form) -> Sheet:
    place = _Place.on(form)
    marks, down = [_head(place)], 30.0
    for number, change in enumerate(shown):
        if number:
            marks.append(line(0, down, form.width, down, "grid"))
            down += 8
        draw = _narrow_row if form.is_narrow else _wide_row
        row = draw(change, place, down)
        marks.append(row.marks)
        down += row.height
    key = _key(form, down + 6, is_rounded=any(map(_seems_off, shown)))
    return Sheet("".join(marks) + key.marks, down + 6 + key.height)


def _head(place: _Place) -> str:
    """Which way is better."""
    better = place.end - 22 - width_of("better", SMALL)
    return "".join(
        (
            line(place.start, 11, place.start + 16, 11, "line"),
            pointer(place.start, 11, 5, right=False),
            word(place.start + 22, 15.5, "worse", "note", size=SMALL),
            word(better, 15.5, "better", "note", size=SMALL),
            line(place.end - 16, 11, place.end, 11, "line"),
            pointer(place.end, 11, 5, right=True),
        )
    )


def _wide_row(change: OutcomeChange, place: _Place, top: float) -> Sheet:
    name, note = _named(change, place)
    words = name.height + note.height
    height = max(80.0, words + 20)
    middle = top + height / 2
    size = signed(change.better, change.decimals)
    return Sheet(
        name.at(0, middle - words / 2)
        + note.at(0, middle - words / 2 + name.height)
        + _dumbbell(change, place, middle + 6)
        + figure(place.told, middle + 1, size, people(change.people), size=19)
        + word(place.told, middle + 20, _spread(change), "note", size=SMALL),
        height,
    )


def _narrow_row(change: OutcomeChange, place: _Place, top: float) -> Sheet:
    name, note = _named(change, place)
    rail = top + name.height + note.height + 36
    size = signed(change.better, change.decimals)
    return Sheet(
        name.at(0, top)
        + note.at(0, top + name.height)
        + _dumbbell(change, place, rail)
        + figure(0, rail + 46, size, f"{_spread(change)} · {people(change.people)}", size=17),
        rail + 60 - top,
    )


def _named(change: OutcomeChange, place: _Place) -> tuple[Block, Block]:
    """The outcome, and below it what turns its scale round."""
    turned = "" if change.higher_is_better else "less is better"
    return (
        Block.of(change.outcome, place.name, bold=True),
        Block.of(turned, place.name, size=SMALL, paint="note"),
    )


def _spread(change: OutcomeChange) -> str:
    if change.interval is None:
        return "no interval: few changed"
    return f"between {' and '.join(plain(end, change.decimals) for end in change.interval)}"


def _dumbbell(change: OutcomeChange, place: _Place, y: float) -> str:
    """The scale, the interval on it, and the way from before to after."""
    axis = Axis(*change.scale, place.start, place.end)
    before, after = axis.at(change.before), axis.at(change.after)
    return "".join(
        (
            _rail(change, axis, y),
            _interval(change, axis, y),
            line(before, y, after, y, "bold"),
            circle(before, y, _DOT, "open"),
            circle(after, y, _DOT, "full"),
            *_ends(change, axis, y - 16),
        )
    )


def _rail(change: OutcomeChange, axis: Axis, y: float) -> str:
    steps = change.highest - change.lowest
    ticks = [change.lowest + step for step in range(int(steps) + 1)] if steps <= 12 else []
    drawn = "".join(f"M{axis.at(at):.1f} {y - _TICK}V{y + _TICK:g}" for at in ticks)
    ends = zip(change.scale, (axis.start, axis.end), strict=True)
    return path(f"M{axis.start:g} {y:g}H{axis.end:g}{drawn}", "rail") + "".join(
        word(x, y + 8 + SMALL, f"{value:g}", "note", size=SMALL, anchor="middle")
        for value, x in ends
    )


def _interval(change: OutcomeChange, axis: Axis, y: float) -> str:
    """Where the average after may lie, seen from the average before."""
    if change.low is None or change.high is None:
        return ""
    ends = (axis.within(change.before + end) for end in (change.low, change.high))
    left, right = sorted(ends)
    return box(left, y - _BAND, right - left, 2 * _BAND, "band")


def _ends(change: OutcomeChange, axis: Axis, y: float) -> Iterator[str]:
    """ "before" and "after" with their averages, over their marks."""
    told = sorted(
        (axis.at(value), f"{name} {plain(value, change.decimals)}")
        for name, value in (("before", change.before), ("after", change.after))
    )
    wanted = [(x, width_of(text, SMALL)) for x, text in told]
    spots = spread_out(wanted, start=axis.start - 12, end=axis.end + 12, gap=10)
    for x, (_, text) in zip(spots or [], told, strict=False):
        yield word(x, y, text, size=SMALL, anchor="middle")


def _seems_off(change: OutcomeChange) -> bool:
    """Whether the rounded averages differ by something else than the rounded change."""
    places = change.decimals
    apart = round(change.after, places) - round(change.before, places)
    return round(apart, places) != round(change.after - change.before, places)


def _key(form: Form, top: float, *, is_rounded: bool) -> Sheet:
    """What the bar is, and why numbers may not add up."""
    told = "95 % interval of the change, drawn from the average before."
    if is_rounded:
        told += " Averages are rounded, so they may differ by a little more or less."
    block = Block.of(told, form.width - 40, size=SMALL, paint="note", most=5)
    bar = box(1, top + 3, 26, 12, "band")
    return Sheet(bar + block.at(36, top), block.height + TEXT * (LINE - 1))
