"""What makes all that is published answerable: log, releases, figures, second person, consents.

People appear here by opaque id only, so that a name can be erased without touching a record.
"""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class AppendOnly(models.QuerySet[Any]):
    """Rows that may be added and read, never changed or taken away."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("The log is append-only: add an entry that says what changed.")

    def delete(self) -> NoReturn:
        raise TypeError("The log is append-only: nothing is taken out of it.")


class LogEntry(models.Model):
    """Who did what, when, to which thing. Never what anybody answered."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.UUIDField(null=True)  # None: the platform itself
    deed = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)  # "conversation:<id>"
    note = models.CharField(max_length=200, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"{self.deed} {self.thing}"


class Release(models.Model):
    """One snapshot that went out, and whom it covered, so that no two of them single out a few."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing = models.CharField(max_length=120, db_index=True)
    number = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    is_last = models.BooleanField(default=False)  # nothing can follow it
    # Sorted pseudonyms as int64; emptied once the last snapshot is out.
    pseudonyms = models.BinaryField(default=b"")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("thing", "number")
        constraints = (
            models.UniqueConstraint(fields=("thing", "number"), name="releases_are_numbered"),
            models.UniqueConstraint(
                fields=("thing",), condition=Q(is_last=True), name="only_one_release_is_the_last"
            ),
            models.CheckConstraint(
                condition=Q(is_last=False) | Q(pseudonyms=b""),
                name="the_last_release_remembers_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing} no. {self.number}"


class Figure(models.Model):
    """A published number or picture with everything that stands behind it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    kind = models.CharField(max_length=40)  # "opinion_map", "common_ground", "group_share", ...
    key = models.CharField(max_length=160, blank=True)  # which one of its kind
    position = models.PositiveIntegerField()  # its place among the figures of its release
    sentence = models.TextField()  # what it says, in plain words
    value = models.JSONField()  # rows and pictures, after disclosure
    method = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    seed = models.BigIntegerField()
    input_digest = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    consent_basis = models.CharField(max_length=200)
    manifest = models.JSONField(default=dict)  # what the gate let through and what it kept back
    correction = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("release", "kind", "key"), name="one_figure_per_release_kind_and_key"
            ),
        )

    def __str__(self) -> str:
        return self.sentence


class Request(models.Model):
    """Something that needs a second person: asked for by one, agreed to by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deed = models.CharField(max_length=60)
    thing = models.CharField(max_length=120, db_index=True)
    why = models.TextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
                name="the_second_person_is_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deed} {self.thing}"


class Where(models.TextChoices):
    """A channel that something may appear on, and what it may be used for."""

    REPORT = "report", "in the report of the day"
    WEB = "web", "on this website"
    SOCIAL = "social", "on social media"
    PRESS = "press", "in the press"
    RESEARCH = "research", "in research"


class Named(models.TextChoices):
    """How somebody wants to be named beside what they said or are seen in."""

    FULL = "full", "with my full name"
    FIRST = "first", "with my first name"
    PLACE = "place", "with my place alone"
    NOT = "not", "without any name"


class Consent(models.Model):
    """One entry of the ledger: what a person allowed, refused or took back. Never changed.

    `thing` is one item ("voice:<id>") or a kind of items of one gathering ("gathering:<id>
    pictures"); the newest entry of a person about a thing holds. People appear by opaque id.
    `person` is nobody where a crowd was told beforehand and could stay out of the picture.
    """

    class Obtained(models.TextChoices):
        PAPER = "paper", "on a paper card"
        SPOKEN = "spoken", "said before a witness"
        SCREEN = "screen", "on a screen, by themselves"
        PROCEDURE = "procedure", "a crowd, told beforehand and free to stay out of view"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(null=True, db_index=True)
    thing = models.CharField(max_length=120, db_index=True)
    channels = models.JSONField(default=list)  # values of Where; none: refused or taken back
    named = models.CharField(max_length=10, choices=Named, default=Named.NOT)
    until = models.DateField(null=True)  # the last day it holds
    show_me_first = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)  # when they were shown it
    guardian = models.UUIDField(null=True)  # who answered for somebody under 18
    obtained = models.CharField(max_length=10, choices=Obtained)
    witness = models.UUIDField(null=True)
    support = models.CharField(max_length=120, blank=True)  # "with a sign language interpreter"
    by = models.UUIDField(null=True)  # who entered it; None: they themselves without an account
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, obtained__in=("paper", "spoken", "screen"))
                | Q(person=None, obtained="procedure"),
                name="a_consent_is_a_persons_or_a_crowds",
            ),
            models.CheckConstraint(condition=Q(named__in=Named.values), name="a_naming_is_known"),
            models.CheckConstraint(
                condition=~Q(obtained="spoken") | Q(witness__isnull=False),
                name="what_was_said_has_a_witness",
            ),
        )

    def __str__(self) -> str:
        return f"consent about {self.thing}"

    @property
    def is_given(self) -> bool:
        return bool(self.channels)


class Erasure(models.Model):
    """Somebody asked to be erased, and was. Nothing but their opaque id is left of them."""

    person = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField(null=True)  # None: they themselves, or a list replayed at a restore

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return "an erasure"
