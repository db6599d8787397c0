"""Do the pairs of two waves, and their moments, add up whatever the split?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import PairMoments, Pairs, change_from_moments, paired_change
from coproduce.analysis import summarise_pairs as summarise

SCORES = st.none() | st.integers(-20, 20) | st.floats(-1e3, 1e3)
ROWS = st.lists(st.tuples(SCORES, SCORES), max_size=25)
Rows = list[tuple[float | None, float | None]]


def of(rows: Rows) -> Pairs:
    return summarise([before for before, _ in rows], [after for _, after in rows])


def test_equal_pairs_are_counted_and_whoever_answered_nothing_is_nobody() -> None:
    found = of([(1, 2), (None, None), (1, 2), (1, None), (-0.0, 2), (0.0, 2)])
    assert found.before.tolist() == [0, 1, 1]
    assert found.after[:2].tolist() == [2, 2]
    assert np.isnan(found.after[2])
    assert found.people.tolist() == [2, 2, 1]
    assert (found.n_before, found.n_after, found.n_linked) == (5, 4, 4)


@given(ROWS, ROWS, ROWS)
def test_they_add_up_exactly_in_any_order_and_grouping(a: Rows, b: Rows, c: Rows) -> None:
    together = of(a + b + c)
    assert of(a) + of(b) == of(b) + of(a) == of(a + b)
    assert (of(a) + of(b)) + of(c) == of(a) + (of(b) + of(c)) == together
    assert of(a) + of([]) == of(a)


@given(ROWS, ROWS)
def test_moments_add_up_to_a_part_in_a_million_million(a: Rows, b: Rows) -> None:
    added, together = of(a).moments() + of(b).moments(), of(a + b).moments()
    assert added.n == together.n
    spread = max(together.var_before or 0, together.var_after or 0, 1)
    for name in ("mean_before", "mean_after", "var_before", "var_after"):
        assert near(getattr(added, name), getattr(together, name), spread)
    if min(together.var_before or 0, together.var_after or 0) > 1e-6 * spread:
        assert near(added.r, together.r, 1e6)


def near(one: float | None, other: float | None, spread: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-12 * max(spread, abs(other))


def test_moments_of_many_places_far_from_nought_lose_no_digits() -> None:
    chance = np.random.default_rng(3)
    before = 1e6 + chance.normal(size=1_000)
    after = before + chance.normal(size=1_000)
    added = summarise(before[:0], after[:0]).moments()
    for start in range(0, 1_000, 10):
        ten = slice(start, start + 10)
        added += summarise(before[ten], after[ten]).moments()
    assert added.var_before == pytest.approx(np.var(before, ddof=1), rel=1e-9)
    assert added.r == pytest.approx(np.corrcoef(before, after)[0, 1], rel=1e-9)


def test_moments_by_hand() -> None:
    found = of([(1, 2), (2, 4), (3, 3), (None, 5), (4, None)]).moments()
    assert found == PairMoments(3, 2.0, 3.0, 1.0, 1.0, pytest.approx(0.5))


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ([], PairMoments(0, None, None, None, None, None)),
        ([(1, None), (None, 2)], PairMoments(0, None, None, None, None, None)),
        ([(1, 2)], PairMoments(1, 1.0, 2.0, None, None, None)),
        ([(1, 2), (1, 4)], PairMoments(2, 1.0, 3.0, 0.0, 2.0, None)),  # before does not vary
    ],
)
def test_what_nothing_stands_behind_is_none(rows: Rows, known: PairMoments) -> None:
    assert of(rows).moments() == known


def test_a_decimal_that_all_gave_does_not_vary_by_its_rounding() -> None:
    found = of([(0.1, 0.3), (0.1, 0.7), (0.1, 0.3)] * 2 + [(0.1, 0.3)]).moments()
    assert found.mean_before == 0.1
    assert found.var_before == 0.0
    assert found.r is None


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=30))
def test_what_travels_gives_the_same_change_as_the_pairs(rows: Any) -> None:
    travelled = change_from_moments(of(rows).moments())
    here = paired_change([before for before, _ in rows], [after for _, after in rows])
    assert travelled.n == here.n_linked
    for name in ("mean_change", "sd_change", "ci95", "g_av", "var_g_av"):
        one, other = getattr(travelled, name), getattr(here, name)
        assert (one is None) == (other is None), name
        # Without the pairs s_d is a difference of variances: a root of the rounding is lost.
        assert one is None or one == pytest.approx(other, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize(
    "moments",
    [
        PairMoments(-1, 1.0, 1.0, 1.0, 1.0, 0.5),
        PairMoments(9, 1.0, float("nan"), 1.0, 1.0, 0.5),
        PairMoments(9, 1.0, 1.0, -1.0, 1.0, 0.5),
        PairMoments(9, 1.0, 1.0, 1.0, 1.0, 1.5),
        PairMoments(9, 1.0, 1.0, 1.0, 1.0, None),
        PairMoments(9, 1.0, 1.0, None, None, None),
    ],
)
def test_what_cannot_be_moments_is_refused(moments: PairMoments) -> None:
    with pytest.raises(ValueError, match="nobody's moments"):
        change_from_moments(moments)
