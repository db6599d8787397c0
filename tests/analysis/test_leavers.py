"""Are those who left compared with those who stayed as R would, and only where one can?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coproduce.analysis import summarise_pairs
from coproduce.analysis.leavers import Leavers, leavers

SCORES = st.lists(st.integers(1, 9), min_size=2, max_size=20)


def of(stayed: list[Any], left: list[Any]) -> Leavers | None:
    return leavers(summarise_pairs(stayed + left, [3] * len(stayed) + [None] * len(left)))


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, of people who are all alike
@given(SCORES, SCORES)
def test_the_test_is_that_of_welch(stayed: list[int], left: list[int]) -> None:
    found = of(stayed, left)
    assert found is not None
    assert (found.stayed, found.left) == (len(stayed), len(left))
    if len(set(stayed)) == len(set(left)) == 1:
        assert found.hedges_g is found.welch_t is found.welch_p is found.ci95 is None
        return
    expected = stats.ttest_ind(stayed, left, equal_var=False)
    assert found.welch_t == pytest.approx(expected.statistic, rel=1e-9, abs=1e-12)
    assert found.welch_p == pytest.approx(expected.pvalue, rel=1e-9)
    interval = expected.confidence_interval(0.95)
    assert found.ci95 == pytest.approx((interval.low, interval.high), rel=1e-9, abs=1e-9)


def test_the_effect_by_hand() -> None:
    found = of([1, 2, 3], [3, 4, 5])
    assert found is not None
    # both vary by 1, so -2 standard deviations, times J(4) = √(2/π)
    assert found.hedges_g == pytest.approx(-2 * np.sqrt(2 / np.pi), rel=1e-12)
    assert found.retention == 0.5
    assert found.began_elsewhere
    assert found.too_few_stayed


def test_where_nobody_left_nobody_is_compared() -> None:
    found = of([1, 2, 3], [])
    assert found is not None
    assert (found.left, found.retention, found.mean_left, found.hedges_g) == (0, 1.0, None, None)
    assert not found.began_elsewhere
    assert not found.too_few_stayed


def test_one_leaver_is_counted_and_not_compared() -> None:
    found = of([1, 2, 3], [5])
    assert found is not None
    assert (found.mean_left, found.hedges_g, found.welch_p) == (5.0, None, None)


def test_where_nobody_was_asked_before_there_is_nothing_to_tell() -> None:
    assert leavers(summarise_pairs([None, None], [3, 4])) is None
    assert leavers(summarise_pairs([], [])) is None


def test_seven_in_ten_are_enough() -> None:
    found = of([1, 2, 3, 4, 5, 4, 3], [2, 3, 4])
    assert found is not None
    assert found.retention == 0.7
    assert not found.too_few_stayed


def test_huge_scores_are_compared_alike() -> None:
    near, far = of([1, 2, 3], [3, 4, 6]), of([1e90, 2e90, 3e90], [3e90, 4e90, 6e90])
    assert near is not None
    assert far is not None
    assert far.hedges_g == pytest.approx(near.hedges_g)
    assert far.welch_df == pytest.approx(near.welch_df)
