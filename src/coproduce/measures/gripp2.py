"""How were people involved, and what came of it? A project told for researchers by GRIPP2.

What a record or a figure tells is prefilled, anew each time, and labelled as such; what a person of
the team wrote stands under it with its day. Neither is mixed into the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coproduce.measures import results
from coproduce.measures.models import Choice, Gripp2Section, Gripp2Text, Wave
from coproduce.measures.results import Shown, Told
from coproduce.projects.models import Project

SOURCE = (
    "GRIPP2 short form: Staniszewska S, Brett J, Simera I and others (2017), GRIPP2 reporting "
    "checklists: tools to improve reporting of patient and public involvement in research. "
    "BMJ 358:j3453."
)
ASKED = {
    Gripp2Section.AIM: "What were people involved for?",
    Gripp2Section.METHODS: "How were they involved, in which steps, and how were they asked?",
    Gripp2Section.RESULTS: "What came of it, the good and the bad?",
    Gripp2Section.DISCUSSION: "How far did it change the work as a whole? What speaks against it?",
    Gripp2Section.REFLECTIONS: "What went well and what did not, so that others can learn from it?",
}
NOTHING = "Nothing is known here from the records of the project."


@dataclass(frozen=True)
class Line:
    """One thing that the records tell, with the figure that it stands in, if it is a number."""

    words: str
    figure: UUID | None = None
    title: str = ""


@dataclass(frozen=True)
class Part:
    """One section: what it asks, what the records tell, what a person wrote."""

    section: Gripp2Section
    asked: str
    prefilled: tuple[Line, ...]
    written: Gripp2Text | None

    @property
    def name(self) -> str:
        return self.section.label


def parts_of(project: Project) -> list[Part]:
    """The five sections in their order."""
    told = list(results.told_of(project.surveys.with_home()))
    written = {each.section: each for each in project.gripp2_texts.all()}
    return [
        Part(
            section,
            ASKED[section],
            tuple(PREFILL[section](project, told)),
            written.get(section.value),
        )
        for section in Gripp2Section
    ]


def _aim(project: Project, told: Sequence[Told]) -> Iterator[Line]:
    if project.aim:
        yield Line(project.aim)
    for name, lines in (("Fixed", project.fixed_lines), ("Flexible", project.flexible_lines)):
        if lines:
            yield Line(f"{name} from the start: {'; '.join(lines)}.")


def _methods(project: Project, told: Sequence[Told]) -> Iterator[Line]:
    for each in told:
        survey = each.survey
        yield Line(
            f"The survey “{survey.title}” was written by {survey.written_by}, asked "
            f"{survey.get_purpose_display()}; seen first by {survey.seen_first_by}. How sheets of "
            f"one person are known to belong together: {_lower(survey.get_linking_display())}."
        )
        for wave in survey.waves.closed():
            yield Line(_asked_in(wave))
        yield from (_line(result.flow) for result in each.results if result.flow)
    for choice in project.story_choices.all():
        yield Line(_panel(choice))


def _asked_in(wave: Wave) -> str:
    sets = ", ".join(f"{each} ({each.name})" for each in wave.asked())
    return f"{wave}, asked: {sets}."


def _panel(choice: Choice) -> str:
    return (
        f"On {choice.held_on:%-d %B %Y} a panel ({choice.panel}) read {choice.read} stories of one "
        f"kind (“{choice.get_kind_display()}”) and judged them by: {choice.criteria}."
    )


def _results(project: Project, told: Sequence[Told]) -> Iterator[Line]:
    for each in told:
        for result in each.results:
            yield from map(_line, (*result.moved, *result.did_not_change, *result.leavers))
        yield from map(Line, each.waits)


def _discussion(project: Project, told: Sequence[Told]) -> Iterator[Line]:
    for decided in project.decided_lines:
        yield Line(f"Decided because of those who took part: {decided}")
    limits = (limit for each in told for result in each.results for limit in result.limits)
    for limit in dict.fromkeys(limits):
        yield Line(f"What may not be concluded: {limit}")


def _reflections(project: Project, told: Sequence[Told]) -> Iterator[Line]:
    """Corrections are told; what went well or badly is for people to say."""
    notes = (note for each in told for result in each.results for note in result.corrections)
    for note in dict.fromkeys(notes):
        yield Line(f"A figure was corrected: {note}")


PREFILL: Mapping[Gripp2Section, Callable[[Project, Sequence[Told]], Iterator[Line]]] = {
    Gripp2Section.AIM: _aim,
    Gripp2Section.METHODS: _methods,
    Gripp2Section.RESULTS: _results,
    Gripp2Section.DISCUSSION: _discussion,
    Gripp2Section.REFLECTIONS: _reflections,
}


def _line(shown: Shown) -> Line:
    return Line(shown.content.sentence, shown.figure.id, shown.content.title)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
