"""Paper for a wave: its sheet to print, slips with codes, and the page to type sheets in."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.measures import asked_in, paper
from coproduce.measures.actions import entering
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.forms.entering import HowManySlips, SheetRow
from coproduce.measures.models import Linking, Sheet, Wave
from coproduce.measures.paper import Look
from coproduce.measures.views.doors import behind_wave, telling
from coproduce.people.models import Person

REMEMBERED_SHEETS = 12
TOLD = {
    Look.PLAIN: "As it is",
    Look.LARGE: "In large print",
    Look.EASY: "In Easy Read, with pictures",
}


# To print


@never_cache
@behind_wave
@require_safe
def sheets(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """What can be printed for a wave."""
    return _paper_page(request, wave, HowManySlips(initial={"count": 40}))


@behind_wave
@require_safe
def sheet_pdf(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    asked = asked_in.asked(wave)
    languages = dict(paper.languages_on_paper(wave)) if len(asked) else {}
    language = request.GET.get("language", next(iter(languages), ""))
    look = request.GET.get("look", Look.PLAIN)
    if language not in languages or look not in paper.looks_of(asked):
        raise Http404("There is no such sheet.")
    return _pdf(paper.sheet_pdf(wave, language, Look(look)), f"sheet-{wave.number}-{look}.pdf")


@behind_wave
@require_POST
def slips_pdf(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """New codes each time; they are in this file and nowhere else."""
    if wave.survey.linking != Linking.PAPER:
        raise Http404("The sheets of this survey are not linked by slips.")
    form = HowManySlips(request.POST)
    if not form.is_valid():
        return _paper_page(request, wave, form)
    typed = form.cleaned_data
    return _pdf(paper.slips_pdf(wave.survey, typed["count"], large=typed["large"]), "slips.pdf")


def _paper_page(request: HttpRequest, wave: Wave, form: HowManySlips) -> HttpResponse:
    asked = asked_in.asked(wave)
    context = {
        "wave": wave,
        "survey": wave.survey,
        "count": len(asked),
        "languages": paper.languages_on_paper(wave) if len(asked) else [],
        "looks": [(each, TOLD[each]) for each in paper.looks_of(asked)],
        "by_slips": wave.survey.linking == Linking.PAPER,
        "form": form,
    }
    return render(request, "measures/evaluate/paper.html", context)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


# To type in


@never_cache
@behind_wave
def enter(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """One line for a sheet; Enter keeps it, and the next one begins."""
    if not wave.is_open:
        shut = {"wave": wave, "survey": wave.survey}
        return render(request, "measures/evaluate/enter_shut.html", shut)
    last = {"language": request.session.get(_language(wave), "")}  # no answer is carried over
    form = _form(wave, request.POST or None, initial=last)
    if request.method == "POST" and form.is_valid():
        reason = _keep(request, wave, form, person)
        if not reason:
            messages.success(request, "Kept.")
            request.session[_language(wave)] = form.typed.how.language
            return redirect("measures:enter", wave.survey.slug, wave.number)
        form.add_error("code", reason)
    asked = asked_in.asked(wave)
    context = {
        "wave": wave,
        "survey": wave.survey,
        "form": form,
        "questions": paper.printed(asked, paper.languages_on_paper(wave)[0][0], Look.PLAIN),
        "recent": _recent(request, wave),
        "count": wave.sheets.sent().filter(came__in=entering.TYPED_IN).count(),
    }
    return render(request, "measures/evaluate/enter.html", context)


@behind_wave
@require_POST
def enter_sync(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """What the page kept while it was off the net. Each sheet comes once, however often sent.

    Answers which are kept now, and which cannot be and why, so that the device loses none.
    """
    try:
        sent = json.loads(request.body)["sheets"]
        found = [(UUID(str(each["key"])), dict(each)) for each in sent]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "These are not sheets as this page sends them."}, status=400)
    kept: list[str] = []
    refused: dict[str, str] = {}
    for key, each in found[: entering.MOST_AT_ONCE]:
        form = _form(wave, each)
        reason = _keep(request, wave, form, person) if form.is_valid() else " ".join(form.sentences)
        if reason:
            refused[str(key)] = reason
        else:
            kept.append(str(key))
    count = wave.sheets.sent().filter(came__in=entering.TYPED_IN).count()
    return JsonResponse({"kept": kept, "refused": refused, "count": count})


@behind_wave
@require_POST
def enter_take_out(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        messages.warning(request, "Choose a sheet of the list to take it out.")
    else:
        with telling(request, "The sheet is taken out: its answers are gone."):
            entering.take_out(wave, key, by=person)
    return redirect("measures:enter", wave.survey.slug, wave.number)


def _form(wave: Wave, typed: object, **options: object) -> SheetRow:
    return SheetRow(typed, asked=asked_in.asked(wave), needs_code=wave.survey.is_linked, **options)


def _keep(request: HttpRequest, wave: Wave, form: SheetRow, person: Person) -> str:
    """Why a sheet cannot be kept, or nothing."""
    key = form.key_of_sheet
    try:
        entering.enter(wave, key, form.typed, by=person)
    except NotPossible as reason:
        return str(reason)
    before = [each for each in request.session.get(_entered(wave), []) if each != str(key)]
    request.session[_entered(wave)] = [str(key), *before][:REMEMBERED_SHEETS]
    return ""


def _recent(request: HttpRequest, wave: Wave) -> list[tuple[Sheet, str]]:
    """The sheets this helper typed in last. Their codes are known to nobody any more."""
    keys = request.session.get(_entered(wave), [])
    found = {str(each.pk): each for each in wave.sheets.filter(pk__in=keys)}
    recent = [found[key] for key in keys if key in found]
    for sheet in recent:
        sheet.wave = wave
    return [(each, entering.row_of(each)) for each in recent]


def _entered(wave: Wave) -> str:
    return f"entered-{wave.id.hex}"


def _language(wave: Wave) -> str:
    return f"entered-in-{wave.id.hex}"
