"""What a page shows of many projects together: the newest pool of each thing that is measured."""

from dataclasses import dataclass
from functools import cached_property

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.measures.evidence.subjects import KIND
from coproduce.measures.evidence.together import GROWN, POOLED
from coproduce.measures.results import Shown
from coproduce.trust.models import Figure


@dataclass(frozen=True)
class Pool:
    """One thing that projects measure, as its newest release has it."""

    thing: str
    pooled: Shown
    grown: Shown | None

    @property
    def instrument(self) -> str:
        return self.thing.split(":")[1]

    @property
    def score(self) -> str:
        return self.thing.split(":")[2]

    @cached_property
    def forest(self) -> Chart | NotEnough:
        return self.pooled.drawn("forest")

    @cached_property
    def line(self) -> Chart | NotEnough | None:
        return self.grown.drawn("grown") if self.grown else None


def pools(thing: str = "") -> list[Pool]:
    """Every pool, by its title; or the one of this name."""
    wanted = Figure.objects.filter(kind__in=(POOLED, GROWN)).select_related("release")
    found = (
        wanted.filter(release__thing=thing)
        if thing
        else wanted.filter(release__thing__startswith=f"{KIND}:")
    )
    newest: dict[str, dict[str, Figure]] = {}
    for figure in found.order_by("release__number"):
        newest.setdefault(figure.release.thing, {})[figure.kind] = figure
    told = [
        Pool(name, Shown(kinds[POOLED]), Shown(kinds[GROWN]) if _is_of_one(kinds) else None)
        for name, kinds in newest.items()
        if POOLED in kinds
    ]
    return sorted(told, key=lambda each: (each.pooled.content.title, each.thing))


def _is_of_one(kinds: dict[str, Figure]) -> bool:
    """Whether how it grew belongs to the newest pool, and not to an earlier one."""
    return GROWN in kinds and kinds[GROWN].release_id == kinds[POOLED].release_id
