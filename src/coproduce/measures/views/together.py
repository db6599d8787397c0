"""What many projects say together: all of it, and each thing by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduce.measures import together_shown
from coproduce.measures.evidence.contributions import Measured
from coproduce.measures.evidence.subjects import thing_of


@require_safe
def evidence_list(request: HttpRequest) -> HttpResponse:
    return render(request, "measures/evidence/list.html", {"pools": together_shown.pools()})


@require_safe
def evidence_of(request: HttpRequest, instrument: str, score: str) -> HttpResponse:
    """One thing: its forest, how the answer grew, and the projects behind it."""
    found = together_shown.pools(thing_of(Measured(instrument, score)))
    if not found:
        raise Http404("No project has published anything about this yet.")
    return render(request, "measures/evidence/one.html", {"pool": found[0]})
