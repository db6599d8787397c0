"""Answers from a file: hand it in, say which column is what, look, then all or nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coproduce.formats.text import csv_text
from coproduce.measures import asked_in
from coproduce.measures.actions import taking_in
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.answer_rows import Checked
from coproduce.measures.forms.answers_file import HandInAnswers, WhichColumn
from coproduce.measures.models import AnswersFile, Wave
from coproduce.measures.views.doors import behind_wave
from coproduce.people.models import Person

ROWS_TO_SEE = 3
PROBLEMS_TO_SEE = 50


@never_cache
@behind_wave
def answers_file_new(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    if not wave.is_open:
        shut = {"wave": wave, "survey": wave.survey}
        return render(request, "measures/evaluate/enter_shut.html", shut)
    form = HandInAnswers(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = taking_in.hand_in(wave, file.name, file.read(), by=person)
        except NotPossible as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("measures:answers_file", wave.survey.slug, wave.number, kept.pk)
    context = {
        "wave": wave,
        "survey": wave.survey,
        "form": form,
        "questions": asked_in.asked(wave).questions,
        "waiting": AnswersFile.objects.filter(wave=wave, by=person).defer("table"),
    }
    return render(request, "measures/evaluate/answers_new.html", context)


@never_cache
@behind_wave
def answers_file(request: HttpRequest, wave: Wave, person: Person, file: UUID) -> HttpResponse:
    """Which column is what; then what would happen; then it happens."""
    handed_in = _handed_in(wave, person, file)
    table = taking_in.table_of(handed_in)
    form = WhichColumn(
        request.POST or None,
        asked=asked_in.asked(wave),
        header=table.header,
        rows=table.rows,
        needs_code=wave.survey.is_linked,
    )
    context = {"wave": wave, "survey": wave.survey, "file": handed_in, "rows": len(table.rows)}
    if request.method == "POST" and form.is_valid():
        checked = taking_in.try_out(handed_in, form.chosen)
        if "errors" in request.POST:
            return _problems_as_csv(checked)
        if "take_in" in request.POST and not checked.problems:
            return _take_in(request, handed_in, form, person)
        wrong_rows = {each.row for each in checked.problems}
        context |= {
            "checked": checked,
            "good": sum(row.number not in wrong_rows for row in checked.sheets),
            "problems": checked.problems[:PROBLEMS_TO_SEE],
            "more": max(0, len(checked.problems) - PROBLEMS_TO_SEE),
        }
    seen = [[row[at] for row in table.rows[:ROWS_TO_SEE]] for at in range(len(table.header))]
    context |= {"form": form, "columns": list(zip(form.column_fields(), seen, strict=True))}
    return render(request, "measures/evaluate/answers.html", context)


@behind_wave
@require_POST
def answers_file_gone(request: HttpRequest, wave: Wave, person: Person, file: UUID) -> HttpResponse:
    taking_in.throw_away(_handed_in(wave, person, file), by=person)
    messages.success(request, "The file is thrown away. Nothing of it was taken in.")
    return redirect("measures:answers_file_new", wave.survey.slug, wave.number)


def _handed_in(wave: Wave, person: Person, file: UUID) -> AnswersFile:
    """Their own: what is waiting is nobody else's to read."""
    found = get_object_or_404(AnswersFile, pk=file, wave=wave, by=person)
    found.wave = wave
    return found


def _take_in(
    request: HttpRequest, handed_in: AnswersFile, form: WhichColumn, person: Person
) -> HttpResponse:
    wave = handed_in.wave
    try:
        count = taking_in.take_in(handed_in, form.chosen, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("measures:answers_file", wave.survey.slug, wave.number, handed_in.pk)
    plural = "sheets are" if count > 1 else "sheet is"
    messages.success(request, f"{count} {plural} taken in. The file itself is forgotten.")
    return redirect("measures:survey", wave.survey.slug)


def _problems_as_csv(checked: Checked) -> HttpResponse:
    rows = [(each.row, each.column, each.what) for each in checked.problems]
    text = csv_text(("row", "column", "what to do"), rows)
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    response["Cache-Control"] = "no-store"
    return response
