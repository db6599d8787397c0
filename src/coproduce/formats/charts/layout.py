"""Where does it go? Values on an axis, round numbers along it, words that must not meet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` on a line from `start` to `end` in the picture's units.

    Either may run backwards: where less is better, better still is to the right.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def within(self, value: float) -> float:
        """As `at`, but no further than the ends."""
        least, most = sorted((self.start, self.end))
        return min(max(self.at(value), least), most)

    def holds(self, value: float) -> bool:
        return min(self.low, self.high) <= value <= max(self.low, self.high)


def round_steps(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, `most` of them at the most, nought among them if within.

    >>> round_steps(-0.3, 1.1, 8)
    [-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10, 20) if _fits(low, high, power * each, most))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 10) + 0.0 for number in range(first, last + 1)]


def _fits(low: float, high: float, step: float, most: int) -> bool:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1 <= most


def spread_out(
    wanted: Sequence[tuple[float, float]], *, start: float, end: float, gap: float = 8
) -> list[float] | None:
    """The middles of words in a row, near where each is wanted, so that none meets the next.

    `wanted`: for each its middle and its width, from left to right. None where the room from
    start to end is too small for all.

    >>> spread_out([(50, 40), (60, 40)], start=0, end=200)
    [31.0, 79.0]
    """
    widths = [width for _, width in wanted]
    if sum(widths) + gap * (len(widths) - 1) > end - start:
        return None
    lefts = [middle - width / 2 for middle, width in wanted]
    for _ in lefts:  # two that meet give way by half each
        for at in range(len(lefts) - 1):
            over = lefts[at] + widths[at] + gap - lefts[at + 1]
            if over > 0:
                lefts[at] -= over / 2
                lefts[at + 1] += over / 2
    for at in range(len(lefts)):  # what still meets is pushed from the start, then from the end
        lefts[at] = max(lefts[at], lefts[at - 1] + widths[at - 1] + gap if at else start)
    for at in reversed(range(len(lefts))):
        most = lefts[at + 1] - gap if at + 1 < len(lefts) else end
        lefts[at] = min(lefts[at], most - widths[at])
    return [left + width / 2 for left, width in zip(lefts, widths, strict=True)]
