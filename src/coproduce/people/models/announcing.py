"""What a place tells those who agreed to hear from it, and what became of it for each of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place


class Announcement(models.Model):
    """A few words to everybody who wants to hear from a place; sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="announcements")
    subject = models.CharField(max_length=120)
    words = models.TextField()
    by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # when sending began

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.subject

    @property
    def thing(self) -> str:
        return f"announcement:{self.pk}"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def waiting(self) -> "DispatchQuerySet":
        return self.filter(state=Dispatch.State.WAITING)

    def to_print(self) -> "DispatchQuerySet":
        return self.filter(state=Dispatch.State.TO_PRINT).order_by("pk")


class Dispatch(models.Model):
    """One announcement to one person: never a word of it, nor where it went."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        UNDER_WAY = "under way", "being sent; if this stays, nobody knows whether it arrived"
        SENT = "sent", "sent"
        TO_PRINT = "to be printed", "to be printed"
        CAME_BACK = "came back", "came back: nobody has this address"
        NO_WAY = "cannot be reached", "no way of reaching them is known"
        STOPPED = "stopped", "did not want to hear any more"

    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="dispatches"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "person"), name="nobody_gets_an_announcement_twice"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "under way",
                        "sent",
                        "to be printed",
                        "came back",
                        "cannot be reached",
                        "stopped",
                    ]
                ),
                name="a_dispatch_state_is_known",
            ),
        )
        verbose_name_plural = "dispatches"

    def __str__(self) -> str:
        return self.get_state_display()
