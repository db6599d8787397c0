"""The opinion map as a picture: SVG drawn on the server, without scripts, styles or Django."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.rings import Ring
from coproduce.formats.shapes import shape_of

WIDTH, HEIGHT = 620, 430
_MARGIN = 46  # room for the letter of a group that stands at the edge
_GROUPS = ("A", "B", "C", "D", "E")
_BADGE = 16  # half the width of a letter's shape; the letter stays readable on a phone
_FINE_GRID, _COARSE_GRID = 8, 12  # dots are rounded: nobody's exact place is on the page
YOU = "you, about here"
_YOU_HALF = 92  # half the width of those words
_COARSE_FROM = 1000  # people; keeps the picture of a large conversation below 60 kB


@dataclass(frozen=True)
class Dot:
    """One person: where they stand, and their group (A to E) or None."""

    x: float
    y: float
    group: str | None

    def __post_init__(self) -> None:
        if self.group is not None and self.group not in _GROUPS:
            raise ValueError(f"“{self.group}” is no group that can be drawn: A to E are.")


@dataclass(frozen=True)
class Landmark:
    """One statement: the direction in which people who agree stand, and its short name."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class You:
    """Whoever looks: our best guess of where they stand, and the ring around it."""

    x: float
    y: float
    ring: Ring


@dataclass(frozen=True)
class Palette:
    """The colours of a picture, as whatever the reader of the SVG understands."""

    card: str
    rule: str
    ink: str
    soft: str
    on_group: str
    groups: tuple[str, str, str, str, str]


PRINT = Palette(
    card="#fffdf9",
    rule="#e2d8c6",
    ink="#1d2229",
    soft="#4a515b",
    on_group="#fffdf9",
    groups=("#1560a0", "#b34700", "#5b3a93", "#0b6b4f", "#9b1b5a"),
)


def _token(name: str, colour: str) -> str:
    return f"var(--{name}, {colour})"


# On a page the site's own tokens win, light or dark; the fallback is the printed colour.
SCREEN = Palette(
    card=_token("card", PRINT.card),
    rule=_token("rule", PRINT.rule),
    ink=_token("ink", PRINT.ink),
    soft=_token("soft", PRINT.soft),
    on_group=_token("on-group", PRINT.on_group),
    groups=(
        _token("group-a", PRINT.groups[0]),
        _token("group-b", PRINT.groups[1]),
        _token("group-c", PRINT.groups[2]),
        _token("group-d", PRINT.groups[3]),
        _token("group-e", PRINT.groups[4]),
    ),
)


def draw_map(
    dots: Sequence[Dot],
    *,
    title: str,
    description: str,
    prefix: str,
    landmarks: Sequence[Landmark] = (),
    you: You | None = None,
    is_forming: bool = False,
    palette: Palette = SCREEN,
) -> str:
    """The map as one `<svg>` element that can stand in a page, a PDF or a file of its own.

    `title` and `description` are what a screen reader says; `prefix` begins the ids within, so
    two maps can stand on one page. `landmarks`: a few statements to show by name. `you`: one
    place with its ring, drawn over everything else. `is_forming`: everybody in one tone lies
    below (class `before`) what tells groups apart (class `after`), for a page that fades from one
    to the other. `palette`: `SCREEN` follows the page's tokens, `PRINT` is for PDF, where tokens
    are unknown.
    """
    frame = _Frame.around(dots, you)
    parts = [
        _opening(prefix, title, description),
        _ground(frame, palette),
        *(_before(dots, frame, palette) if is_forming else ()),
        *_territories(dots, frame, palette),
        *_marks(dots, frame, palette),
        *_landmarks(landmarks, frame, palette),
        *([_your_ring(you, frame, palette)] if you else ()),
        *_letters(
            dots,
            frame,
            palette,
            taken=[*_label_places(you, frame), *_pinned(landmarks, frame)],
        ),
        *(_your_dot(you, frame, palette) if you else ()),
        "</g></svg>" if is_forming else "</svg>",
    ]
    return "".join(parts)


def draw_ring(
    ring: Ring, dots: Sequence[Dot], *, widest: Ring | None = None, palette: Palette = SCREEN
) -> str:
    """A ring in the middle of the map, small: how wide it is beside where the groups stand.

    `widest` of several that stand side by side: they then have one scale, and none is cut off. It
    says nothing by itself to those who listen: the words go beside it.
    """
    frame = _Frame.around(dots, You(0.0, 0.0, widest or ring))
    everybody = _places(dots, None, frame)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true" focusable="false">',
        _ground(frame, palette),
        *(
            _territories(dots, frame, palette)
            or [_territory(everybody, palette.ink)] * (len(everybody) > 1)
        ),
        _dashed(ring.scaled(frame.scale), frame.at(0, 0), palette, width=7),
        "</svg>",
    ]
    return "".join(parts)


@dataclass(frozen=True)
class _Frame:
    """From the map's own units to the picture's, alike in both directions, up is up."""

    scale: float
    middle: tuple[float, float]

    @classmethod
    def around(cls, dots: Sequence[Dot], you: You | None = None) -> "_Frame":
        xs, ys = [dot.x for dot in dots] or [0.0], [dot.y for dot in dots] or [0.0]
        if you is not None:
            across, up = you.ring.reach
            xs += [you.x - across, you.x + across]
            ys += [you.y - up, you.y + up]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        room = [
            (space - 2 * _MARGIN) / extent
            for space, extent in ((WIDTH, wide), (HEIGHT, high))
            if extent > 0
        ]
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        return cls(min(room, default=1.0), middle)

    def at(self, x: float, y: float) -> tuple[float, float]:
        across, up = (x - self.middle[0]) * self.scale, (y - self.middle[1]) * self.scale
        return WIDTH / 2 + across, HEIGHT / 2 - up


def _opening(prefix: str, title: str, description: str) -> str:
    name = escape(prefix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )


def _ground(frame: _Frame, palette: Palette) -> str:
    x, y = frame.at(0, 0)
    lines = ""
    if 20 <= x <= WIDTH - 20:
        lines += f"M{x:.0f} 20V{HEIGHT - 20}"
    if 20 <= y <= HEIGHT - 20:
        lines += f"M20 {y:.0f}H{WIDTH - 20}"
    axes = f'<path d="{lines}" fill="none" stroke="{palette.rule}"/>' if lines else ""
    return (
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="10" '
        f'fill="{palette.card}" stroke="{palette.rule}"/>{axes}'
    )


def _places(dots: Sequence[Dot], group: str | None, frame: _Frame) -> NDArray[np.float64]:
    return np.array([frame.at(dot.x, dot.y) for dot in dots if dot.group == group]).reshape(-1, 2)


def _territories(dots: Sequence[Dot], frame: _Frame, palette: Palette) -> list[str]:
    """A soft ellipse where most of each group stands."""
    colours = zip(_GROUPS, palette.groups, strict=True)
    of_groups = ((_places(dots, group, frame), colour) for group, colour in colours)
    return [_territory(places, colour) for places, colour in of_groups if len(places) > 1]


def _territory(places: NDArray[np.float64], colour: str) -> str:
    """Two standard deviations around the middle of some places, at least a dot."""
    spread, turn = np.linalg.eigh(np.cov(places.T))
    radii = 2 * np.sqrt(np.maximum(spread, 16.0))
    angle = np.degrees(np.arctan2(turn[1, 1], turn[0, 1]))
    x, y = places.mean(axis=0)
    return (
        f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{radii[1]:.0f}" ry="{radii[0]:.0f}" '
        f'transform="rotate({angle:.0f} {x:.0f} {y:.0f})" fill="{colour}" '
        f'fill-opacity=".09"/>'
    )


def _marks(dots: Sequence[Dot], frame: _Frame, palette: Palette) -> list[str]:
    """One mark for all of a group in one cell of the grid, larger where several stand there.

    Where there are groups, whoever is in none is hollow; where there are none, all are one tone.
    """
    is_one = all(dot.group is None for dot in dots)
    grid = _COARSE_GRID if len(dots) > _COARSE_FROM else _FINE_GRID
    cells = Counter((dot.group, *_rounded(frame.at(dot.x, dot.y), grid)) for dot in dots)
    drawn = []
    for group in (*_GROUPS, None):
        shapes = [
            shape_of(group)(x, y, _mark_size(people))
            for (of, x, y), people in sorted(cells.items(), key=lambda item: item[0][1:])
            if of == group
        ]
        if shapes:
            paint = _full(palette.soft, palette) if is_one else _mark_paint(group, palette)
            drawn.append(f'<path d="{"".join(shapes)}" {paint}/>')
    return drawn


def _before(dots: Sequence[Dot], frame: _Frame, palette: Palette) -> list[str]:
    """Everybody in one tone, and the beginning of what comes over it."""
    together = [replace(dot, group=None) for dot in dots]
    return ['<g class="before">', *_marks(together, frame, palette), '</g><g class="after">']


def _rounded(place: tuple[float, float], grid: int) -> tuple[int, int]:
    return round(place[0] / grid) * grid, round(place[1] / grid) * grid


def _mark_size(people: int) -> float:
    """Half the width: area grows with people, up to a mark that still leaves its cell readable."""
    return min(4.2 + 0.9 * float(np.sqrt(people - 1)), 7.5)


def _mark_paint(group: str | None, palette: Palette) -> str:
    if group is None:
        return f'fill="{palette.card}" stroke="{palette.soft}" stroke-width="1.6"'
    return _full(palette.groups[_GROUPS.index(group)], palette)


def _full(colour: str, palette: Palette) -> str:
    return f'fill="{colour}" fill-opacity=".85" stroke="{palette.card}" stroke-width=".8"'


def _letters(
    dots: Sequence[Dot], frame: _Frame, palette: Palette, *, taken: Sequence[tuple[float, float]]
) -> list[str]:
    """Each group's letter in its shape, just outside where most of the group stands."""
    drawn: list[str] = []
    spots = list(taken)
    for group, colour in zip(_GROUPS, palette.groups, strict=True):
        places = _places(dots, group, frame)
        if not len(places):
            continue
        x, y = _free_spot(places, spots)
        spots.append((x, y))
        drawn.append(
            f'<path d="{shape_of(group)(x, y, _letter_shape_size(group))}" fill="{colour}" '
            f'stroke="{palette.card}" stroke-width="2"/>'
            f'<text x="{x:.0f}" y="{y + 7:.0f}" font-size="20" font-weight="700" '
            f'text-anchor="middle" fill="{palette.on_group}">{group}</text>'
        )
    return drawn


def _letter_shape_size(group: str) -> float:
    """Shapes with less room in their middle are drawn larger."""
    return {"C": _BADGE * 1.12, "D": _BADGE * 1.05}.get(group, _BADGE)


def _free_spot(
    places: NDArray[np.float64], taken: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Outward from the middle of the picture, clear of the frame and of other letters."""
    middle = places.mean(axis=0)
    outward = middle - np.array([WIDTH / 2, HEIGHT / 2])
    length = float(np.hypot(*outward))
    direction = outward / length if length > 1 else np.array([0.0, -1.0])
    reach = 2.2 * float(np.sqrt(np.maximum(((places - middle) @ direction).var(), 16.0))) + _BADGE
    low, high = np.array([28.0, 30.0]), np.array([WIDTH - 28.0, HEIGHT - 26.0])
    spot = np.clip(middle + direction * reach, low, high)  # where nothing is free
    for tried in (middle + step for step in _around(direction * reach)):
        within = np.clip(tried, low, high)
        if all(np.hypot(*(within - other)) > 2.6 * _BADGE for other in taken):
            spot = within
            break
    return float(spot[0]), float(spot[1])


def _around(step: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """The step itself, then turned bit by bit, then the same again further out."""
    for further in (1.0, 1.7, 2.6):
        for turn in np.linspace(0, 2 * np.pi, 24, endpoint=False):
            turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
            yield turned @ step * further


def _landmarks(landmarks: Sequence[Landmark], frame: _Frame, palette: Palette) -> list[str]:
    """Statements as named pins."""
    drawn = []
    for pin, (x, y) in zip(landmarks, _pinned(landmarks, frame), strict=False):
        place = f'x="{x + 8:.0f}" y="{y + 5:.0f}" font-size="15" font-weight="700"'
        name = escape(pin.name)
        # The halo is a text of its own: PDF makers do not know paint-order.
        drawn.append(
            f'<path d="M{x:.0f} {y - 5:.0f}v10M{x - 5:.0f} {y:.0f}h10" fill="none" '
            f'stroke="{palette.ink}" stroke-width="2"/>'
            f'<text {place} fill="none" stroke="{palette.card}" stroke-width="3">{name}</text>'
            f'<text {place} fill="{palette.ink}">{name}</text>'
        )
    return drawn


def _pinned(landmarks: Sequence[Landmark], frame: _Frame) -> list[tuple[float, float]]:
    """Where the pins stand: their distances have a scale of their own, chosen to fit."""
    longest = max((float(np.hypot(pin.x, pin.y)) for pin in landmarks), default=0.0)
    if longest == 0:
        return []
    x0, y0 = frame.at(0, 0)
    reach = 0.36 * HEIGHT / longest
    return [
        (
            min(max(x0 + pin.x * reach, 16), WIDTH - 30),
            min(max(y0 - pin.y * reach, 16), HEIGHT - 16),
        )
        for pin in landmarks
    ]


def _your_ring(you: You, frame: _Frame, palette: Palette) -> str:
    return _dashed(you.ring.scaled(frame.scale), frame.at(you.x, you.y), palette, width=2.5)


def _your_dot(you: You, frame: _Frame, palette: Palette) -> list[str]:
    """A dot and the words, readable over all that lies below."""
    x, y = frame.at(you.x, you.y)
    (middle, line), *_ = _label_places(you, frame)
    place = f'x="{middle:.0f}" y="{line:.0f}" font-size="22" font-weight="700"'
    return [
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="{palette.ink}" stroke="{palette.card}" '
        f'stroke-width="2.5"/>',
        f'<text {place} text-anchor="middle" fill="none" stroke="{palette.card}" '
        f'stroke-width="6">{YOU}</text>',
        f'<text {place} text-anchor="middle" fill="{palette.ink}">{YOU}</text>',
    ]


def _dashed(ring: Ring, at: tuple[float, float], palette: Palette, *, width: float) -> str:
    """A ring in the picture's own units, on a paler line that lifts it off the marks below."""
    x, y = at
    long, short = ring.radii
    path = (
        f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{long:.0f}" ry="{short:.0f}" '
        f'transform="rotate({-ring.turn:.0f} {x:.0f} {y:.0f})" fill="none"'
    )
    return (
        f'{path} stroke="{palette.card}" stroke-width="{2.4 * width:.1f}"/>'
        f'{path} stroke="{palette.ink}" stroke-width="{width}" '
        f'stroke-dasharray="{3 * width:.0f} {2.4 * width:.0f}"/>'
    )


def _label_places(you: You | None, frame: _Frame) -> list[tuple[float, float]]:
    """Where the words stand: their middle, then their ends. They never leave the picture."""
    if you is None:
        return []
    x, y = frame.at(you.x, you.y)
    middle = min(max(x, _YOU_HALF), WIDTH - _YOU_HALF)
    line = y - 16 if y > 60 else y + 34
    return [(middle, line), (middle - _YOU_HALF, line), (middle + _YOU_HALF, line)]
