"""England's places on a small map: SVG drawn on the server, without tiles, scripts or Django."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from coproduce.formats.england import OUTLINE

WIDTH, HEIGHT = 360, 470  # as wide as a phone, so that the names keep their size there
_MARGIN = 12
_SOUTH, _NORTH, _WEST, _EAST = 49.9, 55.9, -5.8, 1.85
_SHRINK = math.cos(
    math.radians(53)
)  # a degree eastwards beside a degree northwards, in mid-England
_SCALE = min(
    (WIDTH - 2 * _MARGIN) / ((_EAST - _WEST) * _SHRINK), (HEIGHT - 2 * _MARGIN) / (_NORTH - _SOUTH)
)
_DOT, _TOUCH = 5, 13  # radii; a finger needs 24 pixels
_LETTER, _LINE = 7.2, 16  # about the width of a letter and the height of a name, in pixels


@dataclass(frozen=True)
class MapPlace:
    """A place with its centre (degrees) and the address of its page."""

    name: str
    latitude: float
    longitude: float
    address: str


@dataclass(frozen=True)
class _Box:
    """A rectangle that a dot or a name takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_inside(self) -> bool:
        return self.left >= 0 and self.right <= WIDTH and self.top >= 0 and self.bottom <= HEIGHT


def is_on_map(latitude: float, longitude: float) -> bool:
    """Whether a point lies within the frame of the picture."""
    return _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST


def draw_places(places: Sequence[MapPlace], *, title: str, description: str) -> str:
    """The map as one `<svg>` element: an outline, and a link with its name for each place.

    `title` and `description` are what a screen reader says. A name that would lie on another is
    left out of the picture; its dot still links, and the list beside the map has all names.
    """
    points = [(each, *_point(each.latitude, each.longitude)) for each in places]
    names = _laid_out([(each.name, x, y) for each, x, y in points])
    parts = [
        f'<svg class="place-map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" '
        'aria-labelledby="place-map-title place-map-about" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="place-map-title">{escape(title)}</title>',
        f'<desc id="place-map-about">{escape(description)}</desc>',
        f'<path class="land" d="{_land()}"/>',
        *(_link(each, x, y, name) for (each, x, y), name in zip(points, names, strict=True)),
        "</svg>",
    ]
    return "".join(parts)


def _point(latitude: float, longitude: float) -> tuple[float, float]:
    x = _MARGIN + (longitude - _WEST) * _SHRINK * _SCALE
    return round(x, 1), round(_MARGIN + (_NORTH - latitude) * _SCALE, 1)


def _land() -> str:
    return "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in (_point(*corner) for corner in ring)) + "z"
        for ring in OUTLINE
    )


def _laid_out(points: Sequence[tuple[str, float, float]]) -> list[tuple[float, float, str] | None]:
    """Where each name goes: right of its dot, left, above or below; None where all is taken."""
    taken = [_Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for _, x, y in points]
    laid: list[tuple[float, float, str] | None] = []
    for name, x, y in points:
        free = next((spot for spot in _spots(name, x, y) if _is_free(spot[1], taken)), None)
        if free:
            taken.append(free[1])
        laid.append(free[0] if free else None)
    return laid


def _spots(name: str, x: float, y: float) -> Iterable[tuple[tuple[float, float, str], _Box]]:
    wide, aside = _LETTER * len(name), _DOT + 5
    top, bottom = y - _LINE / 2, y + _LINE / 2
    yield (x + aside, y + 5, "start"), _Box(x + aside, top, x + aside + wide, bottom)
    yield (x - aside, y + 5, "end"), _Box(x - aside - wide, top, x - aside, bottom)
    for down in (-(_LINE - 1), _LINE - 1):
        box = _Box(x - wide / 2, top + down, x + wide / 2, bottom + down)
        yield (x, y + 5 + down, "middle"), box


def _is_free(box: _Box, taken: Iterable[_Box]) -> bool:
    return box.is_inside() and not any(box.meets(other) for other in taken)


def _link(place: MapPlace, x: float, y: float, name: tuple[float, float, str] | None) -> str:
    words = ""
    if name:
        at_x, at_y, anchor = name
        words = (
            f'<text x="{at_x:g}" y="{at_y:g}" text-anchor="{anchor}">{escape(place.name)}</text>'
        )
    return (
        f'<a href="{escape(place.address)}" aria-label="{escape(place.name)}">'
        f"<title>{escape(place.name)}</title>"
        f'<circle class="touch" cx="{x:g}" cy="{y:g}" r="{_TOUCH}"/>'
        f'<circle class="dot" cx="{x:g}" cy="{y:g}" r="{_DOT}"/>{words}</a>'
    )
