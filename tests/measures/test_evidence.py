"""From two closed waves to figures: who is linked, what is told, what stays back, what is anew."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.measures import results, tasks
from coproduce.measures.actions import answering, taking_back
from coproduce.measures.actions.answering import How
from coproduce.measures.models import Moment, Survey, Wave
from coproduce.trust.models import Figure
from tests import cast, measured
from tests.queued import do_queued

pytestmark = pytest.mark.django_db

LOW = [(1, 2), (2, 2), (2, 3), (3, 3)]
HIGH = [(3, 4), (3, 3), (4, 5), (4, 5)]


def before_and_after(
    before: int = 24, again: int = 16, survey: Survey | None = None
) -> tuple[Wave, Wave]:
    """People answer low, and those who come back answer high; both waves are closed."""
    survey = survey or measured.a_survey()
    first = measured.an_open_wave(survey)
    measured.everybody(first, rows(LOW, before))
    measured.close(first)
    second = measured.an_open_wave(survey, Moment.AFTER)
    measured.everybody(second, rows(HIGH, again))
    measured.close(second)
    do_queued()
    return first, second


def rows(pattern: Sequence[tuple[int, int]], people: int) -> list[tuple[int, int]]:
    return [pattern[number % len(pattern)] for number in range(people)]


def change_of(wave: Wave) -> Figure:
    return Figure.objects.filter(release__thing=wave.thing, kind="change").latest("made_at")


def test_only_those_who_answered_twice_are_compared() -> None:
    _, second = before_and_after(24, 16)
    figure = change_of(second)
    assert figure.people == 16
    assert figure.value["facts"]["inside"]["effect"]["n"] == 16
    assert figure.value["facts"]["inside"]["effect"]["mean_change"] == pytest.approx(1.625)


def test_the_words_say_how_many_moved_how_far_and_how_sure() -> None:
    _, second = before_and_after()
    sentence = change_of(second).sentence
    assert "16 of 16 people moved to the better" in sentence
    assert "on average 1.6 points towards better, between" in sentence
    assert "on a scale from 1 to 5" in sentence


def test_before_and_after_never_says_what_brought_it_about() -> None:
    _, second = before_and_after()
    [limit, *_] = change_of(second).value["limits"]
    assert "not what brought it about" in limit


def test_nothing_is_told_of_fewer_than_ten_and_the_team_sees_from_five() -> None:
    _, second = before_and_after(12, 8)
    assert not Figure.objects.filter(release__thing=second.thing).exists()
    [release] = {f.release for f in Figure.objects.filter(release__thing=f"{second.thing} team")}
    assert release.people == 8


def test_of_four_nobody_is_told_anything() -> None:
    _, second = before_and_after(12, 4)
    assert not Figure.objects.exists()
    [told] = results.told_of([second.survey])
    assert told.results == ()
    assert "Too few people answered both times" in " ".join(told.waits)


def test_a_wave_that_is_open_shows_nothing_of_its_answers(client: Client) -> None:
    survey = measured.a_survey()
    first = measured.an_open_wave(survey)
    measured.everybody(first, rows(LOW, 12))
    assert survey.project is not None
    page = client.get(reverse("projects:project", args=[survey.project.slug])).content.decode()
    assert "people are answering" in page
    assert not Figure.objects.exists()


def test_what_somebody_answered_for_another_is_not_in_it() -> None:
    survey = measured.a_survey()
    first, second = measured.an_open_wave(survey), None
    measured.everybody(first, rows(LOW, 12))
    measured.close(first)
    second = measured.an_open_wave(survey, Moment.AFTER)
    measured.everybody(second, rows(HIGH, 11))
    measured.a_sheet(second, measured.code_of(11), [1, 1], How(is_proxy=True))
    measured.close(second)
    do_queued()
    assert change_of(second).people == 11


def test_questions_in_another_wording_are_not_compared() -> None:
    survey = measured.a_survey()
    first = measured.an_open_wave(survey, instruments=[measured.an_instrument(version="1")])
    measured.everybody(first, rows(LOW, 12))
    measured.close(first)
    other = [measured.an_instrument(version="2"), measured.an_instrument("tea")]
    second = measured.an_open_wave(survey, Moment.AFTER, other)
    measured.everybody(second, [(*row, *row) for row in rows(HIGH, 12)])
    measured.close(second)
    do_queued()
    assert not Figure.objects.filter(kind="change").exists()


def test_what_is_asked_afterwards_about_before_says_so() -> None:
    survey = measured.a_survey()
    after = measured.an_open_wave(survey, Moment.AFTER)
    measured.everybody(after, rows(HIGH, 12))
    then = measured.an_open_wave(survey, Moment.THEN)
    measured.everybody(then, rows(LOW, 12))
    measured.close(after)
    measured.close(then)
    do_queued()
    assert any("remember" in limit for limit in change_of(after).value["limits"])


def test_somebody_who_takes_back_before_the_wave_closes_is_not_counted() -> None:
    survey = measured.a_survey()
    first = measured.an_open_wave(survey)
    measured.everybody(first, rows(LOW, 12))
    held = answering.held_under(survey, measured.code_of(0))
    assert held is not None
    taking_back.take_back(held.participant.pk)
    measured.close(first)
    second = measured.an_open_wave(survey, Moment.AFTER)
    measured.everybody(second, rows(HIGH, 12))
    measured.close(second)
    do_queued()
    assert change_of(second).people == 11


def test_a_published_change_gets_a_dated_note_when_one_person_leaves_it() -> None:
    _, second = before_and_after()
    take_back(second.survey, 1)
    figure = change_of(second)
    assert figure.people == 16
    assert "has taken back" in figure.correction


def test_it_is_counted_anew_once_ten_have_left() -> None:
    _, second = before_and_after(30, 24)
    take_back(second.survey, 10)
    figure = change_of(second)
    assert figure.people == 14
    assert figure.release.number == 2
    assert (
        "was counted anew"
        in Figure.objects.get(
            release__thing=second.thing, release__number=1, kind="change"
        ).correction
    )


def take_back(survey: Survey, people: int) -> None:
    for number in range(people):
        held = answering.held_under(survey, measured.code_of(number))
        assert held is not None
        taking_back.take_back(held.participant.pk)
    do_queued()


def test_averages_stay_back_where_an_earlier_wave_would_tell_on_a_few() -> None:
    survey = measured.a_survey()
    _, second = before_and_after(24, 16, survey)
    third = measured.an_open_wave(survey, Moment.LATER)
    measured.everybody(third, rows(HIGH, 13))
    measured.close(third)
    do_queued()
    assert change_of(second).value["facts"]["inside"]["levels"] is not None
    assert change_of(third).value["facts"]["inside"]["levels"] is None
    assert not Figure.objects.filter(release__thing=third.thing, kind="answers").exists()


def test_closing_twice_or_working_twice_writes_nothing_twice() -> None:
    _, second = before_and_after()
    before = Figure.objects.count()
    tasks.put_out.call(str(second.pk))
    assert Figure.objects.count() == before


def test_the_page_of_the_project_shows_all_of_it(client: Client) -> None:
    _, second = before_and_after(24, 16)
    project = second.survey.project
    assert project is not None
    page = client.get(reverse("projects:project", args=[project.slug])).content.decode()
    for told in ("What changed", "Of 24 people who answered before, 16 answered again", "<svg"):
        assert told in page
    assert "What we may not conclude" in page


def test_every_number_says_how_we_know_it(client: Client) -> None:
    _, second = before_and_after()
    page = client.get(reverse("trust:figure", args=[change_of(second).pk]))
    assert page.status_code == 200
    assert "Only people who answered both times are compared" in page.content.decode()


def test_what_rests_on_a_few_is_for_the_team_alone(client: Client) -> None:
    _, second = before_and_after(12, 8)
    figure = Figure.objects.get(release__thing=f"{second.thing} team", kind="change")
    address = reverse("trust:figure", args=[figure.pk])
    assert client.get(address).status_code == 404
    cast.log_in(client, cast.evaluator())
    assert client.get(address).status_code == 200


def test_what_is_given_away_does_not_undo_what_is_hidden(client: Client) -> None:
    """Sixteen people, two of whom got worse: with exact numbers the two could be worked out."""
    survey = measured.a_survey()
    for moment, values in (
        (Moment.BEFORE, [(3, 3)] * 16),
        (Moment.AFTER, [(4, 4)] * 3 + [(3, 3)] * 11 + [(2, 2)] * 2),
    ):
        wave = measured.an_open_wave(survey, moment)
        measured.everybody(wave, values)
        measured.close(wave)
    do_queued()
    figure = change_of(wave)
    assert "16 people answered twice" in figure.sentence
    assert [row[1] for row in figure.value["rows"][1:4]] == ["[c]"] * 3
    told = client.get(reverse("trust:figure_json", args=[figure.pk])).content.decode()
    assert "inside" not in told
    exact = figure.value["facts"]["inside"]["effect"]
    assert str(exact["mean_change"]) not in told
    assert str(exact["sd_change"]) not in told
