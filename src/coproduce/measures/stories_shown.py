"""Which stories of a project may everybody read, under which name, and which did a panel choose?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coproduce.measures.models.stories import Choice, Story
from coproduce.people.models import Person
from coproduce.projects.models import Project
from coproduce.trust.consent import Basis, bases_for
from coproduce.trust.models import Named, Where


@dataclass(frozen=True)
class ShownStory:
    """A story as it is shown, with what stands behind it; `choice` where a panel chose it."""

    story: Story
    who: str
    basis: str
    choice: Choice | None = None


def stories_of(project: Project, where: Where = Where.WEB) -> list[ShownStory]:
    """Those that a panel chose first, then the others, the newest first."""
    let_out = list(project.stories.let_out().select_related("told_by"))
    choices = {each.chosen_id: each for each in project.story_choices.exclude(chosen=None)}
    shown = _covered(let_out, where, choices)
    return sorted(shown, key=lambda each: each.choice is None)


def _covered(
    stories: Sequence[Story], where: Where, choices: Mapping[UUID | None, Choice]
) -> list[ShownStory]:
    judged = bases_for([story.item for story in stories], where)
    return [
        ShownStory(story, _who(story.told_by, basis), basis.sentence, choices.get(story.pk))
        for story, basis in zip(stories, judged, strict=True)
        if isinstance(basis, Basis)
    ]


def _who(person: Person, basis: Basis) -> str:
    wish = basis.named.get(person.id, Named.NOT)
    if wish == Named.FULL:
        return person.name
    return person.name.split(" ")[0] if wish == Named.FIRST else ""
