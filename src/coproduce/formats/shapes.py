"""Which shape stands for which group? Outlines as SVG paths, so that colour is never alone."""

from collections.abc import Callable

import numpy as np


def shape_of(group: str | None) -> Callable[[float, float, float], str]:
    """A shape per group, so that colour is never alone; a small circle for people in none."""
    return {None: _small, "A": _circle, "B": _square, "C": _triangle, "D": _diamond}.get(
        group, _pentagon
    )


def _small(x: float, y: float, size: float) -> str:
    return _circle(x, y, size * 0.8)


def _circle(x: float, y: float, size: float) -> str:
    r = round(size, 1)  # twice the rounded radius across: else two arcs make an egg
    return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0-{2 * r:.1f} 0z"


def _square(x: float, y: float, size: float) -> str:
    side = 1.8 * size
    return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"


def _triangle(x: float, y: float, size: float) -> str:
    half, high = 1.2 * size, 2.1 * size
    return f"M{x:.1f} {y - high * 0.6:.1f}l{half:.1f} {high:.1f}h-{2 * half:.1f}z"


def _diamond(x: float, y: float, size: float) -> str:
    h = f"{1.3 * size:.1f}"
    return f"M{x:.1f} {y - 1.3 * size:.1f}l{h} {h}l-{h} {h}l-{h}-{h}z"


def _pentagon(x: float, y: float, size: float) -> str:
    corners = [
        (x + 1.15 * size * np.sin(turn), y - 1.15 * size * np.cos(turn))
        for turn in 2 * np.pi * np.arange(5) / 5
    ]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "z"
