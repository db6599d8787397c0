"""Work with a start, an end and a commissioner, and what it wants to change."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.people.models import Person, Place


class State(models.TextChoices):
    DRAFT = "draft", "being prepared"
    PUBLISHED = "published", "on show"


class ProjectQuerySet(models.QuerySet["Project"]):
    def on_show(self) -> "ProjectQuerySet":
        """All that a stranger may know of: never a draft."""
        return self.filter(state=State.PUBLISHED)


class Project(models.Model):
    """A project of a place.

    Two fields say more than any ladder of participation: what is fixed, and what is flexible; and
    a third, what was decided because of those who took part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    aim = models.TextField(blank=True)  # what it wants to change, for whom
    commissioned_by = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    fixed = models.TextField(blank=True)  # what is not open to change, one thing a line
    flexible = models.TextField(blank=True)  # what those who take part can change
    decided_because = models.TextField(blank=True)  # what was decided because of them
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="projects_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_projects_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_project_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, published_at=None)
                | Q(state=State.PUBLISHED, published_at__isnull=False),
                name="a_project_on_show_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        return f"project:{self.id}"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def fixed_lines(self) -> list[str]:
        return self.fixed.splitlines()

    @property
    def flexible_lines(self) -> list[str]:
        return self.flexible.splitlines()

    @property
    def decided_lines(self) -> list[str]:
        return self.decided_because.splitlines()
