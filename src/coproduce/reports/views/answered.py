"""For whoever coordinates or evaluates a place: what was answered, what is owed, and its share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from coproduce.gatherings.views.doors import telling
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind
from coproduce.reports import evidence, owed
from coproduce.reports.actions import counting


@never_cache
@behind(Deed.EVALUATE)
def answered(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    if request.method == "POST":
        with telling(request, "Counted. The share stands on the page of the place."):
            counting.count_answers(place, person)
        return redirect("reports:answered", place.slug)
    points = owed.in_place(place)
    return render(
        request,
        "reports/host/answered.html",
        {
            "place": place,
            "points": points,
            "open": owed.open_ones(points),
            "ripe": sum(each.is_ripe for each in points),
            "figure": evidence.told(place),
            "days": owed.DAYS_TO_ANSWER,
        },
    )
