"""What of projects is to be found? What they say of themselves, once they are on show."""

from collections.abc import Iterator

from django.urls import reverse

from coproduce.projects.models import Project
from coproduce.search.index import Entry, put
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Kind, Room, row_by_row


def project_changed(project: Project) -> None:
    """After each deed that changes what its page says, or who may read it."""
    put(_of(project))


def everything() -> Iterator[Entry]:
    yield from map(_of, row_by_row(Project.objects.on_show().select_related("place")))


def _of(project: Project) -> Entry:
    return Entry(
        thing=project.thing,
        kind="project",
        title=project.title,
        text="\n".join(filter(None, (project.aim, project.flexible, project.decided_because))),
        address=reverse("projects:project", args=[project.slug]),
        seen=Seen.EVERYBODY if project.is_published else Seen.NOBODY,
        where=project.place.name,
        at=project.published_at or project.made_at,
    )


ROOM = Room((Kind("project", "Project", "Projects"),), everything)
