"""The desk of those who word questions: their own sets, and each of them from draft to ready."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.measures import bank, instrument_words, missing, whose
from coproduce.measures.actions import composing
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.forms.wording import AboutForm, CheckedForm, about_filled
from coproduce.measures.models import Instrument
from coproduce.measures.sheet_words import LANGUAGES
from coproduce.measures.views.doors import behind_draft, behind_instrument, telling
from coproduce.measures.views.instruments import preview_page
from coproduce.people.doors import places_for, signed_in, who_is_there
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed

ON_A_PAGE = 100


@never_cache
@signed_in
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """The sets that the places word where one evaluates."""
    places = places_for(who_is_there(request), Deed.MEASURE)
    own = Instrument.objects.filter(place__in=places).select_related("place")
    own = own.order_by("-is_draft", "-made_at")[:ON_A_PAGE]
    return render(request, "measures/desk/list.html", {"own": own, "places": places})


def places_of(request: HttpRequest) -> tuple[Person, list[Place]]:
    """Who it is, and where they may measure; nobody else gets further."""
    person = who_is_there(request)
    places = places_for(person, Deed.MEASURE)
    if not places:
        raise PermissionDenied(
            "You do not evaluate in any place yet. A coordinator of your place can change that."
        )
    return person, places


@never_cache
@signed_in
def desk_new(request: HttpRequest) -> HttpResponse:
    """Begin a set: what it is for, and whose it will be."""
    person, places = places_of(request)
    year = timezone.localdate().year
    initial = {
        "languages": ["en"],
        "minutes": 5,
        "licence_kind": "CC-BY-4.0",
        "notice": f"© The evaluators of {places[0]}, {year}",
        "source": f"Written by the evaluators of {places[0]}, {year}",
    }
    form = AboutForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data.get("place") or places[0]
        made = composing.begin(place, form.about, person)
        messages.success(request, "It is begun. Now word its first question, or copy some.")
        return redirect("measures:desk", made.pk)
    return render(request, "measures/desk/about.html", {"form": form, "instrument": None})


@never_cache
@behind_instrument
@require_safe
def desk(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    """The set as its makers see it: question by question, what is missing, the next deed."""
    record = instrument.read()
    context = {
        "instrument": instrument,
        "record": record,
        "lines": [
            {
                "item": item,
                "answered": instrument_words.how_answered(item, record),
                "long": instrument_words.long_sentences(" ".join(item.easy_read.values())),
                "is_answerable": item.kind != "scale" or bool(item.scale),
            }
            for item in record.items
        ],
        "scales": [
            (scale, instrument_words.answers_in_words(scale), _asked_with(record, scale.code))
            for scale in record.scales
        ],
        "scores": [(score, instrument_words.scored(score, record)) for score in record.scores],
        "lacks": missing.lacks(instrument) if instrument.is_draft else [],
        "translations": [(each, LANGUAGES.get(each, each)) for each in record.languages[1:]],
        "is_easy": instrument_words.has_easy_read(record),
        "taken": instrument.taken_from.all(),
        **_versions(instrument),
    }
    return render(request, "measures/desk/desk.html", context)


def _asked_with(record: Any, scale: str) -> int:
    return sum(item.scale == scale for item in record.items)


def _versions(instrument: Instrument) -> dict[str, Any]:
    """The ready version before this one, and what differs from it; the draft after it, if any."""
    ready = [each for each in bank.versions_of(instrument.code) if each.pk != instrument.pk]
    before = next((each for each in ready if each.made_at < instrument.made_at), None)
    differs = instrument_words.differences(before.read(), instrument.read()) if before else []
    drafts = Instrument.objects.filter(code=instrument.code, is_draft=True)
    return {
        "before": before,
        "differs": differs,
        "next_draft": None if instrument.is_draft else drafts.first(),
    }


@never_cache
@behind_draft
def about(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    """What the set says of itself."""
    taken = composing.licences_taken(instrument)
    record = instrument.read()
    own = whose.own_part(record.licence, taken)
    form = AboutForm(request.POST or None, initial=about_filled(record, own))
    if request.method == "POST" and form.is_valid():
        with telling(request, "It is kept."):
            composing.describe(instrument, form.about, person)
        return redirect("measures:desk", instrument.pk)
    context = {"form": form, "instrument": instrument, "taken": taken}
    return render(request, "measures/desk/about.html", context)


@never_cache
@behind_draft
def ready(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    """All that was checked, in sentences; then it stands as it is."""
    if request.method == "POST":
        try:
            composing.make_ready(instrument, person)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "It is ready. Everybody finds it, and waves can ask it.")
            return redirect("measures:desk", instrument.pk)
    context = {
        "instrument": instrument,
        "lacks": missing.lacks(instrument),
        "worth": missing.worth_a_look(instrument),
        **_versions(instrument),
    }
    return render(request, "measures/desk/ready.html", context)


@behind_instrument
@require_POST
def next_version(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    try:
        made = composing.new_version(instrument, person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("measures:desk", instrument.pk)
    messages.success(
        request,
        f"This is version {made.version}, a copy to be worded anew. Only what was asked in the "
        "same version can be compared: people who were asked before keep the older one.",
    )
    return redirect("measures:desk", made.pk)


@never_cache
@behind_draft
def throw_away(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    if request.method == "POST":
        with telling(request, "The draft is gone."):
            composing.throw_away(instrument, person)
        return redirect("measures:desk_list")
    return render(request, "measures/desk/throw_away.html", {"instrument": instrument})


@never_cache
@behind_instrument
def easy_read(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    """Who of those it is for has looked at the Easy Read."""
    initial = {
        "who": instrument.easy_read_checked_by,
        "on": instrument.easy_read_checked_on or timezone.localdate(),
    }
    form = CheckedForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with telling(request, "It says so now beside the Easy Read."):
            composing.say_easy_read_checked(instrument, typed["who"], typed["on"], person)
        return redirect("measures:desk", instrument.pk)
    context = {"form": form, "instrument": instrument}
    return render(request, "measures/desk/easy_read.html", context)


@never_cache
@behind_instrument
@require_safe
def seen_as(
    request: HttpRequest, instrument: Instrument, person: Person, look: str
) -> HttpResponse:
    """The draft as people will see it."""
    back = reverse("measures:desk", args=[instrument.pk])
    context = {"instrument": instrument, "back": back}
    return preview_page(request, instrument.read(), look, context)
