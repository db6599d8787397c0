"""Where are we? The places that lie side by side, drawn on a map of England."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from coproduce.formats.place_map import MapPlace, draw_places, is_on_map
from coproduce.people.models import Place


@dataclass
class Branch:
    """A place and what lies within it."""

    place: Place
    parts: list["Branch"] = field(default_factory=list)


def tree_of(places: Iterable[Place]) -> list[Branch]:
    """The places as they lie within each other, by name; the outermost first."""
    branches = {place.pk: Branch(place) for place in places}
    roots: list[Branch] = []
    for branch in branches.values():
        around = branches.get(branch.place.within_id or 0)
        (around.parts if around else roots).append(branch)
    return roots


def places_on_map(places: Iterable[Place]) -> list[MapPlace]:
    """Those with a centre and with nothing inside them: a region's centre says little."""
    every = list(places)
    around = {place.within_id for place in every}
    return [
        MapPlace(
            place.name, place.latitude, place.longitude, reverse("people:place", args=[place.slug])
        )
        for place in every
        if place.pk not in around
        and place.latitude is not None
        and place.longitude is not None
        and is_on_map(place.latitude, place.longitude)
    ]


def drawn(places: Iterable[Place]) -> SafeString:
    """The map of these places, or nothing where none of them says where it is."""
    on_map = places_on_map(places)
    if not on_map:
        return SafeString("")
    many = "1 place" if len(on_map) == 1 else f"{len(on_map)} places"
    svg = draw_places(
        on_map,
        title="Where we are",
        description=f"A map of England with {many} of the network: "
        + ", ".join(place.name for place in on_map)
        + ". The list has the same places.",
    )
    return mark_safe(svg)  # noqa: S308  drawn by us; names and addresses are escaped
