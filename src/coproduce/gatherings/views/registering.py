"""Coming to a gathering: register on one page, check, see or cancel it by one's own code."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.gatherings import calendar, limits
from coproduce.gatherings.actions import registering
from coproduce.gatherings.actions.afterwards import may_answer
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.waiting import is_full
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.forms.registering import Changing, Coming, TheCode
from coproduce.gatherings.inside import things_in
from coproduce.gatherings.models import Gathering, Presence, Registration
from coproduce.gatherings.telling import spelled
from coproduce.gatherings.views.doors import behind
from coproduce.gatherings.views.shown import on_show
from coproduce.gatherings.views.wait import slow_down, take_a_rest
from coproduce.people.actions.needing import can_be_read, own_needs
from coproduce.people.models import Part, Person
from coproduce.people.rights import Deed, person_of

NO_SUCH_CODE = (
    "No registration goes by this code. Please compare it letter by letter: there are no vowels, "
    "and no 0 or 1."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who comes and what they need; check it; send it. Nothing is kept before that."""
    gathering = on_show(request, slug)
    if gathering.is_over() or not gathering.is_published:
        return redirect("gatherings:gathering", slug)
    person = person_of(request.user)
    return _steps(request, gathering, person=person, by=None)


@behind(Deed.HOST)
@require_http_methods(["GET", "HEAD", "POST"])
def host_register(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A host puts somebody down who asked on the telephone or at the door."""
    if gathering.is_over() or not gathering.is_published:
        messages.warning(request, "Nobody can register for this gathering now.")
        return redirect("gatherings:host", gathering.slug)
    return _steps(request, gathering, person=None, by=person)


def _steps(
    request: HttpRequest, gathering: Gathering, *, person: Person | None, by: Person | None
) -> HttpResponse:
    form = Coming(request.POST or None, gathering=gathering, initial=_known(person, request))
    context = {"gathering": gathering, "form": form, "by": by, "key": request.POST.get("key")}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        if "change" in request.POST:  # their own words again, and nothing to be told about them
            form = Coming(gathering=gathering, initial=_as_initial(form))
        context |= {"form": form, "key": secrets.token_urlsafe(16)}
        return render(request, "gatherings/register.html", context)
    if "send" not in request.POST:
        typed = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
        waits = is_full(gathering, form.answers.presence)
        context |= {"said": said(form), "kept": typed, "waits": waits}
        return render(request, "gatherings/register_check.html", context)
    if by is None and not limits.may_register(request, form.answers.address):
        return _so_many(request)
    return _send(request, gathering, form, person=person, by=by)


def _send(
    request: HttpRequest,
    gathering: Gathering,
    form: Coming,
    *,
    person: Person | None,
    by: Person | None,
) -> HttpResponse:
    try:
        registration = registering.register(
            gathering, form.answers, person=person, assisted_by=by, key=_key(request)
        )
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("gatherings:gathering", gathering.slug)
    if by is not None:
        name = registration.person.name or "Somebody"
        messages.success(
            request, f"{name} is down. Their code: {spelled(registration.code)}. Please tell them."
        )
        return redirect("gatherings:host_people", gathering.slug)
    return redirect("gatherings:coming", registration.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coming_form(request: HttpRequest) -> HttpResponse:
    """Type the code of a registration to see or cancel it."""
    form = TheCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.has_guessed_too_often(request):
            return take_a_rest(request)
        code = read_code(form.cleaned_data["code"])
        if Registration.objects.filter(code=code).exists():
            return redirect("gatherings:coming", code)
        limits.note_wrong_code(request)
        form.add_error("code", NO_SUCH_CODE)
    return render(request, "gatherings/coming_form.html", {"form": form})


@never_cache
@require_safe
def coming(request: HttpRequest, code: str) -> HttpResponse:
    """One registration, for whoever has its code: to print, with the join link if on the line."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    gathering = registration.gathering
    is_line = registration.presence == Presence.LINE
    return render(
        request,
        "gatherings/coming.html",
        {
            "registration": registration,
            "gathering": gathering,
            "code": spelled(registration.code),
            "is_over": gathering.is_over(),
            "join_link": gathering.join_link if is_line and registration.is_coming else "",
            "is_line": is_line,
            "inside": things_in(request, gathering),
            "may_answer": may_answer(registration),
        },
    )


@never_cache
@require_safe
def coming_ics(request: HttpRequest, code: str) -> HttpResponse:
    """The gathering for their calendar, with the join link if they are on the line."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    file = calendar.for_registration(registration)
    way = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=f"{file.kind}; charset=utf-8", headers=way)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coming_change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, need, diet or way to be reached, for whoever has the code."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    form = Changing(request.POST or None, registration=registration, initial=_as_told(registration))
    if request.method == "POST" and form.is_valid():
        if not limits.may_register(request, form.changes.address):
            return _so_many(request)
        try:
            registering.change(registration, form.changes)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "It is kept as you have it now.")
        return redirect("gatherings:coming", registration.code)
    context = {"registration": registration, "gathering": registration.gathering, "form": form}
    return render(request, "gatherings/coming_change.html", context)


def _as_told(registration: Registration) -> dict[str, object]:
    """What they told before; of a need or a diet whose key is lost, nothing."""
    person, reach = registration.person, registration.reach
    told: dict[str, object] = {
        "name": person.name,
        "channel": reach.channel if reach else "",
        "address": reach.address if reach else "",
        "diet": registration.diet,
    }
    if person.user_id is None and (needs := own_needs(person)) and can_be_read(needs[-1]):
        told |= {"need": needs[-1].words, "need_may_be_shared": needs[-1].may_be_shared}
    return told


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coming_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel, after one question whether that is meant."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    if request.method == "POST":
        try:
            registering.cancel(registration)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "Your registration is cancelled. Thank you for telling us.")
        return redirect("gatherings:coming", registration.code)
    context = {"registration": registration, "gathering": registration.gathering}
    return render(request, "gatherings/coming_cancel.html", context)


def said(form: Coming) -> list[tuple[str, str]]:
    """Question and answer, line by line, to be checked once more."""
    answers = form.answers
    parts = dict(Part.choices)
    reached = answers.channel.label if answers.channel else "Not at all: I note down my code"
    lines = [
        ("Called", answers.name or "No name"),
        ("There", answers.presence.label),
        ("Reached", f"{reached}: {answers.address}" if answers.address else reached),
        ("Needs", answers.need or "Nothing said"),
    ]
    if answers.need:
        shared = "Coordinators of this place and the hosts"
        kept = "Coordinators of this place alone"
        lines.append(("Who reads that", shared if answers.need_may_be_shared else kept))
    if "diet" in form.fields:
        lines.append(("Cannot eat", answers.diet or "Nothing said"))
    brought = ", ".join(parts[part] for part in answers.parts)
    return [*lines, ("Brings", brought or "Nothing said")]


def _known(person: Person | None, request: HttpRequest) -> dict[str, object]:
    """What a signed-in person has told before, so that they need not type it again."""
    if person is None:
        return {"channel": "email"}
    reach = person.reaches.working().first()
    account = person.user.email if person.user else ""
    return {
        "name": person.name,
        "parts": person.parts,
        "channel": reach.channel if reach else "email",
        "address": reach.address if reach else account,
    }


def _as_initial(form: Coming) -> dict[str, object]:
    return {name: form[name].value() for name in form.fields}


def _key(request: HttpRequest) -> UUID | None:
    """The name of this sending of the form: the same browser sending it twice gives it twice."""
    typed = request.POST.get("key", "")
    if not typed:
        return None
    digest = salted_hmac("coproduce.registration", f"{typed}:{limits.browser_of(request)}")
    return UUID(bytes=digest.digest()[:16], version=4)


def by_code(request: HttpRequest, typed: str) -> Registration | HttpResponse:
    """The registration with this code; guessing is slowed down."""
    if limits.has_guessed_too_often(request):
        return take_a_rest(request)
    found = Registration.objects.select_related("gathering__place", "person", "reach")
    registration = found.filter(code=read_code(typed)).first()
    if registration is None:
        limits.note_wrong_code(request)
        form = TheCode(initial={"code": typed[:40]})
        context = {"form": form, "is_unknown": True}
        return render(request, "gatherings/coming_form.html", context, status=404)
    return registration


def _so_many(request: HttpRequest) -> HttpResponse:
    reason = (
        "Ten people have been registered from here within an hour. Thank you! To put more people "
        "down, sign in as a host, or ask the hosts to do it."
    )
    return slow_down(request, reason, "up to an hour", limits.REGISTRATIONS.seconds)
