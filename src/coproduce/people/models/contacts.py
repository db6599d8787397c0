"""Contacts that a coordinator brought with them, on which basis, and who agreed to hear from us."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place
from coproduce.trust.sealing import SealedText


class Basis(models.TextChoices):
    """Why we may keep somebody's address (UK GDPR, article 6)."""

    CONSENT = "consent", "They said yes to hearing from us (consent)"
    INTEREST = "interest", "They work with us already and expect it (legitimate interest)"
    TASK = "task", "It is part of a public task that we carry out"


class ContactList(models.Model):
    """A list that was handed in and is looked at: sealed, and gone once brought in or given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="contact_lists")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_lists")
    file = models.CharField(max_length=120)
    table = SealedText()  # {"header": [...], "rows": [[...]]}
    handed_in_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file


class Contact(models.Model):
    """Why this place keeps somebody's address, and where it had it from."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="contacts")
    basis = models.CharField(max_length=10, choices=Basis)
    source = models.CharField(max_length=200)
    brought_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "place"), name="a_contact_once_a_place"),
            models.CheckConstraint(
                condition=Q(basis__in=["consent", "interest", "task"]), name="a_basis_is_known"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_contact_has_a_source"),
        )

    def __str__(self) -> str:
        return f"contact of {self.place}"


class HearingQuerySet(models.QuerySet["Hearing"]):
    def current(self) -> "HearingQuerySet":
        return self.filter(until=None)


class Hearing(models.Model):
    """Somebody agreed to hear from a place; where that is known from, and when they had enough."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hearings")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="hearings")
    source = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "place"), condition=Q(until=None), name="one_hearing_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="hearing_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_hearing_has_a_source"),
        )

    def __str__(self) -> str:
        return f"hears from {self.place}"
