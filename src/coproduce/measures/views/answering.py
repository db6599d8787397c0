"""Being asked: what it is for, one question a page, look it over, send it. No account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.formats.instruments.record import Kind
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.telling import spelled
from coproduce.gatherings.views.wait import slow_down, take_a_rest
from coproduce.measures import asked_in, codes, limits, packing
from coproduce.measures.actions import answering
from coproduce.measures.actions.answering import How
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.forms.answering import (
    Begin,
    OneAnswer,
    SendIt,
    TheCode,
    TheSurvey,
    wording,
)
from coproduce.measures.models import Linking, Sheet, Survey, Wave
from coproduce.measures.packing import Asked, Question
from coproduce.measures.sheet_words import introduction_of, languages_of, picture_of, said_on

P = ParamSpec("P")
SHEETS_AT_HAND = "sheets"  # of the session: survey -> the sheet being filled in
CODES_AT_HAND = "codes"  # survey -> the code that was given out; until the browser is closed
NO_SUCH_SURVEY = (
    "No survey goes by this code. Please compare it letter by letter: there are no vowels, and no "
    "0 or 1."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_form(request: HttpRequest) -> HttpResponse:
    """Type the code of a survey, as it stands on paper."""
    form = TheSurvey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.has_guessed_too_often(request):
            return take_a_rest(request)
        code = read_code(form.cleaned_data["code"])
        if Survey.objects.filter(code=code).exists():
            return redirect("measures:ask", code)
        limits.note_wrong_code(request)
        form.add_error("code", NO_SUCH_SURVEY)
    return render(request, "measures/ask/form.html", {"form": form})


def asked_about(request: HttpRequest, code: str) -> Survey:
    """The survey with this code; an address guessed wrong says no more than that."""
    return get_object_or_404(Survey.objects.with_home(), code=read_code(code))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Who asks, what for, who sees it first; then how one wants to answer."""
    survey = asked_about(request, code)
    waves = list(survey.waves.open())
    if not waves:
        return render(request, "measures/ask/shut.html", {"survey": survey})
    asked = asked_in.asked(waves[0])
    easy = any(each.item.easy_read for each in asked.questions)
    form = Begin(request.POST or None, survey=survey, languages=languages_of(asked), easy=easy)
    if request.method == "POST" and form.is_valid():
        if not limits.may_begin(request):
            return slow_down(request, "That were many sheets from one browser.", "an hour", 3600)
        try:
            return _begin(request, survey, waves, form)
        except NotPossible as reason:
            form.add_error(None, str(reason))
    context = {"survey": survey, "wave": waves[0], "asked": asked, "form": form}
    return render(request, "measures/ask/begin.html", context)


def _begin(request: HttpRequest, survey: Survey, waves: list[Wave], form: Begin) -> HttpResponse:
    typed = form.cleaned_data
    code = typed.get("code") or codes.make_code()
    how = How(
        language=typed.get("language") or languages_of(asked_in.asked(waves[0]))[0][0],
        is_easy_read=typed.get("look") == "easy",
        is_helped=typed["who"] == "helped",
        is_proxy=typed["who"] == "proxy",
    )
    sheet = answering.begin(_next_wave(survey, waves, code, how), code, how)
    if survey.linking == Linking.NONE:
        _put(request, CODES_AT_HAND, survey, code)
    _put(request, SHEETS_AT_HAND, survey, str(sheet.pk))
    return redirect("measures:question", survey.code, _first_open(sheet))


def _next_wave(survey: Survey, waves: list[Wave], code: str, how: How) -> Wave:
    """Where two waves are open at once (after, and afterwards about before): the next unsent."""
    held = answering.held_under(survey, code)
    sent = {
        sheet.wave_id
        for sheet in (held.sheets if held else ())
        if sheet.sent_on and sheet.is_proxy == how.is_proxy
    }
    return next((wave for wave in waves if wave.pk not in sent), waves[-1])


def _first_open(sheet: Sheet) -> int:
    """Where to go on: the first question that has no answer yet."""
    given = packing.unpack(sheet.answers)
    return next((at + 1 for at, code in enumerate(given) if not code), 1)


def _put(request: HttpRequest, shelf: str, survey: Survey, what: str) -> None:
    request.session[shelf] = {**request.session.get(shelf, {}), str(survey.pk): what}


def _take_off(request: HttpRequest, shelf: str, survey: Survey) -> None:
    kept = dict(request.session.get(shelf, {}))
    kept.pop(str(survey.pk), None)
    request.session[shelf] = kept


Filling = Callable[Concatenate[HttpRequest, Sheet, P], HttpResponse]


def with_sheet(view: Filling[P]) -> Callable[..., HttpResponse]:
    """A page for whoever is filling in a sheet on this browser; everybody else begins."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        survey = asked_about(request, code)
        at_hand = request.session.get(SHEETS_AT_HAND, {}).get(str(survey.pk))
        begun = Sheet.objects.filter(pk=at_hand, sent_on=None, wave__survey=survey)
        sheet = begun.select_related("wave__survey").first() if at_hand else None
        if sheet is None:
            return redirect("measures:ask", survey.code)
        return view(request, sheet, *args, **kwargs)

    return page


@with_sheet
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, sheet: Sheet, number: int) -> HttpResponse:
    """One question; any answer, and none, leads on."""
    survey, asked = sheet.wave.survey, asked_in.asked(sheet.wave)
    if not 1 <= number <= len(asked):
        raise Http404("There is no such question.")
    which = asked.questions[number - 1]
    form = OneAnswer(
        request.POST or None,
        question=which,
        language=sheet.language,
        is_easy=sheet.is_easy_read,
        initial={"answer": _given(sheet, which)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(sheet, which, form.cleaned_data["answer"])
        except NotPossible as reason:
            messages.warning(request, str(reason))
            return redirect("measures:ask", survey.code)
        if number == len(asked) or "check" in request.POST:
            return redirect("measures:check", survey.code)
        return redirect("measures:question", survey.code, number + 1)
    context = _page_of(sheet, asked, which) | {
        "form": form,
        "code": request.session.get(CODES_AT_HAND, {}).get(str(survey.pk)),
    }
    return render(request, "measures/ask/question.html", context)


def _given(sheet: Sheet, which: Question) -> str:
    if which.item.kind == Kind.WORDS:
        return asked_in.words_of(sheet.words).get(which.key, "")
    return packing.given_by(which, int(packing.unpack(sheet.answers)[which.at]))


def _page_of(sheet: Sheet, asked: Asked, which: Question) -> dict[str, Any]:
    return {
        "survey": sheet.wave.survey,
        "sheet": sheet,
        "question": which,
        "words": wording(which, sheet.language, sheet.is_easy_read),
        "picture": picture_of(which) if sheet.is_easy_read else "",
        "introduction": introduction_of(which, sheet.language),
        "number": which.number,
        "back": which.number - 1,
        "of": len(asked),
    }


@with_sheet
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Look all of it over; change it, or send it."""
    survey = sheet.wave.survey
    form = SendIt(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.send(sheet, may_be_researched=form.cleaned_data["research"] == "yes")
        except NotPossible as reason:
            messages.warning(request, str(reason))
            return redirect("measures:ask", survey.code)
        _take_off(request, SHEETS_AT_HAND, survey)
        return redirect("measures:sent", survey.code)
    context = {"survey": survey, "sheet": sheet, "lines": said_on(sheet), "form": form}
    return render(request, "measures/ask/check.html", context)


@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Thank you; what happens next; and the code to keep, if one was given out."""
    survey = asked_about(request, code)
    given = request.session.get(CODES_AT_HAND, {}).get(str(survey.pk), "")
    context = {
        "survey": survey,
        "given": spelled(given) if given else "",
        "is_more": survey.waves.open().count() > 1,
    }
    return render(request, "measures/ask/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """What is held under one's own code; take it back in one step, after seeing what changes."""
    survey = asked_about(request, code)
    form = TheCode(request.POST or None)
    context: dict[str, Any] = {"survey": survey, "form": form}
    if request.method == "POST" and form.is_valid():
        if limits.has_guessed_too_often(request):
            return take_a_rest(request)
        held = answering.held_under(survey, form.cleaned_data["code"])
        if held is None:
            limits.note_wrong_code(request)
            form.add_error("code", "Nobody answered under this code. Please compare it.")
        elif "take-back" in request.POST:
            return _take_back(request, survey, held.participant.pk)
        else:
            context |= {"held": held, "typed": form.cleaned_data["code"]}
            context["sheets"] = [(sheet, said_on(sheet)) for sheet in held.sheets]
    return render(request, "measures/ask/mine.html", context)


def _take_back(request: HttpRequest, survey: Survey, participant: int) -> HttpResponse:
    from coproduce.measures.actions import taking_back

    taking_back.take_back(participant)
    _take_off(request, SHEETS_AT_HAND, survey)
    _take_off(request, CODES_AT_HAND, survey)
    messages.success(request, "Your answers are deleted. Thank you for having given them.")
    return redirect("measures:mine", survey.code)
