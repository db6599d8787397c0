"""What do many projects say together about one thing? One figure, its forest, how it grew."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from coproduce import __version__
from coproduce.analysis import Pooled, pool
from coproduce.formats.charts.cumulative import Cumulative, Step
from coproduce.formats.charts.facts import facts_of
from coproduce.formats.charts.forest_record import Forest, ProjectChange
from coproduce.formats.charts.forest_record import Pooled as PooledMark
from coproduce.formats.charts.words import between, decimals_for, people, signed, things, towards
from coproduce.measures.evidence import contributions
from coproduce.measures.evidence.contributions import Contribution, Measured
from coproduce.measures.evidence.wording import CHART, Told
from coproduce.trust import figures, releases
from coproduce.trust.figures import Basis, Content, Entry
from coproduce.trust.gate import Manifest
from coproduce.trust.models import Release
from coproduce.trust.releases import Blocked

POOLED, GROWN = "pooled", "grown"
METHOD = "random-effects pooling of published changes (REML, capped Hartung-Knapp)"
CONSENT = (
    "Published sums of projects: numbers of people, averages and their spread. Nobody's own "
    "answers are used."
)
HOW = (
    "Every project whose change in this was published counts once, by what was asked right after "
    "it. The same questions in the same version are put together in points of their scale; "
    "different ones in standard deviations.",
    "Projects differ by more than chance. The average weighs each by how sure it is and by how "
    "much projects differ (REML), its interval is that of Hartung and Knapp, never narrower than "
    "chance alone would make it. Where a further project would land is told from five projects on.",
    "Projects with fewer than ten people who answered twice are not in it. Those that asked and "
    "have not published are counted, not guessed.",
)
NO_CAUSE = (
    "All of these are before and after, without anybody to compare with: the average does not say "
    "what brought the change about."
)
STANDARD = "standard deviation"
NORMAL = 1.959964  # the 97.5 % point of the normal distribution


@dataclass(frozen=True)
class Subject:
    """One thing that projects measure: by its name for the ledger, and what exactly counts."""

    thing: str  # "evidence:<code@version>:<score>" or "outcome:<id>"
    title: str
    measured: frozenset[Measured]


@dataclass(frozen=True, eq=False)
class Gathered:
    """The contributions to one subject, in one unit."""

    subject: Subject
    of: tuple[Contribution, ...]  # the oldest first
    is_standardised: bool
    not_reported: int

    @property
    def unit(self) -> str:
        return STANDARD if self.is_standardised else "point"

    @property
    def effects(self) -> list[float]:
        if self.is_standardised:
            return [float(each.g_av or 0.0) for each in self.of]
        return [each.mean_change for each in self.of]

    @property
    def variances(self) -> list[float]:
        if self.is_standardised:
            return [float(each.var_g_av or 0.0) for each in self.of]
        return [each.variance for each in self.of]

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """Of each project by itself; in standard deviations by its own standard error."""
        if not self.is_standardised:
            return [each.interval for each in self.of]
        halves = [NORMAL * float(np.sqrt(v)) for v in self.variances]
        return [(g - half, g + half) for g, half in zip(self.effects, halves, strict=True)]

    @property
    def names(self) -> list[str]:
        """Titles, with the origin where it is elsewhere; two of one name are told apart."""
        told: dict[str, int] = {}
        names = []
        for each in self.of:
            name = f"{each.title} ({each.origin})" if each.origin else each.title
            told[name] = told.get(name, 0) + 1
            names.append(name if told[name] == 1 else f"{name} ({told[name]})")
        return names


def gather(subject: Subject, everything: Sequence[Contribution]) -> Gathered:
    """Who speaks to it: one line for each project, standardised where instruments differ."""
    mine = [each for each in everything if each.measured in subject.measured]
    once: dict[str, Contribution] = {}
    for each in sorted(mine, key=lambda one: (one.day, one.project)):
        once.setdefault(each.project, each)
    found = tuple(once.values())
    differ = len({each.measured for each in found}) > 1
    usable = tuple(e for e in found if e.g_av is not None and e.var_g_av) if differ else found
    missing = contributions.not_reported(subject.measured, usable)
    return Gathered(subject, usable, differ, missing)


def tell(gathered: Gathered) -> list[Told]:
    """The pool as figures; without enough projects, what there is so far and no pool."""
    if not gathered.of:
        return []
    pooled = pool(gathered.effects, gathered.variances, names=gathered.names)
    told = [_pooled(gathered, pooled)]
    steps = _steps(gathered, pooled)
    return [*told, _grown(gathered, steps)] if len(steps) > 1 else told


def _pooled(gathered: Gathered, pooled: Pooled) -> Told:
    forest = _forest(gathered, pooled)
    content = Content(
        title=gathered.subject.title,
        sentence=f"{gathered.subject.title}: {_sentence(gathered, pooled)}",
        about=_about(gathered),
        columns=("Project", "People", "Average change", "95 % interval", "Weight in %"),
        rows=tuple(_row(each) for each in forest.projects),
        facts={
            "stands": True,
            "projects": pooled.k,
            "people": sum(each.people for each in gathered.of),
            "estimate": pooled.estimate if pooled.headline else None,
            "ci95": pooled.ci95 if pooled.headline else None,
            "prediction_interval": pooled.prediction_interval,
            "not_reported": gathered.not_reported,
            "addresses": [[each.title, each.address] for each in gathered.of if each.address],
            CHART: facts_of(forest),
        },
        limits=(NO_CAUSE, *pooled.warnings),
    )
    return Told(POOLED, "", content)


def _sentence(gathered: Gathered, pooled: Pooled) -> str:
    missing = gathered.not_reported
    silent = f" {things(missing, 'more project')} asked and did not report." if missing else ""
    everybody = people(sum(each.people for each in gathered.of))
    if pooled.headline is None or pooled.ci95 is None:
        so_far = f"{things(pooled.k, 'project')} with {everybody} reported so far"
        return f"{so_far}; an average is told from three on.{silent}"
    places = decimals_for(*pooled.ci95)
    unit = gathered.unit
    far = f"{towards(pooled.estimate, places, unit)}, {between(*pooled.ci95, places)}"
    doubt = " That may well be no change." if pooled.ci95[0] <= 0 <= pooled.ci95[1] else ""
    words = f"over {pooled.k} projects with {everybody}, on average {far}.{doubt}{_ahead(pooled)}"
    return f"{words}{silent}"


def _ahead(pooled: Pooled) -> str:
    if pooled.prediction_interval is None:
        return ""
    places = decimals_for(*pooled.prediction_interval)
    low, high = (signed(end, places) for end in pooled.prediction_interval)
    return f" In a further project one would expect between {low} and {high}."


def _about(gathered: Gathered) -> str:
    if gathered.is_standardised:
        return "They asked in different words, so that changes are told in standard deviations."
    first = gathered.of[0]
    return f"All of them asked the same, on a scale from {first.lowest:g} to {first.highest:g}."


def _forest(gathered: Gathered, pooled: Pooled) -> Forest:
    lines = zip(gathered.of, gathered.names, gathered.effects, gathered.intervals, strict=True)
    marks = tuple(
        ProjectChange(
            name,
            each.people,
            round(effect, each.places),
            round(interval[0], each.places),
            round(interval[1], each.places),
            max(0.01, round(pooled.weights[name], 2)),
        )
        for each, name, effect, interval in lines
    )
    pool_mark = None
    if pooled.headline is not None and pooled.ci95 is not None:
        pool_mark = PooledMark(pooled.estimate, *pooled.ci95, pooled.prediction_interval)
    return Forest(
        gathered.subject.title,
        marks,
        pool_mark,
        not_reported=gathered.not_reported,
        unit=gathered.unit,
    ).as_shown()


def _row(each: ProjectChange) -> tuple[str, int, str, str, int]:
    places = 1 if round(each.low, 1) == each.low and round(each.high, 1) == each.high else 2
    interval = f"{signed(each.low, places)} to {signed(each.high, places)}"
    weight = round(100 * each.weight)
    return each.project, each.people, signed(each.change, places), interval, weight


def _steps(gathered: Gathered, pooled: Pooled) -> list[Step]:
    """The pool as projects came in: from three on, one step a day."""
    found: dict[object, Step] = {}
    for count in range(3, pooled.k + 1):
        some = pool(gathered.effects[:count], gathered.variances[:count])
        if some.headline is not None and some.ci95 is not None:
            day = gathered.of[count - 1].day
            behind = sum(each.people for each in gathered.of[:count])
            estimate, low, high = (round(each, 2) for each in (some.estimate, *some.ci95))
            found[day] = Step(day, count, behind, estimate, low, high)
    return list(found.values())


def _grown(gathered: Gathered, steps: list[Step]) -> Told:
    line = Cumulative(gathered.subject.title, tuple(steps), unit=gathered.unit)
    last = steps[-1]
    content = Content(
        title=f"{gathered.subject.title}: how it grew",
        sentence=f"From {steps[0].projects} projects to {last.projects}, the average was last "
        f"{towards(last.estimate, 1, gathered.unit)}.",
        about="Each step is everything that was known by then.",
        columns=("Until", "Projects", "Average", "95 % interval"),
        rows=tuple(
            (
                f"{step.day:%-d %B %Y}",
                step.projects,
                signed(step.estimate, 2),
                f"{signed(step.low, 2)} to {signed(step.high, 2)}",
            )
            for step in steps
        ),
        facts={"stands": True, CHART: facts_of(line)},
        limits=(NO_CAUSE,),
    )
    return Told(GROWN, "", content)


def put_out(gathered: Gathered) -> Release | None:
    """Write it down, if it says something new and the ledger lets it out."""
    told = tell(gathered)
    thing = gathered.subject.thing
    before = releases.newest(thing)
    if not told or (before is not None and _says_the_same(before, told)):
        return None
    behind = list(contributions.people_behind(gathered.of))
    everybody = np.unique(np.concatenate(behind)) if behind else np.zeros(0, dtype=np.int64)
    with transaction.atomic():
        snapshot = releases.standing(thing, everybody)
        if isinstance(snapshot, Blocked):
            return None
        release = releases.put_out(snapshot)
        basis = _basis(gathered)
        figures.record(release, [Entry(e.kind, e.key, e.content, basis) for e in told])
    return release


def _says_the_same(before: Release, told: list[Told]) -> bool:
    sentences = list(before.figures.values_list("sentence", flat=True))
    return sentences == [each.content.sentence for each in told]


def _basis(gathered: Gathered) -> Basis:
    everybody = sum(each.people for each in gathered.of)
    digest = hashlib.sha256(repr(sorted(each.figure for each in gathered.of)).encode()).hexdigest()
    return Basis(
        method=METHOD,
        version=__version__,
        seed=0,
        input_digest=digest,
        people=everybody,
        consent_basis=CONSENT,
        manifest=Manifest(rows=len(gathered.of), people=everybody, items=1),
        how=HOW,
    )
