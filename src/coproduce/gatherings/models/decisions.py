"""What was decided at a gathering or of what came of it: a log that everybody can read."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.gatherings.models.gathering import Gathering, State
from coproduce.gatherings.models.voices import Insight
from coproduce.people.models import Person


class DecisionQuerySet(models.QuerySet["Decision"]):
    def on_show(self) -> "DecisionQuerySet":
        """All that a stranger may read: those of every gathering that was announced."""
        return self.exclude(gathering__state=State.DRAFT)

    def standing(self) -> "DecisionQuerySet":
        """Those that still hold."""
        return self.filter(superseded_by=None)

    def with_all(self) -> "DecisionQuerySet":
        """With everything that a list of them shows, in a fixed number of queries."""
        shown = models.Prefetch("insights", queryset=Insight.objects.on_show(), to_attr="shown")
        return self.select_related("gathering__place", "superseded_by").prefetch_related(shown)


class Decision(models.Model):
    """What was decided, why, by whom or by which rule, and what happens next.

    It stands as it was written; a later one takes its place and says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="decisions")
    words = models.CharField(max_length=280)
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200)  # "the 34 people in the hall, by show of hands"
    decided_on = models.DateField()
    insights = models.ManyToManyField(Insight, blank=True, related_name="decisions")
    what_next = models.CharField(max_length=280, blank=True)
    by_when = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    written_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_written"
    )
    written_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-written_at", "id")
        indexes = (models.Index(fields=("decided_on",), name="decisions_by_day"),)
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="a_decision_says_something"),
            models.CheckConstraint(condition=~Q(decided_by=""), name="a_decision_says_who_took_it"),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("id")),
                name="a_decision_does_not_supersede_itself",
            ),
            models.CheckConstraint(
                condition=Q(by_when=None) | ~Q(what_next=""),
                name="a_last_day_is_for_something",
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def thing(self) -> str:
        return f"decision:{self.id}"
