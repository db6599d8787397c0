"""A thousand projects at once give the same numbers as each of them by itself."""

import pytest

from coproduce.analysis import paired_change
from coproduce.measures.evidence import across, comparing
from coproduce.measures.evidence.comparing import Both, Pair
from coproduce.measures.models import Moment, Survey
from tests import measured

pytestmark = pytest.mark.django_db


def a_project(number: int, people: int, again: int, version: str = "1") -> Survey:
    survey = measured.a_survey(measured.a_project(f"Project {number}"))
    asks = [measured.an_instrument(version=version)]
    for moment, came in ((Moment.BEFORE, people), (Moment.AFTER, again)):
        wave = measured.an_open_wave(survey, moment, asks)
        shift = 0 if moment == Moment.BEFORE else number
        measured.everybody(
            wave, [(1 + (one + shift) % 5, 1 + (one * 2 + shift) % 5) for one in range(came)]
        )
        measured.close(wave)
    return survey


def test_they_are_the_changes_of_each_project() -> None:
    surveys = [a_project(1, 8, 6), a_project(2, 7, 7), a_project(3, 6, 6, version="2")]
    pairs = [pair for survey in surveys for pair in comparing.pairs_of(survey)]
    found = {
        (pair.after.pk, each.score.code): (n, mean)
        for pair, each, n, mean in across.by_pair(across.changes(pairs))
    }
    assert len(found) == 3
    for pair in pairs:
        for scored in Both.read(pair).scored():
            alone = paired_change(scored.before, scored.after)
            n, mean = found[pair.after.pk, scored.score.code]
            assert n == alone.n_linked
            assert mean == pytest.approx(alone.mean_change, rel=1e-12)


def test_what_was_before_may_be_in_two_pairs() -> None:
    survey = a_project(1, 8, 7)
    third = measured.an_open_wave(survey, Moment.LATER)
    measured.everybody(third, [(5, 5)] * 6)
    measured.close(third)
    found = across.by_pair(across.changes(comparing.pairs_of(survey)))
    assert sorted(n for *_, n, _ in found) == [6, 7]


def test_it_asks_the_database_as_often_for_many_as_for_two(
    django_assert_num_queries: object,
) -> None:
    pairs: list[Pair] = [
        pair for number in range(3) for pair in comparing.pairs_of(a_project(number, 6, 6))
    ]
    across.changes(pairs)  # what the waves ask is remembered from now on
    with django_assert_num_queries(2):  # type: ignore[operator]
        across.changes(pairs)
