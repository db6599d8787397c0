"""Are groups told where there are groups, and nowhere else?"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough, OpinionMap, map_opinions
from coproduce.analysis.distinct import MOST_PEOPLE, SIMULATIONS, STABLE, Gates, adjusted_rand
from coproduce.analysis.distinct import examine as gates_of
from coproduce.analysis.votes import Ints
from tests.clouds_drawn import Invented, no_structure, one_cloud
from tests.clouds_drawn import camps as planted

SIZES = pytest.mark.parametrize(("people", "statements"), [(60, 20), (120, 20), (200, 30)])


def examined(invented: Invented, *, seed: int = 0, out: tuple[int, ...] = ()) -> Gates:
    left_out = np.isin(invented.table.statements, out)
    return gates_of(invented.table, least=7, left_out=left_out, seed=seed)


def mapped(invented: Invented, **choices: object) -> OpinionMap:
    return map_opinions(
        invented.person,
        invented.statement,
        invented.vote,
        **choices,  # type: ignore[arg-type]
    )


def told(gates: Gates) -> int:
    return gates.passed[0] if gates.passed else 1


# One cloud is one group


@SIZES
def test_answers_without_structure_are_one_group(people: int, statements: int) -> None:
    found = [told(examined(no_structure(people, statements, seed=seed))) for seed in range(15)]
    assert found.count(1) >= 14


def test_one_cloud_of_people_is_one_group() -> None:
    found = [told(examined(one_cloud(120, 20, seed=seed, steepness=0.6))) for seed in range(15)]
    assert found.count(1) >= 14


@pytest.mark.slow
@SIZES
def test_answers_without_structure_are_one_group_in_at_least_95_of_100_conversations(
    people: int, statements: int
) -> None:
    found = [told(examined(no_structure(people, statements, seed=seed))) for seed in range(100)]
    assert found.count(1) >= 95


@pytest.mark.slow
@SIZES
@pytest.mark.parametrize("steepness", [0.4, 0.6, 0.75])
def test_one_cloud_is_one_group_in_at_least_95_of_100_conversations(
    people: int, statements: int, steepness: float
) -> None:
    conversations = (
        one_cloud(people, statements, seed=seed, steepness=steepness) for seed in range(100)
    )
    assert [told(examined(each)) for each in conversations].count(1) >= 95


# Camps are groups


@pytest.mark.parametrize("number", [2, 3, 4])
def test_planted_camps_are_found_with_their_people(number: int) -> None:
    invented = planted(number, 100, 30, seed=0)
    found = mapped(invented)
    assert found.k == number
    members = [who for who in range(100) if found.groups[who]]
    assert len(members) > 70
    letters = np.array(["ABCD".index(found.groups[who] or "") for who in members])
    assert adjusted_rand(letters, invented.camp[members]) > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 3, 4])
@pytest.mark.parametrize(("people", "statements"), [(100, 30), (200, 40)])
def test_planted_camps_are_found_in_nearly_every_conversation(
    number: int, people: int, statements: int
) -> None:
    found = [told(examined(planted(number, people, statements, seed=seed))) for seed in range(20)]
    assert found.count(number) >= 19


def test_what_passes_is_clearer_than_chance_and_comes_again() -> None:
    gates = examined(planted(3, 100, 30, seed=1))
    assert (gates.simulations, gates.people) == (SIMULATIONS, 100)
    assert gates.passed
    for k in gates.passed:
        assert gates.silhouettes[k] > gates.by_chance
        assert gates.stability[k] >= STABLE


def test_what_chance_has_beaten_is_looked_at_no_further() -> None:
    gates = examined(no_structure(60, 20, seed=0))
    assert gates.by_chance >= max(gates.silhouettes.values())
    assert gates.simulations < SIMULATIONS
    assert (gates.stability, gates.passed) == ({}, ())


def test_without_the_statements_that_part_them_camps_are_one_group() -> None:
    invented = planted(2, 100, 30, seed=0)
    dividing = tuple(range(10, 30))
    assert told(examined(invented, out=dividing)) == 1


# The same votes, the same answer


def test_the_order_of_votes_and_the_names_of_people_move_no_gate() -> None:
    invented = no_structure(60, 20, seed=3)
    order = np.random.default_rng(2).permutation(invented.vote.size)
    moved = Invented(
        900 - 7 * invented.person[order],
        invented.statement[order],
        invented.vote[order],
        invented.position,
        invented.camp,
    )
    assert examined(moved) == examined(invented)


def test_another_seed_tells_planted_camps_all_the_same() -> None:
    assert told(examined(planted(2, 60, 24, seed=0), seed=1)) == 2


# Small and odd conversations


def assert_finite(found: OpinionMap) -> None:
    """No number of the map is nan or infinite."""
    gates = found.gates
    numbers = [x for at in found.positions.values() for x in at]
    numbers += [x for ring in found.rings.values() for x in ring]
    numbers += [x for likely in found.membership.values() for x in likely]
    numbers += [x for at in found.axes.values() for x in at]
    numbers += [*found.mean.values(), *found.noise.values(), *found.variance]
    numbers += [*found.group_informed_consensus.values(), *found.silhouettes.values()]
    numbers += [*gates.stability.values(), gates.by_chance] if gates else []
    assert np.isfinite(numbers).all()


def test_one_in_twenty_who_answer_all_alike_make_no_group() -> None:
    invented = no_structure(120, 20, seed=5)
    alike = invented.person < 6
    vote = np.where(alike, np.where(invented.statement % 2, 1, -1), invented.vote)
    found = map_opinions(invented.person, invented.statement, vote)
    assert (found.k, found.group_sizes) == (1, {"A": 120})
    assert_finite(found)


def test_one_person_with_nearly_all_votes_stands_with_the_rest() -> None:
    chance = np.random.default_rng(6)
    who = np.concatenate([np.zeros(200, dtype=int), np.repeat(np.arange(1, 13), 7)])
    what = np.concatenate([np.arange(200), np.concatenate([np.arange(7)] * 12)])
    found = map_opinions(who, what, chance.integers(-1, 2, who.size))
    assert found.k == 1
    assert_finite(found)


@pytest.mark.parametrize("people", [1, 2, 3])
def test_three_people_are_too_few_for_a_map(people: int) -> None:
    who, what = np.divmod(np.arange(people * 8), 8)
    found = map_opinions(who, what, np.ones(who.size, dtype=int))
    assert found.not_enough == NotEnough(people=people, needed=4)
    assert_finite(found)


def test_where_everybody_agrees_nobody_stands_apart() -> None:
    who, what = np.divmod(np.arange(30 * 8), 8)
    found = map_opinions(who, what, np.ones(who.size, dtype=int))
    assert (found.k, found.silhouettes) == (1, {})
    assert_finite(found)


def test_one_statement_draws_a_map_and_no_group() -> None:
    found = map_opinions(np.arange(30), np.zeros(30, dtype=int), np.repeat([1, -1], 15))
    assert found.k == 1
    assert_finite(found)


def test_people_who_answered_little_are_not_looked_at() -> None:
    invented = no_structure(60, 20, seed=1)
    kept = (invented.person >= 10) | (invented.statement < 6)
    few = Invented(
        *(column[kept] for column in (invented.person, invented.statement, invented.vote)),
        invented.position,
        invented.camp,
    )
    assert examined(few).people == 50


def test_of_very_many_people_a_thousand_are_looked_at() -> None:
    who, what = np.divmod(np.arange(1300 * 8), 8)
    found = map_opinions(who, what, np.ones(who.size, dtype=int))
    assert found.gates is not None
    assert found.gates.people == MOST_PEOPLE


# How far two groupings agree

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25)


@given(LABELS)
def test_agreement_is_that_of_counting_pairs_of_people(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array(labels) for labels in zip(*pairs, strict=True))
    assert adjusted_rand(one, other) == pytest.approx(by_pairs(one, other))


def by_pairs(one: Ints, other: Ints) -> float:
    """Hubert & Arabie (1985): each pair of people is together or apart, in one and in the other."""
    together = [
        (one[a] == one[b], other[a] == other[b]) for a, b in combinations(range(one.size), 2)
    ]
    both = sum(x and y for x, y in together)
    first, second = (sum(pair[i] for pair in together) for i in range(2))
    expected = first * second / len(together)
    most = (first + second) / 2
    return 0.0 if most == expected else (both - expected) / (most - expected)


def test_agreement_with_nobody_is_none() -> None:
    assert adjusted_rand(np.array([0]), np.array([0])) == 0.0
