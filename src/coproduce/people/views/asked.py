"""On the phone: a coordinator does for somebody what they ask for, and a second one agrees."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.people import asking, everything
from coproduce.people.actions import erasing, taking_back
from coproduce.people.forms.asked import WhoAsks, WhyErase
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind
from coproduce.trust.models import Consent
from coproduce.trust.second_person import NeedsAnother

NOBODY = (
    "Nobody who is known in this place goes by that. Compare it letter by letter, or ask for "
    "another address of theirs."
)


@never_cache
@behind(Deed.ANSWER_FOR_PEOPLE)
def asked(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    """Find who it is; and whom another coordinator asked to have erased."""
    form = WhoAsks(request.POST or None)
    found: list[Person] = []
    if request.method == "POST" and form.is_valid():
        found = [each for each in form.people() if asking.is_known_in(each, place)]
        if len(found) == 1:
            return redirect("people:asked_by", place.slug, found[0].pk)
        if not found:
            form.add_error("who", NOBODY)
    return render(
        request,
        "people/asked/asked.html",
        {"place": place, "form": form, "found": found, "waiting": asking.requests_in(place)},
    )


@never_cache
@behind(Deed.ANSWER_FOR_PEOPLE)
@require_safe
def asked_by(request: HttpRequest, place: Place, person: Person, who: UUID) -> HttpResponse:
    """What would change if they took everything back, and what an erasure leaves."""
    them = _known(place, who)
    waiting = [each for each, about in asking.requests_in(place) if about == them]
    return render(
        request,
        "people/asked/asked_by.html",
        {
            "place": place,
            "them": them,
            "changes": everything.changes_for(them),
            "stays": erasing.what_stays(them),
            "form": WhyErase(),
            "waiting": waiting,
            "may_agree": any(each.asked_by != person.pk for each in waiting),
        },
    )


@behind(Deed.ANSWER_FOR_PEOPLE)
@require_POST
def asked_take_back(request: HttpRequest, place: Place, person: Person, who: UUID) -> HttpResponse:
    taking_back.take_back(_known(place, who), by=person, obtained=Consent.Obtained.SPOKEN)
    messages.success(request, "It is taken back: nothing of theirs is shown any more.")
    return redirect("people:asked_by", place.slug, who)


@behind(Deed.ANSWER_FOR_PEOPLE)
@require_POST
def asked_erase(request: HttpRequest, place: Place, person: Person, who: UUID) -> HttpResponse:
    """Ask for it; another coordinator has to agree."""
    form = WhyErase(request.POST)
    if form.is_valid():
        asking.ask_for(_known(place, who), by=person, why=form.cleaned_data["why"])
        messages.success(request, "It is asked. Another coordinator can agree on this page.")
    else:
        messages.warning(request, str(form.errors["why"][0]))
    return redirect("people:asked_by", place.slug, who)


@behind(Deed.ANSWER_FOR_PEOPLE)
@require_POST
def asked_agree(request: HttpRequest, place: Place, person: Person, who: UUID) -> HttpResponse:
    """The second person's yes: they are erased."""
    them = _known(place, who)
    waiting = [each for each, about in asking.requests_in(place) if about == them]
    if not waiting:
        messages.warning(request, "Nobody asked for this, or it has lapsed. It can be asked anew.")
        return redirect("people:asked_by", place.slug, who)
    others = [each for each in waiting if each.asked_by != person.pk] or waiting
    try:
        done = asking.agree(others[0], by=person)
    except NeedsAnother as reason:
        messages.warning(request, str(reason))
        return redirect("people:asked_by", place.slug, who)
    return render(request, "people/me/erased.html", {"done": done, "place": place})


def _known(place: Place, who: UUID) -> Person:
    them = Person.objects.filter(pk=who).first()
    if them is None or not asking.is_known_in(them, place):
        raise Http404("Nobody in this place goes by that.")
    return them
