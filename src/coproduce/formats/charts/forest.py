"""What did many projects find together? Each one's change, the pool of all, and what to expect."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import (
    NARROW,
    Cell,
    Chart,
    Form,
    Sheet,
    chart_of,
    too_few,
)
from coproduce.formats.charts.forest_record import (
    PROJECTS_TO_POOL,
    Forest,
    Pooled,
    ProjectChange,
)
from coproduce.formats.charts.layout import Axis, round_steps, spread_out
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import (
    LINE,
    SMALL,
    TEXT,
    Block,
    box,
    diamond,
    figure,
    line,
    path,
    pointer,
    square,
    word,
)
from coproduce.formats.charts.words import (
    between,
    number,
    rounded,
    signed,
    span,
    things,
    towards,
)

COLUMNS = (
    "Project",
    "People",
    "Average change",
    "95 % interval from",
    "95 % interval to",
    "Weight in %",
)
RANKED = "As ranked"
ALL, NEXT = "All projects together", "A further project"
_HOW = (
    "Each square is the average change in one project, the larger the more it counts, on a line "
    "that is its 95 % interval. Better is to the right, an upright line is no change."
)
_LARGEST, _SMALLEST = 8.0, 2.5  # half a square's side
_REACH = 0.6  # how far beyond everything else an interval may stretch the axis


def draw_forest(forest: Forest, *, prefix: str) -> Chart | NotEnough:
    """Projects with too few people stay in the pool, but are neither drawn nor listed.

    Beyond 60 projects only the 40 with most weight are drawn; the table has all.
    """
    shown = forest.as_shown()
    refused = too_few(each.people for each in forest.projects) or too_few(
        each.people for each in shown.projects
    )
    if refused:
        return refused
    drawn = shown.most_weighty
    return chart_of(
        lambda form: _sheet(shown, drawn, form),
        prefix=prefix,
        title=forest.title,
        sentence=_sentence(shown, drawn=len(drawn)),
        how_to_read=_HOW,
        columns=(*COLUMNS, RANKED) if shown.is_ranked else COLUMNS,
        rows=_rows(shown),
    )


def _rows(forest: Forest) -> list[tuple[Cell, ...]]:
    rows = [_row(each, forest) for each in forest.projects]
    if forest.pooled:
        rows += _pooled_rows(forest, forest.pooled)
    return rows


def _row(project: ProjectChange, forest: Forest) -> tuple[Cell, ...]:
    places = forest.decimals
    ranked = None if project.shrunken is None else rounded(project.shrunken, places)
    return (
        project.project,
        project.people,
        *(rounded(value, places) for value in (project.change, project.low, project.high)),
        round(100 * project.weight),
        *((ranked,) if forest.is_ranked else ()),
    )


def _pooled_rows(forest: Forest, pooled: Pooled) -> list[tuple[Cell, ...]]:
    places = forest.decimals
    blank = (None,) if forest.is_ranked else ()
    ends = (rounded(value, places) for value in (pooled.estimate, pooled.low, pooled.high))
    rows: list[tuple[Cell, ...]] = [(ALL, forest.people, *ends, 100, *blank)]
    if pooled.ahead:
        ahead = (rounded(value, places) for value in pooled.ahead)
        rows.append((NEXT, None, None, *ahead, None, *blank))
    return rows


def _sentence(forest: Forest, *, drawn: int) -> str:
    return " ".join((_pooled_sentence(forest), *_not_in_the_picture(forest, drawn)))


def _not_in_the_picture(forest: Forest, drawn: int) -> Iterator[str]:
    listed = len(forest.projects)
    if drawn < listed:
        yield f"The {drawn} of {listed} projects with most weight are drawn."
    if forest.apart:
        counted = f"{things(forest.apart, 'project')} {'is' if forest.apart == 1 else 'are'}"
        yield f"{counted} too small to be shown apart."
    if forest.not_reported:
        have = "has" if forest.not_reported == 1 else "have"
        yield f"{things(forest.not_reported, 'more project')} registered and {have} not reported."


def _pooled_sentence(forest: Forest) -> str:
    count, pooled = forest.count, forest.pooled
    if pooled is None:
        if count < PROJECTS_TO_POOL:
            return (
                f"{things(count, 'project')} reported: too few to say what they found together, "
                f"which is done from {PROJECTS_TO_POOL} on."
            )
        return f"{count} projects reported; they are not pooled here."
    places = forest.decimals
    told = (
        f"In {count} projects together people moved on average "
        f"{towards(pooled.estimate, places, forest.unit)}, "
        f"{between(pooled.low, pooled.high, places)}"
    )
    told += ": that may be no change at all." if pooled.low <= 0 <= pooled.high else "."
    if pooled.ahead:
        told += f" A further project may land {_landing(pooled.ahead, places)}."
    return told


def _landing(ahead: tuple[float, float], places: int) -> str:
    low, high = ahead
    told = between(low, high, places)
    side = "" if low < 0 < high else " towards better" if high > 0 else " towards worse"
    return told + side


@dataclass(frozen=True)
class _Place:
    """Where the columns of a row stand on a form."""

    name: float  # room for a project's name
    people: float  # where the number of people ends
    start: float
    end: float
    told: float  # where the change is told
    size: float

    @classmethod
    def on(cls, form: Form, rows: int) -> "_Place":
        if form is NARROW:
            return cls(268, 0, 10, form.width - 10, form.width, SMALL)
        return cls(196, 252, 272, 540, 560, TEXT if rows <= 20 else SMALL)


def _sheet(forest: Forest, drawn: Sequence[ProjectChange], form: Form) -> Sheet:
    place = _Place.on(form, len(drawn))
    axis = _axis(forest, drawn, place)
    heaviest = max(each.weight for each in drawn)
    rows, down = [], 30.0
    for each in drawn:
        rows.append(_project(each, heaviest, axis, place, down, decimals=forest.decimals))
        down += rows[-1].height
    ruler = ""
    if forest.pooled:
        ruler = line(0, down + 2, form.width, down + 2, "rail")
        for row in _pool(forest, forest.pooled, axis, place, down + 6):
            rows.append(row)
            down = row.top + row.height
    notes = _notes(forest, len(drawn), form, down + 34)
    marks = (
        _head(axis, place),
        *_uprights(forest, axis, rows, place),
        ruler,
        *(row.marks for row in rows),
        _steps(axis, down + 4),
        notes.marks,
    )
    return Sheet("".join(marks), down + 34 + notes.height)


def _axis(forest: Forest, drawn: Sequence[ProjectChange], place: _Place) -> Axis:
    """Wide enough for every average; an interval may stretch it, but only so far."""
    values = [0.0, *(each.change for each in drawn)]
    values += [each.shrunken for each in drawn if each.shrunken is not None]
    if forest.pooled:
        values += [forest.pooled.low, forest.pooled.high, *(forest.pooled.ahead or ())]
    low, high = min(values), max(values)
    half = median([(each.high - each.low) / 2 for each in drawn])
    reach = max(_REACH * (high - low), _REACH * 2 * half)
    low = max(min([low, *(each.low for each in drawn)]), low - reach)
    high = min(max([high, *(each.high for each in drawn)]), high + reach)
    margin = 0.04 * (high - low) or 1.0
    return Axis(low - margin, high + margin, place.start, place.end)


def _head(axis: Axis, place: _Place) -> str:
    """Where nothing changed, which way is better, and what stands in the columns."""
    none, aside = width_of("no change", SMALL) / 2, 12
    middle = min(max(axis.at(0), axis.start + none - 10), axis.end - none + 10)
    marks = word(middle, 15.5, "no change", size=SMALL, anchor="middle")
    if middle + none + aside < axis.end - 21 - width_of("better", SMALL):
        marks += line(axis.end - 16, 11, axis.end, 11, "line")
        marks += pointer(axis.end, 11, 5, right=True)
        marks += word(axis.end - 21, 15.5, "better", "note", size=SMALL, anchor="end")
    if middle - none - aside > axis.start + 21 + width_of("worse", SMALL):
        marks += line(axis.start, 11, axis.start + 16, 11, "line")
        marks += pointer(axis.start, 11, 5, right=False)
        marks += word(axis.start + 21, 15.5, "worse", "note", size=SMALL)
    if place.people:
        marks += word(0, 15.5, "Project", "note", size=SMALL)
        marks += word(place.people, 15.5, "People", "note", size=SMALL, anchor="end")
        marks += word(place.told, 15.5, "Change, 95 % interval", "note", size=SMALL)
    return marks


@dataclass(frozen=True)
class _Row:
    """A row from its top down, and where its line runs."""

    marks: str
    top: float
    height: float
    middle: float

    def with_marks(self, marks: str) -> "_Row":
        return replace(self, marks=self.marks + marks)


def _uprights(forest: Forest, axis: Axis, rows: Sequence[_Row], place: _Place) -> Iterator[str]:
    """No change, and where all projects together are; clear of names that stand above lines."""
    bottom = rows[-1].top + rows[-1].height + 4
    parts = [(row.middle - 11, row.middle + 12) for row in rows]
    for top, end in [(24.0, bottom)] if place.people else [*parts, (bottom - 3, bottom)]:
        yield line(axis.at(0), top, axis.at(0), end, "zero")
        if forest.pooled:
            at = axis.at(forest.pooled.estimate)
            yield line(at, top, at, end, "aim")


def _project(
    project: ProjectChange,
    heaviest: float,
    axis: Axis,
    place: _Place,
    top: float,
    *,
    decimals: int,
) -> _Row:
    row = _words(
        project.project,
        project.people,
        place,
        top,
        told=signed(project.change, decimals),
        ends=span(project.low, project.high, decimals),
    )
    half = max(_SMALLEST, _LARGEST * math.sqrt(project.weight / heaviest))
    marks = _whisker(project, axis, row.middle) + square(
        axis.at(project.change), row.middle, half, "full"
    )
    if project.shrunken is not None:
        at = axis.at(project.shrunken)
        marks += diamond(at - 5, at, at + 5, row.middle, 6, "open")
    return row.with_marks(marks)


def _words(
    name: str,
    people: int | None,
    place: _Place,
    top: float,
    *,
    told: str,
    ends: str,
    bold: bool = False,
) -> _Row:
    """What stands beside a line, or above it where there is no room beside.

    `told` is the change, `ends` its interval; without a change the interval stands alone.
    """
    called = Block.of(name, place.name, size=place.size, bold=bold, most=2)
    taken = max(called.height, place.size * LINE)  # a project without a name has a row too
    if not place.people:
        value = word(place.told, top + 13, told or ends, size=SMALL, bold=bool(told), anchor="end")
        return _Row(called.at(0, top) + value, top, taken + 30, top + taken + 13)
    height = taken + 0.55 * place.size
    middle = top + height / 2
    base = middle + 0.34 * place.size
    marks = called.at(0, middle - called.height / 2)
    if people is not None:
        marks += word(place.people, base, number(people), "note", size=place.size, anchor="end")
    if told:
        marks += figure(place.told, base, told, f"({ends})", size=place.size)
    else:
        marks += word(place.told, base, ends, size=place.size)
    return _Row(marks, top, height, middle)


def _whisker(project: ProjectChange, axis: Axis, y: float) -> str:
    """The interval; where it goes on beyond the axis, an arrowhead."""
    marks = line(axis.within(project.low), y, axis.within(project.high), y, "line")
    if not axis.holds(project.low):
        marks += pointer(axis.start, y, 4, right=False)
    if not axis.holds(project.high):
        marks += pointer(axis.end, y, 4, right=True)
    return marks


def _pool(forest: Forest, pooled: Pooled, axis: Axis, place: _Place, top: float) -> Iterator[_Row]:
    """The diamond of all projects, and below it the bar of what to expect of a further one."""
    row = _words(
        f"All {forest.count} projects together",
        forest.people,
        place,
        top,
        told=signed(pooled.estimate, forest.decimals),
        ends=span(pooled.low, pooled.high, forest.decimals),
        bold=True,
    )
    low, middle, high = (axis.at(value) for value in (pooled.low, pooled.estimate, pooled.high))
    yield row.with_marks(diamond(low, middle, high, row.middle, 9, "pool"))
    if pooled.ahead:
        told = span(*pooled.ahead, forest.decimals)
        below = _words(NEXT, None, place, top + row.height + 2, told="", ends=told)
        left, right = (axis.at(end) for end in pooled.ahead)
        yield below.with_marks(box(left, below.middle - 5, right - left, 10, "band"))


def _steps(axis: Axis, y: float) -> str:
    """Round numbers along the axis."""
    steps = round_steps(axis.low, axis.high, 7)
    decimals = max(len(f"{step:g}".partition(".")[2]) for step in steps)
    told = [(axis.at(step), signed(step, decimals)) for step in steps]
    spots = spread_out(
        [(x, width_of(text, SMALL)) for x, text in told],
        start=axis.start - 10,
        end=axis.end + 10,
        gap=4,
    )
    ticks = "".join(f"M{x:.1f} {y:g}v5" for x, _ in told)
    marks = path(f"M{axis.start:g} {y:g}H{axis.end:g}{ticks}", "rail")
    return marks + "".join(
        word(spot, y + 19, text, "note", size=SMALL, anchor="middle")
        for spot, (_, text) in zip(spots or (), told, strict=False)
    )


def _notes(forest: Forest, drawn: int, form: Form, top: float) -> Sheet:
    """What the marks are, and who is not in the picture."""
    marks, down = "", top
    for glyph, text in _key(forest, drawn):
        block = Block.of(text, form.width - 28, size=SMALL, paint="note")
        marks += f'<g transform="translate(0 {down + 8.5:.1f})">{glyph}</g>{block.at(28, down)}'
        down += block.height + 3
    return Sheet(marks, down - top)


def _key(forest: Forest, drawn: int) -> Iterator[tuple[str, str]]:
    yield (
        square(9, 0, 6, "full"),
        "The average change in one project, with its 95 % interval. "
        "The larger, the more it counts.",
    )
    if forest.is_ranked:
        yield (
            diamond(4, 9, 14, 0, 6, "open"),
            "Drawn towards the others: small projects swing more by chance, so only this value is "
            "ranked.",
        )
    if forest.pooled:
        yield (
            diamond(0, 9, 18, 0, 7, "pool"),
            "All projects together, from end to end of the 95 % interval.",
        )
    if forest.pooled and forest.pooled.ahead:
        yield (
            box(0, -5, 18, 10, "band"),
            "Where a further project may land: the 95 % prediction interval.",
        )
    for told in _not_in_the_picture(forest, drawn):
        yield square(9, 0, 6, "missing"), told
