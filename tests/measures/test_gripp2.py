"""A project told for researchers: what was prefilled and what a person wrote stand apart."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from coproduce.measures.models import Gripp2Text
from coproduce.projects.models import Project
from coproduce.trust.models import Figure, LogEntry
from tests import cast, measured
from tests.measures.test_evidence import before_and_after

pytestmark = pytest.mark.django_db
SECTIONS = ("aim", "methods", "results", "discussion", "reflections")
BAD = "Two carers left because we met in the mornings."


def at(project: Project, name: str = "gripp2") -> str:
    return reverse(f"measures:{name}", args=[project.slug])


def page_of(project: Project) -> str:
    return Client().get(at(project)).content.decode()


def a_measured_project() -> Project:
    survey = measured.a_survey()
    before_and_after(survey=survey)
    assert survey.project is not None
    Project.objects.filter(pk=survey.project.pk).update(
        fixed="The budget", flexible="The hours", decided_because="Sundays too"
    )
    return survey.project


def write(project: Project, **words: str) -> None:
    as_team = cast.log_in(Client(), cast.facilitator())
    as_team.post(at(project, "gripp2_write"), dict.fromkeys(SECTIONS, "") | words)


def text_of(project: Project) -> str:
    answer = Client().get(at(project, "gripp2_file"))
    return "\n".join(each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs)


def test_its_five_sections_are_prefilled_from_records_and_figures() -> None:
    page = page_of(a_measured_project())
    assert [f'<h2 id="{each}">' in page for each in SECTIONS] == [True] * 5
    for told in (
        "That people are heard.",
        "Fixed from the start: The budget.",
        "was written by Four members and the evaluator",
        "Wave 2, after, asked: My voice counts (voice@1).",
        "16 of 16 people moved to the better",
        "Decided because of those who took part: Sundays too",
        "not what brought it about",
    ):
        assert told in page, told


def test_each_prefilled_number_leads_to_its_figure() -> None:
    project = a_measured_project()
    page = page_of(project)
    for figure in Figure.objects.filter(kind__in=("flow", "change")):
        assert reverse("trust:figure", args=[figure.id]) in page


def test_what_a_person_wrote_stands_apart_with_its_day() -> None:
    project = a_measured_project()
    assert page_of(project).count("Nothing has been written here yet.") == 5
    write(project, reflections=BAD)
    page = page_of(project)
    assert page.count("Nothing has been written here yet.") == 4
    _, _, reflections = page.partition('id="reflections"')
    _, _, by_the_team = reflections.partition("Written by the team")
    assert BAD in by_the_team
    assert "Last written on" in by_the_team
    assert LogEntry.objects.filter(deed="write for researchers", thing=project.thing).exists()


def test_only_what_was_changed_gets_a_new_day_and_nothing_written_is_nothing_kept() -> None:
    project = a_measured_project()
    write(project, aim="To be heard.", reflections=BAD)
    Gripp2Text.objects.update(written_on="2026-01-01")
    write(project, aim="To be heard.", reflections=f"{BAD} We changed that.")
    days = dict(Gripp2Text.objects.values_list("section", "written_on"))
    assert f"{days['aim']}" == "2026-01-01"
    assert f"{days['reflections']}" != "2026-01-01"
    write(project)
    assert not Gripp2Text.objects.exists()


def test_the_document_holds_both_and_names_its_source() -> None:
    project = a_measured_project()
    write(project, reflections=BAD)
    text = text_of(project)
    assert "16 of 16 people moved to the better" in text
    assert BAD in text
    assert "Staniszewska" in text


def test_a_project_of_which_nothing_is_known_says_so() -> None:
    page = page_of(measured.a_project())
    assert "Nothing is known here from the records of the project." in page


@pytest.mark.parametrize(("who", "status"), [(cast.member, 403), (cast.evaluator, 200)])
def test_its_team_writes_it(who, status: int) -> None:
    project = measured.a_project()
    answer = cast.log_in(Client(), who()).get(at(project, "gripp2_write"))
    assert answer.status_code == status
