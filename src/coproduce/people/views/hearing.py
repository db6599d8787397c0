"""One tap to stop hearing from a place, one to begin: from a signed link, without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.people import hearing
from coproduce.people.actions import hearing as deeds
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.models import Person, Place


@csrf_exempt  # a mail program posts here by itself, and the link is the authority
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; a look alone changes nothing, since programs look at links too."""
    person, place = _behind(token, hearing.STOP)
    if request.method == "POST":
        deeds.stop(person, place)
    context = {"place": place, "is_done": request.method == "POST"}
    return render(request, "people/stop.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    person, place = _behind(token, hearing.START)
    if request.method == "POST":
        deeds.start(person, place, source="said yes by a link sent to their address")
    context = {"place": place, "is_done": request.method == "POST"}
    return render(request, "people/start.html", context)


@signed_in
@require_POST
def you_news(request: HttpRequest, place: str) -> HttpResponse:
    """Begin or stop hearing from a place of one's own."""
    person, found = who_is_there(request), get_object_or_404(Place, slug=place)
    if request.POST.get("hear") != "yes":
        deeds.stop(person, found)
        messages.success(request, f"You hear no more from {found}.")
    elif person.memberships.current().filter(place=found).exists():
        deeds.start_by_own_page(person, found)
        messages.success(request, f"You hear from {found} from now on.")
    else:
        raise Http404("You are no member of this place.")
    return redirect("people:you")


def _behind(token: str, to: str) -> tuple[Person, Place]:
    found = hearing.who_and_where(token, to=to)
    if found is None:
        raise Http404("This is no link of ours, or it was cut off on its way.")
    return found
