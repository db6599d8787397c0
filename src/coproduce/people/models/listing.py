"""Who may be found by other members: those who said so, and nobody else."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place
from coproduce.people.models.roles import Membership


class ListingQuerySet(models.QuerySet["Listing"]):
    def found(self) -> "ListingQuerySet":
        """Those with a name to be found under, by name."""
        return self.exclude(person__name="").order_by("person__name", "pk")

    def of_place(self, place: Place) -> "ListingQuerySet":
        """Members of the place or of one within it."""
        members = Membership.objects.current().filter(place__in=place.with_parts())
        return self.filter(person__in=members.values("person"))

    def with_part(self, part: str) -> "ListingQuerySet":
        return self.filter(person__parts__icontains=f'"{part}"')  # a list, kept as JSON

    def offering(self, words: str) -> "ListingQuerySet":
        every = Q()
        for word in words.split():
            every &= Q(offer__icontains=word)
        return self.filter(every)


class Listing(models.Model):
    """Somebody's own wish to stand in the directory of members, and what they offer there."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="listing")
    offer = models.CharField(max_length=280, blank=True)
    listed_at = models.DateTimeField(default=timezone.now)

    objects = ListingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"listing of {self.person}"
