"""How sure is a place on the map? The ring around it, as an ellipse that can be drawn."""

import math
from dataclasses import dataclass

NINE_IN_TEN = 4.61  # squared distance that holds 90 % of a two-dimensional normal: -2 ln 0.1


@dataclass(frozen=True)
class Ring:
    """The 90 % ring around a place, by the covariance of our guess, in squares of map units."""

    xx: float
    xy: float
    yy: float

    @property
    def reach(self) -> tuple[float, float]:
        """How far it goes to either side, and up and down."""
        return math.sqrt(NINE_IN_TEN * self.xx), math.sqrt(NINE_IN_TEN * self.yy)

    @property
    def radii(self) -> tuple[float, float]:
        """The longer half axis, then the shorter."""
        middle, apart = (self.xx + self.yy) / 2, math.hypot((self.xx - self.yy) / 2, self.xy)
        return (
            math.sqrt(NINE_IN_TEN * (middle + apart)),
            math.sqrt(NINE_IN_TEN * max(middle - apart, 0.0)),
        )

    @property
    def turn(self) -> float:
        """How far the longer axis is turned from level, in degrees, upwards to the right."""
        return math.degrees(math.atan2(2 * self.xy, self.xx - self.yy)) / 2

    def reach_along(self, across: float, up: float) -> float:
        """How far it goes in one direction, given by a vector of any length (times that length).

        >>> round(Ring(1, 0, 4).reach_along(0, 1) / Ring(1, 0, 4).reach_along(1, 0), 6)
        2.0
        """
        spread = self.xx * across**2 + 2 * self.xy * across * up + self.yy * up**2
        return math.sqrt(NINE_IN_TEN * max(spread, 0.0))

    def scaled(self, scale: float) -> "Ring":
        """The same ring where one unit is `scale` units long."""
        return Ring(self.xx * scale**2, self.xy * scale**2, self.yy * scale**2)
