"""Who may see the figures of a survey? Everybody, where it is on show; of a few, its team alone."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from coproduce.measures.models import Survey, Wave
from coproduce.people.rights import Deed, may, person_of

KIND, EVIDENCE = "wave", "evidence"


def page_of(request: HttpRequest, thing: str) -> str | None:
    """The page that the figures of a wave stand on: the rule left with trust."""
    wave_id, _, audience = thing.partition(":")[2].partition(" ")
    wave = Wave.objects.filter(pk=UUID(wave_id)).select_related("survey__place").first()
    if wave is None:
        return None
    survey = wave.survey
    is_team = may(person_of(request.user), Deed.MEASURE, survey.place)
    if audience == "team" or not is_survey_on_show(survey):
        return reverse("measures:results", args=[survey.slug]) if is_team else None
    if survey.project is not None:
        return reverse("projects:project", args=[survey.project.slug])
    assert survey.gathering is not None
    return reverse("gatherings:gathering", args=[survey.gathering.slug])


def is_survey_on_show(survey: Survey) -> bool:
    """Whether strangers may know of its project or its gathering."""
    if survey.project is not None:
        return survey.project.is_published
    return survey.gathering is not None and not survey.gathering.is_draft


def page_of_evidence(request: HttpRequest, thing: str) -> str:
    """What many projects say together is everybody's to see."""
    _, instrument, score = thing.split(":")
    return reverse("measures:evidence_of", args=[instrument, score])
