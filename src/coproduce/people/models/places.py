"""Where people belong: the local networks, and how they lie within each other."""

from django.db import models
from django.db.models import Q


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
                | Q(
                    latitude__isnull=False,  # else one number without the other would pass
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="a_place_is_on_the_globe_or_nowhere",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the log names it."""
        return f"place:{self.pk}"

    @property
    def offer_lines(self) -> list[str]:
        return self.offers.splitlines()

    @property
    def need_lines(self) -> list[str]:
        return self.needs.splitlines()

    @property
    def people_in_words(self) -> str:
        return f"{self.population:,} people" if self.population else ""

    def upwards(self) -> list["Place"]:
        """This place and every place around it, nearest first."""
        places, place = [self], self.within
        while place is not None and place not in places:
            places.append(place)
            place = place.within
        return places

    def with_parts(self) -> list["Place"]:
        """This place and every place within it, in one query."""
        below: dict[int | None, list[Place]] = {}
        for place in Place.objects.all():
            below.setdefault(place.within_id, []).append(place)
        found, waiting = [self], [self]
        while waiting:
            parts = below.get(waiting.pop().pk, [])
            waiting += parts
            found += parts
        return found
