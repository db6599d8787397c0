"""For whom people work or volunteer, and who spreads practice in a place."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place


class Organisation(models.Model):
    """A council, a charity, a university, a group of friends with a name."""

    name = models.CharField(max_length=160, unique=True)
    ror_id = models.URLField(max_length=40, blank=True)  # checked by formats.ror

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("ror_id",), condition=~Q(ror_id=""), name="one_organisation_per_ror_id"
            ),
        )

    def __str__(self) -> str:
        return self.name


def holds_on(day: date | None = None) -> Q:
    """What holds from a day on, and until another: on this day, or today."""
    today = day or timezone.localdate()
    return (Q(until=None) | Q(until__gt=today)) & Q(since__lte=today)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def current(self) -> "AffiliationQuerySet":
        return self.filter(holds_on())


class Affiliation(models.Model):
    """This person belongs to this organisation, from then until then."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation"),
                condition=Q(until=None),
                name="one_current_affiliation_each",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="affiliation_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class ChampionQuerySet(models.QuerySet["Champion"]):
    def current(self) -> "ChampionQuerySet":
        return self.filter(holds_on())

    def named(self) -> "ChampionQuerySet":
        """Those whom everybody may know by name."""
        return self.current().filter(may_be_named=True).exclude(person__name="")


class Champion(models.Model):
    """A member who spreads practice in a place; named in public only once they said yes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="championships")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="champions")
    may_be_named = models.BooleanField(default=False)  # their own yes
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "place"), condition=Q(until=None), name="a_champion_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_champion_ends_after_they_begin",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
