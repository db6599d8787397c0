"""From a survey to what changed: made, opened, answered on phones, closed, read; and taken back."""

import pytest
from playwright.sync_api import Page

from coproduce.measures.models import Moment, Sheet
from coproduce.trust.models import Figure
from tests import cast, measured
from tests.journeys.conftest import PHONE, Check, PageAt, come_in, follow, follow_by_keyboard
from tests.queued import do_queued

pytestmark = pytest.mark.django_db

BEFORE = [(1, 2), (2, 2), (2, 3), (3, 3)]
AFTER = [(3, 4), (3, 3), (4, 5), (4, 5)]


def test_an_evaluator_asks_before_and_after_and_tells_what_changed(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    project = measured.a_project()
    measured.an_instrument()
    desk = come_in(page_at(), site, cast.evaluator())
    make_a_survey(desk, site, assert_well_made)
    add_and_open_a_wave(desk, "before", assert_well_made)
    survey = project.surveys.get()
    answer_on_a_phone(page_at(PHONE, 640), site, survey.code, assert_well_made)
    measured.everybody(survey.waves.get(), [BEFORE[n % 4] for n in range(12)], first=1)
    close_the_wave(desk, assert_well_made)
    second = measured.an_open_wave(survey, Moment.AFTER)
    measured.everybody(second, [AFTER[n % 4] for n in range(12)], first=1)
    measured.close(second)
    do_queued()
    stranger = page_at(PHONE, 640)
    stranger.goto(f"{site}/projects/{project.slug}/")
    assert "Of 13 people who answered before" not in stranger.content()  # one alone left
    assert stranger.get_by_text("on a scale from 1 to 5").count() == 1
    assert stranger.locator("svg[role=img]").count() >= 1
    assert_well_made(stranger)
    follow(stranger.get_by_role("link", name="How do we know this? My voice counts"))
    assert stranger.get_by_text("Only people who answered both times are compared").count() == 1


def make_a_survey(desk: Page, site: str, well_made: Check) -> None:
    desk.goto(f"{site}/evaluate/")
    well_made(desk)
    follow(desk.get_by_role("link", name="Make a survey for “A warm hall”"))
    follow(desk.get_by_role("button", name="Keep the survey"))  # nothing is typed yet
    assert desk.get_by_role("alert").count() == 1
    well_made(desk)
    desk.get_by_label("What is it called?").fill("How heard do you feel?")
    desk.get_by_label("Who wrote it?").fill("Four members and the evaluator")
    desk.get_by_label("Who sees the results first?").fill("Those who answered")
    follow(desk.get_by_role("button", name="Keep the survey"))


def add_and_open_a_wave(desk: Page, moment: str, well_made: Check) -> None:
    desk.get_by_label("My voice counts").check()
    well_made(desk)
    follow(desk.get_by_role("button", name="Keep the wave"))
    follow(desk.get_by_role("button", name="Open wave 1"))
    well_made(desk)


def answer_on_a_phone(phone: Page, site: str, code: str, well_made: Check) -> None:
    """By keyboard alone, one question left out."""
    phone.goto(f"{site}/ask/{code}/")
    well_made(phone)
    phone.get_by_label("Make a code that is yours").fill("AN07NE")
    follow_by_keyboard(phone.get_by_role("button", name="Begin"))
    well_made(phone)
    phone.get_by_label("Mostly").check()
    follow_by_keyboard(phone.get_by_role("button", name="Go on"))
    follow_by_keyboard(phone.get_by_role("button", name="Go on"))
    phone.get_by_label("Why is that so?").fill("They ask me first.")
    well_made(phone)
    follow_by_keyboard(phone.get_by_role("button", name="Look it over"))
    well_made(phone)
    phone.get_by_label("No", exact=True).check()
    follow_by_keyboard(phone.get_by_role("button", name="Send my answers"))
    well_made(phone)


def close_the_wave(desk: Page, well_made: Check) -> None:
    desk.reload()
    follow(desk.get_by_role("link", name="Close this wave"))
    well_made(desk)
    follow(desk.get_by_role("button", name="Close wave 1"))


def test_without_scripts_somebody_answers_and_changes_their_mind(
    site: str, no_js_page: Page, assert_well_made: Check
) -> None:
    survey = measured.a_survey()
    wave = measured.an_open_wave(survey)
    measured.everybody(wave, [BEFORE[n % 4] for n in range(23)], first=1)
    answer_on_a_phone(no_js_page, site, survey.code, lambda page: None)
    measured.close(wave)
    second = measured.an_open_wave(survey, Moment.AFTER)
    measured.a_sheet(second, "AN07NE", [5, 5])
    measured.everybody(second, [AFTER[n % 4] for n in range(15)], first=1)
    measured.close(second)
    do_queued()
    no_js_page.goto(f"{site}/ask/{survey.code}/mine/")
    no_js_page.get_by_label("Your code").fill("an07ne")
    follow(no_js_page.get_by_role("button", name="Show my answers"))
    assert no_js_page.get_by_text("They ask me first.").count() == 1
    assert_well_made(no_js_page)
    sheets = Sheet.objects.count()
    follow(no_js_page.get_by_role("button", name="Delete my answers"))
    assert Sheet.objects.count() == sheets - 2
    do_queued()
    assert "has taken back" in Figure.objects.filter(kind="change")[0].correction
