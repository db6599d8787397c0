"""What a page shows of a survey: its figures, the pictures drawn from them, what did not change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from coproduce.analysis import NotEnough
from coproduce.formats.charts.change_lines import ChangeLines, OutcomeChange, draw_change_lines
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.facts import draw_facts
from coproduce.measures import evidence
from coproduce.measures.evidence import attrition, likert, wording
from coproduce.measures.models import Survey, Wave
from coproduce.trust.figures import Content, content_of
from coproduce.trust.models import Figure, Release


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it."""

    figure: Figure

    @cached_property
    def content(self) -> Content:
        return content_of(self.figure)

    @property
    def corrections(self) -> list[str]:
        return self.figure.correction.splitlines()

    def drawn(self, prefix: str) -> Chart | NotEnough:
        return draw_facts(self.content.facts[wording.CHART], prefix=prefix)


@dataclass(frozen=True)
class Result:
    """Everything that one closed wave showed beside what was before."""

    wave: Wave
    release: Release
    figures: tuple[Shown, ...]

    def of(self, kind: str) -> list[Shown]:
        return [each for each in self.figures if each.figure.kind == kind]

    @cached_property
    def changes(self) -> list[Shown]:
        return self.of(wording.CHANGE)

    @property
    def moved(self) -> list[Shown]:
        return [each for each in self.changes if each.content.facts["moved"]]

    @property
    def did_not_change(self) -> list[Shown]:
        """Where the interval leaves it open whether anything changed at all."""
        return [each for each in self.changes if not each.content.facts["moved"]]

    @property
    def flow(self) -> Shown | None:
        return next(iter(self.of(attrition.FLOW)), None)

    @property
    def leavers(self) -> list[Shown]:
        return self.of(attrition.LEAVERS)

    @cached_property
    def bars(self) -> list[tuple[Shown, Chart | NotEnough]]:
        """How people answered, with the picture of it."""
        return [(each, each.drawn(f"bars-{at}")) for at, each in enumerate(self.of(likert.ANSWERS))]

    @cached_property
    def flow_drawn(self) -> Chart | NotEnough | None:
        return self.flow.drawn(f"flow-{self.wave.pk.hex[:8]}") if self.flow else None

    @property
    def corrections(self) -> list[str]:
        return list(dict.fromkeys(note for each in self.figures for note in each.corrections))

    @property
    def limits(self) -> list[str]:
        """What may not be concluded, each said once."""
        shown = [*self.changes, *([self.flow] if self.flow else [])]
        return list(dict.fromkeys(limit for each in shown for limit in each.content.limits))

    @cached_property
    def picture(self) -> Chart | NotEnough | None:
        """The changes as lines from before to after; None where averages may not be shown."""
        title = f"Before, and {self.wave.get_moment_display()}"
        return draw_changes(self.changes, title, prefix=f"wave-{self.wave.pk.hex[:8]}")


def draw_changes(changes: Iterable[Shown], title: str, *, prefix: str) -> Chart | NotEnough | None:
    """Changes as lines from before to after; None where no averages may be shown."""
    drawn = tuple(_line(each) for each in changes if each.content.facts["before"] is not None)
    return draw_change_lines(ChangeLines(title, drawn), prefix=prefix) if drawn else None


def _line(shown: Shown) -> OutcomeChange:
    facts = shown.content.facts
    is_told = facts["is_told"]
    return OutcomeChange(
        outcome=facts["outcome"],
        people=facts["people"],
        before=facts["before"],
        after=facts["after"],
        low=facts["low"] if is_told else None,
        high=facts["high"] if is_told else None,
        lowest=facts["lowest"],
        highest=facts["highest"],
        higher_is_better=facts["higher_is_better"],
    )


def results_of(survey: Survey, *, team: bool = False) -> list[Result]:
    """The newest release of each closed wave; `team`: what rests on five to nine people."""
    return [
        Result(wave, release, tuple(map(Shown, release.figures.select_related("release"))))
        for wave, release in evidence.told_of(survey, team=team)
    ]


@dataclass(frozen=True)
class Told:
    """One survey as it stands on a page."""

    survey: Survey
    results: tuple[Result, ...]
    waits: tuple[str, ...]  # why there is nothing to see yet, in sentences


def told_of(surveys: Iterable[Survey]) -> Iterator[Told]:
    for survey in surveys:
        results = results_of(survey)
        yield Told(survey, tuple(results), tuple(_waiting(survey, results)))


def the_told(survey: Survey) -> Told:
    """One survey alone."""
    [told] = told_of([survey])
    return told


def _waiting(survey: Survey, results: list[Result]) -> Iterator[str]:
    """Absence is shown: what is still asked, what was too little, what was never linked."""
    waves = list(survey.waves.all())
    told = {result.wave.pk for result in results}
    for wave in waves:
        if wave.is_open:
            yield f"{wave} is open: people are answering."
        elif wave.is_closed and wave.moment in evidence.COMPARED and wave.pk not in told:
            yield _why_nothing(survey, wave)
    if waves and all(wave.is_closed for wave in waves) and len(waves) == 1:
        yield "People were asked once. What changed can be told after they are asked again."


def _why_nothing(survey: Survey, wave: Wave) -> str:
    if not survey.is_linked:
        return (
            f"{wave} is closed. Sheets are not linked here, so how far people moved cannot be told."
        )
    return f"{wave} is closed. Too few people answered both times: change is shown from ten on."
