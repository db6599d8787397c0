"""The change that mattered most, in somebody's own words; and which of them a panel chose, and why.

Source: Davies and Dart (2005), The "Most Significant Change" Technique: stories are collected by
kinds of change, read aloud together, and the choice is told back with its reasons.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.gatherings.codes import make_long_code
from coproduce.people.models import Person
from coproduce.projects.models import Project
from coproduce.trust.consent import Item


class Kind(models.TextChoices):
    """What kind of change a story tells of; a panel chooses within a kind."""

    PERSON = "person", "In somebody's own life"
    RELATIONSHIP = "relationship", "Between people"
    SERVICE = "service", "In a service"
    SYSTEM = "system", "In how decisions are made"
    WORSE = "worse", "Something got worse, or did not change"


class StoryQuerySet(models.QuerySet["Story"]):
    def standing(self) -> "StoryQuerySet":
        return self.filter(taken_back_at=None)

    def let_out(self) -> "StoryQuerySet":
        """Those that the project's team let be shown, where their teller's consent covers it."""
        return self.standing().filter(shown_at__isnull=False)


class Story(models.Model):
    """A story of one project. Whoever told it can see it and take it back by its code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stories")
    code = models.CharField(max_length=12, unique=True, default=make_long_code)
    kind = models.CharField(max_length=14, choices=Kind)
    question = models.CharField(max_length=240)  # what they were asked
    words = models.TextField(blank=True)  # empty once taken back
    why = models.TextField(blank=True)  # why it matters to them
    told_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stories")
    is_noted = models.BooleanField(default=False)  # somebody wrote it down for them
    told_on = models.DateField(default=timezone.localdate)
    shown_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ("-told_on", "id")
        verbose_name_plural = "stories"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="a_storys_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(words="", why=""),
                name="a_story_taken_back_says_nothing",
            ),
        )

    def __str__(self) -> str:
        return "a story"

    @property
    def thing(self) -> str:
        return f"story:{self.id}"

    @property
    def item(self) -> Item:
        return Item(self.thing, people=frozenset([self.told_by_id]))


class Choice(models.Model):
    """A panel read stories of one kind and chose one: who sat there, by what, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="story_choices")
    kind = models.CharField(max_length=14, choices=Kind)
    held_on = models.DateField()
    panel = models.CharField(max_length=240)  # "Three members, a nurse and the commissioner"
    criteria = models.CharField(max_length=240)
    read = models.PositiveIntegerField()  # how many stories the panel read
    chosen = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="choices"
    )
    reasons = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-held_on", "-made_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="a_choices_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_choice_has_reasons"),
            models.CheckConstraint(condition=Q(read__gt=0), name="a_panel_read_something"),
        )

    def __str__(self) -> str:
        return f"a choice of {self.held_on:%d %B %Y}"
