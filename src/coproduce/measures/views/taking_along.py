"""What everybody can take along: the results of a survey as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.measures import results
from coproduce.measures.files import figures
from coproduce.measures.limits import FILES_BY_ADDRESS
from coproduce.measures.models import Survey
from coproduce.measures.onlookers import is_survey_on_show
from coproduce.people.limits import address_of
from coproduce.people.rights import Deed, may, person_of


@never_cache  # a note may be added to a figure at any moment
@require_safe
def figures_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The newest results of a survey that is on show, or one's own to evaluate."""
    survey = _on_show(request, slug)
    wanted = next((each for each in figures.FILES if each.ending == ending), None)
    if wanted is None:
        raise Http404("Results come as CSV, XLSX or JSON.")
    if not FILES_BY_ADDRESS.take(address_of(request)):
        return too_many(request)
    told = results.the_told(survey)
    return as_file(wanted.make(told), f"{slug}-results.{ending}", wanted.kind)


def _on_show(request: HttpRequest, slug: str) -> Survey:
    survey = get_object_or_404(Survey.objects.with_home(), slug=slug)
    is_theirs = may(person_of(request.user), Deed.MEASURE, survey.place)
    if not (is_survey_on_show(survey) or is_theirs):
        raise Http404("There is no such survey on show.")
    return survey


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"wait": "ten minutes"}, status=429)


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",  # copies elsewhere would outlive a correction
        },
    )
