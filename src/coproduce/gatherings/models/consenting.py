"""A consent card: what somebody fills in on paper, and the code by which they take it back."""

from django.db import models
from django.utils import timezone

from coproduce.gatherings.codes import make_long_code
from coproduce.gatherings.models.gathering import Gathering
from coproduce.people.models import Person


class ConsentCard(models.Model):
    """One printed card. Its code is theirs: it shows what they allowed, and takes it back.

    What they allowed stands in the ledger of consents (`trust.Consent`), never here.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="consent_cards")
    code = models.CharField(max_length=12, unique=True, default=make_long_code)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="consent_cards"
    )
    made_at = models.DateTimeField(default=timezone.now)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return "a consent card"
