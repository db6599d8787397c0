"""What everybody sees: what is next, what was, one gathering, and both as calendars."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coproduce.gatherings import calendar, evidence, structured, voices_shown
from coproduce.gatherings.actions.waiting import is_full
from coproduce.gatherings.inside import things_in
from coproduce.gatherings.models import Gathering, Presence
from coproduce.gatherings.places import Map
from coproduce.gatherings.showing_pictures import ByKind
from coproduce.people.models import Place
from coproduce.people.rights import Deed, may, person_of

PAST_ON_A_PAGE = 40
KEPT_IN_FEED = timedelta(days=180)  # so that a calendar learns of a late cancellation


@require_safe
def gathering_list(request: HttpRequest) -> HttpResponse:
    """What is next and what was, everywhere or in one place and the places within it."""
    everywhere = Map.read()
    shown = Gathering.objects.on_show().select_related("place")
    place = everywhere.called(request.GET.get("place", ""))
    if place is not None:
        shown = shown.filter(place__in=everywhere.within(place))
    return render(
        request,
        "gatherings/list.html",
        {
            "coming": shown.coming(),
            "past": shown.past()[:PAST_ON_A_PAGE],
            "place": place,
            "places": everywhere.with_gatherings(),
        },
    )


@require_safe
def gathering(request: HttpRequest, slug: str) -> HttpResponse:
    """One gathering: programme, people in their roles, getting in, what is provided."""
    found = on_show(request, slug)
    return render(
        request,
        "gatherings/gathering.html",
        {
            "gathering": found,
            "items": found.programme.prefetch_related("speakers"),
            "is_over": found.is_over(),
            "is_full": _is_full(found),
            "inside": things_in(request, found),
            "insights": voices_shown.insights_of(found),
            "pictures": ByKind.of(found),
            "attendance": evidence.told(found),
            "decisions": found.decisions.with_all(),
            "structured": "" if found.is_draft else structured.as_json(found),
            "may_host": may(person_of(request.user), Deed.HOST, found.place),
        },
    )


@require_safe
def gathering_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One gathering for somebody's own calendar."""
    found = get_object_or_404(Gathering.objects.on_show().select_related("place"), slug=slug)
    return _calendar(calendar.of_gatherings([found]), f"{slug}.ics", is_file=True)


@require_safe
def place_ics(request: HttpRequest, place: str) -> HttpResponse:
    """The gatherings of a place and the places within it, as a calendar to subscribe to."""
    where = get_object_or_404(Place, slug=place)
    since = timezone.now() - KEPT_IN_FEED
    shown = Gathering.objects.on_show().filter(
        place__in=Map.read().within(where), ends_at__gte=since
    )
    name = f"Gatherings: {where}"
    feed = calendar.of_gatherings(shown.select_related("place").order_by("starts_at"), name=name)
    return _calendar(feed, f"{place}.ics", is_file=False)


def on_show(request: HttpRequest, slug: str) -> Gathering:
    """The gathering, for everybody once it is announced; a draft for its hosts alone."""
    found = get_object_or_404(Gathering.objects.select_related("place"), slug=slug)
    if found.is_draft and not may(person_of(request.user), Deed.HOST, found.place):
        raise Http404("There is no such gathering, or it has not been announced.")
    return found


def _is_full(found: Gathering) -> bool:
    """Whether whoever registers now has to wait, in every way of being there."""
    ways = [way for way, has in zip(Presence, (found.has_hall, found.has_line), strict=True) if has]
    return all(is_full(found, way) for way in ways)


def _calendar(content: bytes, name: str, *, is_file: bool) -> HttpResponse:
    way = "attachment" if is_file else "inline"
    return HttpResponse(
        content,
        content_type=f"{calendar.KIND}; charset=utf-8",
        headers={"Content-Disposition": f'{way}; filename="{name}"'},
    )
