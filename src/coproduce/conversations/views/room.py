"""The big screen of a hall: the question, the way in, the head count, then the common ground."""

import hashlib
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from coproduce.conversations import room as the_room
from coproduce.conversations.at_a_glance import ForAMoment
from coproduce.conversations.models import Conversation
from coproduce.conversations.paper import address_of, qr_code, short_address_of

UNCHANGED = 204  # htmx leaves the page as it is and asks again later


@dataclass(frozen=True)
class Screen:
    """The parts of the page that move, drawn once for everybody, and how to tell them apart."""

    now: the_room.Now
    count: str
    found: str

    @property
    def marks(self) -> tuple[str, str, str]:
        return self.now.scene, _mark(self.count), _mark(self.found)

    @property
    def seen(self) -> str:
        return ".".join(self.marks)


@require_safe
def room(request: HttpRequest, code: str) -> HttpResponse:
    screen = _screen(code)
    conversation = screen.now.conversation
    return render(
        request,
        "conversations/room.html",
        {
            "conversation": conversation,
            "screen": screen,
            "address": short_address_of(conversation),
            "qr": qr_code(address_of(conversation)),
        },
    )


@require_safe
def room_live(request: HttpRequest, code: str) -> HttpResponse:
    """What has moved since the screen last asked: mostly nothing, then only the head count."""
    screen = _screen(code)
    scene, count, found = [*request.GET.get("seen", "").split("."), "", "", ""][:3]
    if (scene, count, found) == screen.marks:
        return HttpResponse(status=UNCHANGED)
    if scene != screen.now.scene:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"screen": screen, "found_moved": found != _mark(screen.found)}
    return render(request, "conversations/_room_live.html", context)


def _screen(code: str) -> Screen:
    try:
        return _screens(code.upper())
    except Conversation.DoesNotExist as missing:
        raise Http404("No conversation has this code.") from missing


def _draw(code: str) -> Screen:
    now = the_room.now(Conversation.objects.on_show().select_related("place").get(code=code))
    context = {"now": now, "conversation": now.conversation, "published": now.published}
    return Screen(
        now,
        count=render_to_string("conversations/_room_count.html", context),
        found=render_to_string("conversations/_room_found.html", context),
    )


def _mark(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:12]


_screens = ForAMoment(_draw)


def forget() -> None:
    """Begin anew: between two tests, codes are used again."""
    _screens.forget()
    the_room.forget()
