"""What a person is trusted with in a place."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place


class Role(models.TextChoices):
    """What a person is trusted with in a place; whoever has none there is a visitor."""

    MEMBER = "member", "member"
    FACILITATOR = "facilitator", "facilitator"
    COORDINATOR = "coordinator", "coordinator"
    EVALUATOR = "evaluator", "evaluator"
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
