"""Everything about me: to read, to take along, to take back, to have erased."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.people import asking, everything
from coproduce.people.actions import erasing, taking_back
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.me import SureToErase
from coproduce.people.models import Person
from coproduce.people.views.doors import telling

FORMAT = "coproduce: everything about one person, 1"


@dataclass(frozen=True)
class Way:
    """The way by which somebody came to their own pages, signed in or by a code: its addresses.

    Whoever came by a code reads nothing that is sealed.
    """

    back: str
    everything: str = ""
    json: str = ""
    file: str = ""
    seen: str = ""
    take_back: str = ""
    erase: str = ""
    reads_sealed: bool = False


def signed_in_way() -> Way:
    return Way(
        back=reverse("people:you"),
        everything=reverse("people:me_everything"),
        json=reverse("people:me_json"),
        file=reverse("people:me_file"),
        seen=reverse("people:me_seen"),
        take_back=reverse("people:me_take_back"),
        erase=reverse("people:me_erase"),
        reads_sealed=True,
    )


# Signed in


@never_cache
@signed_in
@require_safe
def me_everything(request: HttpRequest) -> HttpResponse:
    return everything_page(request, who_is_there(request), signed_in_way())


@never_cache
@signed_in
@require_safe
def me_json(request: HttpRequest) -> HttpResponse:
    return everything_json(who_is_there(request), signed_in_way())


@never_cache
@signed_in
@require_safe
def me_file(request: HttpRequest) -> HttpResponse:
    return everything_file(who_is_there(request), signed_in_way())


@signed_in
@require_POST
def me_seen(request: HttpRequest) -> HttpResponse:
    return seen_page(request, who_is_there(request), signed_in_way())


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def me_take_back(request: HttpRequest) -> HttpResponse:
    return take_back_page(request, who_is_there(request), signed_in_way())


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def me_erase(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in is asked once more, on the page, and then it is done."""
    person = who_is_there(request)
    return erase_page(request, person, signed_in_way(), partial(erase_now, request, person))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link that was sent to somebody's own address because they asked by a code."""
    person = asking.whose_link(token)
    if person is None:
        return render(request, "people/me/erase_link_over.html", status=404)
    way = Way(back=reverse("home"))
    return erase_page(request, person, way, partial(erase_now, request, person))


# The same pages, whichever way somebody came


def everything_page(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    """All that is held about them, as they would read it."""
    chapters = [each for each in _chapters(person, way) if each.rows]
    context = {"person": person, "chapters": chapters, "way": way}
    return render(request, "people/me/everything.html", context)


def everything_json(person: Person, way: Way) -> HttpResponse:
    """The same for a program, with the kinds of things of which there are none."""
    told = {
        "format": FORMAT,
        "made": timezone.localtime().isoformat(timespec="minutes"),
        "id": str(person.pk),
        "everything": [each.as_json() for each in _chapters(person, way)],
    }
    response = JsonResponse(told, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="about-me.json"'
    return response


def everything_file(person: Person, way: Way) -> HttpResponse:
    """One page to keep: it needs nothing from this site any more."""
    chapters = [each for each in _chapters(person, way) if each.rows]
    page = render_to_string(
        "people/me/everything_file.html",
        {"person": person, "chapters": chapters, "made": timezone.localtime()},
    )
    name = 'attachment; filename="about-me.html"'
    return HttpResponse(page, headers={"Content-Disposition": name})


def take_back_page(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    """What would change; then, in one step, it does."""
    if request.method == "POST":
        taking_back.take_back(person)
        messages.success(
            request, "It is taken back. Nothing of yours is shown any more, from this moment on."
        )
        return redirect(way.back)
    context = {"changes": everything.changes_for(person), "way": way}
    return render(request, "people/me/take_back.html", context)


def seen_page(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    """Yes or no to one thing that they wanted to see first."""
    yes = request.POST.get("show") == "yes"
    done = "It may be shown now." if yes else "Nobody else will see it."
    with telling(request, done):
        taking_back.say_once_seen(person, request.POST.get("thing", ""), yes)
    return redirect(way.back)


def erase_page(
    request: HttpRequest, person: Person, way: Way, deed: Callable[[], HttpResponse]
) -> HttpResponse:
    """What goes and what stays; and the deed once they say that they are sure."""
    form = SureToErase(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return deed()
    context = {
        "way": way,
        "chapters": [each for each in everything.chapters_about(person) if each.rows],
        "changes": everything.changes_for(person),
        "stays": erasing.what_stays(person),
        "form": form,
    }
    return render(request, "people/me/erase.html", context)


def erase_now(request: HttpRequest, person: Person) -> HttpResponse:
    """Gone; and the page says what was done, since nobody could ask later."""
    done = erasing.erase(person)
    logout(request)
    return render(request, "people/me/erased.html", {"done": done})


def _chapters(person: Person, way: Way) -> list[everything.Chapter]:
    return everything.chapters_about(person, with_sealed=way.reads_sealed)


def to_sign_in(address: str) -> HttpResponseRedirect:
    """Whoever has an account shows by signing in that it is theirs."""
    return redirect(f"{reverse('account_request_login_code')}?next={address}")
