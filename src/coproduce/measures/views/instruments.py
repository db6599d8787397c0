"""The bank of questions, open to everybody: found by what they measure, seen as people see them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments import native, twin, xlsform
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.measures import bank, instrument_words
from coproduce.measures.models import Instrument
from coproduce.measures.preview import LOOKS, shown_as
from coproduce.measures.sheet_words import LANGUAGES
from coproduce.people.doors import places_for
from coproduce.people.rights import Deed, person_of
from coproduce.trust.views import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def instrument_list(request: HttpRequest) -> HttpResponse:
    """Every set that is ready, or those that measure one thing."""
    found = bank.entries()
    words, outcome = request.GET.get("q", "")[:200], request.GET.get("measures", "")
    context = {
        "outcomes": bank.outcomes_in(found),
        "outcome": outcome,
        "words": words,
        "entries": [_told(each) for each in bank.matching(found, words, outcome)],
        "evaluates": _evaluates(request),
    }
    return render(request, "measures/instruments/list.html", context)


def _told(entry: bank.Entry) -> dict[str, Any]:
    return {
        "instrument": entry.instrument,
        "record": entry.record,
        "languages": instrument_words.language_names(entry.record),
        "is_unvalidated": instrument_words.is_unvalidated(entry.record),
        "is_easy": instrument_words.has_easy_read(entry.record),
    }


def _evaluates(request: HttpRequest) -> bool:
    person = person_of(request.user)
    return person is not None and bool(places_for(person, Deed.MEASURE))


@require_safe
def instrument_newest(request: HttpRequest, code: str) -> HttpResponse:
    """The newest version, whatever it is."""
    versions = _versions(code)
    return redirect("measures:instrument", code, versions[0].version)


@require_safe
def instrument(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """One version of a set: what it is for, whose it is, how it is scored, how it looks."""
    versions = _versions(code)
    found = next((each for each in versions if each.version == version), None)
    if found is None:
        raise Http404("There is no such version.")
    record = found.read()
    before = versions[versions.index(found) + 1 :]
    context = {
        "instrument": found,
        "record": record,
        "languages": instrument_words.language_names(record),
        "is_unvalidated": instrument_words.is_unvalidated(record),
        "is_easy": instrument_words.has_easy_read(record),
        "lines": [(item, instrument_words.how_answered(item, record)) for item in record.items],
        "scores": instrument_words.scores_in_words(record),
        "is_importance_known": any(each.minimal_important for each in record.scores),
        "versions": versions,
        "looks": _looks(record),
        "changed": instrument_words.differences(before[0].read(), record) if before else [],
        "before": before[0] if before else None,
        "evaluates": _evaluates(request),
    }
    return render(request, "measures/instruments/instrument.html", context)


def _looks(record: Record) -> list[tuple[str, str]]:
    is_easy = instrument_words.has_easy_read(record)
    return [(look, words) for look, words in LOOKS.items() if look != "easy" or is_easy]


@require_safe
def instrument_as(request: HttpRequest, code: str, version: str, look: str) -> HttpResponse:
    """The questions as people see them. Nothing that is chosen here is kept."""
    found = _open_to_read(code, version)
    context = {"instrument": found, "back": None}
    return preview_page(request, found.read(), look, context)


def preview_page(
    request: HttpRequest, record: Record, look: str, context: dict[str, Any]
) -> HttpResponse:
    """The same page for the bank and for a draft."""
    if look not in LOOKS:
        raise Http404("It is shown on a phone, on paper and in Easy Read.")
    asked = request.GET.get("language", "")
    language = asked if asked in record.languages else next(iter(record.languages), "en")
    shown = {
        "record": record,
        "look": look,
        "look_words": LOOKS[look],
        "looks": [each for each in _looks(record) if each[0] != look],
        "shown": shown_as(record, look, language),
        "of": len(record.items),
        "language": language,
        "languages": [(each, LANGUAGES.get(each, each)) for each in record.languages],
    }
    return render(request, "measures/instruments/preview.html", context | shown)


@require_safe
def instrument_file(request: HttpRequest, code: str, version: str, ending: str) -> HttpResponse:
    """The set as a file: JSON with everything in it, its twin for a spreadsheet, or XLSForm."""
    found = _open_to_read(code, version)
    record, name = found.read(), f"{found.code}-{found.version}.{ending}"
    if ending == "json":
        return download(native.write_instrument(record), name, "application/json")
    if ending == "csv":
        return download(twin.write_twin(record), name, "text/csv")
    if ending != "xlsx":
        raise Http404("It comes as json, csv or xlsx.")
    try:
        return download(xlsform.write_xlsform(record, file=name), name, XLSX)
    except BadFile as reason:
        raise Http404(str(reason)) from reason


def _versions(code: str) -> list[Instrument]:
    bank.keep_shipped()
    versions = bank.versions_of(code)
    if not versions:
        raise Http404("There is no such set of questions.")
    return versions


def _open_to_read(code: str, version: str) -> Instrument:
    """A ready version whose questions everybody may read."""
    bank.keep_shipped()
    found = get_object_or_404(Instrument.objects.ready(), code=code, version=version)
    if not found.may_be_shown:
        raise Http404("Whoever holds the rights does not let its questions be shown.")
    return found
