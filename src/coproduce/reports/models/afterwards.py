"""What is to be done after a gathering: what somebody ticked off, and that people were thanked."""

from django.db import models
from django.utils import timezone

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Announcement, Person


class Line(models.TextChoices):
    """What is to be done after each gathering, in the order in which one does it."""

    WALK_INS = "walk-ins", "Everybody who was there is entered"
    PAPER = "paper", "What stands on paper is typed in"
    NEEDS = "needs", "Access needs: asked whether they were met"
    PICTURES = "pictures", "Pictures have their basis"
    DECISIONS = "decisions", "Decisions are written down"
    REPORT = "report", "The report of the day is out"
    ANSWERS = "answers", "What was said is answered"
    THANKS = "thanks", "Everybody is thanked"


class Tick(models.Model):
    """That a host says a line is done, or not needed; the newest word holds."""

    class State(models.TextChoices):
        DONE = "done", "done"
        NOT_NEEDED = "not needed", "not needed"

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="ticks")
    line = models.CharField(max_length=20, choices=Line)
    state = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gathering", "line"), name="a_line_is_ticked_once"),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.state}"


class ThankYou(models.Model):
    """That those who were there were thanked, once, by an announcement to them alone."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="thank_you")
    announcement = models.OneToOneField(
        Announcement, on_delete=models.CASCADE, related_name="thank_you"
    )

    def __str__(self) -> str:
        return "a thank-you"
