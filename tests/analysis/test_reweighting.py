"""Each weight is right under its condition, and wrong where the docstring says it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis.reweighting import person_weights, reweigh, turn_weights
from coproduce.analysis.shares import discoveries
from tests.analysis.evenings import Evening, camps, evening

# Every evening that one person can have over three statements, with its probability: exact.

STATEMENTS = 3
Path = tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """How statements are drawn and when somebody leaves, each depending on all that went before."""

    draw: dict[Path, tuple[float, ...]]  # after these, how much each statement is preferred
    leave: dict[Path, float]  # after these, the probability to leave

    def probability(self, before: Path, statement: int) -> float:
        left = [other for other in range(STATEMENTS) if other not in before]
        wanted = self.draw[before]
        return wanted[statement] / sum(wanted[other] for other in left)


PATHS = [path for n in range(STATEMENTS + 1) for path in permutations(range(STATEMENTS), n)]
likings = st.tuples(*[st.floats(0.05, 1)] * STATEMENTS)
rules = st.builds(
    Rule,
    draw=st.fixed_dictionaries(dict.fromkeys(PATHS, likings)),
    leave=st.fixed_dictionaries(dict.fromkeys(PATHS, st.floats(0, 1))),
)


def evenings(
    rule: Rule, stays: int | None = None
) -> Iterator[tuple[Path, float, tuple[float, ...]]]:
    """(what was shown in order, how likely that evening is, with which chance each was drawn)."""

    def go_on(path: Path, likely: float, drawn: tuple[float, ...]):
        leave = rule.leave[path] if stays is None else float(len(path) == stays)
        leave = 0.0 if not path else 1.0 if len(path) == STATEMENTS else leave
        if leave > 0:
            yield path, likely * leave, drawn
        for statement in set(range(STATEMENTS)) - set(path):
            p = rule.probability(path, statement)
            if leave < 1:
                yield from go_on((*path, statement), likely * (1 - leave) * p, (*drawn, p))

    yield from go_on((), 1.0, ())


def expected(rule: Rule, value: Callable[[Path, tuple[float, ...]], float], **how: int) -> float:
    return sum(likely * value(path, drawn) for path, likely, drawn in evenings(rule, **how))


def weight_of_first(weigh: Callable[..., np.ndarray]) -> Callable[[Path, tuple[float, ...]], float]:
    """What statement 0 weighs in an evening; nothing where it was not shown."""

    def weight(path: Path, drawn: tuple[float, ...]) -> float:
        return float(weigh([7] * len(path), drawn)[path.index(0)]) if 0 in path else 0.0

    return weight


def place(path: Path) -> int:
    """At which turn statement 0 came, or how many turns it might have come at."""
    return path.index(0) + 1 if 0 in path else len(path)


@given(rules)
def test_each_turn_alike_counts_the_turns_at_which_it_could_come_however_people_stop(rule):
    def summed(path: Path, drawn: tuple[float, ...]) -> float:
        return weight_of_first(turn_weights)(path, drawn) * len(path)

    assert expected(rule, summed) == pytest.approx(expected(rule, lambda path, _: place(path)))


@given(rules, st.integers(1, STATEMENTS))
def test_each_person_alike_is_one_but_for_how_early_the_statement_comes(rule, stays):
    shown = expected(rule, lambda path, _: 0 in path, stays=stays)
    turn = expected(rule, lambda path, _: place(path) * (0 in path), stays=stays) / shown
    by_formula = 1 + shown * (turn - (stays + 1) / 2) / stays
    found = expected(rule, weight_of_first(person_weights), stays=stays)
    assert found == pytest.approx(by_formula)
    assert 0.5 < found < 1.5


@pytest.mark.parametrize("stays", range(1, STATEMENTS + 1))
def test_each_person_alike_is_exactly_one_where_chance_draws(stays):
    by_chance = Rule(dict.fromkeys(PATHS, (1.0,) * STATEMENTS), dict.fromkeys(PATHS, 0.0))
    assert expected(by_chance, weight_of_first(person_weights), stays=stays) == pytest.approx(1)


@given(rules, st.integers(1, STATEMENTS))
def test_one_over_the_product_of_all_draws_would_be_right_without_any_order(rule, stays):
    paths = sum(1 for path in permutations(range(STATEMENTS), stays) if 0 in path)

    def weight(path: Path, drawn: tuple[float, ...]) -> float:
        return (0 in path) / (paths * float(np.prod(drawn)))

    assert expected(rule, weight, stays=stays) == pytest.approx(1)


def test_the_weights_by_hand():
    assert turn_weights([4, 9, 4, 4], [0.5, 0.2, 0.25, 1.0]) == pytest.approx([1, 2.5, 2, 0.5])
    assert person_weights([4, 9, 4, 4], [0.5, 0.2, 0.25, 1.0]) == pytest.approx(
        [(2 + 1) / 3, 5, (4 + 1) / 3, (1 + 1) / 3]
    )


answers = st.lists(st.tuples(st.booleans(), st.floats(0, 50)), min_size=1, max_size=40)


@given(answers, st.floats(0.1, 10))
def test_twice_the_weight_for_everybody_is_the_same_weight(rows, times):
    agrees, weights = zip(*rows, strict=True)
    one, other = reweigh(agrees, weights), reweigh(agrees, np.array(weights) * times)
    if one is None or other is None:
        assert one == other
        return
    assert other.weighted == pytest.approx(one.weighted)
    assert other.error == pytest.approx(one.error, rel=1e-6, abs=1e-9)
    assert 0 <= one.weighted <= 1
    assert 0 < one.base <= np.count_nonzero(weights) + 1e-9


@given(st.lists(st.booleans(), min_size=2, max_size=40))
def test_even_weights_change_nothing_and_say_so(agrees):
    found = reweigh(agrees, [3.0] * len(agrees))
    assert found is not None
    assert found.weighted == pytest.approx(found.counted)
    assert found.difference_error == pytest.approx(0, abs=1e-12)
    assert found.p == 1
    assert found.base == pytest.approx(len(agrees))


def test_the_error_by_hand():
    # Leaving out each: 3/7, 3/7, 0/5 and 0/5 beside 1/4: -1.25/7 twice in size, 0.25 twice.
    found = reweigh([True, True, False, False], [1, 1, 3, 3])
    assert found is not None
    assert found.error == pytest.approx(np.sqrt(3 / 4 * 2 * ((0.75 / 7) ** 2 + (0.75 / 5) ** 2)))


def test_one_person_alone_leaves_everything_open():
    for agrees, weights in (([True], [2.0]), ([True, False, False], [2.0, 0.0, 0.0])):
        found = reweigh(agrees, weights)
        assert found is not None
        assert found.error == float("inf")
        assert found.p == 1


def test_where_nothing_has_a_weight_there_is_no_share():
    assert reweigh([True, False], [0, 0]) is None
    assert reweigh([], []) is None


# Simulated evenings whose truth is known: half of all people would agree with each statement.
# `tends` says who agrees with most things, so that a lean of the sample shows on all of them.

PEOPLE, ON_THE_WALL, EVENINGS = 240, 12, 12
Scene = tuple[Evening, np.ndarray]


def opinions_of(tends: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    return chance.random((PEOPLE, ON_THE_WALL)) < np.where(tends, 0.8, 0.2)[:, np.newaxis]


def late_comers_agree(chance: np.random.Generator, seed: int) -> Scene:
    """The first third of people rather disagree; everybody answers five statements."""
    tends = np.arange(PEOPLE) >= PEOPLE // 3
    opinions = opinions_of(tends, chance)
    return evening(camps(ON_THE_WALL), opinions, lambda _, n, __: n >= 5, seed=seed), opinions


def who_agrees_stays(chance: np.random.Generator, seed: int) -> Scene:
    """People who rather agree answer nine statements, the others three."""
    tends = chance.random(PEOPLE) < 0.5
    opinions = opinions_of(tends, chance)

    def leaves(person: int, answered: int, _: bool) -> bool:
        return answered >= (9 if tends[person] else 3)

    return evening(camps(ON_THE_WALL), opinions, leaves, seed=seed), opinions


def who_disagrees_leaves(chance: np.random.Generator, seed: int) -> Scene:
    """Half of those who have just disagreed go; of those who have agreed, one in twelve."""
    opinions = chance.random((PEOPLE, ON_THE_WALL)) < 0.5
    leaving = np.random.default_rng(seed + 1000)

    def leaves(_: int, __: int, agreed: bool) -> bool:
        return bool(leaving.random() < (1 / 12 if agreed else 1 / 2))

    return evening(camps(ON_THE_WALL), opinions, leaves, seed=seed), opinions


@dataclass(frozen=True)
class Errors:
    """How far shares were from the truth (evenings, statements), and the errors they named."""

    off: np.ndarray
    named: np.ndarray

    @property
    def bias(self) -> float:
        """On average over all statements; positive where agreement is overrated."""
        return float(self.off.mean())

    @property
    def is_right(self) -> bool:
        """No further from nought than so few evenings leave room for."""
        scatter = self.off.mean(axis=1).std(ddof=1) / np.sqrt(EVENINGS)
        return abs(self.bias) < 3 * scatter < 0.025

    @property
    def covered(self) -> float:
        return float((np.abs(self.off) < 1.96 * self.named).mean())


@lru_cache(maxsize=10)
def errors(scene: Callable[[np.random.Generator, int], Scene]) -> dict[str, Errors]:
    """What each way of counting makes of a dozen evenings."""
    off: dict[str, list] = {"plain": [], "turn": [], "person": []}
    named: dict[str, list] = {"plain": [], "turn": [], "person": []}
    for seed in range(EVENINGS):
        found, opinions = scene(np.random.default_rng(seed), seed)
        ways = {
            "plain": np.ones(found.person.size),
            "turn": turn_weights(found.person, found.probability),
            "person": person_weights(found.person, found.probability),
        }
        for way, weights in ways.items():
            shares = [
                reweigh(found.agrees[at], weights[at])
                for at in (found.statement == number for number in range(ON_THE_WALL))
            ]
            off[way].append([s.weighted for s in shares] - opinions.mean(axis=0))
            named[way].append([s.error for s in shares])
    return {way: Errors(np.array(off[way]), np.array(named[way])) for way in off}


def test_where_late_comers_think_otherwise_a_plain_share_leans_and_both_weights_mend_it():
    found = errors(late_comers_agree)
    assert found["plain"].bias < -0.05
    assert np.abs(found["plain"].off.mean(axis=0)).max() > 0.2, "a statement shown early, mostly"
    assert found["turn"].is_right
    assert found["person"].is_right


def test_where_those_who_agree_stay_longer_only_each_person_alike_is_right():
    found = errors(who_agrees_stays)
    assert found["plain"].bias > 0.1
    assert found["turn"].bias > 0.05
    assert found["person"].is_right


def test_where_an_answer_makes_people_leave_only_each_turn_alike_is_right():
    found = errors(who_disagrees_leaves)
    assert found["turn"].is_right
    assert found["person"].bias < -0.05


@pytest.mark.parametrize(
    ("scene", "way"),
    [
        (late_comers_agree, "turn"),
        (late_comers_agree, "person"),
        (who_agrees_stays, "person"),
        (who_disagrees_leaves, "turn"),
    ],
)
def test_where_a_weight_is_right_its_interval_holds_the_truth(scene, way):
    assert 0.92 < errors(scene)[way].covered < 0.98


def test_where_nothing_leans_a_difference_is_rarely_called_more_than_chance():
    def is_alarmed(seed: int) -> bool:
        chance = np.random.default_rng(seed)
        opinions = chance.random((120, ON_THE_WALL)) < np.linspace(0.1, 0.9, ON_THE_WALL)
        stays = 1 + chance.poisson(5, 120)
        found = evening(camps(ON_THE_WALL), opinions, lambda who, n, _: n >= stays[who], seed=seed)
        p = [
            share.p
            for weigh in (turn_weights, person_weights)
            for number in range(ON_THE_WALL)
            for at in [found.statement == number]
            for share in [reweigh(found.agrees[at], weigh(found.person, found.probability)[at])]
        ]
        return bool(discoveries(p, rate=0.05).any())

    assert sum(map(is_alarmed, range(40))) <= 5, "one in twenty is allowed"
