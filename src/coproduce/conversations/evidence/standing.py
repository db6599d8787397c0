"""Where does one person stand on the picture that is out? For whoever asks, and kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from coproduce.analysis import where_one_stands
from coproduce.conversations.evidence.reading import Model, Picture
from coproduce.formats.picture import You
from coproduce.formats.rings import Ring

FEWEST = 3  # answers: with fewer, the ring holds nearly the whole map


@dataclass(frozen=True)
class TooFewAnswers:
    """So many answers of somebody count on this picture; they would need `needed`."""

    answers: int
    needed: int = FEWEST


@dataclass(frozen=True)
class NearGroup:
    """A group as seen from where somebody stands: how near, in words."""

    letter: str
    how_near: str


@dataclass(frozen=True)
class Standing:
    """Where somebody stands by their `answers`, with the ring that says how sure that is."""

    picture: Picture
    answers: int
    you: You

    @property
    def svg(self) -> SafeString:
        return self.picture.drawn("you", you=self.you)

    @property
    def nearest(self) -> str:
        """The group whose middle is nearest; empty where no groups are told."""
        return min(self.picture.middles, key=self._distance, default="")

    @property
    def reached(self) -> tuple[str, ...]:
        """Other groups that may be nearest in truth: within the ring are places nearer to them."""
        return tuple(
            letter
            for letter in self.picture.middles
            if letter != self.nearest and self._reaches(letter)
        )

    @property
    def near_groups(self) -> list[NearGroup]:
        """Every group, and how near it is."""
        told = {self.nearest: "nearest"} | dict.fromkeys(self.reached, "reached by your ring")
        return [
            NearGroup(letter, told.get(letter, "beyond your ring"))
            for letter in self.picture.middles
        ]

    @property
    def sentence(self) -> str:
        """Nearest to which group, and what else the ring leaves open."""
        given = f"Your {self.answers} answers put you"
        if not self.nearest:
            return f"{given} about here. No groups are told apart on this map."
        if not self.reached:
            return (
                f"{given} nearest to group {self.nearest}, and all of the ring stays nearest to it."
            )
        return (
            f"{given} nearest to group {self.nearest}, but the ring also reaches "
            f"{_listed(self.reached)}."
        )

    @property
    def towards(self) -> str:
        """Where on the map the dot stands, in words."""
        high, wide = _extent(self.picture)
        across = "right" if self.you.x > 0 else "left"
        up = "top" if self.you.y > 0 else "bottom"
        is_aside, is_off = abs(self.you.x) > wide / 10, abs(self.you.y) > high / 10
        if is_aside and is_off:
            return f"the {up} {across}"
        if is_aside or is_off:
            return f"the {across if is_aside else up}"
        return "the middle"

    @property
    def width(self) -> str:
        """How wide the ring is beside the map, in words."""
        _, wide = _extent(self.picture)
        tenths = round(20 * self.you.ring.reach[0] / wide) if wide else 10
        if tenths >= 10:
            return "as wide as the whole map"
        return f"about {max(tenths, 1)} tenths of the width of the map"

    def _distance(self, letter: str) -> float:
        x, y = self.picture.middles[letter]
        return (x - self.you.x) ** 2 + (y - self.you.y) ** 2

    def _reaches(self, letter: str) -> bool:
        """Whether the ring crosses the line half way between the nearest middle and this one."""
        (x, y), (other_x, other_y) = (self.picture.middles[each] for each in (self.nearest, letter))
        across, up = other_x - x, other_y - y
        half_way = (x + other_x) / 2 - self.you.x, (y + other_y) / 2 - self.you.y
        gap = half_way[0] * across + half_way[1] * up
        return self.you.ring.reach_along(across, up) >= gap


def stand(picture: Picture, votes: Mapping[int, int]) -> Standing | TooFewAnswers | None:
    """Where somebody with these votes (by number of statement) stands on the picture.

    None where the picture shows no places, or was drawn before pictures could place anybody.
    """
    model = picture.model
    if model is None or not picture.dots:
        return None
    counted = {number: vote for number, vote in votes.items() if number in model.mean}
    if len(counted) < FEWEST:
        return TooFewAnswers(len(counted))
    return Standing(picture, len(counted), _you(model, counted))


def _you(model: Model, votes: Mapping[int, int]) -> You:
    (x, y), covariance = where_one_stands(
        list(votes.values()),
        [model.mean[number] for number in votes],
        [model.loadings[number] for number in votes],
        [model.noise[number] for number in votes],
    )
    grid = 1 / model.unit
    return You(x * grid, y * grid, Ring(*covariance).scaled(grid))


def _extent(picture: Picture) -> tuple[float, float]:
    """How high and how wide the map is, in steps of its grid."""
    xs, ys = [dot.x for dot in picture.dots], [dot.y for dot in picture.dots]
    return max(ys) - min(ys), max(xs) - min(xs)


def _listed(letters: tuple[str, ...]) -> str:
    *first, last = letters
    return f"{', '.join(first)} and {last}" if first else last
