"""Where we are: all places, one place, and what its coordinator says of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from coproduce.people import place_map
from coproduce.people.actions import keeping_places
from coproduce.people.forms.places import PlaceWords, kept_of
from coproduce.people.models import Person, Place
from coproduce.people.place_pages import sections_of
from coproduce.people.rights import Deed, may, person_of
from coproduce.people.views.doors import behind, telling

TOLD_AT_ONCE = 12  # promises in words


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    places = list(Place.objects.all())
    context = {"tree": place_map.tree_of(places), "map": place_map.drawn(places)}
    return render(request, "people/places/list.html", context)


@require_safe
def place_page(request: HttpRequest, place: str) -> HttpResponse:
    found = get_object_or_404(Place.objects.select_related("within"), slug=place)
    person = person_of(request.user)
    return render(
        request,
        "people/places/place.html",
        {
            "place": found,
            "around": list(reversed(found.upwards()[1:])),
            "parts": found.parts.all(),
            "champions": found.champions.named().select_related("person"),
            "kept": found.promises.kept().count(),
            "told": found.promises.kept()
            .filter(may_be_told=True)
            .order_by("-kept_at")[:TOLD_AT_ONCE],
            "sections": sections_of(request, found),
            "may_describe": may(person, Deed.KEEP_PLACE, found),
            "may_keep_contacts": may(person, Deed.KEEP_CONTACTS, found),
            "may_answer_for_people": may(person, Deed.ANSWER_FOR_PEOPLE, found),
            "may_see_needs": may(person, Deed.SEE_ACCESS_NEEDS, found),
        },
    )


@behind(Deed.KEEP_PLACE)
def place_words(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    form = PlaceWords(request.POST or None, initial=kept_of(place))
    if request.method == "POST" and form.is_valid():
        with telling(request, "The page of this place is changed."):
            keeping_places.describe(place, by=person, **form.cleaned_data)
        return redirect("people:place", place.slug)
    return render(request, "people/places/words.html", {"place": place, "form": form})
