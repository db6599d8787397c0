"""Writing a project down for researchers: only the sections that were changed get a new day."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from coproduce.measures.actions.deeds import record_deed
from coproduce.measures.models import Gripp2Section, Gripp2Text
from coproduce.people.models import Person
from coproduce.projects.models import Project

LONGEST = 8_000


def write(project: Project, texts: Mapping[Gripp2Section, str], by: Person | None) -> int:
    """How many sections were changed; an empty text takes what was written away."""
    with transaction.atomic():
        before = {each.section: each.words for each in project.gripp2_texts.select_for_update()}
        changed = {
            section: words
            for section, words in texts.items()
            if words != before.get(section.value, "")
        }
        for section, words in changed.items():
            _keep(project, section, words)
        if changed:
            record_deed("write for researchers", project.thing, by)
    return len(changed)


def _keep(project: Project, section: Gripp2Section, words: str) -> None:
    if not words:
        project.gripp2_texts.filter(section=section).delete()
        return
    Gripp2Text.objects.update_or_create(
        project=project,
        section=section,
        defaults={"words": words, "written_on": timezone.localdate()},
    )
