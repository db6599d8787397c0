"""Coverage first, then the ring, some of it chance; and the numbers that this is worth."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coproduce.analysis.routing import WEIGHTS, Weights, draw_chances, expected_falls, ring
from tests.analysis.evenings import BY_CHANCE, Evening, Wall, camps, evening

answers = st.lists(st.integers(0, 200), min_size=1, max_size=40)


@st.composite
def walls(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray | None, np.ndarray | None]:
    """How many answered each statement, how many in each group, and what an answer would tell."""
    counts = np.array(draw(answers))
    groups = draw(st.integers(0, 4))
    by_group = draw(arrays(np.float64, (counts.size, groups), elements=st.integers(0, 30)))
    unknown = draw(arrays(np.bool_, counts.size))
    by_group[unknown] = np.nan
    falls = draw(arrays(np.float64, counts.size, elements=st.floats(0, 2)))
    return counts, draw(st.sampled_from((None, by_group))), draw(st.sampled_from((None, falls)))


@given(walls())
def test_the_chances_sum_to_one_and_none_is_nought(wall):
    counts, by_group, falls = wall
    likely = draw_chances(counts, by_group=by_group, falls=falls)
    assert likely.sum() == pytest.approx(1, abs=1e-12)
    assert likely.min() >= WEIGHTS.chance / counts.size - 1e-15


@given(walls(), st.randoms(use_true_random=False))
def test_other_numbers_for_the_same_statements_leave_their_chances(wall, shuffle):
    counts, by_group, falls = wall
    order = list(range(counts.size))
    shuffle.shuffle(order)
    moved = draw_chances(
        counts[order],
        by_group=None if by_group is None else by_group[order],
        falls=None if falls is None else falls[order],
    )
    likely = draw_chances(counts, by_group=by_group, falls=falls)
    assert moved == pytest.approx(likely[order], rel=1e-9, abs=1e-15)


@given(answers)
def test_without_a_model_what_has_fewer_answers_is_never_less_likely(counts):
    likely = draw_chances(counts)
    assert np.all(np.diff(likely[np.argsort(counts)]) <= 1e-15)


@given(walls())
def test_while_something_lacks_answers_most_draws_go_there(wall):
    counts, by_group, falls = wall
    likely = draw_chances(counts, by_group=by_group, falls=falls)
    known = by_group is not None and by_group.shape[1] > 0
    in_groups = np.full(counts.size, np.nan) if not known else (by_group < 10).any(axis=1) * 1.0
    if known:
        in_groups[np.isnan(by_group).any(axis=1)] = np.nan
    lacks = np.where(np.isnan(in_groups), counts < 30, in_groups > 0)
    if lacks.any():
        assert likely[lacks].sum() >= WEIGHTS.coverage + WEIGHTS.chance * lacks.mean() - 1e-12


def test_nine_draws_in_ten_go_to_what_lacks_answers_while_there_is_no_model():
    # Worked by hand: 30 and 15 lack, 0 does not. 0.9 * 30/45 + 0.1/3, 0.9 * 15/45 + 0.1/3, 0.1/3.
    assert draw_chances([0, 15, 30]) == pytest.approx([0.6 + 1 / 30, 0.3 + 1 / 30, 1 / 30])


def test_with_groups_and_a_model_each_wish_has_its_part():
    # Lacks by hand: 10 + 0, 0 + 5, 0; falls 0, 1, 3.
    likely = draw_chances([90, 90, 90], by_group=[[0, 10], [10, 5], [12, 40]], falls=[0, 1, 3])
    by_hand = [0.6 * 10 / 15 + 0.1 / 3, 0.6 * 5 / 15 + 0.3 / 4 + 0.1 / 3, 0.3 * 3 / 4 + 0.1 / 3]
    assert likely == pytest.approx(by_hand)


def test_what_lacks_nothing_leaves_its_part_to_the_ring():
    assert draw_chances([30, 99], falls=[3, 1]) == pytest.approx(
        [0.9 * 3 / 4 + 0.05, 0.9 / 4 + 0.05]
    )


def test_where_nothing_is_wished_for_every_statement_is_as_likely():
    assert draw_chances([30, 500]).tolist() == [0.5, 0.5]
    assert draw_chances([30, 500], falls=[0, 0]).tolist() == [0.5, 0.5]
    assert draw_chances([]).size == 0


def test_a_statement_that_no_picture_has_counted_yet_goes_by_its_answers_in_all():
    likely = draw_chances([12, 99], by_group=[[np.nan, np.nan], [10, 10]])
    assert likely == pytest.approx([0.95, 0.05])


def test_parts_that_leave_nothing_to_chance_are_refused():
    for parts in ((0.7, 0.3, 0.0), (0.6, 0.3, 0.2), (1.2, -0.3, 0.1)):
        with pytest.raises(ValueError, match="left to chance"):
            Weights(coverage=parts[0], ring=parts[1], chance=parts[2])


rows = st.integers(0, 8).flatmap(
    lambda n: st.tuples(
        arrays(np.float64, (n, 2), elements=st.floats(-1, 1)),
        arrays(np.float64, n, elements=st.floats(0.1, 1)),
    )
)


@given(rows, st.tuples(st.floats(-1, 1), st.floats(-1, 1)), st.floats(0.1, 1))
def test_the_expected_fall_is_the_fall_that_one_more_answer_brings(before, loading, noise):
    loadings, noises = before
    now = ring(loadings, noises)
    after = ring(np.vstack([loadings, loading]), np.append(noises, noise))
    (fall,) = expected_falls(now, [loading], [noise])
    assert np.trace(now) - np.trace(after) == pytest.approx(fall, abs=1e-9)
    assert fall >= 0


def test_a_second_answer_along_the_same_line_tells_less_than_one_across():
    now = ring([[0.8, 0.0]], [0.4])
    along, across = expected_falls(now, [[0.8, 0.0], [0.0, 0.8]], [0.4, 0.4])
    assert across > 2 * along


# What it is worth, on evenings with known opinions: everybody answers 15 of 45 statements, and
# one group is so small that it rarely has ten answers to anything.

ALL_FOR_COVERAGE = Weights(coverage=0.9, ring=0.0, chance=0.1)
GROUPS = (0.55, 0.35, 0.10)
LATE, CAME_AFTER = 2, 60


def a_wall(kind: str) -> Wall:
    wall = camps(45)
    came_after = np.where(np.arange(45) == LATE, CAME_AFTER, 0) if kind == "a late one" else None
    groups = 3 if kind == "groups" else 0
    return Wall(wall.loadings, wall.noise, groups=groups, came_after=came_after)


@lru_cache(maxsize=100)
def an_evening(weights: Weights, kind: str = "one group", seed: int = 1) -> tuple[Evening, Wall]:
    chance = np.random.default_rng(seed)
    wall = a_wall(kind)
    opinions = chance.random((200, 45)) < 0.5
    group = chance.choice(3, 200, p=GROUPS) if wall.groups else None
    found = evening(
        wall, opinions, lambda _, n, __: n >= 15, weights=weights, group=group, seed=seed
    )
    return found, wall


def mean_ring(weights: Weights, kind: str = "one group") -> float:
    """What is left of a ring after fifteen answers, of those who came after the first picture."""
    found, _ = an_evening(weights, kind)
    return float(np.mean([theirs[14] for theirs in found.rings[60:]]))


def people_until_covered(weights: Weights, kind: str = "one group") -> float:
    """After how many people everything had its thirty answers, over four evenings."""
    return float(np.mean([_until(an_evening(weights, kind, seed)[0]) for seed in range(4)]))


def _until(found: Evening) -> int:
    counts = np.zeros(45, dtype=int)
    for person, statement in zip(found.person, found.statement, strict=True):
        counts[statement] += 1
        if counts.min() >= WEIGHTS.in_all:
            return int(person) + 1
    raise AssertionError("The evening was too short for this measure.")


def covered_places(weights: Weights) -> float:
    """The part of all pairs of statement and group that have ten answers, over four evenings."""
    walls = [an_evening(weights, "groups", seed)[1] for seed in range(4)]
    return float(np.mean([(wall.answers >= WEIGHTS.per_group).mean() for wall in walls]))


def test_after_fifteen_answers_the_ring_is_a_fifth_smaller_than_in_a_random_order():
    assert mean_ring(WEIGHTS) < 0.8 * mean_ring(BY_CHANCE)


def test_where_a_group_still_lacks_answers_the_ring_has_its_turn_too():
    by_chance = mean_ring(BY_CHANCE, "groups")
    assert mean_ring(WEIGHTS, "groups") < 0.92 * by_chance
    assert mean_ring(ALL_FOR_COVERAGE, "groups") > 0.97 * by_chance, "that is why it is a mixture"


def test_everything_has_its_answers_a_fifth_earlier_than_in_a_random_order():
    routed = people_until_covered(WEIGHTS)
    assert routed < 0.8 * people_until_covered(BY_CHANCE)
    assert routed < 1.05 * people_until_covered(ALL_FOR_COVERAGE)


def test_more_places_of_statement_and_group_are_covered_than_in_a_random_order():
    routed = covered_places(WEIGHTS)
    assert routed > covered_places(BY_CHANCE)
    assert routed > covered_places(ALL_FOR_COVERAGE) - 0.02


def test_a_statement_that_came_late_catches_up_in_half_the_time():
    routed, by_chance = (
        people_until_covered(weights, "a late one") - CAME_AFTER for weights in (WEIGHTS, BY_CHANCE)
    )
    assert routed < 0.5 * by_chance
