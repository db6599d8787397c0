"""Wording questions: one, its answers, how it is counted, in another language, from another set."""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.formats.instruments.record import Instrument as Record
from coproduce.formats.instruments.record import Item, Scale, Score
from coproduce.measures import bank, instrument_words
from coproduce.measures.actions import composing
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.all_words import to_translate
from coproduce.measures.forms.wording import (
    CopyForm,
    ItemForm,
    ScaleForm,
    ScoreForm,
    TranslationForm,
    item_filled,
    scale_filled,
    score_filled,
)
from coproduce.measures.models import Instrument
from coproduce.measures.sheet_words import LANGUAGES
from coproduce.measures.views.doors import behind_draft, telling
from coproduce.people.models import Person

Part = TypeVar("Part", Item, Scale, Score)


@never_cache
@behind_draft
def item_new(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    return _item(request, instrument, person, None)


@never_cache
@behind_draft
def item(request: HttpRequest, instrument: Instrument, person: Person, code: str) -> HttpResponse:
    return _item(request, instrument, person, _called(instrument.read().items, code))


def _item(
    request: HttpRequest, instrument: Instrument, person: Person, before: Item | None
) -> HttpResponse:
    """One question; whoever wants answers of their own words them next."""
    record = instrument.read()
    scales = _scales_of_bank(record)
    was = composing.fingerprint(before) if before else ""
    initial = {**(item_filled(before, record) if before else {}), "was": was}
    form = ItemForm(
        request.POST or None,
        record=record,
        bank={key: scale for key, (scale, _) in scales.items()},
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        made = form.item(before.code if before else composing.next_item_code(record), before)
        scale = scales.get(form.cleaned_data["answered"])
        try:
            composing.put_item(instrument, made, person, scale=scale, was=form.cleaned_data["was"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            _point_out_long(request, form.cleaned_data["easy_read"])
            if form.asks_new_scale:
                messages.success(request, "The question is kept. Now word its answers.")
                address = reverse("measures:desk_scale_new", args=[instrument.pk])
                return redirect(f"{address}?question={made.code}")
            messages.success(request, "The question is kept.")
            return _back(instrument, f"question-{made.code}")
    context = {"form": form, "instrument": instrument, "item": before}
    return render(request, "measures/desk/item.html", context)


def _scales_of_bank(record: Record) -> dict[str, tuple[Scale, Instrument]]:
    """Answers that other sets have, once each, from sets that may be copied."""
    held = [scale.points for scale in record.scales]
    found: dict[str, tuple[Scale, Instrument]] = {}
    for entry in bank.entries():
        if not entry.instrument.may_be_copied:
            continue
        for scale in entry.record.scales:
            if len(scale.points) <= 7 and scale.points not in held:
                held.append(scale.points)
                found[f"bank:{entry.instrument.name}:{scale.code}"] = (scale, entry.instrument)
    return found


def _point_out_long(request: HttpRequest, easy_read: str) -> None:
    for sentence in instrument_words.long_sentences(easy_read):
        messages.warning(
            request,
            f"“{sentence}” has {len(sentence.split())} words. Easy Read has up to fifteen a "
            "sentence; can it be two?",
        )


@behind_draft
@require_POST
def item_move(
    request: HttpRequest, instrument: Instrument, person: Person, code: str
) -> HttpResponse:
    steps = -1 if request.POST.get("way") == "up" else 1
    with telling(request, f"It stands one place {'higher' if steps < 0 else 'lower'}."):
        composing.move_item(instrument, code, steps, person)
    return _back(instrument, f"question-{code}")


@behind_draft
@require_POST
def item_out(
    request: HttpRequest, instrument: Instrument, person: Person, code: str
) -> HttpResponse:
    with telling(request, "The question is out of the set."):
        composing.take_out_item(instrument, code, person)
    return _back(instrument, "questions-heading")


@never_cache
@behind_draft
def scale_new(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    held = (each.code for each in instrument.read().scales)
    return _scale(request, instrument, person, None, composing.free_among("answers", held))


@never_cache
@behind_draft
def scale(request: HttpRequest, instrument: Instrument, person: Person, code: str) -> HttpResponse:
    return _scale(request, instrument, person, _called(instrument.read().scales, code), code)


def _scale(
    request: HttpRequest, instrument: Instrument, person: Person, before: Scale | None, code: str
) -> HttpResponse:
    """Answers to choose from; for the question that asked for them, or for all that have them."""
    record = instrument.read()
    language = record.languages[0]
    wanted = next((each for each in record.items if each.code == request.GET.get("question")), None)
    form = ScaleForm(
        request.POST or None,
        language=language,
        before=before,
        code=code,
        initial=scale_filled(before, language) if before else {},
    )
    if request.method == "POST" and form.is_valid():
        with telling(request, "The answers are kept."):
            composing.put_scale(instrument, form.scale(), person)
            if wanted is not None:
                composing.answer_with(instrument, wanted.code, code, person)
        return _back(instrument, f"question-{wanted.code}" if wanted else "answers-heading")
    asked = [at for at, each in enumerate(record.items, start=1) if before and each.scale == code]
    context = {"form": form, "instrument": instrument, "scale": before, "asked": asked}
    return render(request, "measures/desk/scale.html", context | {"wanted": wanted})


@behind_draft
@require_POST
def scale_out(
    request: HttpRequest, instrument: Instrument, person: Person, code: str
) -> HttpResponse:
    with telling(request, "These answers are out of the set."):
        composing.take_out_scale(instrument, code, person)
    return _back(instrument, "answers-heading")


@never_cache
@behind_draft
def score_new(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    return _score(request, instrument, person, None)


@never_cache
@behind_draft
def score(request: HttpRequest, instrument: Instrument, person: Person, code: str) -> HttpResponse:
    return _score(request, instrument, person, _called(instrument.read().scores, code))


def _score(
    request: HttpRequest, instrument: Instrument, person: Person, before: Score | None
) -> HttpResponse:
    """One number made of questions."""
    record = instrument.read()
    usual = {"way": "mean", "higher_is_better": "yes"}
    initial = score_filled(before, record) if before else usual
    form = ScoreForm(request.POST or None, record=record, initial=initial)
    if request.method == "POST" and form.is_valid():
        with telling(request, "It is kept. Its range is worked out of its questions."):
            composing.put_score(instrument, form.score(before), person)
        return _back(instrument, "scores-heading")
    context = {"form": form, "instrument": instrument, "score": before}
    return render(request, "measures/desk/score.html", context)


@behind_draft
@require_POST
def score_each(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    with telling(request, "Each question that was in no score has one of its own now."):
        composing.score_each(instrument, person)
    return _back(instrument, "scores-heading")


@behind_draft
@require_POST
def score_out(
    request: HttpRequest, instrument: Instrument, person: Person, code: str
) -> HttpResponse:
    with telling(request, "The score is out of the set."):
        composing.take_out_score(instrument, code, person)
    return _back(instrument, "scores-heading")


@never_cache
@behind_draft
def translate(
    request: HttpRequest, instrument: Instrument, person: Person, language: str
) -> HttpResponse:
    """All words in one more language; what is left empty is said in the first one."""
    record = instrument.read()
    if language not in record.languages[1:]:
        raise Http404("It is not translated into this language.")
    said = to_translate(record, language)
    form = TranslationForm(request.POST or None, said=said, language=language)
    if request.method == "POST" and form.is_valid():
        with telling(request, "The words are kept. You can go on with them at any time."):
            composing.translate(instrument, language, form.texts, person)
        return _back(instrument, "languages-heading")
    context = {
        "form": form,
        "instrument": instrument,
        "language": language,
        "language_name": LANGUAGES.get(language, language),
        "done": sum(bool(each.other) for each in said),
        "of": len(said),
    }
    return render(request, "measures/desk/translate.html", context)


@never_cache
@behind_draft
@require_safe
def copy_from(request: HttpRequest, instrument: Instrument, person: Person) -> HttpResponse:
    """From which set? Those that may not be reworded say so."""
    found = [each for each in bank.entries() if each.instrument.code != instrument.code]
    context = {
        "instrument": instrument,
        "open": [each for each in found if each.instrument.may_be_copied],
        "closed": [each for each in found if not each.instrument.may_be_copied],
    }
    return render(request, "measures/desk/copy_from.html", context)


@never_cache
@behind_draft
def copy_in(
    request: HttpRequest, instrument: Instrument, person: Person, source_id: Any
) -> HttpResponse:
    """Which of its questions?"""
    source = get_object_or_404(Instrument.objects.ready(), pk=source_id)
    if not source.may_be_shown:
        raise Http404("Whoever holds the rights does not let its questions be shown.")
    record = source.read()
    form = CopyForm(request.POST or None, source=record)
    if request.method == "POST" and form.is_valid():
        try:
            composing.copy_in(instrument, source, form.cleaned_data["items"], person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "They are in your set. Whose words they are stays with them.")
            return _back(instrument, "questions-heading")
    context = {"form": form, "instrument": instrument, "source": source, "record": record}
    return render(request, "measures/desk/copy_in.html", context)


def _called(parts: tuple[Part, ...], code: str) -> Part:
    found = next((each for each in parts if each.code == code), None)
    if found is None:
        raise Http404("It is not in the set any more.")
    return found


def _back(instrument: Instrument, where: str) -> HttpResponse:
    """To the set, and there to what was in hand."""
    return redirect(f"{reverse('measures:desk', args=[instrument.pk])}#{where}")
