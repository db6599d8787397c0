"""A set of questions out of a file: what it was understood as, what is wrong with it; then kept."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments import native
from coproduce.formats.instruments.checks import faults
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.measures import instrument_words
from coproduce.measures.actions import composing
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.brought_in import LicenceUnsaid, understand
from coproduce.measures.forms.wording import FileForm, KeepForm
from coproduce.measures.views.desk import places_of
from coproduce.people.doors import signed_in
from coproduce.people.models import Place

WHOSE = "This file cannot say whose its questions are. Say it here: nothing loads without."


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Hand in a file; nothing of it is kept before one has seen what was understood."""
    _, places = places_of(request)
    form = FileForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        handed_in = form.cleaned_data["file"]
        try:
            found = understand(str(handed_in.name), handed_in.read(), form.asked)
        except LicenceUnsaid:
            for name in ("licence_kind", "notice", "source"):
                if not form.cleaned_data[name]:
                    form.add_error(name, WHOSE)
        except BadFile as wrong:
            form.add_error("file", str(wrong))
            if wrong.field == "licence" and form.asked is None:
                form.add_error("licence_kind", WHOSE)
    if found is None:
        return render(request, "measures/desk/bring_in.html", {"form": form})
    record = found.taken.instrument
    initial = {
        "record": native.write_instrument(record),
        "code": record.code,
        "version": record.version,
    }
    context = _told(record, places) | {
        "form": KeepForm(initial=initial, places=places),
        "kind": found.kind,
        "remarks": found.taken.remarks,
    }
    return render(request, "measures/desk/understood.html", context)


def _told(record: Record, places: list[Place]) -> dict[str, Any]:
    return {
        "record": record,
        "lines": [(item, instrument_words.how_answered(item, record)) for item in record.items],
        "scores": instrument_words.scores_in_words(record),
        "languages": instrument_words.language_names(record),
        "places": places,
    }


@never_cache
@signed_in
@require_http_methods(["POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """As a draft to go on with, or ready at once. It is read and checked again."""
    person, places = places_of(request)
    form = KeepForm(request.POST, places=places)
    try:
        raw = str(request.POST.get("record", "")).encode()
        record = native.read_instrument(raw, file="The file")
    except BadFile as wrong:
        messages.warning(request, str(wrong))
        return redirect("measures:bring_in")
    if form.is_valid():
        typed = form.cleaned_data
        record = replace(record, code=typed["code"], version=typed["version"])
        is_ready = "ready" in request.POST and next(faults(record), None) is None
        place = typed.get("place") or places[0]
        try:
            made = composing.bring_in(record, place, person, ready=is_ready)
        except NotPossible as reason:
            form.add_error("code", str(reason))
        else:
            kept = "ready: waves can ask it" if is_ready else "a draft: go on with it"
            messages.success(request, f"It is kept as {kept}.")
            return redirect("measures:desk", made.pk)
    context = _told(record, places) | {"form": form, "kind": "", "remarks": ()}
    return render(request, "measures/desk/understood.html", context)
