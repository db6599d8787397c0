"""Who would like to be introduced to whom, and why; addresses only once both said yes."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.people.models.persons import Person

KEPT_DAYS = 60  # whether it was answered or not; said on the page


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def open(self) -> "IntroductionQuerySet":
        return self.filter(state=Introduction.State.ASKED)

    def between(self, one: Person, other: Person) -> "IntroductionQuerySet":
        return self.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one))

    def outlived(self) -> "IntroductionQuerySet":
        return self.filter(asked_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class Introduction(models.Model):
    """One member asks a listed one, with a reason and a first question; the other says yes or no.

    Once answered, its words are gone: they were for the one who was asked.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked, no answer yet"
        YES = "yes", "yes: you have each other’s address"
        NO = "no", "not now"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="introductions_asked_for"
    )
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="introductions_to_me")
    reason = models.CharField(max_length=280, blank=True)
    question = models.CharField(max_length=280, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("asker", "asked"),
                condition=Q(state="asked"),
                name="one_introduction_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(asker=F("asked")), name="nobody_is_introduced_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "yes", "no")),
                name="an_answer_to_an_introduction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(reason="", question=""),
                name="an_answered_introduction_keeps_no_words",
            ),
        )

    def __str__(self) -> str:
        return "an introduction"

    @property
    def thing(self) -> str:
        return f"introduction:{self.pk}"
