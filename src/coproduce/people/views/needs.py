"""What people need to take part: their own page, and the coordinator's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.people.actions import needing
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.needs import Need
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind, telling


@never_cache
@signed_in
def you_needs(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    form = Need(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, "Thank you. It is kept under lock and key."):
            needing.tell(person, **form.cleaned_data)
        return redirect("people:you_needs")
    needs = needing.own_needs(person)
    unreadable = any(not needing.can_be_read(need) for need in needs)
    context = {"form": form, "needs": needs, "unreadable": unreadable}
    return render(request, "people/you/needs.html", context)


@never_cache
@signed_in
def you_need(request: HttpRequest, need: int) -> HttpResponse:
    person = who_is_there(request)
    found = next((each for each in needing.own_needs(person) if each.pk == need), None)
    if found is None or not needing.can_be_read(found):
        raise Http404("There is no such need of yours, or it cannot be opened any more.")
    kept = {"words": found.words, "may_be_shared": found.may_be_shared}
    form = Need(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        with telling(request, "What you need is kept in its new words."):
            needing.change(found, person, **form.cleaned_data)
        return redirect("people:you_needs")
    return render(request, "people/you/need.html", {"form": form, "need": found})


@signed_in
@require_POST
def need_gone(request: HttpRequest, need: int) -> HttpResponse:
    if not needing.take_back(who_is_there(request), need):
        raise Http404("There is no such need of yours.")
    messages.success(request, "It is gone.")
    return redirect("people:you_needs")


@signed_in
@require_POST
def needs_reviewed(request: HttpRequest) -> HttpResponse:
    with telling(request, "Thank you for looking at it again."):
        needing.review(who_is_there(request))
    return redirect("people:you_needs")


@never_cache
@behind(Deed.SEE_ACCESS_NEEDS)
@require_safe
def place_needs(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    """What members allow their coordinator to see; each look is in the log."""
    context = {"place": place, "needs": needing.look(place, by=person)}
    return render(request, "people/places/needs.html", context)
