"""What was decided: written down by hosts, read by everybody, the newest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from coproduce.gatherings.actions import deciding
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.forms.deciding import OneDecision
from coproduce.gatherings.models import Decision, Gathering
from coproduce.gatherings.places import Map
from coproduce.gatherings.views.doors import behind
from coproduce.gatherings.when import day_of
from coproduce.people.models import Person
from coproduce.people.rights import Deed

ON_A_PAGE = 30


@require_safe
def decision_log(request: HttpRequest) -> HttpResponse:
    """Every decision, everywhere or in one place and the places within it."""
    everywhere = Map.read()
    found = Decision.objects.on_show()
    place = everywhere.called(request.GET.get("place", ""))
    if place is not None:
        found = found.filter(gathering__place__in=everywhere.within(place))
    page = Paginator(found.with_all(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "gatherings/decisions.html",
        {"page": page, "place": place, "places": everywhere.with_gatherings()},
    )


@behind(Deed.HOST)
def decisions(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The decisions of one gathering, and the form for the next one."""
    first_day = day_of(gathering.starts_at)
    form = OneDecision(request.POST or None, gathering=gathering, initial={"decided_on": first_day})
    if request.method == "POST" and form.is_valid():
        try:
            instead_of = form.cleaned_data["instead_of"]
            deciding.decide(gathering, form.decided(), person, instead_of)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("gatherings:decisions", gathering.slug)
    return render(
        request,
        "gatherings/host/decisions.html",
        {"gathering": gathering, "form": form, "decisions": gathering.decisions.with_all()},
    )
