"""Is the model on everybody the one of the textbook, fitted to the top?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from coproduce.analysis import paired_change, summarise_pairs
from coproduce.analysis.everybody import everybody

Rows = list[tuple[Any, Any]]
LINKED: Rows = [(1, 2), (2, 4), (3, 3), (4, 5), (2, 2), (5, 4), (3, 5), (1, 3)]
ONCE: Rows = [(5, None), (4, None), (None, 2), (5, None), (None, 4)]


def found_in(rows: Rows) -> Any:
    return everybody(summarise_pairs([before for before, _ in rows], [after for _, after in rows]))


def restricted(rows: Rows, between: float, within: float) -> tuple[float, float, float]:
    """Minus twice the restricted likelihood, change and its error, with dense matrices."""
    long = [
        (person, wave, value)
        for person, row in enumerate(rows)
        for wave, value in enumerate(row)
        if value is not None
    ]
    person, wave, y = (np.array(column) for column in zip(*long, strict=True))
    v = between * (person[:, None] == person) + within * np.eye(y.size)
    x = np.stack((np.ones(y.size), wave), axis=1)
    inverse = np.linalg.inv(v)
    information = x.T @ inverse @ x
    at = np.linalg.solve(information, x.T @ inverse @ y)
    off = y - x @ at
    minus = np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1] + off @ inverse @ off
    return float(minus), float(at[1]), float(np.sqrt(np.linalg.inv(information)[1, 1]))


@pytest.mark.parametrize("rows", [LINKED + ONCE, LINKED + ONCE[:1], ONCE + LINKED * 3 + ONCE])
def test_it_is_the_dense_restricted_likelihood_at_its_top(rows: Rows) -> None:
    best = minimize(
        lambda logs: restricted(rows, *np.exp(logs))[0],
        x0=[0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 10_000},
    )
    between, within = np.exp(best.x)
    _, change, error = restricted(rows, between, within)
    found = found_in(rows)
    assert found.mean_change == pytest.approx(change, abs=1e-6)
    assert found.se == pytest.approx(error, rel=1e-5)
    assert found.alike == pytest.approx(between / (between + within), abs=1e-5)


def test_where_answers_of_one_person_do_not_go_together_it_compares_two_crowds() -> None:
    rows: Rows = [(1, 5), (5, 1), (2, 4), (4, 2), (1, 4), (5, 2), (3, None), (None, 4)]
    found = found_in(rows)
    before, after = [1, 5, 2, 4, 1, 5, 3], [5, 1, 4, 2, 4, 2, 4]
    assert found.alike == 0
    assert found.mean_change == pytest.approx(np.mean(after) - np.mean(before))


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=6, max_size=20),
    st.lists(st.integers(1, 5), min_size=1, max_size=6),
)
def test_it_lies_between_the_linked_and_the_two_crowds_and_its_error_is_finite(
    linked: Rows, left: list[int]
) -> None:
    found = found_in([*linked, *[(value, None) for value in left]])
    if found is None:
        assert len({value for row in linked for value in row}) <= 2
        return
    before, after = ([row[wave] for row in linked] for wave in (0, 1))
    ends = [np.mean(after) - np.mean(before), np.mean(after) - np.mean(before + left)]
    assert min(ends) - 1e-9 <= found.mean_change <= max(ends) + 1e-9
    assert np.isfinite(found.se)
    assert 0 <= found.alike < 1
    assert found.people == len(linked) + len(left)


@pytest.mark.parametrize("rows", [[], LINKED, LINKED[:5] + ONCE, [(3, 3)] * 7 + [(3, None)], ONCE])
def test_where_it_would_add_nothing_it_is_not_told(rows: Rows) -> None:
    assert found_in(rows) is None


def test_change_carries_it_beside_the_headline() -> None:
    rows = LINKED + ONCE
    found = paired_change([before for before, _ in rows], [after for _, after in rows])
    assert found.everybody == found_in(rows)
    assert found.everybody is not None
    assert found.everybody.people == 13
