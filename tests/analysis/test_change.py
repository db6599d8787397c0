"""Does change between two waves agree with R, and say no more than it knows?"""

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import Change, NotEnough, conclude_change, paired_change, summarise_pairs
from tests.reference_answers import answered, columns

CASES = ("sleep", "likert_n8", "likert_ceiling_n40")
EXACT = {"rel": 1e-8, "abs": 1e-12}

SCORES = st.integers(1, 50).map(lambda tenths: tenths / 10)
PEOPLE = st.lists(st.tuples(SCORES, SCORES), min_size=6, max_size=30)
SOME_MISSING = st.lists(st.tuples(st.none() | SCORES, st.none() | SCORES), min_size=0, max_size=30)


def of(people: list[tuple[Any, Any]], **choices: Any) -> Change:
    return paired_change([one for one, _ in people], [other for _, other in people], **choices)


def reference(name: str) -> tuple[Change, dict[str, Any]]:
    case = answered("paired")[name]
    rci = case["rci"]
    choices: dict[str, Any] = {"reliability": rci["reliability"], "scale": (1, 5)} if rci else {}
    return paired_change(*columns(case["file"], "before", "after"), **choices), case


# The answers of R


@pytest.mark.parametrize("name", CASES)
def test_the_mean_and_its_t_interval_are_those_of_r(name: str) -> None:
    found, case = reference(name)
    assert found.n_linked == case["n"]
    for field in ("mean_before", "mean_after", "sd_before", "sd_after", "r"):
        assert getattr(found, field) == pytest.approx(case[field], **EXACT)
    assert found.mean_change == pytest.approx(case["mean_change"], **EXACT)
    assert found.sd_change == pytest.approx(case["sd_change"], **EXACT)
    assert found.ci95 == pytest.approx(case["ci95"], **EXACT)


@pytest.mark.parametrize("name", CASES)
def test_the_effect_and_the_variance_to_pool_with_are_those_of_metafor(name: str) -> None:
    found, case = reference(name)
    assert found.g_av == pytest.approx(case["effect"]["g_av"], **EXACT)
    assert found.var_g_av == pytest.approx(case["effect"]["var_g_av_SMCRPH_LS"], **EXACT)


@pytest.mark.parametrize("name", CASES)
def test_the_ranks_are_those_of_r_by_exact_mid_ranks_and_all_walsh_averages(name: str) -> None:
    found, case = reference(name)
    exact = case["wilcoxon_exact_midrank"]
    assert found.signed_rank_p_exact == pytest.approx(exact["p_zeros_dropped"], **EXACT)
    assert found.signed_rank_p_pratt == pytest.approx(exact["p_pratt"], **EXACT)
    assert found.hodges_lehmann == pytest.approx(case["hodges_lehmann_all_walsh"], **EXACT)
    assert found.hodges_lehmann_ci95 == pytest.approx(
        case["hodges_lehmann_ci95_order_stat"], **EXACT
    )


@pytest.mark.parametrize("name", CASES)
def test_who_moved_and_the_chance_of_having_moved_up_are_those_of_r(name: str) -> None:
    found, case = reference(name)
    direction = case["direction"]
    assert (found.up, found.same, found.down) == tuple(
        direction[where] for where in ("up", "same", "down")
    )
    assert found.same == case["n_zero_change"]
    assert found.prob_superiority == pytest.approx(direction["prob_superiority"], **EXACT)
    assert found.prob_superiority_ci95 == pytest.approx(direction["ps_ci95_logit_t"], **EXACT)


@pytest.mark.parametrize("name", ["likert_n8", "likert_ceiling_n40"])
def test_who_moved_reliably_and_who_stands_at_the_ends_are_those_of_r(name: str) -> None:
    found, case = reference(name)
    assert found.reliable is not None
    assert found.ends is not None
    assert found.reliable.threshold == pytest.approx(case["rci"]["threshold_95"], **EXACT)
    for field in ("improved", "worse", "no_reliable_change"):
        assert getattr(found.reliable, field) == case["rci"][field]
    assert asdict(found.ends) == case["floor_ceiling"]


@pytest.mark.parametrize("name", CASES)
def test_who_left_is_as_r_counts_them(name: str) -> None:
    found, case = reference(name)
    gone = case["attrition"]
    assert (found.n_before, found.n_after) == (gone["n_baseline"], gone["n_followup"])
    assert found.leavers is not None
    assert found.leavers.left == gone["n_lost"]
    assert found.leavers.retention == pytest.approx(gone["retention"], **EXACT)
    for field in ("mean_stayed", "mean_left", "hedges_g", "welch_t", "welch_df", "welch_p"):
        if gone.get(field) is not None:
            assert getattr(found.leavers, field) == pytest.approx(gone[field], **EXACT)
    if "ci95" in gone:
        assert found.leavers.ci95 == pytest.approx(gone["ci95"], **EXACT)


# The traps


def test_binary_noise_of_decimal_means_splits_no_ties() -> None:
    # 0.3 - 0.1 and 0.8 - 0.6 are 0.19999999999999998 and 0.20000000000000007
    noisy = of([(0.1, 0.3), (0.6, 0.8), (0.3, 0.5), (0.7, 0.9), (0.4, 0.2), (0.5, 0.9)])
    whole = of([(1, 3), (6, 8), (3, 5), (7, 9), (4, 2), (5, 9)])
    assert noisy.signed_rank_p_exact == whole.signed_rank_p_exact
    assert noisy.hodges_lehmann == 0.2


def test_noise_is_no_movement() -> None:
    assert of([(0.1 + 0.2, 0.3)] * 7).same == 7


def test_the_middle_keeps_those_who_did_not_move() -> None:
    found, case = reference("sleep")
    assert found.hodges_lehmann == 1.3
    assert abs(case["wilcoxon_R_default"]["pseudomedian"] - 1.3) > 0.05  # drops zeros under ties


# What is said


def test_the_headline_tells_counts_mean_and_interval_with_digits_that_the_interval_bears() -> None:
    found, _ = reference("likert_ceiling_n40")
    assert found.headline == (
        "17 of 25 moved up; on average 0.4 points, between 0.1 and 0.8, on a scale of 1 to 5"
    )


def test_an_interval_around_nought_is_said_to_hold_no_change() -> None:
    found, _ = reference("likert_n8")
    assert found.headline == (
        "5 of 8 moved down; on average −0.2 points, between −1.1 and 0.8, on a scale of 1 to 5; "
        "it may be no change at all"
    )


@pytest.mark.parametrize("people", [0, 1, 2, 5])
def test_too_few_people_are_told_and_have_no_interval(people: int) -> None:
    found = of([(1, 2), (2, 4), (3, 3), (2, 5), (1, 1)][:people])
    assert found.not_enough == NotEnough(people=people, needed=6)
    assert found.headline is None
    assert found.ci95 is None
    assert found.hodges_lehmann_ci95 is None
    assert found.prob_superiority_ci95 is None
    assert (found.mean_change is None) == (people == 0)


def test_six_people_are_enough() -> None:
    found = of([(1, 2), (2, 4), (3, 3), (2, 5), (1, 1), (2, 3)])
    assert found.not_enough is None
    assert found.ci95 is not None


def test_where_fewer_than_six_moved_the_counts_are_the_headline() -> None:
    found = of([(2, 3)] * 4 + [(2, 1)] + [(3, 3)] * 4)
    assert found.headline == "4 of 9 moved up, 4 stayed the same, 1 moved down"
    assert found.ci95 is not None


def test_where_most_stood_still_the_counts_are_the_headline() -> None:
    at_the_edge = [(2, 3)] * 8 + [(3, 3)] * 12  # 60 %: not over it
    assert "on average" in str(of(at_the_edge).headline)
    assert (
        of([*at_the_edge, (3, 3)]).headline == "8 of 21 moved up, 13 stayed the same, 0 moved down"
    )


def test_no_effect_is_claimed_without_a_comparison() -> None:
    assert reference("sleep")[0].claim_grade == "before-after"


def test_where_lower_is_better_the_headline_says_so_and_getting_lower_is_improving() -> None:
    people = [(4, 1), (4, 2), (5, 1), (4, 3), (5, 2), (3, 3), (2, 1)]
    found = of(people, scale=(1, 5), higher_is_better=False, reliability=0.8)
    assert found.headline is not None
    assert found.headline.startswith("6 of 7 moved down; on average −2 points")
    assert found.headline.endswith("on a scale of 1 to 5, where lower is better")
    assert found.reliable is not None
    assert (found.reliable.improved, found.reliable.worse) == (4, 0)


def warned(found: Change, word: str) -> bool:
    return any(word in warning for warning in found.warnings)


def test_a_full_top_of_the_scale_is_warned_of_and_a_free_one_is_not() -> None:
    free = [(2, 3), (3, 4), (2, 4), (3, 2), (4, 4), (2, 2), (3, 5)]
    assert not warned(of(free, scale=(1, 5)), "Ceiling")  # 1 of 7 is under 15 %
    assert warned(of([*free[:5], (2, 5), (3, 5)], scale=(1, 5)), "Ceiling: 2 of 7")
    assert not warned(of([*free[:5], (2, 5), (3, 5)]), "Ceiling")  # nobody said where it ends


def test_a_full_bottom_is_warned_of_too() -> None:
    people = [(1, 1), (1, 2), (2, 3), (3, 3), (2, 4), (2, 2)]
    assert warned(of(people, scale=(1, 5)), "Floor: 2 of 6")


def test_it_warns_where_fewer_than_seven_in_ten_stayed() -> None:
    stayed = [(1, 2), (2, 3), (3, 3), (4, 5), (2, 2), (3, 4), (2, 2)]
    assert not warned(of([*stayed, (1, None), (2, None), (4, None)]), "fewer than 7 in 10")
    assert warned(of([*stayed, *[(value, None) for value in (1, 2, 4, 3)]]), "fewer than 7 in 10")


def test_it_warns_where_those_who_left_began_elsewhere() -> None:
    found, _ = reference("likert_ceiling_n40")
    assert warned(found, "Those who left began higher than those who stayed, by 0.68")


def test_it_warns_of_regression_to_the_mean_where_the_ends_meet_in_the_middle() -> None:
    pulled = [(1, 3), (2, 3), (1, 2), (5, 3), (4, 3), (5, 4), (3, 3)]
    assert warned(of(pulled), "regression to the mean")
    spread = [(1, 1), (2, 3), (1, 2), (5, 6), (4, 4), (5, 7), (3, 4)]
    assert not warned(of(spread), "regression to the mean")


def test_it_says_so_where_everybody_together_moved_the_other_way() -> None:
    stayed = [(1, 3), (3, 2.5), (2, 3.5), (4, 2.5), (5, 3.5), (3, 3.5)]
    others = [(5, None)] * 3 + [(None, 1)] * 3
    found = of(stayed + others)
    assert found.mean_change is not None
    assert found.everybody is not None
    assert found.mean_change > 0 > found.everybody.mean_change
    assert warned(found, "the change points the other way")


def test_where_everybody_moved_by_the_same_there_is_no_interval() -> None:
    found = of([(1, 2.1), (2, 3.1), (3, 4.1), (2, 3.1), (1, 2.1), (2, 3.1), (0.3, 1.4)])
    assert found.mean_change == pytest.approx(1.1)
    assert found.ci95 is None
    assert found.headline == "7 of 7 moved up, 0 stayed the same, 0 moved down"
    assert warned(found, "Everybody moved by the same")


def test_where_nobody_moved_nothing_is_made_up() -> None:
    found = of([(3.2, 3.2)] * 8)
    assert (found.mean_change, found.sd_change, found.ci95, found.g_av) == (0, 0, None, None)
    assert found.signed_rank_p_exact == 1.0
    assert found.prob_superiority == 0.5
    assert found.headline == "0 of 8 moved up, 8 stayed the same, 0 moved down"


# Laws


@given(SOME_MISSING, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing_at_all(
    people: list[tuple[Any, Any]], chance: Any
) -> None:
    other = list(people)
    chance.shuffle(other)
    assert of(people) == of(other)


@given(SOME_MISSING, SOME_MISSING)
def test_two_halls_added_up_are_one_hall(
    hall: list[tuple[Any, Any]], at_home: list[tuple[Any, Any]]
) -> None:
    one, other = (
        summarise_pairs([before for before, _ in people], [after for _, after in people])
        for people in (hall, at_home)
    )
    assert conclude_change(one + other) == conclude_change(other + one) == of(hall + at_home)


@given(PEOPLE)
def test_before_and_after_exchanged_turn_every_sign(people: list[tuple[float, float]]) -> None:
    there, back = of(people), of([(after, before) for before, after in people])
    assert (there.up, there.same, there.down) == (back.down, back.same, back.up)
    assert there.signed_rank_p_exact == back.signed_rank_p_exact
    assert there.var_g_av == approx_or_none(back.var_g_av)
    for name in ("mean_change", "g_av", "hodges_lehmann"):
        value = getattr(back, name)
        assert getattr(there, name) == approx_or_none(None if value is None else -value)
    for name in ("ci95", "hodges_lehmann_ci95"):
        value = getattr(back, name)
        assert getattr(there, name) == approx_or_none(value and (-value[1], -value[0]))
    assert there.prob_superiority == pytest.approx(1 - (back.prob_superiority or 0))


def approx_or_none(value: Any) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)


@given(PEOPLE, st.integers(-40, 40), st.sampled_from([0.5, 2.0, 10.0]))
def test_a_moved_and_stretched_scale_moves_and_stretches_the_change(
    people: list[tuple[float, float]], shift: int, factor: float
) -> None:
    plain = of(people)
    stretched = of([(shift + factor * one, shift + factor * other) for one, other in people])
    for name in ("mean_change", "sd_change", "hodges_lehmann", "ci95", "hodges_lehmann_ci95"):
        value = getattr(plain, name)
        times = None if value is None else (np.array(value) * factor).tolist()
        assert getattr(stretched, name) == approx_or_none(times)
    for name in ("g_av", "var_g_av", "signed_rank_p_exact", "prob_superiority_ci95"):
        assert getattr(stretched, name) == approx_or_none(getattr(plain, name))
    assert (plain.up, plain.same, plain.down) == (stretched.up, stretched.same, stretched.down)


@given(PEOPLE)
def test_the_estimates_lie_within_their_intervals(people: list[tuple[float, float]]) -> None:
    found = of(people)
    for value, interval in (
        (found.mean_change, found.ci95),
        (found.hodges_lehmann, found.hodges_lehmann_ci95),
        (found.prob_superiority, found.prob_superiority_ci95),
    ):
        assert value is not None
        assert interval is None or interval[0] <= value <= interval[1]


def test_on_answers_of_five_points_the_t_interval_covers_the_truth_in_95_of_100() -> None:
    # 4,000 draws: the share of intervals that hold the truth errs by 0.35 % (one standard error).
    chance = np.random.default_rng(20261125)
    held = 0
    latent = chance.multivariate_normal([0, 0.5], [[1, 0.6], [0.6, 1]], size=(4_000, 12))
    cuts = np.array([-1.6, -0.8, 0.1, 1.0])
    scores = np.searchsorted(cuts, latent) + 1
    large = np.searchsorted(
        cuts, chance.multivariate_normal([0, 0.5], [[1, 0.6], [0.6, 1]], size=2_000_000)
    )
    truth = float(np.mean(large[:, 1] - large[:, 0]))
    for sample in scores:
        interval = paired_change(sample[:, 0], sample[:, 1]).ci95
        held += interval is not None and interval[0] <= truth <= interval[1]
    assert 0.935 <= held / len(scores) <= 0.965


# Odd inputs


ODD = st.none() | st.sampled_from([0.0, 1.0, 0.1, 1e-300, 1e-9, 3e99, -3e99]) | st.floats(-1e9, 1e9)


@given(st.lists(st.tuples(ODD, ODD), max_size=14))
def test_whatever_the_scores_each_number_is_finite_or_not_given(
    people: list[tuple[Any, Any]],
) -> None:
    json.dumps(asdict(of(people, reliability=0.8)), allow_nan=False)


def test_the_noise_of_decimal_means_would_have_changed_p() -> None:
    _, case = reference("likert_ceiling_n40")
    before, after = columns(case["file"], "before", "after")
    both = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if one is not None and other is not None
    ]
    noisy = np.array([other - one for one, other in both])
    assert np.unique(np.abs(noisy)).size > np.unique(np.round(np.abs(noisy), 9)).size
    told = case["wilcoxon_R_default"]
    assert told["p_if_binary_noise_not_rounded"] != told["p"]


def test_huge_scores_give_finite_numbers() -> None:
    found = of([(1e90 * before, 1e90 * after) for before, after in [(1, 2), (2, 4), (3, 3)] * 3])
    assert found.mean_change == pytest.approx(1e90)
    assert found.g_av is not None
    assert np.isfinite([*(found.ci95 or ()), found.g_av, found.var_g_av or 0]).all()


def test_a_large_constant_takes_no_digits_from_a_small_change() -> None:
    people = [(1, 2), (2, 4), (3, 3), (2, 5), (1, 1), (2, 3)]
    far = of([(10**8 + before, 10**8 + after) for before, after in people])
    assert far.mean_change == of(people).mean_change
    assert far.sd_change == pytest.approx(of(people).sd_change, rel=1e-12)


@pytest.mark.parametrize(
    ("before", "after", "choices", "says"),
    [
        ([1, 2], [1], {}, "before has 2 people and after 1"),
        ([1, float("inf")], [1, 2], {}, "before: person 1"),
        ([1, 2], [1, -float("inf")], {}, "after: person 1"),
        (["many"], [1], {}, "before holds something that is no number"),
        ([[1, 2]], [[1, 2]], {}, "before has 2 dimensions"),
        ([1, 2], [1, 6], {"scale": (1, 5)}, "after holds 6, which is off the scale 1 to 5"),
        ([0.5, 2], [1, 5], {"scale": (1, 5)}, "before holds 0.5"),
        ([1], [1], {"scale": (5, 1)}, "The scale runs from 5 to 1"),
        ([1], [1], {"scale": (0, float("nan"))}, "The scale runs from 0 to nan"),
        ([1], [1], {"reliability": 1.5}, "The reliability is 1.5"),
        ([1], [1], {"reliability": 0}, "The reliability is 0"),
    ],
)
def test_what_cannot_be_scores_is_refused_in_a_sentence(
    before: Any, after: Any, choices: Any, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        paired_change(before, after, **choices)
