"""One person's answers in one wave, packed together, under a code and never under a name."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.measures.models.surveys import Survey, Wave
from coproduce.trust.sealing import SealedText


def draw_number() -> int:
    return secrets.randbits(63)


def opaque(number: int) -> uuid.UUID:
    """How the ledger of consents knows whoever has this number."""
    return uuid.UUID(int=number)


class Participant(models.Model):
    """Somebody who answers a survey, known by the hash of a code alone.

    The number is drawn by chance. It is what the arithmetic and the ledger of releases know them
    by; the ledger of consents knows the same number as a UUID.
    """

    id = models.BigIntegerField(primary_key=True, default=draw_number, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="participants")
    code_hash = models.CharField(max_length=64)  # HMAC-SHA-256 with the key of the project
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "code_hash"), name="a_code_is_one_participant"
            ),
        )

    def __str__(self) -> str:
        return "a participant"

    @property
    def opaque(self) -> uuid.UUID:
        return opaque(self.pk)


class Came(models.TextChoices):
    """How a sheet reached us."""

    SCREEN = "screen", "on a screen"
    PAPER = "paper", "on paper, typed in"
    FILE = "file", "in a file"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def sent(self) -> "SheetQuerySet":
        return self.filter(sent_on__isnull=False)


class Sheet(models.Model):
    """`answers`: two bytes an item, little-endian, in the order of the wave's instruments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sheets")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sheets")
    answers = models.BinaryField(default=b"")
    words = SealedText(null=True, blank=True)  # JSON: item -> own words
    came = models.CharField(max_length=10, choices=Came, default=Came.SCREEN)
    is_helped = models.BooleanField(default=False)  # somebody read out, or typed in
    is_proxy = models.BooleanField(default=False)  # somebody answered for them: never pooled
    is_easy_read = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    may_be_researched = models.BooleanField(default=False)  # as a row without a name
    begun_on = models.DateField(default=timezone.localdate)
    sent_on = models.DateField(null=True, blank=True)  # the day alone; None: not sent yet

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "participant", "is_proxy"), name="one_sheet_a_person_and_wave"
            ),
            models.CheckConstraint(condition=Q(came__in=Came.values), name="a_sheet_came_somehow"),
        )
        indexes = (models.Index(fields=("wave", "sent_on"), name="sheets_of_a_wave"),)

    def __str__(self) -> str:
        return "a sheet"
