"""One page for whoever commissions: figures and a story, their limits, and never a second page."""

import io
import re
from dataclasses import replace

import docx
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import Score
from coproduce.measures.actions import telling_stories
from coproduce.measures.models import Instrument, Moment
from coproduce.projects.models import Project
from coproduce.trust.models import Figure, Where
from tests import cast, measured
from tests.measures.test_evidence import HIGH, LOW, before_and_after, change_of, rows, take_back
from tests.queued import do_queued

pytestmark = pytest.mark.django_db
WORDS = "I hold the key of the hall now."
BOTH = [Where.WEB, Where.REPORT]


def a_measured_project(**channels: object) -> Project:
    survey = measured.a_survey()
    assert survey.project is not None
    telling_stories.let_out(
        measured.a_story(survey.project, **(channels or {"channels": BOTH})), None
    )
    before_and_after(survey=survey)
    return survey.project


def page_of(project: Project) -> str:
    address = reverse("measures:one_page", args=[project.slug])
    return re.sub(r"\s+", " ", Client().get(address).content.decode())


def file_of(project: Project, ending: str) -> bytes:
    answer = Client().get(reverse("measures:one_page_file", args=[project.slug, ending]))
    assert answer.status_code == 200
    return answer.content


def pdf_of(project: Project) -> PdfReader:
    return PdfReader(io.BytesIO(file_of(project, "pdf")))


def text_of(project: Project, ending: str) -> str:
    if ending == "pdf":
        found = "\n".join(page.extract_text() for page in pdf_of(project).pages)
    else:
        document = docx.Document(io.BytesIO(file_of(project, "docx")))
        found = "\n".join(each.text for each in document.paragraphs)
    return re.sub(r"\s+", " ", found)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_file_says_what_changed_what_not_to_conclude_and_a_story(ending: str) -> None:
    project = a_measured_project()
    text = text_of(project, ending)
    assert "That people are heard." in text
    assert "16 of 16 people moved to the better" in text
    assert "not what brought it about" in text
    assert "nobody else was asked beside them" in text
    assert WORDS in text


def test_each_sentence_leads_to_its_figure() -> None:
    project = a_measured_project()
    figures = Figure.objects.filter(kind__in=("flow", "change"))
    page = page_of(project)
    document = docx.Document(io.BytesIO(file_of(project, "docx")))
    links = {each.target_ref for each in document.part.rels.values() if each.is_external}
    for figure in figures:
        address = reverse("trust:figure", args=[figure.id])
        assert address in page
        assert any(link.endswith(address) for link in links)


@pytest.mark.parametrize("channels", [[Where.WEB], [Where.REPORT], []])
def test_a_story_has_to_be_allowed_here_and_in_reports(channels: list[Where]) -> None:
    project = a_measured_project(channels=channels)
    assert WORDS not in page_of(project)
    assert WORDS not in text_of(project, "docx")


def test_a_story_that_was_taken_back_is_in_no_file_made_from_then_on() -> None:
    project = a_measured_project()
    telling_stories.take_back(project.stories.get(), by=None)
    assert WORDS not in text_of(project, "pdf")


def test_a_figure_that_was_corrected_says_so() -> None:
    project = a_measured_project()
    take_back(project.surveys.get(), 1)
    assert change_of(project.surveys.get().waves.get(number=2)).correction
    assert "Somebody who is counted here has taken back" in text_of(project, "pdf")


def test_what_rests_on_few_people_is_not_on_it() -> None:
    survey = measured.a_survey()
    before_and_after(12, 8, survey)
    assert survey.project is not None
    page = page_of(survey.project)
    assert "moved to the better" not in page
    assert "Too few people answered both times" in page


def test_where_nobody_was_asked_it_says_so() -> None:
    assert "nothing is measured" in page_of(measured.a_project())


def test_a_draft_is_its_teams() -> None:
    project = measured.a_project()
    Project.objects.filter(pk=project.pk).update(state="draft", published_at=None)
    address = reverse("measures:one_page_file", args=[project.slug, "pdf"])
    assert Client().get(address).status_code == 404
    assert cast.log_in(Client(), cast.evaluator()).get(address).status_code == 200


def the_longest() -> Project:
    """As much of everything as fits into its fields, and nine outcomes."""
    record = measured.a_record("long", items=9)
    titles = [f"How far people feel that their own voice counts here, number {n}" for n in range(9)]
    scores = tuple(
        Score(f"s{n}", {"en": title}, (f"q{n + 1}",), low=1, high=5)
        for n, title in enumerate(titles)
    )
    made = Instrument.objects.create(
        code="long", version="1", record=write_instrument(replace(record, scores=scores))
    )
    survey = measured.a_survey(measured.a_project("A warm hall where everybody has a say " * 4))
    assert survey.project is not None
    Project.objects.filter(pk=survey.project.pk).update(
        aim="That people who live here are heard by those who decide. " * 60,
        commissioned_by="The integrated care board of somewhere with a long name " * 3,
        decided_because="\n".join(
            ["The hall opens on Sundays, since people asked for it. " * 8] * 6
        ),
    )
    story = measured.a_story(survey.project, channels=BOTH, words="I hold the key. " * 26)
    telling_stories.let_out(story, None)
    first = measured.an_open_wave(survey, instruments=[made])
    measured.everybody(first, [low[:1] * 5 + low[1:] * 4 for low in rows(LOW, 40)])
    measured.close(first)
    second = measured.an_open_wave(survey, Moment.AFTER, [made])
    answered = zip(rows(HIGH, 20), rows(LOW, 20), strict=True)
    measured.everybody(second, [high[:1] * 5 + low[1:] * 4 for high, low in answered])
    measured.close(second)
    do_queued()
    take_back(survey, 1)
    return Project.objects.get(pk=survey.project.pk)


def test_the_longest_of_projects_still_fits_one_page_and_names_what_did_not_fit() -> None:
    project = the_longest()
    assert len(pdf_of(project).pages) == 1
    page = page_of(project)
    assert page.count("moved to the better") >= 4
    assert "Also moved, told on the page of the project" in page
    assert "number 4" in page
    assert "number 8" in page
