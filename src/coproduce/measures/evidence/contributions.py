"""What has each project to say about one thing that is measured? Read from its figures alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coproduce.analysis.disclosure import has_base
from coproduce.measures.evidence.reading import Ints
from coproduce.measures.evidence.wording import CHANGE
from coproduce.measures.models import Moment, Wave
from coproduce.projects.models import Project
from coproduce.trust import releases
from coproduce.trust.models import Figure
from coproduce.trust.takeaway import INSIDE

FIRST = {Moment.AFTER: 0, Moment.LATER: 1}  # a project speaks once: by what was asked right after


@dataclass(frozen=True)
class Measured:
    """One score of one version of an instrument: only what is exactly this is pooled as it is."""

    instrument: str  # "code@version"
    score: str


@dataclass(frozen=True)
class Contribution:
    """One project's change, as it was published; above nought is better."""

    project: str  # opaque id
    title: str
    address: str  # of the project's page
    measured: Measured
    name: str  # what is measured, in words
    people: int
    mean_change: float
    sd_change: float
    g_av: float | None
    var_g_av: float | None
    interval: tuple[float, float]  # 95 %, of the mean change
    lowest: float
    highest: float
    day: date
    figure: str
    places: int = 1  # how many decimals of it may be told
    origin: str = ""  # another home, where it comes from one
    release: str = ""

    @property
    def variance(self) -> float:
        return self.sd_change**2 / self.people


def of_projects() -> list[Contribution]:
    """Every published change of every project on show, the newest of each, one for each project."""
    shown = Figure.objects.filter(kind=CHANGE, release__thing__in=_things().keys())
    newest: dict[tuple[str, str, str], tuple[int, Figure, Wave]] = {}
    waves = _things()
    for figure in shown.select_related("release").order_by("release__number"):
        wave = waves[figure.release.thing]
        project = wave.survey.project
        assert project is not None
        key = (str(project.pk), figure.value["facts"]["instrument"], figure.value["facts"]["score"])
        rank = FIRST[Moment(wave.moment)]
        if key not in newest or rank <= newest[key][0]:
            newest[key] = rank, figure, wave
    return [
        _contribution(figure, wave.survey.project)
        for _, figure, wave in newest.values()
        if wave.survey.project is not None and _says_something(figure)
    ]


def _things() -> dict[str, Wave]:
    """The waves of projects on show that something may be published of, by their name there."""
    closed = Wave.objects.closed().filter(
        moment__in=FIRST, survey__project__in=Project.objects.on_show()
    )
    return {wave.thing: wave for wave in closed.select_related("survey__project")}


def _says_something(figure: Figure) -> bool:
    """Whether people moved differently at all: else nothing tells how sure the average is."""
    inside = figure.value["facts"][INSIDE]
    effect = inside["effect"]
    return has_base(effect["n"]) and bool(effect["sd_change"]) and inside["interval"] is not None


def _turned(interval: Sequence[float], sign: int) -> tuple[float, float]:
    low, high = interval
    return (low, high) if sign > 0 else (-high, -low)


def _contribution(figure: Figure, project: Project) -> Contribution:
    facts = figure.value["facts"]
    effect, sign = facts[INSIDE]["effect"], 1 if facts["higher_is_better"] else -1
    made_at: datetime = figure.made_at
    return Contribution(
        project=str(project.pk),
        title=project.title,
        address=f"/projects/{project.slug}/",
        measured=Measured(facts["instrument"], facts["score"]),
        name=facts["outcome"],
        people=effect["n"],
        mean_change=sign * effect["mean_change"],
        sd_change=effect["sd_change"],
        g_av=None if effect["g_av"] is None else sign * effect["g_av"],
        var_g_av=effect["var_g_av"],
        interval=_turned(facts[INSIDE]["interval"], sign),
        lowest=facts["lowest"],
        highest=facts["highest"],
        day=made_at.date(),
        figure=str(figure.pk),
        places=facts["places"],
        release=str(figure.release_id),
    )


def not_reported(measured: Iterable[Measured], reported: Iterable[Contribution]) -> int:
    """How many projects on show ask for one of these and have published nothing of it yet."""
    asks = set()
    wanted = {each.instrument for each in measured}
    for wave in (
        Wave.objects.filter(survey__project__in=Project.objects.on_show())
        .exclude(state="draft")
        .select_related("survey")
        .prefetch_related("parts__instrument")
    ):
        if wanted & {part.instrument.name for part in wave.parts.all()}:
            asks.add(str(wave.survey.project_id))
    return len(asks - {each.project for each in reported})


def people_behind(contributions: Iterable[Contribution]) -> Iterator[Ints]:
    """Whom the ledger of releases knows behind each of our own projects' figures."""
    ids = [each.release for each in contributions if each.release]
    for release in releases.by_id(ids):
        yield releases.people_of(release)
