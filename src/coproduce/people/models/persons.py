"""Who is who, what they bring with them, how they are reached and what they need."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models.users import User
from coproduce.trust.sealing import SealedText


class Part(models.TextChoices):
    """What somebody brings with them; most people bring several at once."""

    LIVED = "lived experience", "Lived experience"
    CARER = "carer", "Carer"
    PRACTITIONER = "practitioner", "Practitioner"
    COMMISSIONER = "commissioner", "Commissioner"
    RESEARCHER = "researcher", "Researcher"
    TRAINER = "trainer", "Trainer"
    FACILITATOR = "facilitator", "Facilitator"


class Person(models.Model):
    """Somebody of the network, by an opaque id; with a name only if they gave one.

    Whoever registers for a gathering becomes a person too, without an account: what is known of
    them then has one place, and can be shown to them, taken back and erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=120, blank=True)  # full, chosen or none
    parts = models.JSONField(default=list, blank=True)  # values of Part

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or "Somebody"

    @property
    def parts_in_words(self) -> str:
        return ", ".join(Part(each).label for each in self.parts)


class Channel(models.TextChoices):
    """How somebody wants to hear from us."""

    EMAIL = "email", "By e-mail"
    SMS = "sms", "By text message"
    POST = "post", "By post"
    HELPER = "helper", "Through somebody who helps me"


class ReachQuerySet(models.QuerySet["Reach"]):
    def working(self) -> "ReachQuerySet":
        return self.filter(failed_at=None)

    def fail(self) -> int:
        """What we sent came back: these ways are not tried again until they are given anew."""
        return self.update(failed_at=timezone.now())


class Reach(models.Model):
    """One way to reach somebody; of those that work, the first one given is used.

    `address`: an e-mail address, a phone number, a postal address, or the helper's own.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reaches")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.TextField()
    added_at = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(null=True, blank=True)  # what we sent came back

    objects = ReachQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")
        verbose_name_plural = "reaches"
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="a_channel_is_known"
            ),
            models.UniqueConstraint(
                fields=("person", "channel", "address"), name="one_way_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_channel_display()


class AccessNeed(models.Model):
    """What a person needs to take part, in their own words. Never a diagnosis.

    Sealed at rest, in a table of its own, behind a right of its own (Deed.SEE_ACCESS_NEEDS); the
    key lies outside the database and its backup.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_needs")
    words = SealedText()
    may_be_shared = models.BooleanField(default=False)  # with the hosts of a gathering they come to
    told_at = models.DateTimeField(default=timezone.now)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("told_at",)

    def __str__(self) -> str:
        return "an access need"
