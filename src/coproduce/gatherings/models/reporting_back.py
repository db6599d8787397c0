"""What came of it: an answer to an insight, and who of those behind it has been told."""

from django.db import models
from django.utils import timezone

from coproduce.gatherings.models.voices import Insight
from coproduce.people.models import Person


class ReportBack(models.Model):
    """You said - we did, or cannot, because. It stands for good; a later one can follow it."""

    class Kind(models.TextChoices):
        DID = "did", "We did it"
        DOING = "doing", "We are doing it"
        CANNOT = "cannot", "We cannot do it"

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="report_backs")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=500)  # what was done, or why it cannot be
    by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="reported_back"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(words=""), name="a_report_back_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


class ToldBack(models.Model):
    """That somebody behind an insight was told. The row comes before the message."""

    report_back = models.ForeignKey(ReportBack, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="told_back")
    outcome = models.CharField(max_length=30, blank=True)  # "": begun, and nobody knows
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report_back", "person"), name="nobody_is_told_back_twice"
            ),
        )

    def __str__(self) -> str:
        return "somebody was told"
