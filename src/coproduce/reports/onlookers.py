"""Who may see how much of what was said in a place was answered? Everybody."""

from django.http import HttpRequest
from django.urls import reverse

from coproduce.people.models import Place

KIND = "place"


def page_of(request: HttpRequest, thing: str) -> str | None:
    """The page of the place that a thing is about: the rule left with trust."""
    key = thing.partition(":")[2].partition(" ")[0]
    place = Place.objects.filter(pk=key).first() if key.isdigit() else None
    return reverse("people:place", args=[place.slug]) if place else None
