"""Everything about me, by the code of a card or a registration: no account needed.

Whoever has an account is asked to sign in: a code may lie on a table.
"""

from collections.abc import Callable
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.gatherings import limits
from coproduce.gatherings.actions import consenting
from coproduce.gatherings.forms.registering import TheCode
from coproduce.gatherings.views.wait import take_a_rest
from coproduce.people import asking
from coproduce.people.models import Person
from coproduce.people.views import me
from coproduce.people.views.me import Way

Mine = Callable[[HttpRequest, Person, Way], HttpResponse]
Page = Callable[[HttpRequest, str], HttpResponse]


def by_code(view: Mine) -> Page:
    """A page for whoever has a code; guessing is slowed down."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, code: str) -> HttpResponse:
        if limits.has_guessed_too_often(request):
            return take_a_rest(request)
        person = consenting.whose(code)
        if person is None:
            limits.note_wrong_code(request)
            form = TheCode(initial={"code": code})
            template = "gatherings/consent/my_words_form.html"
            return render(request, template, {"form": form}, status=404)
        return view(request, person, way_of(code))

    return page


def way_of(code: str) -> Way:
    """Where the pages of the holder of a code are."""
    return Way(
        back=reverse("gatherings:my_words", args=[code]),
        everything=reverse("gatherings:my_everything", args=[code]),
        json=reverse("gatherings:my_json", args=[code]),
        file=reverse("gatherings:my_file", args=[code]),
        seen=reverse("gatherings:my_seen", args=[code]),
        take_back=reverse("gatherings:my_take_back", args=[code]),
        erase=reverse("gatherings:my_erase", args=[code]),
    )


@require_safe
@by_code
def my_everything(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    if person.user_id:
        return me.to_sign_in(reverse("people:me_everything"))
    return me.everything_page(request, person, way)


@require_safe
@by_code
def my_json(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    if person.user_id:
        return me.to_sign_in(reverse("people:me_everything"))
    return me.everything_json(person, way)


@require_safe
@by_code
def my_file(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    if person.user_id:
        return me.to_sign_in(reverse("people:me_everything"))
    return me.everything_file(person, way)


@require_POST
@by_code
def my_seen(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    return me.seen_page(request, person, way)


@require_http_methods(["GET", "HEAD", "POST"])
@by_code
def my_take_back(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    """Taking back needs no more than the code, with or without an account."""
    return me.take_back_page(request, person, way)


@require_http_methods(["GET", "HEAD", "POST"])
@by_code
def my_erase(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    if person.user_id:
        return me.to_sign_in(reverse("people:me_erase"))
    return me.erase_page(request, person, way, partial(_ask_once_more, request, person, way))


def _ask_once_more(request: HttpRequest, person: Person, way: Way) -> HttpResponse:
    """By their own way, or through a coordinator: hosts see codes, and cards lie on tables."""
    how = asking.ask_by_code(person)
    context = {"by_link": how is asking.Asked.LINK, "way": way}
    return render(request, "people/me/erase_asked.html", context)
