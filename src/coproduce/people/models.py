"""Who is who: people, the places they belong to, and what they are trusted with there."""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.trust.sealing import SealedText


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, **fields: Any) -> "User":
        fields.pop("password", None)
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A way to sign in: an address that a one-time code can reach. No password."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []  # noqa: RUF012  Django reads it as a plain list

    def __str__(self) -> str:
        return self.email


class Place(models.Model):
    """A local network of the network: a county, a city, a region, or England itself."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    within = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    about = models.TextField(blank=True)
    # The area it serves, as the Office for National Statistics names it: "E10000025".
    area_code = models.CharField(max_length=9, blank=True)
    latitude = models.FloatField(null=True, blank=True)  # of its centre, degrees, WGS 84
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)  # people it serves
    offers = models.TextField(blank=True)  # what it can give others, one thing a line
    needs = models.TextField(blank=True)  # what it looks for, one thing a line

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_place_is_on_the_globe_or_nowhere",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def upwards(self) -> list["Place"]:
        """This place and every place around it, nearest first."""
        places, place = [self], self.within
        while place is not None and place not in places:
            places.append(place)
            place = place.within
        return places


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


class Role(models.TextChoices):
    """What a person is trusted with in a place; whoever has none there is a visitor."""

    MEMBER = "member", "member"
    FACILITATOR = "facilitator", "facilitator"
    COORDINATOR = "coordinator", "coordinator"
    CONVENOR = "convenor", "convenor"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, today: date | None = None) -> "MembershipQuerySet":
        day = today or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Membership(models.Model):
    """This person, in this place, in this role, from then until then."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "place", "role"),
                condition=Q(until=None),
                name="one_current_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.place_id}"
