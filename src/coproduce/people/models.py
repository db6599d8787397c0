"""Who is who: people, the places they belong to, and what they are trusted with there."""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone


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

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def upwards(self) -> list["Place"]:
        """This place and every place around it, nearest first."""
        places, place = [self], self.within
        while place is not None and place not in places:
            places.append(place)
            place = place.within
        return places


class Person(models.Model):
    """Somebody of the network, by an opaque id; with a name only if they gave one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or "Somebody"


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
