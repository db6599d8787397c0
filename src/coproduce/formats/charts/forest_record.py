"""What is a forest drawn from? Projects and their pool, and which of them may be shown apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coproduce.analysis import has_base
from coproduce.formats.charts.chart import PEOPLE_NEEDED
from coproduce.formats.charts.words import decimals_for

MOST_DRAWN, DRAWN_OF_MORE = 60, 40  # beyond 60 projects a reader sees no single one
PROJECTS_TO_POOL, PROJECTS_TO_EXPECT = 3, 5  # methods: pooled from 3, a prediction from 5
MOST_WEIGHT = 0.85  # rule R5: no project has more of a pool


@dataclass(frozen=True)
class ProjectChange:
    """One project's average change towards better, its 95 % interval and its weight in the pool.

    `weight` is its share of the whole, from 0 to 1. `shrunken`: the value drawn towards the
    others, where projects are ranked.
    """

    project: str
    people: int
    change: float
    low: float
    high: float
    weight: float
    shrunken: float | None = None


@dataclass(frozen=True)
class Pooled:
    """All projects together; `ahead` is the prediction interval for a further project."""

    estimate: float
    low: float
    high: float
    ahead: tuple[float, float] | None = None


@dataclass(frozen=True)
class Forest:
    """The projects in the order they are to be read, and their pool.

    `apart`: how many more projects are in the pool but too small to be shown apart, and how many
    `people_apart` are in these. `not_reported`: how many more registered for this outcome and have
    not reported. `unit`: what the change is counted in, without its plural s.
    """

    title: str
    projects: tuple[ProjectChange, ...]
    pooled: Pooled | None = None
    not_reported: int = 0
    unit: str = "point"
    apart: int = 0
    people_apart: int = 0

    def __post_init__(self) -> None:
        count = self.count
        if self.pooled and count < PROJECTS_TO_POOL:
            raise ValueError(
                f"{count} projects are too few to pool: {PROJECTS_TO_POOL} are needed."
            )
        if self.pooled and self.pooled.ahead and count < PROJECTS_TO_EXPECT:
            raise ValueError(f"A prediction needs {PROJECTS_TO_EXPECT} projects, here are {count}.")
        if any(not 0 < each.weight <= 1 for each in self.projects):
            raise ValueError("A project’s weight is its share of the whole, above 0 and up to 1.")
        if self.pooled and any(each.weight > MOST_WEIGHT for each in self.projects):
            raise ValueError("One project is nearly all of the pool: it would be told as the pool.")

    @property
    def count(self) -> int:
        return len(self.projects) + self.apart

    @property
    def people(self) -> int:
        return sum(each.people for each in self.projects) + self.people_apart

    def as_shown(self) -> "Forest":
        """Without the projects that are too small to be shown apart; these are counted."""
        shown = _may_be_shown(self)
        return replace(
            self,
            projects=tuple(shown),
            apart=self.count - len(shown),
            people_apart=self.people - sum(each.people for each in shown),
        )

    @property
    def is_ranked(self) -> bool:
        return any(each.shrunken is not None for each in self.projects)

    @property
    def most_weighty(self) -> tuple[ProjectChange, ...]:
        """Those that are drawn: all up to 60, else the 40 with most weight, in their order."""
        if len(self.projects) <= MOST_DRAWN:
            return self.projects
        by_weight = sorted(range(len(self.projects)), key=lambda at: -self.projects[at].weight)
        return tuple(self.projects[at] for at in sorted(by_weight[:DRAWN_OF_MORE]))

    @property
    def decimals(self) -> int:
        """As many for every project as the pool deserves, so that they can be compared."""
        return decimals_for(self.pooled.low, self.pooled.high) if self.pooled else 1


def _may_be_shown(forest: Forest) -> list[ProjectChange]:
    """All but those with too few people, and others with them that no pool gives them away.

    One project left out under a pool could be worked out from the rest (rule R5): at least two
    are, with ten people together.
    """
    projects = forest.projects
    by_size = sorted(range(len(projects)), key=lambda at: projects[at].people)
    out = sum(not has_base(each.people) for each in projects)
    while forest.pooled and out < len(projects) and not _hides_well(forest, by_size[:out]):
        out += 1
    shown = set(by_size[out:])
    return [each for at, each in enumerate(projects) if at in shown]


def _hides_well(forest: Forest, left_out: Sequence[int]) -> bool:
    count = forest.apart + len(left_out)
    people = forest.people_apart + sum(forest.projects[at].people for at in left_out)
    return count == 0 or (count > 1 and people >= PEOPLE_NEEDED)
