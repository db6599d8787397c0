"""What was said: taking notes in the room, looking at them again, and drawing insights."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from coproduce.formats.errors import BadFile
from coproduce.gatherings import voices_shown
from coproduce.gatherings.actions import bringing_in, insights, noting, reporting_back
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.forms.said import (
    Answering,
    MergeInto,
    NotesFile,
    OneInsight,
    OneNote,
    OneVoice,
    OneWorry,
    Outcome,
    PastedPosts,
    Posts,
    SplitInto,
    themes_for,
)
from coproduce.gatherings.models import Gathering, Insight, ReportBack, Voice, Worry
from coproduce.gatherings.views.doors import behind, telling
from coproduce.people.models import Membership, Person, Role
from coproduce.people.rights import Deed

NEWEST = 12


# Taking notes


@behind(Deed.HOST)
def notes(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """One field, Enter, the next one. What somebody told the last note stays chosen."""
    form = OneNote(request.POST or None, initial=_as_last_time(request))
    if request.method == "POST" and form.is_valid():
        with telling(request, "Noted."):
            noting.take_notes(gathering, [form.note(gathering)], by=person)
        _remember(request, form)
        return redirect("gatherings:notes", gathering.slug)
    newest = gathering.voices.listed().prefetch_related("themes").order_by("-said_at", "-id")
    return render(
        request,
        "gatherings/said/notes.html",
        {
            "gathering": gathering,
            "form": form,
            "themes": themes_for(gathering),
            "newest": newest[:NEWEST],
            "count": gathering.voices.listed().count(),
            "confidant": confidant_of(gathering),
        },
    )


@behind(Deed.HOST)
@require_POST
def notes_sync(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """What a phone kept while it was off the net. Each note comes once, however often it is sent.

    Answers which are kept now, and which cannot be and why, so that the phone loses none.
    """
    try:
        sent = json.loads(request.body)["notes"]
        found = [(UUID(str(each["key"])), each) for each in sent]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "These are not notes as this page sends them."}, status=400)
    kept: list[str] = []
    refused: dict[str, str] = {}
    for key, each in found[: noting.MOST_AT_ONCE]:
        form = OneNote({**each, "key": str(key)} if isinstance(each, dict) else {})
        why = _keep_one(form, gathering, person, said_at=_time(each))
        if why:
            refused[str(key)] = why
        else:
            kept.append(str(key))
    return JsonResponse({"kept": kept, "refused": refused})


def _keep_one(
    form: OneNote, gathering: Gathering, person: Person, *, said_at: datetime | None
) -> str:
    """Why a note cannot be kept, or nothing."""
    if not form.is_valid():
        return " ".join(str(each) for errors in form.errors.values() for each in errors)
    note = form.note(gathering)
    try:
        noting.take_notes(gathering, [Note(**{**vars(note), "said_at": said_at})], by=person)
    except NotPossible as reason:
        return str(reason)
    return ""


def _time(each: dict[str, Any]) -> datetime | None:
    try:
        found = parse_datetime(str(each.get("said_at", "")))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _as_last_time(request: HttpRequest) -> dict[str, Any]:
    remembered: dict[str, Any] = request.session.get("last_note", {})
    return remembered


def _remember(request: HttpRequest, form: OneNote) -> None:
    stays = ("source", "part", "question", "is_verbatim")
    request.session["last_note"] = {name: form.cleaned_data[name] for name in stays}


@behind(Deed.HOST)
def notes_file(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Voices from a file: first what is in it and what is wrong, then all of it or nothing."""
    form = NotesFile(request.POST or None, request.FILES or None)
    read = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = bringing_in.look_into(file, gathering)
            if not read.problems:
                file.seek(0)
                added = bringing_in.bring_in(file, gathering, by=person)
                messages.success(request, _brought_in(added, len(read.said)))
                return redirect("gatherings:notes", gathering.slug)
        except (BadFile, NotPossible) as problem:
            form.add_error("file", str(problem))
    return render(
        request,
        "gatherings/said/file.html",
        {
            "gathering": gathering,
            "form": form,
            "pasting": PastedPosts(),
            "read": read,
            "known": bringing_in.ALLOWED,
        },
    )


@behind(Deed.HOST)
def notes_posts(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Posts that a host pasted: looked at first, one by one, then brought in."""
    pasting = PastedPosts(request.POST if "pasted" in request.POST else None)
    posts = None
    if "form-TOTAL_FORMS" in request.POST:
        posts = Posts(request.POST)
        if posts.is_valid():
            try:
                looked_at = [each.post() for each in posts]
                added = bringing_in.bring_in_posts(looked_at, gathering, by=person)
                messages.success(request, _brought_in(added, len(looked_at)))
                return redirect("gatherings:notes", gathering.slug)
            except NotPossible as reason:
                messages.warning(request, str(reason))
    elif pasting.is_valid():
        posts = Posts(initial=[vars(post) for post in pasting.cleaned_data["pasted"]])
    context = {"gathering": gathering, "pasting": pasting, "posts": posts}
    return render(request, "gatherings/said/posts.html", context)


def _brought_in(added: int, rows: int) -> str:
    if added == rows:
        return f"{added} voice{'s are' if added != 1 else ' is'} brought in."
    return f"{added} of {rows} voices are brought in; the others were here already."


# One voice


@behind(Deed.HOST)
def voice(
    request: HttpRequest, gathering: Gathering, person: Person, voice_id: UUID
) -> HttpResponse:
    """One voice looked at again: read back to the speaker, sorted under themes."""
    found = _voice(gathering, voice_id)
    kept = {"words": found.words, "themes": found.themes.all(), "permission": found.permission}
    is_post = found.source == Voice.Source.SOCIAL
    form = OneVoice(request.POST or None, initial=kept, gathering=gathering, is_post=is_post)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with telling(request, "The voice is kept as you have it now."):
            noting.reword(found, typed["words"], by=person, is_checked=typed["is_checked"])
            noting.sort_under(found, list(typed["themes"]), by=person)
            if typed["card"]:
                noting.attribute(found, typed["card"], by=person)
            if typed.get("permission", found.permission) != found.permission:
                answered = Voice.Permission(typed["permission"] or Voice.Permission.NOT_ASKED)
                noting.note_permission(found, answered, by=person)
        return redirect("gatherings:notes", gathering.slug)
    return render(
        request,
        "gatherings/said/voice.html",
        {
            "gathering": gathering,
            "voice": found,
            "form": form,
            "worrying": OneWorry(),
            "why_not": voices_shown.why_not(found),
            "confidant": confidant_of(gathering),
            "answers": found.report_backs.all(),
        },
    )


@behind(Deed.HOST)
def answer_voice(
    request: HttpRequest, gathering: Gathering, person: Person, voice_id: UUID
) -> HttpResponse:
    """Say what came of what one person said."""
    found = _voice(gathering, voice_id)
    form = Answering(request.POST or None)
    form.fields["words"].help_text = "Whoever said it hears it, in the way they chose."
    if request.method == "POST" and form.is_valid():
        kind, words = ReportBack.Kind(form.cleaned_data["kind"]), form.cleaned_data["words"]
        with telling(request, "It is answered. Whoever said it hears of it now."):
            reporting_back.answer_voice(found, kind, words, by=person)
        return redirect("gatherings:voice", gathering.slug, voice_id)
    return render(
        request,
        "gatherings/said/answer_voice.html",
        {"gathering": gathering, "voice": found, "form": form},
    )


@behind(Deed.HOST)
@require_POST
def worry(
    request: HttpRequest, gathering: Gathering, person: Person, voice_id: UUID
) -> HttpResponse:
    """I am worried about this: out of every list, and before a named human."""
    form = OneWorry(request.POST)
    if form.is_valid():
        confidant = confidant_of(gathering)
        who = confidant.name if confidant and confidant.name else "whoever coordinates your place"
        with telling(request, f"It is out of every list until {who} has looked at it."):
            noting.worry(
                _voice(gathering, voice_id),
                by=person,
                for_person=confidant,
                note=form.cleaned_data["note"],
            )
    return redirect("gatherings:notes", gathering.slug)


@behind(Deed.HOST)
@require_POST
def take_back(
    request: HttpRequest, gathering: Gathering, person: Person, voice_id: UUID
) -> HttpResponse:
    with telling(request, "It is taken back: its words are gone from here."):
        noting.take_back(_voice(gathering, voice_id), by=person)
    return redirect("gatherings:notes", gathering.slug)


@behind(Deed.LOOK_AFTER_WORRIES)
@require_safe
def worries(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """What somebody is worried about here, for those whom the place trusts with it."""
    raised = Worry.objects.filter(voice__gathering=gathering).select_related(
        "voice", "raised_by", "for_person"
    )
    return render(
        request,
        "gatherings/said/worries.html",
        {
            "gathering": gathering,
            "open": [(each, Outcome(prefix=str(each.pk))) for each in raised.unresolved()],
            "resolved": raised.exclude(resolved_at=None),
        },
    )


@behind(Deed.LOOK_AFTER_WORRIES)
@require_POST
def resolve(request: HttpRequest, gathering: Gathering, person: Person, worry: int) -> HttpResponse:
    raised = get_object_or_404(Worry, pk=worry, voice__gathering=gathering)
    form = Outcome(request.POST, prefix=str(worry))
    if form.is_valid():
        with telling(request, "It is written down what came of it."):
            noting.resolve(raised, by=person, **form.cleaned_data)
    else:
        messages.warning(request, "Write down what you did, if only that you looked at it.")
    return redirect("gatherings:worries", gathering.slug)


def confidant_of(gathering: Gathering) -> Person | None:
    """The human of this place whom a worry is put before: who coordinates it, longest first."""
    for place in gathering.place.upwards():
        trusted = Membership.objects.current().filter(
            place=place, role__in=(Role.COORDINATOR, Role.CONVENOR)
        )
        first = trusted.select_related("person").order_by("since", "pk").first()
        if first is not None:
            return first.person
    return None


# Insights


@behind(Deed.HOST)
def workbench(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """All voices of a gathering by theme, and the insights drawn from them so far."""
    form = OneInsight(request.POST or None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        with telling(request, "The insight stands."):
            insights.draw(form.drawn(), by=person, place=gathering.place, gathering=gathering)
        return redirect("gatherings:insights", gathering.slug)
    voices = gathering.voices.listed().prefetch_related("themes", "insights")
    return render(
        request,
        "gatherings/said/insights.html",
        {
            "gathering": gathering,
            "form": form,
            "voices": voices,
            "insights": _standing(gathering),
            "undrawn": sum(not each.insights.all() for each in voices),
            "unshown": Insight.objects.standing()
            .filter(gathering=gathering, shown_at=None)
            .count(),
        },
    )


@behind(Deed.HOST)
def insight(
    request: HttpRequest, gathering: Gathering, person: Person, insight_id: UUID
) -> HttpResponse:
    """One insight: its words, its voices, and what it was before."""
    found = get_object_or_404(Insight, pk=insight_id, gathering=gathering)
    kept = {
        "words": found.words,
        "theme": found.theme,
        "sector": found.sector,
        "voices": found.voices.all(),
    }
    form = OneInsight(request.POST or None, initial=kept, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        with telling(request, "The insight is kept as you have it now."):
            insights.edit(found, _with_unlisted(found, form.drawn()), by=person)
        return redirect("gatherings:insights", gathering.slug)
    return render(
        request,
        "gatherings/said/insight.html",
        {
            "gathering": gathering,
            "insight": found,
            "form": form,
            "merging": MergeInto(insight=found),
            "changes": found.changes.all(),
            "answers": found.report_backs.all(),
        },
    )


def _with_unlisted(found: Insight, drawn: insights.Drawn) -> insights.Drawn:
    """A voice that is out of every list cannot be ticked, and is not let go of unseen."""
    unlisted = found.voices.exclude(pk__in=Voice.objects.listed().filter(insights=found))
    return replace(drawn, voices=[*drawn.voices, *unlisted])


@behind(Deed.HOST)
@require_POST
def merge(
    request: HttpRequest, gathering: Gathering, person: Person, insight_id: UUID
) -> HttpResponse:
    found = get_object_or_404(Insight, pk=insight_id, gathering=gathering)
    form = MergeInto(request.POST, insight=found)
    if form.is_valid():
        with telling(request, "The two are one now, with the voices of both."):
            insights.merge(found, form.cleaned_data["into"], by=person)
    else:
        messages.warning(request, "Choose the insight that makes the same point.")
    return redirect("gatherings:insights", gathering.slug)


@behind(Deed.HOST)
def split(
    request: HttpRequest, gathering: Gathering, person: Person, insight_id: UUID
) -> HttpResponse:
    """Several of one: each voice goes to one of the sentences."""
    found = get_object_or_404(Insight.objects.standing(), pk=insight_id, gathering=gathering)
    voices = list(found.voices.listed())
    count = _parts_asked_for(request)
    is_growing = "more" in request.POST
    typed = None if is_growing else request.POST or None
    form = SplitInto(typed, insight=found, voices=voices, count=count)
    if is_growing:
        form.keep(request.POST)
    elif request.method == "POST" and form.is_valid():
        try:
            parts = insights.split(found, form.parts(), by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"There are {len(parts)} insights now.")
            return redirect("gatherings:insights", gathering.slug)
    return render(
        request,
        "gatherings/said/split.html",
        {"gathering": gathering, "insight": found, "form": form},
    )


def _parts_asked_for(request: HttpRequest) -> int:
    """How many sentences the page has: two, and one more each time that somebody wants one."""
    asked = request.POST.get("count", "")
    count = int(asked) if asked in map(str, range(2, SplitInto.MOST + 1)) else 2
    return min(count + ("more" in request.POST), SplitInto.MOST)


@behind(Deed.HOST)
def answer(
    request: HttpRequest, gathering: Gathering, person: Person, insight_id: UUID
) -> HttpResponse:
    """Say what came of an insight: we did, we are doing, we cannot, because."""
    found = get_object_or_404(Insight.objects.standing(), pk=insight_id, gathering=gathering)
    form = Answering(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, words = ReportBack.Kind(form.cleaned_data["kind"]), form.cleaned_data["words"]
        with telling(request, "It is answered. Everybody behind it hears of it now."):
            reporting_back.report_back(found, kind, words, by=person)
        return redirect("gatherings:insight", gathering.slug, insight_id)
    return render(
        request,
        "gatherings/said/answer.html",
        {"gathering": gathering, "insight": found, "form": form},
    )


def _standing(gathering: Gathering) -> Any:
    listed = Prefetch("voices", queryset=Voice.objects.listed())
    standing = Insight.objects.standing().filter(gathering=gathering)
    return standing.select_related("theme").prefetch_related(listed)


def _voice(gathering: Gathering, voice_id: UUID) -> Voice:
    return get_object_or_404(gathering.voices.filter(taken_back_at=None), pk=voice_id)
