"""Is the exact rank test what one gets by writing down every sign?"""

from itertools import combinations_with_replacement, product
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coproduce.analysis import hodges_lehmann, signed_rank_p
from coproduce.analysis.signed_rank import COUNTED_UP_TO, _lower_quantile, _walsh_at

CHANGES = st.lists(st.integers(-6, 6).map(lambda fifths: fifths / 5), min_size=1, max_size=10)


def by_enumeration(changes: list[float], zeros: str) -> float:
    away = np.round([change for change in changes if change or zeros == "pratt"], 9)
    ranks = stats.rankdata(np.abs(away))[away != 0]
    up = ranks[away[away != 0] > 0].sum()
    middle = ranks.sum() / 2
    far = [
        abs(np.dot(signs, ranks) - middle) >= abs(up - middle) - 1e-9
        for signs in product((0, 1), repeat=ranks.size)
    ]
    return float(np.mean(far))


@pytest.mark.parametrize("zeros", ["dropped", "pratt"])
@given(changes=CHANGES)
def test_it_is_the_share_of_all_signs_that_lie_as_far_out(
    changes: list[float], zeros: Literal["dropped", "pratt"]
) -> None:
    assert signed_rank_p(changes, zeros=zeros) == pytest.approx(by_enumeration(changes, zeros))


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40, unique_by=lambda x: round(abs(x), 6)))
def test_without_ties_it_is_that_of_scipy(changes: list[float]) -> None:
    changes = [change for change in changes if abs(change) > 1e-3]
    if changes:
        expected = stats.wilcoxon(changes, method="exact").pvalue
        assert signed_rank_p(changes) == pytest.approx(expected, rel=1e-9)


def test_where_nobody_moved_chance_explains_all() -> None:
    assert signed_rank_p([]) == signed_rank_p([0, 0, 0]) == 1.0
    assert signed_rank_p([0, 0, 0], zeros="pratt") == 1.0


def test_where_all_moved_equally_far_it_is_the_sign_test() -> None:
    assert signed_rank_p([1] * 10) == 2 * 0.5**10
    assert signed_rank_p([2] * 8 + [-2] * 3) == pytest.approx(stats.binomtest(3, 11).pvalue)


def test_the_largest_count_is_exact_to_its_smallest_chance_and_beyond_nothing_is_told() -> None:
    assert signed_rank_p([1.0] * COUNTED_UP_TO) == pytest.approx(2.0 ** (1 - COUNTED_UP_TO))
    assert signed_rank_p([1.0] * (COUNTED_UP_TO + 1)) is None


def test_huge_changes_have_their_ranks() -> None:
    assert signed_rank_p([1e99, 2e99, 3e99, -1e98]) == signed_rank_p([2, 3, 4, -1])


@pytest.mark.parametrize("changes", [[1, float("nan")], [float("inf"), 1]])
def test_blanks_and_infinities_are_refused(changes: list[float]) -> None:
    for function in (signed_rank_p, lambda these: hodges_lehmann(these, [1, 1])):
        with pytest.raises(ValueError, match="blank or infinite"):
            function(changes)


# The middle of how far people moved


@given(st.lists(st.integers(-9, 9).map(lambda tenths: tenths / 10), min_size=1, max_size=25))
def test_it_is_the_median_of_all_averages_and_two_of_their_order(changes: list[float]) -> None:
    averages = sorted((a + b) / 2 for a, b in combinations_with_replacement(changes, 2))
    different, people = np.unique(changes, return_counts=True)
    middle, interval = hodges_lehmann(different, people)
    assert middle == pytest.approx(np.median(averages), abs=1e-9)
    edge = max(_lower_quantile(len(changes)), 1)
    assert interval == pytest.approx((averages[edge - 1], averages[-edge]), abs=1e-9)


# R's qsignrank(0.025, n)
@pytest.mark.parametrize(
    ("people", "quantile"), [(1, 0), (5, 0), (6, 1), (7, 3), (8, 4), (10, 9), (20, 53), (30, 138)]
)
def test_the_quantile_is_that_of_the_tables(people: int, quantile: int) -> None:
    assert _lower_quantile(people) == quantile


def test_beyond_what_is_counted_the_quantile_goes_on_smoothly() -> None:
    counted, approached = _lower_quantile(COUNTED_UP_TO), _lower_quantile(COUNTED_UP_TO + 1)
    step = (2 * COUNTED_UP_TO + 1) / 4
    assert counted < approached < counted + 1.2 * step


@given(
    st.lists(
        st.tuples(st.integers(-99, 99), st.integers(1, 5)), min_size=1, unique_by=lambda x: x[0]
    )
)
def test_finding_an_average_without_writing_all_down_finds_the_same(
    counted: list[tuple[int, int]],
) -> None:
    counted.sort()
    away, people = np.array([c[0] / 7 for c in counted]), np.array([c[1] for c in counted])
    each = np.repeat(away, people)
    averages = sorted((a + b) / 2 for a, b in combinations_with_replacement(each, 2))
    for place in {0, len(averages) // 3, len(averages) // 2, len(averages) - 1}:
        assert _walsh_at(away, people, place) == pytest.approx(averages[place], abs=1e-9)


def test_fifty_thousand_different_changes_have_their_middle_too() -> None:
    changes = np.random.default_rng(2).normal(0.3, 1, 50_000)
    middle, interval = hodges_lehmann(changes, np.ones(50_000))
    assert middle is not None
    assert interval is not None
    assert interval[0] < 0.3 < interval[1]
    assert interval[1] - interval[0] == pytest.approx(
        2 * 1.96 / np.sqrt(50_000 * 3 / np.pi), rel=0.05
    )


def test_nobody_has_no_middle() -> None:
    assert hodges_lehmann([], []) == (None, None)
