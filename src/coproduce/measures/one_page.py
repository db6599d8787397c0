"""What stands on the one page for whoever commissions a project? Figures, a story, their limits.

Always made anew, so that nothing has to be called back when a story or a number goes. What does not
fit is named and counted, never dropped without a word: the page does not choose what looks good.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.measures import results
from coproduce.measures.files.addresses import plain, whole
from coproduce.measures.results import Result, Shown
from coproduce.measures.stories_shown import ShownStory, stories_of
from coproduce.projects.models import Project
from coproduce.trust.models import Where

MOST_MOVED, MOST_STILL, MOST_LIMITS, MOST_DECIDED = 4, 3, 5, 3
LONGEST_STORY = 420  # characters: what is longer stands on the page of the project
CLAIM_IN_WORDS = (
    "People were asked before and after, and nobody else was asked beside them. That shows what "
    "changed for those who answered twice, and no more."
)


@dataclass(frozen=True)
class Said:
    """What a figure says, and the number under which its address stands at the foot."""

    shown: Shown
    number: int

    @property
    def sentence(self) -> str:
        return self.shown.content.sentence

    @property
    def address(self) -> str:
        return whole("trust:figure", self.shown.figure.id)

    @property
    def short_address(self) -> str:
        return plain(self.address)


@dataclass(frozen=True)
class OnePage:
    """Everything that one page tells, in the order in which it is read."""

    project: Project
    made_on: date
    who: tuple[Said, ...]
    moved: tuple[Said, ...]
    more_moved: tuple[str, ...]  # by their names: there was no room
    still: tuple[Said, ...]
    more_still: tuple[str, ...]
    limits: tuple[str, ...]
    more_limits: int
    picture: Chart | None
    story: ShownStory | None
    has_longer_stories: bool
    corrections: tuple[str, ...]
    waits: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.project.title

    @property
    def said(self) -> tuple[Said, ...]:
        return (*self.who, *self.moved, *self.still)

    @property
    def is_measured(self) -> bool:
        return bool(self.said)

    @property
    def decided(self) -> list[str]:
        return self.project.decided_lines[:MOST_DECIDED]

    @property
    def claim(self) -> str:
        """How sure one may be, as a grade and in words; empty where nothing was measured."""
        return CLAIM_IN_WORDS if self.is_measured else ""

    @property
    def address(self) -> str:
        return whole("projects:project", self.project.slug)

    @property
    def short_address(self) -> str:
        return plain(self.address)

    @property
    def when(self) -> str:
        """From when to when, as far as it is known."""
        days = ((word, day) for word, day in self._ends() if day)
        return " ".join(f"{word} {day:%-d %B %Y}" for word, day in days).capitalize()

    def _ends(self) -> tuple[tuple[str, date | None], ...]:
        return ("from", self.project.starts_on), ("to", self.project.ends_on)


def page_of(project: Project) -> OnePage:
    """The page as it is today: of each survey the newest wave that tells something."""
    told = list(results.told_of(project.surveys.with_home()))
    newest = [each.results[-1] for each in told if each.results]
    moved = [shown for each in newest for shown in each.moved]
    still = [shown for each in newest for shown in each.did_not_change]
    limits = list(dict.fromkeys(limit for each in newest for limit in each.limits))
    who, told_moved, told_still = _numbered(
        [each.flow for each in newest if each.flow], moved[:MOST_MOVED], still[:MOST_STILL]
    )
    story, has_longer = _story(project)
    return OnePage(
        project=project,
        made_on=timezone.localdate(),
        who=who,
        moved=told_moved,
        more_moved=tuple(each.content.title for each in moved[MOST_MOVED:]),
        still=told_still,
        more_still=tuple(each.content.title for each in still[MOST_STILL:]),
        limits=tuple(limits[:MOST_LIMITS]),
        more_limits=len(limits[MOST_LIMITS:]),
        picture=_picture(newest, (*told_moved, *told_still)),
        story=story,
        has_longer_stories=has_longer,
        corrections=tuple(dict.fromkeys(note for each in newest for note in each.corrections)),
        waits=tuple(wait for each in told for wait in each.waits),
    )


def _numbered(*parts: Sequence[Shown]) -> Iterator[tuple[Said, ...]]:
    first = 1
    for part in parts:
        yield tuple(Said(shown, number) for number, shown in enumerate(part, start=first))
        first += len(part)


def _picture(newest: Sequence[Result], said: Sequence[Said]) -> Chart | None:
    """Exactly what the sentences say, as lines; None where averages may not be shown."""
    moments = list(dict.fromkeys(each.wave.get_moment_display() for each in newest))
    title = f"Before, and {' or '.join(moments)}"
    drawn = results.draw_changes([each.shown for each in said], title, prefix="one-page")
    return None if isinstance(drawn, NotEnough) else drawn


def _story(project: Project) -> tuple[ShownStory | None, bool]:
    """The first that may stand here, since a panel chose it or as the newest, and fits the page.

    The page comes out on this website and as a file, so that both have to be allowed.
    """
    here = {each.story.pk for each in stories_of(project, Where.WEB)}
    both = [each for each in stories_of(project, Where.REPORT) if each.story.pk in here]
    fits = [each for each in both if len(each.story.words) <= LONGEST_STORY]
    return next(iter(fits), None), len(both) > len(fits)
