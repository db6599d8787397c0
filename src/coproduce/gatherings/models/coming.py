"""Who comes to a gathering, who came, what we told them, and whether their access need was met."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.gatherings.codes import make_long_code
from coproduce.gatherings.models.gathering import Gathering
from coproduce.people.models import Person, Reach
from coproduce.trust.sealing import SealedText


class Presence(models.TextChoices):
    """Two ways of being there; nobody is less present than the other."""

    HALL = "hall", "In the hall"
    LINE = "line", "On the line"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def coming(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.COMING)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, whoever asked first first."""
        return self.filter(state=Registration.State.WAITING).order_by("registered_at", "id")

    def with_people(self) -> "RegistrationQuerySet":
        """With all that a list of people shows, in a fixed number of queries."""
        found = self.select_related("person", "reach")
        return found.prefetch_related("person__access_needs")

    def standing(self) -> "RegistrationQuerySet":
        return self.exclude(state=Registration.State.CANCELLED)


class Registration(models.Model):
    """That somebody wants to come. Its code is theirs: it shows, changes and cancels it."""

    class State(models.TextChoices):
        COMING = "coming", "coming"
        WAITING = "waiting", "on the waiting list"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=10, choices=State, default=State.COMING)
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.HALL)
    code = models.CharField(max_length=12, unique=True, default=make_long_code)
    reach = models.ForeignKey(  # the way they chose for this; None: none, or any that works
        Reach, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    diet = SealedText(null=True, blank=True)  # it may tell a belief or an illness
    registered_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    assisted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("registered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "person"),
                condition=~Q(state="cancelled"),
                name="everybody_registers_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("coming", "waiting", "cancelled")),
                name="a_registrations_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="a_registration_says_how_one_comes"
            ),
        )

    def __str__(self) -> str:
        return "a registration"

    @property
    def is_coming(self) -> bool:
        return self.state == self.State.COMING

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED


class Attendance(models.Model):
    """That somebody was there, and what they brought with them at the time."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    parts = models.JSONField(default=list, blank=True)  # values of Part, as they were that day
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.HALL)
    came_at = models.DateTimeField(default=timezone.now)
    is_walk_in = models.BooleanField(default=False)
    entered_by = models.ForeignKey(  # None: they signed in themselves
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("came_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("gathering", "person"), name="everybody_came_once"),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="an_attendance_says_how_one_came"
            ),
        )

    def __str__(self) -> str:
        return "an attendance"


class Notice(models.Model):
    """That somebody was told something about their registration. Never what it said.

    The row comes before the message: whoever is told once is not told again, whatever breaks.
    """

    class About(models.TextChoices):
        CONFIRMED = "confirmed", "that we have their registration"
        PROMOTED = "promoted", "that there is room for them now"
        WEEK = "week", "that it is in a week"
        DAY = "day", "that it is tomorrow"
        CHANGED = "changed", "that something changed"
        CANCELLED = "cancelled", "that it does not take place"
        ASKED = "asked", "the question whether their need was met"

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    about = models.CharField(max_length=10, choices=About)
    number = models.PositiveIntegerField(default=0)  # the sequence, where it may be told again
    outcome = models.CharField(max_length=30, blank=True)  # "": begun, and nobody knows
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("registration", "about", "number"), name="nobody_is_told_twice"
            ),
        )

    def __str__(self) -> str:
        return f"told {self.get_about_display()}"


class NeedMet(models.Model):
    """What somebody answered afterwards to "Was your access need met?"."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "In part"
        NO = "no", "No"

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="needs_met")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs_met")
    answer = models.CharField(max_length=10, choices=Answer)
    words = SealedText(null=True, blank=True)  # what was missing, in their own words
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "needs met"
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "person"), name="everybody_answers_once_if_it_was_met"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=("yes", "partly", "no")), name="an_answer_to_met_is_known"
            ),
        )

    def __str__(self) -> str:
        return "whether a need was met"
