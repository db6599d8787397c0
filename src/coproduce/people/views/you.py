"""What members told us of themselves: to look at, to change, to take back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.people import everything, principles
from coproduce.people.actions import belonging, promising
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.you import AboutMe, NewAffiliation, NewPromise
from coproduce.people.models import (
    Affiliation,
    Champion,
    Listing,
    Membership,
    Place,
    Promise,
    Reach,
    Role,
)
from coproduce.people.views.doors import telling
from coproduce.people.views.me import signed_in_way


@never_cache
@signed_in
@require_safe
def you(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    newest = principles.current()
    return render(
        request,
        "people/you/you.html",
        {
            "person": person,
            "way": signed_in_way(),
            "waiting": everything.waiting_for(person),
            "said": everything.said_by(person),
            "memberships": person.memberships.current().select_related("place"),
            "reaches": person.reaches.all(),
            "promises": person.promises.open(),
            "hearings": person.hearings.current().select_related("place"),
            "could_hear": Place.objects.filter(
                memberships__in=person.memberships.current()
            ).exclude(hearings__in=person.hearings.current()),
            "affiliations": person.affiliations.current().select_related("organisation"),
            "championships": person.championships.current().select_related("place"),
            "is_found": Listing.objects.filter(person=person).exists(),
            "needs": person.access_needs.count(),
            "principles": newest,
            "has_agreed": person.agreements.filter(principles=newest).exists(),
        },
    )


@never_cache
@signed_in
def you_words(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    form = AboutMe(request.POST or None, initial={"name": person.name, "parts": person.parts})
    if request.method == "POST" and form.is_valid():
        with telling(request, "What you say of yourself is kept."):
            belonging.describe(person, **form.cleaned_data)
        return redirect("people:you")
    return render(request, "people/you/words.html", {"form": form})


@never_cache
@signed_in
def you_promises(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    form = NewPromise(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if said := form.said:
            with telling(request, "Your promise is written down. We ask you in half a year."):
                promising.promise(person, said, form.cleaned_data["place"])
        return redirect("people:you_promises")
    context = {
        "form": form,
        "open": person.promises.open().select_related("place"),
        "kept": person.promises.kept().select_related("place"),
    }
    return render(request, "people/you/promises.html", context)


@signed_in
@require_POST
def promise_kept(request: HttpRequest, promise: int) -> HttpResponse:
    person = who_is_there(request)
    made = get_object_or_404(Promise, pk=promise, person=person)
    with telling(request, "Well done. It counts on the page of the place."):
        promising.keep(made, by=person)
    return redirect("people:you_promises")


@signed_in
@require_POST
def promise_gone(request: HttpRequest, promise: int) -> HttpResponse:
    person = who_is_there(request)
    made = get_object_or_404(Promise, pk=promise, person=person)
    with telling(request, "The promise is taken back and gone."):
        promising.take_back(made, by=person)
    return redirect("people:you_promises")


@signed_in
@require_POST
def way_gone(request: HttpRequest, reach: int) -> HttpResponse:
    person = who_is_there(request)
    found = get_object_or_404(Reach, pk=reach, person=person)
    with telling(request, "We do not write to you there any more."):
        belonging.reach_no_more(found, by=person)
    return redirect("people:you")


@signed_in
@require_POST
def place_left(request: HttpRequest, membership: int) -> HttpResponse:
    """A member leaves as they came; who looks after a place is let go by somebody else."""
    person = who_is_there(request)
    held = Membership.objects.current().filter(person=person, role=Role.MEMBER)
    found = get_object_or_404(held.select_related("place"), pk=membership)
    with telling(request, f"You left {found.place}."):
        belonging.leave_place(found, by=person)
    return redirect("people:you")


@never_cache
@signed_in
def you_organisations(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    form = NewAffiliation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, "It is written down that you belong there."):
            belonging.belong_to(person, **form.cleaned_data)
        return redirect("people:you_organisations")
    context = {"form": form, "affiliations": person.affiliations.select_related("organisation")}
    return render(request, "people/you/organisations.html", context)


@signed_in
@require_POST
def affiliation_over(request: HttpRequest, affiliation: int) -> HttpResponse:
    person = who_is_there(request)
    found = get_object_or_404(Affiliation.objects.current(), pk=affiliation, person=person)
    with telling(request, f"It is written down that you left {found}."):
        belonging.leave(found, by=person)
    return redirect("people:you_organisations")


@signed_in
@require_POST
def champion_named(request: HttpRequest, champion: int) -> HttpResponse:
    person = who_is_there(request)
    found = get_object_or_404(Champion.objects.current(), pk=champion, person=person)
    yes = request.POST.get("named") == "yes"
    done = f"The page of {found.place} {'names you' if yes else 'does not name you'}."
    with telling(request, done):
        belonging.let_be_named(found, yes, by=person)
    return redirect("people:you")
