"""What came of a survey, for those who run it: also what rests on five to nine people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduce.measures import results
from coproduce.measures.models import Survey
from coproduce.measures.views.doors import behind_survey
from coproduce.people.models import Person


@behind_survey
@require_safe
def survey_results(request: HttpRequest, survey: Survey, person: Person) -> HttpResponse:
    [told] = results.told_of([survey])
    team = results.results_of(survey, team=True)
    context = {"survey": survey, "told": told, "team": team}
    return render(request, "measures/evaluate/results.html", context)
