"""Do alpha and omega agree with psych and lavaan, and does a wrong key show?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough, Reliability, reliability
from coproduce.analysis.one_factor import one_factor
from coproduce.analysis.reliability import feldt
from tests.reference_answers import answered, columns

CASES = ("attitude", "bfi_open_unreversed")
EXACT = {"rel": 1e-8, "abs": 1e-12}
OPENNESS_REVERSED = ("O2", "O5")


def answers(name: str) -> tuple[dict[str, list[float | None]], dict[str, Any]]:
    case = answered("reliability")[name]
    return dict(zip(case["items"], columns(case["file"], *case["items"]), strict=True)), case


def reference(name: str) -> tuple[Reliability, dict[str, Any]]:
    items, case = answers(name)
    low, high = case["scale"]
    return reliability(items, scale=(low, high)), case


def drawn(people: int, loadings: list[float], seed: int = 1) -> np.ndarray[Any, Any]:
    chance = np.random.default_rng(seed)
    weight = np.array(loadings)
    left = np.sqrt(1 - weight**2)
    shared = chance.normal(size=(people, 1)) * weight
    drawn: np.ndarray[Any, Any] = shared + chance.normal(size=(people, weight.size)) * left
    return drawn


# The answers of R


@pytest.mark.parametrize("name", CASES)
def test_alpha_and_its_interval_are_those_of_psych(name: str) -> None:
    found, case = reference(name)
    assert found.n_complete == case["n_complete"]
    assert found.alpha == pytest.approx(case["alpha_raw"], **EXACT)
    assert found.alpha_standardised == pytest.approx(case["alpha_standardised"], **EXACT)
    assert found.alpha_ci95 == pytest.approx(case["alpha_feldt_ci95"], **EXACT)
    assert found.sem == pytest.approx(case["sem"], **EXACT)


@pytest.mark.parametrize("name", CASES)
def test_omega_is_that_of_lavaan(name: str) -> None:
    found, case = reference(name)
    assert found.omega == pytest.approx(case["omega_ml_one_factor"]["omega_total"], abs=1e-4)


@pytest.mark.parametrize("name", CASES)
def test_the_loadings_are_those_of_lavaan(name: str) -> None:
    items, case = answers(name)
    whole = np.array(list(items.values()), dtype=float).T
    whole = whole[~np.isnan(whole).any(axis=1)]
    spread = whole.std(axis=0, ddof=1)
    fitted = one_factor(np.corrcoef(whole.T))
    assert fitted is not None
    told = np.array(case["omega_ml_one_factor"]["loadings"])
    turn = np.sign(told.sum())
    assert fitted[0] * spread == pytest.approx(told * turn, rel=1e-3, abs=1e-4)
    assert fitted[1] * spread**2 == pytest.approx(case["omega_ml_one_factor"]["theta"], rel=1e-3)


@pytest.mark.parametrize("name", CASES)
def test_each_item_beside_the_others_is_as_in_psych(name: str) -> None:
    found, case = reference(name)
    assert found.item_rest == pytest.approx(case["item_rest_r"], **EXACT)
    assert found.alpha_if_dropped == pytest.approx(case["alpha_if_dropped"], **EXACT)


@pytest.mark.parametrize("name", CASES)
def test_scores_by_the_half_rule_are_those_of_r(name: str) -> None:
    found, case = reference(name)
    rule, told = found.score_half_rule, case["score_half_rule"]
    assert rule is not None
    assert rule.n_scored == told["n_scored"]
    assert rule.mean == pytest.approx(told["mean"], **EXACT)
    assert rule.sd == pytest.approx(told["sd"], **EXACT)
    assert rule.scores[:10] == pytest.approx(told["first10"], **EXACT)


# The trap: items that run the other way


def test_items_that_were_not_turned_are_flagged_and_asked_about() -> None:
    found, _ = reference("bfi_open_unreversed")
    for item in OPENNESS_REVERSED:
        assert any(warning.startswith(f"{item} goes against") for warning in found.warnings)
    assert any("reverse key?" in warning for warning in found.warnings)
    assert any("Alpha is low (-0.23" in warning for warning in found.warnings)


def test_turned_rightly_the_same_answers_hold_together_and_nothing_is_asked() -> None:
    items, _ = answers("bfi_open_unreversed")
    found = reliability(items, OPENNESS_REVERSED, (1, 6))
    assert found.alpha is not None
    assert found.alpha > 0.5
    assert min(together for together in found.item_rest if together is not None) > 0
    assert not any("reverse key?" in warning for warning in found.warnings)


def test_a_scale_that_holds_together_is_warned_of_nothing() -> None:
    assert reference("attitude")[0].warnings == ()


def test_turned_by_sign_where_no_scale_is_known_and_then_not_scored() -> None:
    items, _ = answers("bfi_open_unreversed")
    known, unknown = reliability(items, ["O2"], (1, 6)), reliability(items, ["O2"])
    for field in ("alpha", "alpha_ci95", "omega", "sem", "item_rest"):
        assert getattr(unknown, field) == pytest.approx(getattr(known, field), rel=1e-9)
    assert unknown.score_half_rule is None
    assert any("give its two ends" in warning for warning in unknown.warnings)


# Known answers


def test_three_items_that_one_factor_fits_exactly() -> None:
    truth = np.array([0.8, 0.6, 0.5])
    fitted = one_factor(np.outer(truth, truth) + np.diag(1 - truth**2))
    assert fitted is not None
    assert fitted[0] == pytest.approx(truth, abs=1e-6)


def test_omega_finds_the_planted_and_alpha_falls_short_of_it() -> None:
    weight = [0.9, 0.8, 0.5, 0.4, 0.3]
    truth = sum(weight) ** 2 / (sum(weight) ** 2 + sum(1 - w * w for w in weight))
    found = reliability(drawn(200_000, weight))
    assert found.omega == pytest.approx(truth, abs=0.003)
    assert found.alpha is not None
    assert found.omega is not None
    assert found.alpha < found.omega - 0.01


def test_feldts_interval_covers_the_true_alpha_in_95_of_100() -> None:
    # Parallel items with r = 0.4: alpha = 4 * 0.4 / (1 + 3 * 0.4). 4,000 draws err by 0.35 %.
    truth, held = 1.6 / 2.2, 0
    for items in drawn(40 * 4_000, [0.4**0.5] * 4).reshape(4_000, 40, 4):
        covariance = np.cov(items.T)
        alpha = 4 / 3 * (1 - np.trace(covariance) / covariance.sum())
        low, high = feldt(float(alpha), 40, 4)
        held += low <= truth <= high
    assert 0.94 <= held / 4_000 <= 0.96


# Too little, and odd


@pytest.mark.parametrize("people", [0, 1, 2, 5, 29])
def test_under_thirty_people_there_is_neither_alpha_nor_omega(people: int) -> None:
    found = reliability(drawn(people, [0.7] * 4))
    assert found.not_enough == NotEnough(people=people, needed=30)
    assert found.alpha is found.alpha_ci95 is found.omega is found.sem is None
    assert found.alpha_if_dropped == (None,) * 4
    assert any("given from 30" in warning for warning in found.warnings)


def test_people_who_left_an_item_out_are_scored_but_not_correlated() -> None:
    items = drawn(31, [0.7] * 4)
    items[0, 0] = np.nan
    found = reliability(items)
    assert (found.n, found.n_complete) == (31, 30)
    assert found.score_half_rule is not None
    assert found.score_half_rule.n_scored == 31


def test_an_item_that_all_answer_alike_says_nothing_and_spoils_nothing() -> None:
    items = drawn(40, [0.7] * 3)
    wider = np.column_stack((items, np.full(40, 0.1)))
    found = reliability(wider)
    assert found.item_rest[3] is None
    assert found.item_rest[:3] == pytest.approx(reliability(items).item_rest)
    assert found.omega is found.alpha_standardised is None
    assert any("the same to item 3" in warning for warning in found.warnings)


@pytest.mark.parametrize("items", [np.zeros((40, 3)), np.ones((40, 1)), np.zeros((40, 0))])
def test_where_nothing_varies_there_is_no_alpha(items: Any) -> None:
    found = reliability(items)
    assert found.alpha is found.omega is found.sem is None


def test_two_items_have_alpha_and_no_omega() -> None:
    found = reliability(drawn(60, [0.8, 0.8]))
    assert found.alpha is not None
    assert found.omega is None


def test_the_same_item_twice_is_no_proper_factor() -> None:
    items = drawn(60, [0.8, 0.7, 0.6])
    found = reliability(np.column_stack((items, items[:, 0])))
    assert found.omega is None
    assert any("Omega is not given" in warning for warning in found.warnings)


def test_items_that_add_up_to_nothing_have_no_alpha() -> None:
    one = drawn(40, [0.7])
    assert reliability(np.column_stack((one, -one))).alpha is None


# Laws


@given(st.integers(0, 50), st.permutations(range(40)), st.permutations(range(4)))
def test_neither_the_order_of_people_nor_that_of_items_matters(
    seed: int, people: list[int], order: list[int]
) -> None:
    items = drawn(40, [0.8, 0.7, 0.6, 0.5], seed)
    one, other = reliability(items), reliability(items[people][:, order])
    assert other.alpha == pytest.approx(one.alpha, rel=1e-9)
    assert (other.omega is None) == (one.omega is None)
    assert one.omega is None or other.omega == pytest.approx(one.omega, abs=1e-5)
    assert other.item_rest == pytest.approx([one.item_rest[at] for at in order], rel=1e-9)


@given(st.integers(0, 50), st.integers(-9, 9), st.sampled_from([0.5, 3.0, 100.0]))
def test_a_moved_and_stretched_scale_keeps_alpha_and_stretches_the_error(
    seed: int, shift: int, factor: float
) -> None:
    items = drawn(40, [0.8, 0.7, 0.6, 0.5], seed)
    one, other = reliability(items), reliability(shift + factor * items)
    assert other.alpha == pytest.approx(one.alpha, rel=1e-9)
    assert other.sem == pytest.approx(factor * (one.sem or 0), rel=1e-9)


@pytest.mark.parametrize(
    ("items", "choices", "says"),
    [
        ({"a": [1, 2], "b": [1]}, {}, "different numbers of people"),
        ({"a": [1], "b": [2]}, {"reverse": ["c"]}, "no item “c”. There are a, b"),
        ([[1, 2]], {"reverse": [2]}, "no item 2"),
        ([[1, 2]], {"reverse": [-1]}, "no item -1"),
        ([[1, 7]], {"scale": (1, 5)}, "off the scale"),
        ([[1, float("inf")]], {}, "infinite"),
        ([[1, 2]], {"scale": (1, float("nan"))}, "The scale runs"),
    ],
)
def test_what_cannot_be_a_scale_is_refused(items: Any, choices: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        reliability(items, **choices)
