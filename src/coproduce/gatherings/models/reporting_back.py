"""What came of it: an answer to what was said, and who of those behind it has been told."""

from django.db import models
from django.utils import timezone

from coproduce.gatherings.models.voices import Insight, Voice
from coproduce.people.models import Person


class ReportBackQuerySet(models.QuerySet["ReportBack"]):
    def about(self, thing: str) -> "ReportBackQuerySet":
        """What came of a thing of another room, by the name that the log has for it."""
        return self.filter(thing=thing)


class ReportBack(models.Model):
    """You said - we did, or cannot, because. It stands for good; a later one can follow it.

    It answers an insight, a single voice, or a whole thing of another room ("conversation:<id>").
    Behind an insight and a voice stand people who hear of it. Answers in a conversation are
    nobody's: what came of it stands on its page, and nobody can be written to.
    """

    class Kind(models.TextChoices):
        DID = "did", "We did it"
        DOING = "doing", "We are doing it"
        CANNOT = "cannot", "We cannot do it"

    insight = models.ForeignKey(
        Insight, null=True, blank=True, on_delete=models.CASCADE, related_name="report_backs"
    )
    voice = models.ForeignKey(
        Voice, null=True, blank=True, on_delete=models.CASCADE, related_name="report_backs"
    )
    thing = models.CharField(max_length=120, blank=True, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=500)  # what was done, or why it cannot be
    by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="reported_back"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ReportBackQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(insight__isnull=False, voice=None, thing="")
                | models.Q(insight=None, voice__isnull=False, thing="")
                | (models.Q(insight=None, voice=None) & ~models.Q(thing="")),
                name="a_report_back_answers_one_thing",
            ),
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
