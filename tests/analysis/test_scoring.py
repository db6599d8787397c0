"""Do several answers become one score as the instrument says, whatever was left out?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import score_items

NAN = float("nan")
ROWS = st.lists(
    st.lists(st.none() | st.integers(1, 5), min_size=4, max_size=4), min_size=1, max_size=12
)


def test_the_mean_of_what_was_answered_where_that_is_half() -> None:
    items = [[1, 2, 3, 4], [1, 2, None, None], [1, None, None, None], [None] * 4]
    assert score_items(items).tolist() == pytest.approx([2.5, 1.5, NAN, NAN], nan_ok=True)


def test_half_of_five_items_is_three() -> None:
    items = [[1, 2, None, None, None], [1, 2, 3, None, None]]
    assert score_items(items).tolist() == pytest.approx([NAN, 2.0], nan_ok=True)


def test_a_sum_is_the_mean_times_all_items() -> None:
    items = [[1, 2, 3, 4], [1, None, 3, 5]]
    assert score_items(items, way="sum").tolist() == [10, 12]


def test_another_share_than_half_can_be_asked_for() -> None:
    items = [[1, 2, 3, None], [1, 2, 3, 4]]
    assert score_items(items, least_answered=1).tolist() == pytest.approx([NAN, 2.5], nan_ok=True)
    assert score_items([[None, None]], least_answered=0).tolist() == pytest.approx(
        [NAN], nan_ok=True
    )


def test_reversed_items_are_turned_on_their_own_scale() -> None:
    assert score_items([[1, 1]], reverse=[1], low=[1, 0], high=[5, 10]).tolist() == [5]


def test_a_sum_is_looked_up_and_what_does_not_stand_in_the_table_has_no_score() -> None:
    table = {2: 7.5, 3: 9.51, 4.0: 11.25}
    items = [[1, 1], [1, 2], [2, None], [5, 5], [1, None]]
    found = score_items(items, way="lookup", lookup=table)
    assert found.tolist() == pytest.approx([7.5, 9.51, 11.25, NAN, 7.5], nan_ok=True)


@given(ROWS)
def test_turning_every_item_turns_the_score(rows: list[list[Any]]) -> None:
    turned = score_items(rows, reverse=range(4), low=1, high=5)
    assert turned.tolist() == pytest.approx((6 - score_items(rows)).tolist(), nan_ok=True)


@given(ROWS, st.permutations(range(4)))
def test_the_order_of_items_does_not_matter(rows: list[list[Any]], order: list[int]) -> None:
    other = [[row[at] for at in order] for row in rows]
    assert score_items(other).tolist() == pytest.approx(score_items(rows).tolist(), nan_ok=True)


def test_nobody_has_no_score() -> None:
    assert score_items([]).size == 0
    assert score_items(np.zeros((0, 5))).size == 0


@pytest.mark.parametrize(
    ("items", "choices", "says"),
    [
        ([[1, 2]], {"way": "median"}, "no way “median”"),
        ([[1, 2]], {"reverse": [2], "low": 1, "high": 5}, "no item 2"),
        ([[1, 2]], {"reverse": [0]}, "need their scale"),
        ([[1, 6]], {"low": 1, "high": 5}, "off the scale 1 to 5"),
        ([[1, 2]], {"low": 5, "high": 1}, "The scale runs from 5 to 1"),
        ([[1, float("inf")]], {}, "infinite"),
        ([1, 2], {}, "one row for each person"),
        ([[1, 2], [3]], {}, "rows differ"),
        ([["often"]], {}, "no number"),
        ([[1, 2]], {"way": "lookup"}, "no table"),
        ([[1, 2]], {"least_answered": 2}, "a share of 0 to 1"),
    ],
)
def test_what_cannot_be_scored_is_refused(items: Any, choices: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        score_items(items, **choices)
