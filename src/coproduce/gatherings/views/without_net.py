"""The page for taking notes, where there is no net: its shell, and the worker that keeps it.

The shell holds nobody's words. What was noted is in the browser's own store until it is sent.
"""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.gatherings.forms.said import OneNote, themes_for
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.doors import behind
from coproduce.gatherings.views.said import confidant_of
from coproduce.people.models import Person
from coproduce.people.rights import Deed

LETTERS = "fonts/atkinson-hyperlegible-next-latin"
PARTS = (
    "coproduce.css",
    "icon.svg",
    "js/focus.js",
    "js/notes.js",
    "django_htmx/htmx-2.min.js",
    f"{LETTERS}-400-normal.woff2",
    f"{LETTERS}-400-italic.woff2",
    f"{LETTERS}-700-normal.woff2",
)


@never_cache
@behind(Deed.HOST)
@require_safe
def shell(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The page without a word that anybody said."""
    context = {
        "gathering": gathering,
        "form": OneNote(),
        "themes": themes_for(gathering),
        "confidant": confidant_of(gathering),
        "is_shell": True,
    }
    return render(request, "gatherings/said/notes.html", context)


@behind(Deed.HOST)
@require_safe
def worker(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The service worker of this one page: served beside it, so it reaches nothing else."""
    keeps = {
        "page": reverse("gatherings:notes", args=[gathering.slug]),
        "shell": reverse("gatherings:notes_shell", args=[gathering.slug]),
        "parts": [static(part) for part in PARTS],
    }
    context = {"keeps": json.dumps(keeps, indent=2)}  # addresses of ours: nothing that was typed
    response = render(
        request, "gatherings/said/worker.js", context, content_type="text/javascript; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response
