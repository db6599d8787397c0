"""Announcements: write, look once more, send, see what became of it, print the letters."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.people.actions import announcing
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.forms.announcing import CameBack, Words
from coproduce.people.letters import files_of, letters_pdf
from coproduce.people.models import Announcement, Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind, telling


@never_cache
@behind(Deed.KEEP_CONTACTS)
def announcements(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    form = CameBack(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["addresses"].splitlines()
        try:
            marked = announcing.mark_came_back(place, typed, by=person)
        except NotPossible as reason:
            form.add_error("addresses", str(reason))
        else:
            messages.success(request, f"Addresses that are not tried again: {marked}.")
            return redirect("people:announcements", place.slug)
    context = {
        "place": place,
        "form": form,
        "announcements": place.announcements.all(),
        "hearing": len(announcing.audience(place)),
    }
    return render(request, "people/announcements/list.html", context)


@behind(Deed.KEEP_CONTACTS)
def announcement_new(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    form = Words(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = announcing.write(place, by=person, **form.cleaned_data)
        return redirect("people:announcement", place.slug, written.pk)
    return render(request, "people/announcements/words.html", {"place": place, "form": form})


@behind(Deed.KEEP_CONTACTS)
def announcement_words(
    request: HttpRequest, place: Place, person: Person, announcement: UUID
) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=announcement, place=place)
    kept = {"subject": found.subject, "words": found.words}
    form = Words(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        with telling(request, "The words are changed."):
            announcing.reword(found, by=person, **form.cleaned_data)
        return redirect("people:announcement", place.slug, found.pk)
    context = {"place": place, "form": form, "announcement": found}
    return render(request, "people/announcements/words.html", context)


@never_cache
@behind(Deed.KEEP_CONTACTS)
@require_safe
def announcement(
    request: HttpRequest, place: Place, person: Person, announcement: UUID
) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=announcement, place=place)
    context = {
        "place": place,
        "announcement": found,
        "hearing": len(announcing.audience(place)),
        "became": announcing.what_became(found),
        "waiting": found.dispatches.waiting().count(),
        "files": range(1, files_of(found) + 1),
    }
    return render(request, "people/announcements/announcement.html", context)


@behind(Deed.KEEP_CONTACTS)
@require_POST
def announcement_send(
    request: HttpRequest, place: Place, person: Person, announcement: UUID
) -> HttpResponse:
    """Send it; or, once sent, try those again who wait for it."""
    found = get_object_or_404(Announcement, pk=announcement, place=place)
    with telling(request, "It is on its way. Look here again in a minute."):
        if found.sent_at:
            announcing.send_the_rest(found, by=person)
        else:
            announcing.send(found, by=person)
    return redirect("people:announcement", place.slug, found.pk)


@behind(Deed.KEEP_CONTACTS)
@require_safe
def announcement_letters(
    request: HttpRequest, place: Place, person: Person, announcement: UUID, number: int
) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=announcement, place=place)
    if not 1 <= number <= files_of(found):
        raise Http404("There are no such letters to print.")
    record_deed("print letters", found.thing, person)
    pdf = letters_pdf(found, number)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="letters-{number}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
