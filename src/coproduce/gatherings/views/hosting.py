"""The host's side: make a gathering, write its programme, announce it, cancel it, hold it again."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coproduce.gatherings.actions import hosting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.at_a_glance import counts_of, lines_of
from coproduce.gatherings.forms.hosting import AnotherDay, GatheringForm, ItemForm, WhyCancelled
from coproduce.gatherings.inside import things_in
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.doors import behind, telling
from coproduce.gatherings.views.theming import keeps_themes
from coproduce.gatherings.when import a_month_later, day_of
from coproduce.people.doors import places_for, signed_in, who_is_there
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may

ON_A_PAGE = 50


@signed_in
@require_safe
def host_list(request: HttpRequest) -> HttpResponse:
    """All gatherings of the places where one may host, drafts too."""
    person = who_is_there(request)
    places = places_for(person, Deed.HOST)
    mine = Gathering.objects.filter(place__in=places).select_related("place")
    return render(
        request,
        "gatherings/host/list.html",
        {
            "places": places,
            "coming": lines_of(mine.coming()[:ON_A_PAGE]),
            "past": lines_of(mine.past()[:ON_A_PAGE]),
            "keeps_themes": keeps_themes(person),
        },
    )


@signed_in
def host_new(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    places = places_for(person, Deed.HOST)
    if not places:
        raise PermissionDenied(
            "You do not host gatherings in any place yet. A coordinator of your place can change "
            "that."
        )
    form = GatheringForm(request.POST or None, places=places, initial={"place": places[0]})
    if request.method == "POST" and form.is_valid():
        gathering = hosting.make(form.cleaned_data["place"], form.details, by=person)
        messages.success(request, "The draft is kept. Only hosts of the place can see it.")
        return redirect("gatherings:host", gathering.slug)
    return render(request, "gatherings/host/new.html", {"form": form})


@behind(Deed.HOST)
@require_safe
def host(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """One gathering as its hosts see it, with the one next deed."""
    return render(
        request,
        "gatherings/host/gathering.html",
        {
            "gathering": gathering,
            "items": gathering.programme.prefetch_related("speakers"),
            "counts": counts_of(gathering),
            "inside": things_in(request, gathering),
            "is_over": gathering.is_over(),
            "sees_needs": may(person, Deed.SEE_ACCESS_NEEDS, gathering.place),
            "sees_plans": may(person, Deed.SEE_PLANS, gathering.place),
            "has_begun": gathering.starts_at <= timezone.now(),
            "may_see_worries": may(person, Deed.LOOK_AFTER_WORRIES, gathering.place),
        },
    )


@behind(Deed.HOST)
def host_edit(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    form = GatheringForm(request.POST or None, initial=GatheringForm.filled(gathering))
    if request.method == "POST" and form.is_valid():
        try:
            is_told = hosting.edit(gathering, form.details, by=person)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            told = " Everybody registered is being told." if is_told else ""
            messages.success(request, f"The changes are kept.{told}")
        return redirect("gatherings:host", gathering.slug)
    return render(request, "gatherings/host/edit.html", {"gathering": gathering, "form": form})


@behind(Deed.HOST)
def host_add_item(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """One more part of the programme; the form comes back for the next one."""
    items = gathering.programme.prefetch_related("speakers")
    initial = {"starts": timezone.localtime(_next_free(gathering)).time(), "minutes": 30}
    form = ItemForm(request.POST or None, gathering=gathering, initial=initial)
    if request.method == "POST" and form.is_valid():
        with telling(request, f"“{form.cleaned_data['title']}” is in the programme."):
            hosting.add_item(gathering, by=person, **form.item)
        return redirect("gatherings:host_add_item", gathering.slug)
    context = {"gathering": gathering, "form": form, "items": items}
    return render(request, "gatherings/host/programme.html", context)


@behind(Deed.HOST)
def host_change_item(
    request: HttpRequest, gathering: Gathering, person: Person, number: int
) -> HttpResponse:
    item = get_object_or_404(gathering.programme, position=number)
    item.gathering = gathering
    form = ItemForm(request.POST or None, gathering=gathering, initial=ItemForm.filled(item))
    if request.method == "POST" and "remove" in request.POST:
        hosting.remove_item(item, by=person)
        messages.success(request, f"“{item.title}” is out of the programme.")
        return redirect("gatherings:host_add_item", gathering.slug)
    if request.method == "POST" and form.is_valid():
        with telling(request, f"“{form.cleaned_data['title']}” is changed."):
            hosting.change_item(item, by=person, **form.item)
        return redirect("gatherings:host_add_item", gathering.slug)
    context = {"gathering": gathering, "form": form, "item": item}
    return render(request, "gatherings/host/item.html", context)


@behind(Deed.HOST)
@require_POST
def host_publish(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    with telling(request, "Announced. Everybody can read it and register."):
        hosting.publish(gathering, by=person)
    return redirect("gatherings:host", gathering.slug)


@behind(Deed.HOST)
def host_cancel(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    form = WhyCancelled(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, "Cancelled. Everybody registered is being told."):
            hosting.cancel(gathering, form.cleaned_data["because"], by=person)
        return redirect("gatherings:host", gathering.slug)
    context = {"gathering": gathering, "form": form, "counts": counts_of(gathering)}
    return render(request, "gatherings/host/cancel.html", context)


@behind(Deed.HOST)
def host_again(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The same once more, a month later unless told otherwise."""
    form = AnotherDay(request.POST or None, initial={"day": _next_day(gathering)})
    if request.method == "POST" and form.is_valid():
        again = hosting.duplicate(gathering, form.cleaned_data["day"], by=person)
        messages.success(request, "Here is the new draft. Look at everything, then announce it.")
        return redirect("gatherings:host", again.slug)
    return render(request, "gatherings/host/again.html", {"gathering": gathering, "form": form})


def _next_free(gathering: Gathering) -> datetime:
    """When the next part would begin: after the last one."""
    last = gathering.programme.last()
    return last.ends_at if last else gathering.starts_at


def _next_day(gathering: Gathering) -> date:
    """The next such day that is still to come."""
    day = a_month_later(day_of(gathering.starts_at))
    while day < timezone.localdate():
        day = a_month_later(day)
    return day
