"""The members who let themselves be found, for other members alone."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.people.actions import being_found
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.directory import BeFound, LookFor
from coproduce.people.models import Listing, Membership
from coproduce.people.models.listing import ListingQuerySet
from coproduce.people.views.doors import telling

ON_A_PAGE = 24


@never_cache
@signed_in
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    if not person.memberships.current().exists():
        raise PermissionDenied("The directory is for members. Join a place of the network first.")
    form = LookFor(request.GET or None)
    page = Paginator(_looked_for(form), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    response = render(
        request,
        "people/directory.html",
        {
            "form": form,
            "page": page,
            "asked": asked.urlencode(),
            "is_found": _is_found(person.pk),
            "person": person,
        },
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@signed_in
def you_directory(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    listing = Listing.objects.filter(person=person).first()
    if request.method == "POST" and "gone" in request.POST:
        with telling(request, "You are out of the directory."):
            being_found.be_found_no_more(person)
        return redirect("people:you_directory")
    form = BeFound(request.POST or None, initial={"offer": listing.offer if listing else ""})
    if request.method == "POST" and form.is_valid():
        with telling(request, "Other members can find you now."):
            being_found.be_found(person, form.cleaned_data["offer"])
        return redirect("people:you_directory")
    context = {"form": form, "listing": listing, "person": person}
    return render(request, "people/you/directory.html", context)


def _looked_for(form: LookFor) -> ListingQuerySet:
    places = Prefetch(
        "person__memberships", Membership.objects.current().select_related("place"), "held"
    )
    found = Listing.objects.found().select_related("person").prefetch_related(places)
    if not form.is_valid():
        return found
    asked = form.cleaned_data
    if asked["place"]:
        found = found.of_place(asked["place"])
    if asked["part"]:
        found = found.with_part(asked["part"])
    return found.offering(asked["offer"])


def _is_found(person_id: UUID) -> bool:
    return Listing.objects.filter(person=person_id).exists()
