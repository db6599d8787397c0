"""The themes that voices and insights stand under, and the page on which a convenor words them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coproduce.gatherings.actions import theming
from coproduce.gatherings.forms.theming import NewTheme, OneThemeWords
from coproduce.gatherings.models import Theme
from coproduce.gatherings.views.doors import telling
from coproduce.people.doors import places_for, signed_in, who_is_there
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed, may
from coproduce.trust.models import LogEntry


@never_cache
@signed_in
def themes(request: HttpRequest) -> HttpResponse:
    """All themes with what they mean and how much stands under them; one more at the end."""
    person, places = _convenor(request)
    form = NewTheme(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with telling(request, f"“{typed['name']}” can be chosen from now on."):
            theming.add(typed["name"], typed["definition"], person, place=typed["place"])
        return redirect("gatherings:themes")
    shown = _theirs(places).select_related("place")
    counted = shown.annotate(
        said=Count("voices", distinct=True), drawn=Count("insight", distinct=True)
    )
    return render(
        request,
        "gatherings/host/themes.html",
        {
            "form": form,
            "themes": counted.filter(put_away_at=None),
            "away": counted.exclude(put_away_at=None),
        },
    )


@never_cache
@signed_in
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """One theme: other words for it, and what it was before."""
    person, places = _convenor(request)
    found = get_object_or_404(_theirs(places), pk=number)
    kept = {"name": found.name, "definition": found.definition}
    form = OneThemeWords(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        with telling(request, "The theme is worded anew, wherever it stands."):
            theming.reword(found, person, **form.cleaned_data)
        return redirect("gatherings:themes")
    history = LogEntry.objects.filter(thing=found.thing).order_by("-id")
    context = {"theme": found, "form": form, "history": history}
    return render(request, "gatherings/host/theme.html", context)


@signed_in
@require_POST
def theme_away(request: HttpRequest, number: int) -> HttpResponse:
    """Put away, or brought back where it is away."""
    person, places = _convenor(request)
    found = get_object_or_404(_theirs(places), pk=number)
    if found.put_away_at:
        with telling(request, f"“{found}” can be chosen again."):
            theming.bring_back(found, person)
    else:
        with telling(request, f"“{found}” is put away. What stands under it stays there."):
            theming.put_away(found, person)
    return redirect("gatherings:themes")


def _convenor(request: HttpRequest) -> tuple[Person, list[Place]]:
    """Whoever may word themes, and where; those of the network are up to the whole network's."""
    person = who_is_there(request)
    if not keeps_themes(person):
        raise PermissionDenied("Only a convenor of the whole network can change its themes.")
    return person, places_for(person, Deed.KEEP_THEMES)


def keeps_themes(person: Person) -> bool:
    """Whether they may word the themes of the whole network."""
    outermost = Place.objects.filter(within=None)
    return any(may(person, Deed.KEEP_THEMES, place) for place in outermost)


def _theirs(places: list[Place]) -> "QuerySet[Theme]":
    return Theme.objects.filter(place=None) | Theme.objects.filter(place__in=places)
