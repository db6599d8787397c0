"""Joining the network on one page, and the principles that everybody agrees to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.people import limits, principles
from coproduce.people.actions import joining
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.joining import Join, NewPrinciples
from coproduce.people.models import Place, Principles
from coproduce.people.rights import Deed, may, person_of

# Far above a hall that joins in one evening behind one address.
JOINING = limits.Limit("joining by address", most=1_000, seconds=3600)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Everything on one page; whoever has an account adds to what they said before."""
    person = person_of(request.user)
    agreed_to = principles.current()
    here = Place.objects.filter(slug=request.GET.get("place", "")).first()
    form = Join(request.POST or None, initial={"place": here, "channel": ""})
    if request.method == "POST" and form.is_valid():
        if not JOINING.take(limits.address_of(request)):
            form.add_error(None, "Very many people have joined from here. Try again in an hour.")
        else:
            joining.join(form.newcomer, agreed_to, signed_in=person)
            return redirect("people:joined")
    context = {"form": form, "principles": agreed_to, "person": person}
    return render(request, "people/join.html", context)


@never_cache
@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    """The same words for everybody, whoever they are and whatever they typed."""
    return render(request, "people/joined.html")


@require_safe
def principles_page(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The principles as they are now, or one version of them."""
    newest = principles.current()
    shown = get_object_or_404(Principles, number=number) if number else newest
    return render(
        request,
        "people/principles.html",
        {
            "principles": shown,
            "newest": newest,
            "versions": Principles.objects.exclude(number=shown.number),
            "may_write": bool(_outermost(request)),
        },
    )


@signed_in
def principles_words(request: HttpRequest) -> HttpResponse:
    """Other words for the principles, as a new version."""
    if not _outermost(request):
        raise PermissionDenied("Only a convenor of the whole network can change its principles.")
    form = NewPrinciples(request.POST or None, initial={"words": principles.current().words})
    if request.method == "POST" and form.is_valid():
        try:
            joining.write_principles(form.cleaned_data["words"], by=who_is_there(request))
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "The new version is what people agree to from now on.")
        return redirect("people:principles")
    return render(request, "people/principles_words.html", {"form": form})


def _outermost(request: HttpRequest) -> list[Place]:
    """The places around all others where this visitor may write the principles."""
    person = person_of(request.user)
    if person is None:
        return []
    outermost = Place.objects.filter(within=None)
    return [place for place in outermost if may(person, Deed.KEEP_PRINCIPLES, place)]
