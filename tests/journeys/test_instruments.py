"""Questions of one's own: copied, worded, seen as people see them, made ready, found by others."""

import pytest

from coproduce.measures.models import Instrument
from tests import cast
from tests.journeys.conftest import (
    PHONE,
    SCRIPTS,
    Check,
    PageAt,
    come_in,
    follow,
    follow_by_keyboard,
)

pytestmark = pytest.mark.django_db


@SCRIPTS
def test_an_evaluator_words_a_set_of_questions_and_a_stranger_sees_it(
    site: str, page_at: PageAt, assert_well_made: Check, scripts: bool
) -> None:
    desk = come_in(page_at(PHONE, 640, java_script_enabled=scripts), site, cast.evaluator())
    desk.goto(f"{site}/instruments/desk/")
    assert_well_made(desk)
    follow_by_keyboard(desk.get_by_role("link", name="Begin a set"))
    follow(desk.get_by_role("button", name="Begin it"))  # nothing is typed yet
    assert desk.get_by_role("alert").count() == 1
    assert_well_made(desk)
    desk.get_by_label("What is it called?").fill("Heard in Salford")
    desk.get_by_label("What is it for?").fill("To see whether people are heard.")
    desk.get_by_label("What does it measure?").fill("Equal voice")
    follow(desk.get_by_role("button", name="Begin it"))
    assert_well_made(desk)

    follow(desk.get_by_role("link", name="Copy some from another set"))
    assert_well_made(desk)
    follow(desk.get_by_role("link", name="Co-production: a short start"))
    desk.get_by_label("I trust the people in this project to do what they say.").check()
    assert_well_made(desk)
    follow(desk.get_by_role("button", name="Copy them"))

    follow(desk.get_by_role("link", name="Add a question"))
    assert_well_made(desk)
    desk.get_by_label("The question, or the sentence to agree with").fill("I was listened to.")
    desk.get_by_label("By answers of your own, which you word next").check()
    follow_by_keyboard(desk.get_by_role("button", name="Keep the question"))
    desk.get_by_label("The answers, one on each line").fill("Never\nNow and then\nAlways")
    assert_well_made(desk)
    follow(desk.get_by_role("button", name="Keep the answers"))
    follow_by_keyboard(desk.get_by_role("button", name="Up question 2"))
    follow(desk.get_by_role("button", name="Count each question by itself"))
    assert_well_made(desk)

    follow(desk.get_by_role("link", name="See it on a phone"))
    assert desk.get_by_role("heading", level=3).first.inner_text() == "I was listened to."
    assert_well_made(desk)
    follow(desk.get_by_role("link", name="Back to the set"))
    follow(desk.get_by_role("link", name="Make it ready"))
    assert_well_made(desk)
    follow(desk.get_by_role("button", name="Make it ready"))
    assert_well_made(desk)
    assert not Instrument.objects.get(code="heard-in-salford").is_draft

    stranger = page_at(PHONE, 640, java_script_enabled=scripts)
    stranger.goto(f"{site}/instruments/?measures=Equal+voice")
    assert_well_made(stranger)
    follow(stranger.get_by_role("link", name="Heard in Salford"))
    assert stranger.get_by_text("the coproduce contributors").count() == 1
    assert_well_made(stranger)
    follow(stranger.get_by_role("link", name="See it in Easy Read"))
    assert stranger.get_by_text("I trust the people in this group.").count() == 1
    assert_well_made(stranger)
