"""On the day: sign in by oneself, by name, from the paper list; and tell how many were there."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.formats.qr import qr_code
from coproduce.gatherings import addresses, evidence, limits, sheets
from coproduce.gatherings.actions import attending
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.at_a_glance import counts_of
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.forms.attending import Here, PaperList, WalkIn
from coproduce.gatherings.inside import things_in
from coproduce.gatherings.models import Attendance, Gathering
from coproduce.gatherings.views.doors import behind, telling
from coproduce.gatherings.views.wait import slow_down
from coproduce.people.models import Person
from coproduce.people.rights import Deed, person_of
from coproduce.people.words import plain_words

FOUND_AT_ONCE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str) -> HttpResponse:
    """Scanned at the door: sign in without an account, by one's code or just so."""
    published = Gathering.objects.published().select_related("place")
    gathering = get_object_or_404(published, code=read_code(code))
    if not attending.doors_are_open(gathering):
        return render(request, "gatherings/here_shut.html", {"gathering": gathering})
    person = person_of(request.user)
    initial = {"name": person.name, "parts": person.parts} if person else {}
    form = Here(request.POST or None, gathering=gathering, initial=initial)
    if request.method != "POST" or not _is_valid(request, form):
        if limits.has_guessed_too_often(request):
            return _take_a_rest(request)
        key = secrets.token_urlsafe(16)
        context = {"gathering": gathering, "form": form, "key": key}
        return render(request, "gatherings/here.html", context)
    if not limits.may_sign_in(request):
        return _take_a_rest(request)
    try:
        attendance = attending.sign_in_yourself(
            gathering,
            form.arrival,
            registration=form.registration,
            person=person,
            key=_key(request),
        )
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("gatherings:gathering", gathering.slug)
    context = {
        "gathering": gathering,
        "name": attendance.person.name if form.registration or person else form.arrival.name,
        "inside": things_in(request, gathering),
    }
    return render(request, "gatherings/here_welcome.html", context)


@never_cache
@behind(Deed.HOST)
@require_safe
def host_day(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The host at the door: the code to scan, a name to find and tap, somebody who walked in."""
    return _day(request, gathering, WalkIn())


@behind(Deed.HOST)
@require_POST
def host_tap(request: HttpRequest, gathering: Gathering, person: Person, code: str) -> HttpResponse:
    """Somebody on the list is here."""
    registration = get_object_or_404(
        gathering.registrations.standing().select_related("gathering", "person"), code=code
    )
    with telling(request, f"{registration.person} is signed in."):
        attending.sign_in(registration, by=person)
    return redirect("gatherings:host_day", gathering.slug)


@behind(Deed.HOST)
@require_POST
def host_walk_in(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Somebody who is not on the list is here."""
    form = WalkIn(request.POST)
    if not form.is_valid():
        return _day(request, gathering, form)
    name = form.arrival.name or "Somebody"
    with telling(request, f"{name} is signed in. Welcome."):
        attending.enter(gathering, [], [form.arrival], by=person)
    return redirect("gatherings:host_day", gathering.slug)


@behind(Deed.HOST)
@require_POST
def host_take_back(
    request: HttpRequest, gathering: Gathering, person: Person, number: int
) -> HttpResponse:
    """The wrong name was tapped."""
    attendance = get_object_or_404(
        gathering.attendances.select_related("gathering", "person"), pk=number
    )
    with telling(request, f"{attendance.person} is not signed in any more."):
        attending.take_back(attendance, by=person)
    return redirect("gatherings:host_day", gathering.slug)


@never_cache
@behind(Deed.HOST)
@require_http_methods(["GET", "HEAD", "POST"])
def host_list_entry(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The paper list, typed in afterwards, everybody at once."""
    form = PaperList(request.POST or None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        came, walk_ins = form.cleaned_data["came"], form.cleaned_data["walk_ins"]
        people = len(came) + len(walk_ins)
        with telling(request, f"{people} {'person is' if people == 1 else 'people are'} entered."):
            attending.enter(gathering, came, walk_ins, by=person)
        return redirect("gatherings:host_day", gathering.slug)
    context = {"gathering": gathering, "form": form, "counts": counts_of(gathering)}
    return render(request, "gatherings/host/list_entry.html", context)


@behind(Deed.HOST)
@require_safe
def host_sheet(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The sign-in sheet to print for the door."""
    way = {"Content-Disposition": f'inline; filename="sign-in-{gathering.slug}.pdf"'}
    pdf = sheets.sign_in_sheet(gathering)
    return HttpResponse(pdf, content_type="application/pdf", headers=way)


@behind(Deed.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def host_tell(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Tell everybody how many were there, once all of them are entered."""
    if request.method == "POST":
        with telling(request, "Told. The numbers stand on the gathering's page."):
            attending.tell_numbers(gathering, by=person)
        return redirect("gatherings:host_day", gathering.slug)
    context = {"gathering": gathering, "counts": counts_of(gathering)}
    return render(request, "gatherings/host/tell.html", context)


def _day(request: HttpRequest, gathering: Gathering, form: WalkIn) -> HttpResponse:
    address = addresses.of_sign_in(gathering)
    sought = plain_words(request.GET.get("q", ""))[:120]
    came = gathering.attendances.select_related("person").order_by("-came_at", "-id")
    here = Attendance.objects.filter(gathering=gathering).values("person")
    awaited = gathering.registrations.standing().exclude(person__in=here)
    if sought:
        awaited = awaited.filter(person__name__icontains=sought) | awaited.filter(
            code=read_code(sought)
        )
    return render(
        request,
        "gatherings/host/day.html",
        {
            "gathering": gathering,
            "counts": counts_of(gathering),
            "form": form,
            "sought": sought,
            "awaited": awaited.select_related("person").order_by("person__name")[:FOUND_AT_ONCE],
            "came": came[:FOUND_AT_ONCE],
            "address": addresses.typed(address),
            "qr": qr_code(address),
            "is_over": gathering.is_over(),
            "is_told": evidence.is_told(gathering),
        },
    )


def _is_valid(request: HttpRequest, form: Here) -> bool:
    """Whether all is right; a code that nobody has counts as a guess."""
    is_valid = form.is_valid()
    if "code" in form.errors:
        limits.note_wrong_code(request)
    return is_valid


def _key(request: HttpRequest) -> UUID | None:
    typed = request.POST.get("key", "")
    if not typed:
        return None
    digest = salted_hmac("coproduce.sign-in", f"{typed}:{limits.browser_of(request)}")
    return UUID(bytes=digest.digest()[:16], version=4)


def _take_a_rest(request: HttpRequest) -> HttpResponse:
    reason = (
        "So many people have signed in from this phone, or so many codes were not ours, that this "
        "page takes a short rest. A host at the door can sign you in."
    )
    return slow_down(request, reason, "ten minutes", limits.WRONG_CODES.seconds)
