"""Who spreads practice in a place, as its coordinator keeps it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from coproduce.people.actions import belonging
from coproduce.people.forms.you import NewChampion
from coproduce.people.models import Champion, Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind, telling


@behind(Deed.KEEP_PLACE)
def place_champions(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    form = NewChampion(request.POST or None, people=belonging.candidates(place))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        with telling(request, f"{chosen} is a champion of {place}."):
            belonging.make_champion(place, chosen, by=person)
        return redirect("people:place_champions", place.slug)
    context = {
        "place": place,
        "form": form,
        "champions": place.champions.current().select_related("person"),
    }
    return render(request, "people/places/champions.html", context)


@behind(Deed.KEEP_PLACE)
@require_POST
def champion_over(
    request: HttpRequest, place: Place, person: Person, champion: int
) -> HttpResponse:
    found = get_object_or_404(Champion.objects.current(), pk=champion, place=place)
    with telling(request, f"{found} is no longer a champion of {place}."):
        belonging.end_champion(found, by=person)
    return redirect("people:place_champions", place.slug)
