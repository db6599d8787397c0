"""What is done with a project: made, worded, shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from coproduce.people.models import Person, Place
from coproduce.projects.models import Project, State
from coproduce.projects.to_be_found import project_changed
from coproduce.trust.log import record


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


@dataclass(frozen=True)
class Details:
    """What a project says of itself."""

    title: str
    aim: str = ""
    commissioned_by: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    fixed: str = ""
    flexible: str = ""
    decided_because: str = ""

    @classmethod
    def of(cls, project: Project) -> "Details":
        return cls(**{each.name: getattr(project, each.name) for each in fields(cls)})


def make(place: Place, details: Details, by: Person | None) -> Project:
    """A new draft, seen by those who run projects in the place alone."""
    with transaction.atomic():
        project = Project.objects.create(
            place=place, slug=_free_slug(details.title), made_by=by, **asdict(details)
        )
        _log("make", project, by)
    return project


def edit(project: Project, details: Details, by: Person | None) -> None:
    with _in_hand(project):
        for name, value in asdict(details).items():
            setattr(project, name, value)
        project.save()
        project_changed(project)
        _log("edit", project, by)


def publish(project: Project, by: Person | None) -> None:
    """Put it on show: everybody can read it, and it counts as registered from now on."""
    with _in_hand(project):
        if project.is_published:
            raise NotPossible("This project is on show already.")
        if not project.aim:
            raise NotPossible("Say first what the project wants to change.")
        project.state, project.published_at = State.PUBLISHED, timezone.now()
        project.save(update_fields=["state", "published_at"])
        project_changed(project)
        _log("publish", project, by)


@contextmanager
def _in_hand(project: Project) -> Iterator[None]:
    """One transaction with the project's row locked, and everything read afresh."""
    with transaction.atomic():
        project.refresh_from_db(from_queryset=Project.objects.select_for_update())
        yield


def _log(deed: str, project: Project, by: Person | None) -> None:
    record(f"{deed} project", project.thing, by=by.id if by else None)


def _free_slug(title: str) -> str:
    """The title as an address, with a number behind it where another took it already."""
    stem = slugify(title)[:60].strip("-") or "project"
    taken = set(Project.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= {"new"}  # the address of the form
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 3))
    return next(slug for slug in candidates if slug not in taken)
