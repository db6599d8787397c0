"""Which places have gatherings, and which lie within which? In one look, however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Place


@dataclass(frozen=True)
class Map:
    """All places, each with the way up to those around it."""

    places: dict[int, Place]

    @classmethod
    def read(cls) -> "Map":
        return cls({place.pk: place for place in Place.objects.all()})

    def called(self, slug: str) -> Place | None:
        return next((place for place in self.places.values() if place.slug == slug), None)

    def upwards(self, place: Place) -> Iterator[Place]:
        """The place and every place around it, nearest first."""
        seen: set[int] = set()
        here: int | None = place.pk
        while here is not None and here not in seen:
            seen.add(here)
            yield self.places[here]
            here = self.places[here].within_id

    def within(self, place: Place) -> list[Place]:
        """The place and all that lies within it."""
        return [one for one in self.places.values() if place in self.upwards(one)]

    def with_gatherings(self) -> list[Place]:
        """Every place one can ask for: those with a gathering, and those around them; by name."""
        keys = Gathering.objects.on_show().order_by().values_list("place", flat=True).distinct()
        found = {around for key in keys for around in self.upwards(self.places[key])}
        return sorted(found, key=lambda one: one.name)
