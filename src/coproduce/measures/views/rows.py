"""Rows of answers leave by two people: the pages on which one asks and another agrees."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.formats.instruments.record import in_language
from coproduce.measures.actions import letting_rows_go
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.evidence import rows as choosing
from coproduce.measures.files.rows import KIND
from coproduce.measures.forms.rows import AskForRows
from coproduce.measures.models import RowsAsked, Wave
from coproduce.measures.views.doors import behind_wave, telling
from coproduce.people.models import Person
from coproduce.trust import second_person
from coproduce.trust.models import Request
from coproduce.trust.views import download


@dataclass(frozen=True)
class Asked:
    """A question as this person sees it: who asked, who agreed, and what they may do."""

    request: Request
    marked: tuple[str, ...]
    asked_by: str
    agreed_by: str
    is_agreed: bool
    may_agree: bool
    may_fetch: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@behind_wave
def rows(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """What could happen, what has been asked, and the form to ask."""
    form = AskForRows(request.POST or None, wave=wave)
    if request.method == "POST" and form.is_valid():
        why, marked = form.cleaned_data["why"], form.cleaned_data["marked"]
        with telling(request, "Asked. Now another person of the team has to agree to it here."):
            letting_rows_go.ask(wave, why=why, marked=marked, by=person)
        return redirect("measures:rows", wave.survey.slug, wave.number)
    questions = choosing.counted(wave)
    words = {each.key: in_language(each.item.wording, "en") for each in questions}
    context = {
        "survey": wave.survey,
        "wave": wave,
        "form": form,
        "asked": [_as_seen(each, words, person) for each in letting_rows_go.asked_for(wave)],
        "known": [words[each.key] for each in questions if choosing.is_known_anyway(each)],
    }
    return render(request, "measures/evaluate/rows.html", context)


@require_POST
@behind_wave
def agree_to_rows(
    request: HttpRequest, wave: Wave, person: Person, request_id: UUID
) -> HttpResponse:
    with telling(request, "You agreed. Both of you can now fetch the rows."):
        letting_rows_go.agree(wave, request_id, by=person)
    return redirect("measures:rows", wave.survey.slug, wave.number)


@require_POST
@behind_wave
def rows_file(request: HttpRequest, wave: Wave, person: Person, request_id: UUID) -> HttpResponse:
    try:
        packed = letting_rows_go.hand_out(wave, request_id, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("measures:rows", wave.survey.slug, wave.number)
    return download(packed, f"{wave.survey.slug}-wave-{wave.number}-rows.zip", KIND)


def _as_seen(rows: RowsAsked, words: dict[str, str], person: Person) -> Asked:
    asked, is_agreed = rows.request, second_person.is_agreed(rows.request)
    return Asked(
        request=asked,
        marked=tuple(words.get(key, key) for key in rows.marked),
        asked_by=_name(asked.asked_by, person),
        agreed_by=_name(asked.agreed_by, person) if asked.agreed_by else "",
        is_agreed=is_agreed,
        may_agree=not is_agreed and asked.asked_by != person.id,
        may_fetch=is_agreed and person.id in (asked.asked_by, asked.agreed_by),
    )


def _name(person_id: UUID, reader: Person) -> str:
    if person_id == reader.id:
        return "you"
    somebody = Person.objects.filter(pk=person_id).first()
    return str(somebody) if somebody else "somebody who has left"
