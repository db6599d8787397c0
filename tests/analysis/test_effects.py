"""Is the change of many projects at once that of each by itself?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import change_of_many, paired_change
from coproduce.analysis.effects import small_sample

SCORE = st.none() | st.integers(2, 10).map(lambda halves: halves / 2)
ROWS = st.lists(st.tuples(st.integers(0, 4), SCORE, SCORE), max_size=60)


@given(ROWS)
def test_each_of_many_is_as_it_is_alone(rows: list[tuple[int, Any, Any]]) -> None:
    many = change_of_many(*columns(rows), groups=6)
    assert many.n[5] == 0
    assert np.isnan(many.mean_change[5])
    for group in range(5):
        own = [row for row in rows if row[0] == group]
        alone = paired_change(*columns(own)[1:])
        assert many.n[group] == alone.n_linked
        for name in ("mean_change", "sd_change", "g_av", "var_g_av"):
            assert as_alone(getattr(many, name)[group], getattr(alone, name)), name
        for side in (0, 1):
            assert as_alone(many.ci95[group, side], alone.ci95 and alone.ci95[side])


def columns(rows: list[tuple[int, Any, Any]]) -> tuple[list[int], list[Any], list[Any]]:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def as_alone(found: float, alone: float | None) -> bool:
    return bool(np.isnan(found)) if alone is None else found == pytest.approx(alone, abs=1e-12)


def test_far_from_nought_it_keeps_its_digits() -> None:
    chance = np.random.default_rng(5)
    group = np.repeat(np.arange(100), 30)
    before = chance.normal(size=3_000)
    after = before + chance.normal(size=3_000)
    near, far = (
        change_of_many(group, before, after),
        change_of_many(group, before + 1e8, after + 1e8),
    )
    assert far.sd_change == pytest.approx(near.sd_change, rel=1e-6)  # 1e8 leaves eight digits
    assert far.g_av == pytest.approx(near.g_av, rel=1e-5)


def test_where_all_change_alike_no_interval_is_made_of_rounding() -> None:
    before = np.tile([0.1, 0.7, 0.3, 1.1, 2.3, 0.6], 2)
    many = change_of_many([0] * 6 + [1] * 6, before, before + 0.1)
    assert np.isnan(many.ci95).all()
    assert many.mean_change == pytest.approx([0.1, 0.1])


def test_nobody_is_no_group() -> None:
    many = change_of_many([], [], [])
    assert many.n.size == many.mean_change.size == 0
    assert many.ci95.shape == (0, 2)


@pytest.mark.parametrize(
    ("group", "before", "after", "groups", "says"),
    [
        ([0, 1], [1, 2], [1], None, "same length"),
        ([0.5], [1], [1], None, "something else than whole numbers"),
        ([-1], [1], [1], None, "outside 0"),
        ([3], [1], [1], 3, "outside 0"),
        ([0], [float("inf")], [1], None, "infinite"),
        ([0], [float("inf")], [float("inf")], None, "infinite"),
        ([0], [1], [1e101], None, "beyond 1e100"),
    ],
)
def test_what_cannot_be_rows_is_refused(
    group: Any, before: Any, after: Any, groups: int | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        change_of_many(group, before, after, groups=groups)


def test_the_small_sample_factor_by_hand() -> None:
    # Γ(1/2) = √π, Γ(1) = 1, Γ(3/2) = √π/2, Γ(2) = 1
    root = np.sqrt(np.pi)
    by_hand = [1 / root, root / 2 / np.sqrt(1.5), np.sqrt(2) / root]
    assert small_sample([2, 3, 4]) == pytest.approx(by_hand, rel=1e-14)


def test_the_small_sample_factor_comes_near_its_well_known_approximation() -> None:
    freedom = np.arange(10, 2_000)
    assert small_sample(freedom) == pytest.approx(1 - 3 / (4 * freedom - 1), abs=5e-4)
