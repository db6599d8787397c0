"""Who may see the figures of a gathering? Everybody, once they are told of one that is on show."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from coproduce.gatherings.models import Gathering

KIND = "gathering"


def page_of(request: HttpRequest, thing: str) -> str | None:
    """The page of the gathering that a thing is about: the rule left with trust."""
    gathering_id, _, _ = thing.partition(":")[2].partition(" ")
    gathering = Gathering.objects.on_show().filter(pk=UUID(gathering_id)).first()
    return reverse("gatherings:gathering", args=[gathering.slug]) if gathering else None
