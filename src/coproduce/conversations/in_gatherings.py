"""Which conversations does a gathering hold? In the hall and on the line they are the same ones."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.inside import Thing
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Place

ROOM = "conversations"
STILL_OFFERED = timedelta(days=90)  # a conversation may be made after the day
ABOUT = {
    Phase.OPEN: "Open now: answer in the hall, on the line or later",
    Phase.CLOSED: "Closed, being read",
    Phase.PUBLISHED: "What people found together",
}


def things_in(request: HttpRequest, gathering: Gathering) -> list[Thing]:
    """The conversations to open on a gathering's page: the way left with gatherings."""
    held = Conversation.objects.on_show().filter(gathering=gathering).order_by("made_at")
    return [_thing(conversation) for conversation in held]


def _thing(conversation: Conversation) -> Thing:
    page = "common_ground" if conversation.is_published else "talk"
    address = reverse(f"conversations:{page}", args=[conversation.slug])
    return Thing(conversation.question, address, ABOUT[Phase(conversation.phase)])


def offered(places: list[Place], now_at: Gathering | None = None) -> list[Gathering]:
    """The gatherings of these places that a conversation may belong to, and the one it is in."""
    since = timezone.now() - STILL_OFFERED
    fits = Q(place__in=places, ends_at__gte=since) & ~Q(state="cancelled")
    return list(Gathering.objects.filter(fits | Q(pk=now_at.pk if now_at else None)))
