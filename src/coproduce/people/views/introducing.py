"""Introductions: asked from the directory, answered by a link sent to one's own address."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.people import introductions
from coproduce.people.actions import introducing
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.doors import signed_in, who_is_there
from coproduce.people.forms.introducing import Asking
from coproduce.people.models import Introduction, Listing
from coproduce.people.models.introducing import KEPT_DAYS
from coproduce.people.views.doors import telling


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: HttpRequest, listing: int) -> HttpResponse:
    """Say why, and ask a first question; the other hears of it by their own channel."""
    person = who_is_there(request)
    if not person.memberships.current().exists():
        raise PermissionDenied("Introductions are for members. Join a place of the network first.")
    found = get_object_or_404(Listing.objects.found().select_related("person"), pk=listing)
    form = Asking(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            introducing.ask(person, found, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"{found.person} is asked. You hear from us either way.")
            return redirect("people:you_introductions")
    context = {"form": form, "listing": found, "days": KEPT_DAYS}
    return render(request, "people/introduce.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no. A look alone changes nothing, since programs look at links too."""
    found = introductions.behind(token)
    if found is None:
        raise Http404("This is no link of ours, or the question was taken back.")
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in ("yes", "no"):
        done = "Each of you gets the other’s address." if said == "yes" else "They hear: not now."
        with telling(request, done):
            introducing.answer(found, yes=said == "yes")
        return redirect("people:introduction", token)
    return render(request, "people/introduction.html", {"introduction": found})


@never_cache
@signed_in
@require_safe
def you_introductions(request: HttpRequest) -> HttpResponse:
    """Whom one asked, and who asks."""
    person = who_is_there(request)
    to_me = person.introductions_to_me.open().select_related("asker")
    context = {
        "mine": person.introductions_asked_for.select_related("asked").order_by("-asked_at"),
        "to_me": [(each, introductions.token(each)) for each in to_me],
        "days": KEPT_DAYS,
    }
    return render(request, "people/you/introductions.html", context)


@signed_in
@require_POST
def introduction_back(request: HttpRequest, introduction: UUID) -> HttpResponse:
    person = who_is_there(request)
    found = get_object_or_404(Introduction, pk=introduction, asker=person)
    with telling(request, "It is taken back, and nothing of it stays."):
        introducing.take_back(found, by=person)
    return redirect("people:you_introductions")
