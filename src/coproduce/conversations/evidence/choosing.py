"""How likely is each statement to come next? From the newest release, and nothing newer.

Which groups lack answers and what the model knows of a statement are taken from published figures
alone, so that no answer moves a draw before it is in a picture. How many answers a statement has
in all is a live count, and says nothing of what they were.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis.routing import WEIGHTS, draw_chances, expected_falls, ring
from coproduce.trust import releases
from coproduce.trust.models import Figure

UNKNOWN = (0.0, 0.0, 1.0)  # to the model: no loading, so an answer tells nothing of a place
RULE = (
    "Each statement you see is drawn from those that you have not answered. What you answered "
    "never plays a part, only which statements you have answered.",
    f"{10 * WEIGHTS.coverage:.0f} draws in 10 go to statements that too few people have answered: "
    f"each is to have {WEIGHTS.per_group} answers in every group, or {WEIGHTS.in_all} in all while "
    "there are no groups. The more answers it lacks, the likelier it is.",
    f"{10 * WEIGHTS.ring:.0f} draws in 10 go to statements that tell most about where you stand. "
    "These are mostly the ones that people part over; the last picture that is out says which.",
    f"{10 * WEIGHTS.chance:.0f} draw in 10 is left to chance alone, so that every statement can "
    "always come. Where one of the first two has nothing to ask for, the other takes its draws; "
    "where neither has, all are left to chance.",
)


@dataclass(frozen=True)
class RoutingFacts:
    """What a release tells about statements, by their number.

    `groups`: how many there are. `covered`: in how many of them ten people or more have answered.
    `model`: two loadings and the noise; empty where the release has no such model.
    """

    groups: int = 0
    covered: Mapping[int, int] = field(default_factory=dict)
    model: Mapping[int, tuple[float, float, float]] = field(default_factory=dict)


def routing_facts(thing: str) -> RoutingFacts:
    """Those of the newest release of a thing, or none while nothing is out."""
    newest = releases.releases_of(thing).values_list("pk", flat=True).last()
    return RoutingFacts() if newest is None else _facts_of(newest)


@lru_cache(maxsize=500)  # figures never change; conversations that are answered at one time
def _facts_of(release: UUID) -> RoutingFacts:
    figures = Figure.objects.filter(release=release, kind__in=("opinion_map", "statements"))
    facts = dict(figures.values_list("kind", "value__facts"))
    counted, model = facts["statements"], facts["opinion_map"].get("model", {})
    return RoutingFacts(
        groups=len(counted.get("letters", ())),
        covered={int(number): len(by) for number, by in counted.get("covered", {}).items()},
        model={int(number): (x, y, noise) for number, (x, y, noise) in model.items() if noise > 0},
    )


def chances(
    answers: Mapping[int, int], answered: Collection[int], facts: RoutingFacts
) -> dict[int, float]:
    """How likely each statement that is left is to be drawn, by number; they sum to 1.

    `answers`: how many each statement that is left has; `answered`: which this person has.
    """
    if not answers:
        return {}
    likely = draw_chances(
        list(answers.values()),
        by_group=[_by_group(number, facts) for number in answers] if facts.groups else None,
        falls=_falls(answers, answered, facts) if facts.model else None,
    )
    return dict(zip(answers, likely.tolist(), strict=True))


def _by_group(number: int, facts: RoutingFacts) -> list[float]:
    """Ten answers in each group that is covered and none in the others: no finer is published."""
    covered = facts.covered.get(number)
    if covered is None:  # it was put on show after the release
        return [np.nan] * facts.groups
    return [float(WEIGHTS.per_group)] * covered + [0.0] * (facts.groups - covered)


def _falls(
    left: Collection[int], answered: Collection[int], facts: RoutingFacts
) -> NDArray[np.float64]:
    """By how much an answer to each statement that is left would shrink this person's ring."""
    before, asked = (
        np.array([facts.model.get(number, UNKNOWN) for number in numbers]).reshape(-1, 3)
        for numbers in (answered, left)
    )
    now = ring(before[:, :2], before[:, 2])
    return expected_falls(now, asked[:, :2], asked[:, 2])
