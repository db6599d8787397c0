"""How did the evidence grow? The pool of all projects, each time another one came in."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coproduce.analysis import NotEnough, has_base
from coproduce.formats.charts.chart import (
    NARROW,
    PEOPLE_NEEDED,
    Cell,
    Chart,
    Form,
    Sheet,
    chart_of,
    too_few,
)
from coproduce.formats.charts.forest_record import PROJECTS_TO_POOL
from coproduce.formats.charts.layout import Axis, round_steps, spread_out
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import SMALL, Block, circle, line, path, word
from coproduce.formats.charts.words import (
    between,
    decimals_for,
    rounded,
    signed,
    span,
    things,
    towards,
)

COLUMNS = (
    "Until",
    "Projects",
    "People",
    "Average change",
    "95 % interval from",
    "95 % interval to",
)
_HOW = (
    "A line goes from left to right through time, with a dot each time another project came in; "
    "the band about it is the 95 % interval. Better is up, a level line is no change."
)
_BAND = "The band is the 95 % interval of all projects together."
_CUT = "It goes on beyond the picture where it meets the edge."
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_TALL, _TOP = {True: 196, False: 236}, 26.0  # of what is between the axes
_EVERY = (1, 2, 3, 6, 12, 24, 60, 120)  # months from one mark on the way to the next


@dataclass(frozen=True)
class Step:
    """All projects known by a day, pooled: their average change towards better."""

    day: datetime.date
    projects: int
    people: int
    estimate: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.projects < PROJECTS_TO_POOL:
            raise ValueError(
                f"{things(self.projects, 'project')} cannot be pooled: {PROJECTS_TO_POOL} can."
            )

    @property
    def month(self) -> str:
        return f"{_MONTHS[self.day.month - 1]} {self.day.year}"


@dataclass(frozen=True)
class Cumulative:
    """The pool as it grew, oldest first. `unit`: what the change is counted in, without its s."""

    title: str
    steps: tuple[Step, ...]
    unit: str = "point"

    def __post_init__(self) -> None:
        days = [step.day for step in self.steps]
        if days != sorted(days):
            raise ValueError("The steps of a cumulative line are told oldest first.")

    def as_shown(self) -> "Cumulative":
        """Steps between which at least ten people came in, the last in any case (rule R4)."""
        kept = list(self.steps[-1:])
        for step in reversed(self.steps[:-1]):
            if has_base(step.people) and kept[0].people - step.people >= PEOPLE_NEEDED:
                kept.insert(0, step)
        return replace(self, steps=tuple(kept))

    @property
    def decimals(self) -> int:
        return decimals_for(self.steps[-1].low, self.steps[-1].high)


def draw_cumulative(line_of: Cumulative, *, prefix: str) -> Chart | NotEnough:
    """A step that adds fewer than ten people waits for the next: two side by side would tell."""
    refused = too_few([step.people for step in line_of.steps])
    if refused:
        return refused
    kept = line_of.as_shown().steps
    return chart_of(
        lambda form: _sheet(line_of, kept, form),
        prefix=prefix,
        title=line_of.title,
        sentence=_sentence(line_of, kept),
        how_to_read=_HOW,
        columns=COLUMNS,
        rows=[_row(step, line_of.decimals) for step in kept],
    )


def _row(step: Step, decimals: int) -> tuple[Cell, ...]:
    return (
        f"{step.day.day} {step.month}",
        step.projects,
        step.people,
        *(rounded(value, decimals) for value in (step.estimate, step.low, step.high)),
    )


def _sentence(line_of: Cumulative, kept: Sequence[Step]) -> str:
    first, last = kept[0], kept[-1]
    told = _told(last, line_of)
    if len(kept) == 1:
        return f"By {last.month}, {told}."
    wider, now = first.high - first.low, last.high - last.low
    became = "narrower" if now < wider else "wider"
    return (
        f"By {first.month}, {_told(first, line_of)}; by {last.month}, {told}. "
        f"The interval became {became}."
    )


def _told(step: Step, line_of: Cumulative) -> str:
    change = towards(step.estimate, line_of.decimals, line_of.unit)
    return (
        f"{things(step.projects, 'project')} together showed {change}, "
        f"{between(step.low, step.high, line_of.decimals)}"
    )


@dataclass(frozen=True)
class _Ground:
    """Time goes to the right, better goes up."""

    days: Axis
    values: Axis

    def x(self, day: datetime.date) -> float:
        return self.days.at(day.toordinal())

    def y(self, value: float) -> float:
        return self.values.within(value)


def _sheet(line_of: Cumulative, kept: Sequence[Step], form: Form) -> Sheet:
    ground = _ground(line_of, kept, form)
    bottom = ground.values.start
    marks = [
        _band(kept, ground),
        _levels(ground),
        _line(kept, ground),
        *_beside(line_of, ground),
        _times(kept, ground, form),
        _counted(kept, ground, bottom + 42),
    ]
    is_whole = all(ground.values.holds(end) for step in kept for end in (step.low, step.high))
    told = _BAND if is_whole else f"{_BAND} {_CUT}"
    note = Block.of(told, form.width, size=SMALL, paint="note")
    return Sheet("".join(marks) + note.at(0, bottom + 54), bottom + 58 + note.height)


def _ground(line_of: Cumulative, kept: Sequence[Step], form: Form) -> _Ground:
    """All averages and the last interval fit; a wide interval at the beginning may be cut."""
    narrow = form is NARROW
    values = [0.0, *(step.estimate for step in kept), kept[-1].low, kept[-1].high]
    low, high = min(values), max(values)
    reach = (high - low) * 0.5
    low = max(min(step.low for step in kept), low - reach)
    high = min(max(step.high for step in kept), high + reach)
    low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.05 * (high - low) or 1.0
    first, last = kept[0].day.toordinal(), kept[-1].day.toordinal()
    beside = max(width_of(text, size, bold=bold) for text, size, bold in _ending(line_of))
    after = max(0.06 * (last - first), 1)
    levels = Axis(low - margin, high + margin, _TOP + _TALL[narrow], _TOP)
    start = max(width_of(told, SMALL) for _, told in _numbers(levels)) + 10
    days = Axis(first, last + after, start, form.width - beside - 10)
    return _Ground(days, levels)


def _numbers(levels: Axis) -> list[tuple[float, str]]:
    """Round numbers up the side."""
    steps = round_steps(levels.low, levels.high, 6)
    decimals = max(len(f"{step:g}".partition(".")[2]) for step in steps)
    return [(step, signed(step, decimals)) for step in steps]


def _levels(ground: _Ground) -> str:
    """Lines across at round numbers, with "better" where it is."""
    days, marks = ground.days, ""
    for value, told in _numbers(ground.values):
        y = ground.values.at(value)
        marks += line(days.start, y, days.end, y, "grid" if value else "zero")
        marks += word(days.start - 8, y + 4.5, told, "note", size=SMALL, anchor="end")
    arrow = path("M6 16V3M1.5 7.5L6 3l4.5 4.5", "line")
    return marks + arrow + word(17, 14, "better", "note", size=SMALL)


def _band(kept: Sequence[Step], ground: _Ground) -> str:
    """The interval, level from one step to the next."""
    corners = list(_corners(kept, ground))
    over = "".join(f"L{x:.1f} {ground.y(step.high):.1f}" for x, step in corners)
    under = "".join(f"L{x:.1f} {ground.y(step.low):.1f}" for x, step in reversed(corners))
    return path(f"M{over[1:]}{under}z", "haze")


def _corners(kept: Sequence[Step], ground: _Ground) -> Iterator[tuple[float, Step]]:
    """Each step from its day until the next one's."""
    ends = [*(ground.x(step.day) for step in kept[1:]), ground.days.end]
    for step, end in zip(kept, ends, strict=True):
        yield ground.x(step.day), step
        yield end, step


def _line(kept: Sequence[Step], ground: _Ground) -> str:
    corners = "".join(
        f"L{x:.1f} {ground.y(step.estimate):.1f}" for x, step in _corners(kept, ground)
    )
    radius = 5 if len(kept) <= 24 else 3.5
    return path(f"M{corners[1:]}", "line") + "".join(
        circle(ground.x(step.day), ground.y(step.estimate), radius, "full") for step in kept
    )


def _ending(line_of: Cumulative) -> tuple[tuple[str, float, bool], ...]:
    """What stands to the right of the line: the words, their size, whether they are bold."""
    last, decimals = line_of.steps[-1], line_of.decimals
    return (
        (signed(last.estimate, decimals), 19, True),
        (span(last.low, last.high, decimals), 12.5, False),
        ("no change", SMALL, False),
    )


def _beside(line_of: Cumulative, ground: _Ground) -> Iterator[str]:
    """Where the line ends, and where no change is."""
    left = ground.days.end + 8
    (change, large, _), (ends, small, _), (none, size, _) = _ending(line_of)
    last = ground.y(line_of.steps[-1].estimate)
    labels = sorted([(last, 38.0), (ground.y(0), 16.0)])
    spots = spread_out(labels, start=0, end=ground.values.start + 10, gap=2) or []
    for middle, (_, high) in zip(spots, labels, strict=False):
        if high == 16:
            yield word(left, middle + 4.5, none, size=size)
        else:
            yield word(left, middle, change, size=large, bold=True)
            yield word(left, middle + 16, ends, "note", size=small)


def _times(kept: Sequence[Step], ground: _Ground, form: Form) -> str:
    """Months or years below, as many as there is room for."""
    days, y = ground.days, ground.values.start
    told = list(_marked(kept, 4 if form is NARROW else 7))
    places = [(ground.x(day), width_of(text, SMALL)) for day, text in told]
    spots = spread_out(places, start=0, end=days.end + 40, gap=8)
    ticks = "".join(f"M{x:.1f} {y:g}v5" for x, _ in places)
    return path(f"M{days.start:g} {y:g}H{days.end:g}{ticks}", "rail") + "".join(
        word(spot, y + 20, text, "note", size=SMALL, anchor="middle")
        for spot, (_, text) in zip(spots or (), told, strict=False)
    )


def _marked(kept: Sequence[Step], most: int) -> Iterator[tuple[datetime.date, str]]:
    """First days of months or years between the first step and the last; else these two."""
    first, last = kept[0].day, kept[-1].day
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    for every in _EVERY:
        months = [month for month in range(begin, end + 1) if month % every == 0]
        if 1 < len(months) <= most:
            for month in months:
                year, number = divmod(month, 12)
                named = f"{_MONTHS[number][:3]} {year}" if every < 12 else str(year)
                yield datetime.date(year, number + 1, 1), named
            return
    for day in sorted({first, last}):
        yield day, f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def _counted(kept: Sequence[Step], ground: _Ground, y: float) -> str:
    """How many projects there were at the beginning and at the end."""
    first, last = kept[0], kept[-1]
    told = word(ground.days.end + 40, y, f"{things(last.projects, 'project')} by then", size=SMALL,
                anchor="end")  # fmt: skip
    if last is first:
        return told
    return word(0, y, things(first.projects, "project"), size=SMALL) + told
