"""The big screen of a hall: the question, the way in, the head count, then the common ground."""

import hashlib
from dataclasses import astuple, dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from coproduce.conversations import room as the_room
from coproduce.conversations.at_a_glance import ForAMoment
from coproduce.conversations.models import Conversation, RoomStep
from coproduce.conversations.paper import address_of, short_address_of
from coproduce.formats.arrivals import draw_arrivals
from coproduce.formats.qr import qr_code

UNCHANGED = 204  # htmx leaves the page as it is and asks again later


@dataclass(frozen=True)
class Screen:
    """The parts of the page that move, drawn once for everybody, and how to tell them apart.

    `said`: the step in a sentence, for those who listen; `found`: what the step shows; `told`:
    the same as text alone.
    """

    now: the_room.Now
    count: str
    said: str
    found: str
    told: str

    @property
    def marks(self) -> "Marks":
        return Marks(
            self.now.conversation.phase,
            str(int(self.now.step)),
            _mark(self.count),
            _mark(self.said),
            _mark(self.found + self.told),
        )

    @property
    def seen(self) -> str:
        return ".".join(astuple(self.marks))


@dataclass(frozen=True)
class Marks:
    """What a screen has in front of it, a mark for each part that can move."""

    phase: str = ""
    step: str = ""
    count: str = ""
    said: str = ""
    found: str = ""

    @classmethod
    def read(cls, text: str) -> "Marks":
        return cls(*text.split(".")[:5])

    @property
    def shows(self) -> bool:
        """Whether it is laid out for a picture."""
        return self.step not in ("", str(int(RoomStep.ARRIVING)))


@require_safe
def room(request: HttpRequest, code: str) -> HttpResponse:
    """The big screen, or with `?as=text` what it says, for those who listen and write along."""
    as_text = _is_text(request)
    page = "conversations/room_text.html" if as_text else "conversations/room.html"
    return render(request, page, _whole(_screen(code), as_text=as_text))


@require_safe
def room_live(request: HttpRequest, code: str) -> HttpResponse:
    """What has moved since the screen last asked: mostly nothing, then only the head count."""
    screen, as_text = _screen(code), _is_text(request)
    seen, now = Marks.read(request.GET.get("seen", "")), screen.marks
    if seen == now:
        return HttpResponse(status=UNCHANGED)
    if seen.phase != now.phase:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if seen.shows != now.shows and not as_text:
        return _laid_out_anew(request, screen)
    context = {
        "screen": screen,
        "as_text": as_text,
        "said_moved": seen.said != now.said,
        "found_moved": seen.found != now.found,
        "step_moved": seen.step != now.step,
    }
    return render(request, "conversations/_room_live.html", context)


def _laid_out_anew(request: HttpRequest, screen: Screen) -> HttpResponse:
    answer = render(request, "conversations/_room_anew.html", _whole(screen, as_text=False))
    answer["HX-Retarget"], answer["HX-Reswap"] = "#stage", "outerHTML"
    return answer


def _whole(screen: Screen, *, as_text: bool) -> dict[str, object]:
    conversation = screen.now.conversation
    return {
        "conversation": conversation,
        "screen": screen,
        "as_text": as_text,
        "address": short_address_of(conversation),
        "qr": qr_code(address_of(conversation)),
    }


def _is_text(request: HttpRequest) -> bool:
    return request.GET.get("as") == "text"


def _screen(code: str) -> Screen:
    try:
        return _screens(code.upper())
    except Conversation.DoesNotExist as missing:
        raise Http404("No conversation has this code.") from missing


def _draw(code: str) -> Screen:
    now = the_room.now(Conversation.objects.on_show().select_related("place").get(code=code))
    context = {
        "now": now,
        "conversation": now.conversation,
        "published": now.published,
        "arrivals": mark_safe(draw_arrivals(now.people)),  # noqa: S308  drawn from a count
    }
    return Screen(
        now,
        count=render_to_string("conversations/_room_count.html", context),
        said=render_to_string("conversations/_room_said.html", context).strip(),
        found=render_to_string("conversations/_room_found.html", context),
        told=render_to_string("conversations/_room_told.html", context),
    )


def _mark(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:12]


_screens = ForAMoment(_draw)


def forget() -> None:
    """Begin anew: between two tests, codes are used again."""
    _screens.forget()
    the_room.forget()
