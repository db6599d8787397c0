"""One answer from many projects: as R's metafor has it, and as laws demand."""

import csv
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import pool
from coproduce.analysis.pooling import (
    Effects,
    Pooled,
    TooFewProjects,
    align,
    conclude_effects,
    cumulative,
    leave_one_out,
    summarise_effects,
)
from tests.reference_answers import answered, columns, file

CASES = ("bcg", "hackshaw1998", "k2")
effect = st.floats(-3, 3).map(lambda value: round(value, 3))
variance = st.floats(0.005, 2).map(lambda value: round(value, 4))
projects = st.lists(st.tuples(effect, variance), min_size=3, max_size=12)


def case(name: str) -> tuple[dict[str, Any], Pooled]:
    expected = answered("pooled")[name]
    y, v = columns(expected["file"], "yi", "vi")
    return expected, pool(y, v)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CASES)
def test_the_average_and_its_interval_are_those_of_metafor(name: str) -> None:
    expected, found = case(name)
    capped = expected["reml_adhoc_capped"]
    assert found.k == expected["k"]
    assert found.tau2 == pytest.approx(capped["tau2"], rel=1e-7)
    assert found.estimate == pytest.approx(capped["b"], rel=1e-7)
    assert found.se == pytest.approx(capped["se"], rel=1e-7)
    assert found.ci95 == pytest.approx(capped["ci95"], rel=1e-7)
    assert found.q == pytest.approx(expected["Q"], rel=1e-8)
    assert found.i2 == pytest.approx(expected["I2"], rel=1e-7)


@pytest.mark.parametrize("name", ["bcg", "hackshaw1998"])
def test_the_interval_of_tau2_is_the_q_profile(name: str) -> None:
    expected, found = case(name)
    assert found.tau2_ci95 == pytest.approx(expected["tau2_qprofile_ci95"], rel=1e-6, abs=1e-12)


def test_the_interval_of_tau2_is_not_cut_off_at_a_hundred() -> None:
    _, found = case("k2")
    assert found.tau2_ci95 is not None
    assert found.tau2_ci95[1] is not None
    assert found.tau2_ci95[1] > 100


@pytest.mark.parametrize("name", ["bcg", "hackshaw1998"])
def test_a_further_project_is_expected_where_metafor_says(name: str) -> None:
    expected, found = case(name)
    wanted = expected["prediction_interval"]["t_k1_se_adhoc"]
    assert found.prediction_interval == pytest.approx(wanted, rel=1e-7)


@pytest.mark.parametrize("name", CASES)
def test_shrunken_values_and_weights_are_those_of_metafor(name: str) -> None:
    expected, found = case(name)
    shrunken = expected["shrunken_blup"]
    assert list(found.shrunken.values()) == pytest.approx(shrunken["pred"], rel=1e-6)
    assert list(found.shrunken_se.values()) == pytest.approx(shrunken["se"], rel=1e-6)
    assert list(found.weights.values()) == pytest.approx(expected["weights_reml"], rel=1e-7)


@pytest.mark.parametrize("name", CASES)
def test_it_grows_and_holds_without_each_as_in_metafor(name: str) -> None:
    expected = answered("pooled")[name]
    y, v = columns(expected["file"], "yi", "vi")
    growing, left = cumulative(y, v), leave_one_out(y, v)  # type: ignore[arg-type]
    grown, without = expected["cumulative_reml_z"], expected["leave_one_out_reml_z"]
    assert [s.estimate for s in growing] == pytest.approx(grown["b"], rel=1e-6)
    assert [s.tau2 for s in growing] == pytest.approx(grown["tau2"], rel=1e-5, abs=1e-8)
    assert [s.estimate for s in left] == pytest.approx(without["b"], rel=1e-6)
    assert [s.tau2 for s in left] == pytest.approx(without["tau2"], rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("moderator", ["ablat", "alloc"])
def test_an_association_is_that_of_metafor(moderator: str) -> None:
    expected = answered("pooled")["bcg"]["meta_regression"][moderator]
    y, v = columns("bcg.csv", "yi", "vi")
    values = moderator_of("bcg.csv", moderator)
    [found] = pool(y, v, {moderator: values}).associated  # type: ignore[arg-type]
    if found.needed:
        assert "systematic" in found.needed or "alternate" in found.needed
        return
    assert [term.estimate for term in found.terms] == pytest.approx(expected["b"], rel=1e-6)
    assert [term.se for term in found.terms] == pytest.approx(expected["se"], rel=1e-6)
    assert found.p == pytest.approx(expected["QM_p"], rel=1e-6)
    assert found.tau2 == pytest.approx(expected["tau2"], rel=1e-6)
    assert found.headline == "“ablat” is associated with the effect"


def moderator_of(name: str, moderator: str) -> list[float | str]:
    with file(name).open(encoding="utf-8") as opened:
        told = [row[moderator] for row in csv.DictReader(opened)]
    return [float(each) if each.isdigit() else each for each in told]


def test_two_projects_make_no_headline() -> None:
    _, found = case("k2")
    assert found.headline is None
    assert found.not_enough == TooFewProjects(2, 3)
    assert found.prediction_interval is None


def test_one_project_is_itself_and_no_interval() -> None:
    found = pool([0.4], [0.02])
    assert (found.estimate, found.tau2, found.ci95) == (0.4, 0.0, None)


def test_a_project_with_nearly_all_the_weight_leaves_no_headline() -> None:
    found = pool([0.2, 0.2, 0.2], [0.0001, 0.5, 0.5], names=["large", "a", "b"])
    assert found.dominated_by == "large"
    assert found.headline is None
    assert "more than 85%" in found.warnings[0]


def test_projects_that_agree_have_no_variance_between_them() -> None:
    found = pool([0.3] * 6, [0.02, 0.03, 0.02, 0.05, 0.04, 0.02])
    assert found.tau2 == 0.0
    assert found.estimate == pytest.approx(0.3)
    assert list(found.shrunken.values()) == pytest.approx([0.3] * 6)


@pytest.mark.parametrize(
    ("effects", "variances", "complaint"),
    [
        ([], [], "no project"),
        ([0.1, 0.2], [0.1], "one effect, one variance"),
        ([0.1, float("nan")], [0.1, 0.1], "effect of “2”"),
        ([0.1, 0.2], [0.1, 0.0], "above nought"),
        ([0.1, 0.2], [0.1, -1.0], "above nought"),
    ],
)
def test_what_cannot_be_pooled_is_refused(
    effects: list[float], variances: list[float], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        pool(effects, variances)


def test_the_words_never_say_because() -> None:
    found = pool([0.2, 0.5, 0.8, 0.4, 0.3], [0.04, 0.03, 0.05, 0.02, 0.06])
    assert found.headline is not None
    assert "a further project would be expected between" in found.headline
    assert not any(word in found.headline for word in ("caused", "because", "impact", "led to"))


def test_directions_are_aligned_first() -> None:
    assert align([1, -2, 3], [True, False, False]).tolist() == [1, 2, -3]


@given(projects)
def test_the_order_of_projects_does_not_matter(rows: list[tuple[float, float]]) -> None:
    forward, backward = (pool(*zip(*some, strict=True)) for some in (rows, rows[::-1]))
    assert forward.estimate == pytest.approx(backward.estimate, abs=1e-9)
    assert forward.tau2 == pytest.approx(backward.tau2, abs=1e-7)


@given(projects, effect)
def test_adding_a_constant_moves_the_average_by_it(
    rows: list[tuple[float, float]], shift: float
) -> None:
    y, v = map(np.asarray, zip(*rows, strict=True))
    plain, moved = pool(y, v), pool(y + shift, v)
    assert moved.estimate == pytest.approx(plain.estimate + shift, abs=1e-8)
    assert moved.tau2 == pytest.approx(plain.tau2, abs=1e-7)


@given(projects, st.sampled_from([0.5, 2.0, 10.0, -1.0]))
def test_another_unit_scales_everything(rows: list[tuple[float, float]], unit: float) -> None:
    y, v = map(np.asarray, zip(*rows, strict=True))
    plain, scaled = pool(y, v), pool(unit * y, unit**2 * v)
    assert scaled.estimate == pytest.approx(unit * plain.estimate, abs=1e-7)
    assert scaled.tau2 == pytest.approx(unit**2 * plain.tau2, rel=1e-5, abs=1e-6)
    assert scaled.i2 == pytest.approx(plain.i2, abs=1e-3)


@given(projects)
def test_a_shrunken_value_lies_between_its_own_and_the_average(
    rows: list[tuple[float, float]],
) -> None:
    y, v = zip(*rows, strict=True)
    found = pool(y, v)
    for own, drawn in zip(y, found.shrunken.values(), strict=True):
        low, high = sorted((own, found.estimate))
        assert low - 1e-9 <= drawn <= high + 1e-9


@given(projects, st.integers(1, 2))
def test_places_put_together_say_what_all_say_at_once(
    rows: list[tuple[float, float]], split: int
) -> None:
    y, v = map(list, zip(*rows, strict=True))
    names = [f"project {at:02d}" for at in range(len(rows))]
    here = summarise_effects(names[:split], y[:split], v[:split])
    there = summarise_effects(names[split:], y[split:], v[split:])
    assert here + there == there + here == summarise_effects(names, y, v)
    assert conclude_effects(here + there) == pool(y, v, names=names)


def test_the_same_project_twice_with_other_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="comes twice with other numbers"):
        Effects({"hall": (0.1, 0.1)}) + Effects({"hall": (0.2, 0.1)})
    assert Effects({"hall": (0.1, 0.1)}) + Effects({"hall": (0.1, 0.1)}) == Effects(
        {"hall": (0.1, 0.1)}
    )
