"""How did common ground grow? From picture to picture, by what each of them published."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from coproduce.conversations.models import Conversation
from coproduce.formats.strip import Column, draw_strip
from coproduce.trust import releases
from coproduce.trust.models import Figure

SHARED = ("common_ground", "rejected_by_all")
TITLE = "How common ground grew"


@dataclass(frozen=True)
class Step:
    """One picture: how many people were in it, how many lines stood, how many stood before."""

    number: int
    people: int
    lines: int
    stood_before: int

    @property
    def new(self) -> int:
        return self.lines - self.stood_before


@dataclass(frozen=True)
class Growth:
    """Every picture of a conversation, oldest first, and since when its last lines stand."""

    steps: tuple[Step, ...]
    stood_throughout: int

    @property
    def sentence(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        throughout = {0: "None of them", 1: "One of them"}.get(
            self.stood_throughout, f"{self.stood_throughout} of them"
        )
        return (
            f"{_lines(first.lines)} among {first.people} people, "
            f"{_lines(last.lines).lower()} among {last.people}. "
            f"{throughout} stood in every picture."
        )

    @property
    def svg(self) -> SafeString:
        """The strip, drawn by us from numbers."""
        columns = [Column(s.lines, s.stood_before, f"{s.people} people") for s in self.steps]
        drawn = draw_strip(
            columns,
            title=TITLE,
            description=f"{self.sentence} The table says the same.",
            prefix="growth",
        )
        return mark_safe(drawn)  # noqa: S308  numbers only; its words are escaped


def growth_of(conversation: Conversation) -> Growth | None:
    """From the figures of all releases; None where there is only one to look at."""
    out = list(releases_with_people(conversation))
    if len(out) < 2:
        return None
    stood: dict[int, set[str]] = {number: set() for number, _ in out}
    shared = Figure.objects.filter(release__thing=conversation.thing, kind__in=SHARED)
    for number, kind, key in shared.values_list("release__number", "kind", "key"):
        stood[number].add(f"{kind} {key}")
    before: set[str] = set()
    steps = []
    for number, people in out:
        steps.append(Step(number, people, len(stood[number]), len(stood[number] & before)))
        before = stood[number]
    return Growth(tuple(steps), len(set.intersection(*stood.values())))


def releases_with_people(conversation: Conversation) -> list[tuple[int, int]]:
    """Each release of the conversation in order: its number, and how many people it covered."""
    return list(releases.releases_of(conversation.thing).values_list("number", "people"))


def _lines(count: int) -> str:
    return {0: "No line", 1: "One line"}.get(count, f"{count} lines")
