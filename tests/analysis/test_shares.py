"""Do the bounds and intervals agree with their published answers?"""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coproduce.analysis.shares import (
    discoveries,
    holm,
    lower_bound,
    newcombe,
    share,
    two_proportion_z,
    two_sided_p,
    wilson,
)

COUNTS = st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_the_bound_is_the_beta_quantile_and_lies_below_the_share(pair: tuple[int, int]) -> None:
    agrees, votes = pair
    bound = float(lower_bound(agrees, votes))
    assert bound == pytest.approx(stats.beta.ppf(0.05, agrees + 1, votes - agrees + 1), abs=1e-9)
    assert bound < max((agrees + 1) / (votes + 2), 0.06)


def test_a_bound_by_hand_when_all_agree() -> None:
    assert float(lower_bound(9, 9)) == pytest.approx(0.05**0.1)  # Beta(10, 1) has F(x) = x**10


def test_newcombe_gives_his_own_worked_answers() -> None:
    # Newcombe (1998), table II, method 10, cases (a), (c) and (h)
    for counts, interval in (
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ):
        _, low, high = newcombe(*counts)
        assert (round(float(low), 4), round(float(high), 4)) == interval


@given(COUNTS, COUNTS)
def test_a_difference_turned_round_has_its_interval_turned_round(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    difference, low, high = newcombe(*one, *other)
    back, back_low, back_high = newcombe(*other, *one)
    assert [float(back), float(back_low), float(back_high)] == pytest.approx(
        [-float(difference), -float(high), -float(low)]
    )
    assert -1 <= low <= difference <= high <= 1


def test_nobody_asked_leaves_everything_open() -> None:
    assert [float(value) for value in newcombe(0, 0, 3, 9)] == [0.0, -1.0, 1.0]
    assert [float(value) for value in wilson(0, 0)] == [0.0, 1.0]
    assert np.isnan(share(0, 0))
    assert float(two_proportion_z(0, 0, 3, 9)) == 0.0


def test_representativeness_by_hand_with_the_added_ones() -> None:
    # 7 of 9 in the group, 3 of 19 elsewhere: with one added 8/10 and 4/20, pooled 12/30 = 0.4
    expected = (0.8 - 0.2) / np.sqrt(0.4 * 0.6 * (1 / 10 + 1 / 20))
    assert float(two_proportion_z(7, 9, 3, 19, added=1)) == pytest.approx(expected)


def test_the_p_value_is_two_sided() -> None:
    assert float(two_sided_p(-1.959963984540054)) == pytest.approx(0.05)


def test_the_fifteen_tests_of_benjamini_and_hochberg() -> None:
    # Benjamini & Hochberg (1995), section 3.2: four stand at 5 %
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert discoveries(p, rate=0.05).tolist() == [True] * 4 + [False] * 11


def test_no_test_no_discovery() -> None:
    assert discoveries([]).size == 0


def test_holm_by_hand() -> None:
    # in order 0.01, 0.02, 0.03, 0.2: times 4, 3, 2, 1, and none below the one before
    assert holm([0.02, 0.2, 0.01, 0.03]).tolist() == pytest.approx([0.06, 0.2, 0.04, 0.06])
    assert holm([]).size == 0
    assert holm([0.9, 0.8]).tolist() == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_holm_only_raises_keeps_the_order_and_does_not_mind_it(
    p: list[float], chance: random.Random
) -> None:
    raised = holm(p)
    assert (raised >= p).all()
    assert (raised <= np.minimum(np.array(p) * len(p), 1)).all()  # never beyond Bonferroni
    at = list(range(len(p)))
    chance.shuffle(at)
    assert holm(np.array(p)[at]).tolist() == raised[at].tolist()


@pytest.mark.parametrize("p", [[0.2, float("nan")], [-0.1], [1.1]])
def test_what_is_no_p_value_is_refused(p: list[float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm(p)
