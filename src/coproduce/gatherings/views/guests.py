"""Who is coming, for the hosts: the list, and the letters for those whom only paper reaches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.gatherings.actions import registering
from coproduce.gatherings.at_a_glance import counts_of
from coproduce.gatherings.guests import diets_of, guests_of, not_reached
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.telling import letters
from coproduce.gatherings.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may

ON_A_PAGE = 100


@never_cache
@behind(Deed.HOST)
@require_safe
def host_people(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    sees_all = may(person, Deed.SEE_ACCESS_NEEDS, gathering.place)
    registered = gathering.registrations.with_people()
    page = Paginator(registered.coming(), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = registered.waiting()[:ON_A_PAGE]
    return render(
        request,
        "gatherings/host/people.html",
        {
            "gathering": gathering,
            "page": page,
            "coming": guests_of(page.object_list, sees_all_needs=sees_all),
            "waiting": guests_of(waiting, sees_all_needs=sees_all),
            "diets": diets_of(gathering),
            "counts": counts_of(gathering),
            "letters": letters(gathering),
            "not_reached": not_reached(gathering),
            "is_over": gathering.is_over(),
        },
    )


@behind(Deed.HOST)
@require_POST
def host_cancel_registration(
    request: HttpRequest, gathering: Gathering, person: Person, code: str
) -> HttpResponse:
    """Somebody rang to say that they cannot come."""
    registration = get_object_or_404(
        gathering.registrations.select_related("gathering", "person"), code=code
    )
    with telling(request, f"{registration.person} is off the list."):
        registering.cancel(registration, by=person)
    return redirect("gatherings:host_people", gathering.slug)


@never_cache
@behind(Deed.HOST)
@require_safe
def host_letters(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Letters to print and post, or to be told by a helper, one on each sheet."""
    found = letters(gathering)
    if not found:
        messages.info(request, "There is no letter to print.")
        return redirect("gatherings:host_people", gathering.slug)
    context = {"gathering": gathering, "letters": found}
    return render(request, "gatherings/host/letters.html", context)
