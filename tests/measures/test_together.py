"""Many projects together: pooled from what they published, never from people's answers."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.measures import tasks
from coproduce.measures.evidence import contributions
from coproduce.measures.models import Moment
from coproduce.projects.models import Project, State
from coproduce.trust.models import Figure
from tests import measured
from tests.queued import do_queued

pytestmark = pytest.mark.django_db


def a_reporting_project(number: int, people: int = 12, code: str = "voice") -> None:
    """A project whose people rise by about as much as its number says."""
    survey = measured.a_survey(measured.a_project(f"Project number {number}"))
    asks = [measured.an_instrument(code)]
    first = measured.an_open_wave(survey, instruments=asks)
    measured.everybody(first, [(1 + one % 2, 1 + one % 3) for one in range(people)])
    measured.close(first)
    second = measured.an_open_wave(survey, Moment.AFTER, asks)
    measured.everybody(
        second,
        [
            (1 + one % 2 + (one + number) % 3, min(5, 1 + one % 3 + one % number))
            for one in range(people)
        ],
    )
    measured.close(second)
    do_queued()


def the_pool() -> Figure:
    return Figure.objects.filter(kind="pooled").latest("made_at")


def test_three_projects_are_pooled_with_their_interval(client: Client) -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    figure = the_pool()
    assert "over 3 projects with 36 people, on average" in figure.sentence
    assert figure.value["facts"]["projects"] == 3
    assert figure.value["facts"]["prediction_interval"] is None
    page = client.get(reverse("measures:evidence_list")).content.decode()
    assert "over 3 projects" in page


def test_two_projects_say_how_many_there_are_and_no_average() -> None:
    a_reporting_project(1)
    a_reporting_project(2)
    assert "2 projects with 24 people reported so far" in the_pool().sentence
    assert the_pool().value["facts"]["estimate"] is None


def test_from_five_on_a_further_project_is_foretold(client: Client) -> None:
    for number in range(1, 6):
        a_reporting_project(number)
    assert "In a further project one would expect between" in the_pool().sentence
    address = reverse("measures:evidence_of", args=["voice@1", "heard"])
    page = client.get(address).content.decode()
    assert "<svg" in page
    assert "Project number 3" in page
    assert "before and after" in page


def test_those_who_asked_and_did_not_report_are_counted() -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    silent = measured.a_survey(measured.a_project("The silent one"))
    wave = measured.an_open_wave(silent, instruments=[measured.an_instrument()])
    measured.everybody(wave, [(1, 1)] * 3)
    measured.close(wave)
    a_reporting_project(4)
    assert "1 more project asked and did not report." in the_pool().sentence


def test_a_project_with_fewer_than_ten_is_not_in_it() -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    a_reporting_project(4, people=9)
    assert the_pool().value["facts"]["projects"] == 3


def test_other_questions_are_another_pool() -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    a_reporting_project(4, code="tea")
    things = {figure.release.thing for figure in Figure.objects.filter(kind="pooled")}
    assert things == {"evidence:voice@1:heard", "evidence:tea@1:heard"}


def test_nothing_is_written_twice_when_nothing_is_new() -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    before = Figure.objects.count()
    tasks.pool_everything.call()
    assert Figure.objects.count() == before


def test_every_pool_says_how_we_know_it(client: Client) -> None:
    for number in (1, 2, 3):
        a_reporting_project(number)
    page = client.get(reverse("trust:figure", args=[the_pool().pk]))
    assert page.status_code == 200
    assert "Nobody&#x27;s own answers are used" in page.content.decode()


def test_a_draft_project_does_not_speak() -> None:
    a_reporting_project(1)
    [only] = contributions.of_projects()
    Project.objects.update(state=State.DRAFT, published_at=None)
    assert only.people == 12
    assert contributions.of_projects() == []
