"""Does it matter to anybody whether numpy or compiled loops did the work? It must not."""

import sys
from collections.abc import Callable
from itertools import product
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.analysis import conclude, kernels, map_opinions, summarise
from coproduce.analysis.axes import project
from coproduce.analysis.groups import find_groups
from coproduce.analysis.kernels import plain
from coproduce.analysis.votes import vote_table
from coproduce.formats.polis import read_votes
from tests.real_conversations import BIODIVERSITY, BREXIT, exported
from tests.votes_drawn import Rows, rows, two_camps

pytest.importorskip("numba", reason="numba, the extra `fast`, is not installed")
from coproduce.analysis.kernels import compiled
from coproduce.analysis.kernels.compiled import cores, groups, sums

Answer = TypeVar("Answer")
Columns = tuple[np.ndarray, np.ndarray, np.ndarray]


def both_ways(question: Callable[[], Answer]) -> tuple[Answer, Answer]:
    """The same question answered by numpy alone, and by compiled loops."""
    answers = []
    for way in (plain, compiled):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernels, "for_votes", lambda votes, way=way: way)
            answers.append(question())
    return answers[0], answers[1]


def drawn(people: int, statements: int, votes: int, *, camps: int = 3, seed: int = 1) -> Columns:
    """Votes in any order, some of them twice, by people of a few camps."""
    chance = np.random.default_rng(seed)
    who, what = chance.integers(0, people, votes), chance.integers(0, statements, votes)
    lean = chance.normal(0, 1, (camps, statements))
    vote = np.clip(np.round(lean[who % camps, what] + chance.normal(0, 0.7, votes)), -1, 1)
    return who, what, vote.astype(int)


# The same integers, the same map


@given(rows(st.integers(0, 11)), st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_any_few_votes_give_the_same_integers_and_the_same_map(
    votes: Rows, weight: list[int]
) -> None:
    weights = [weight[who] for who in votes[0]]
    one, other = both_ways(lambda: summarise(*votes, weights=weights))
    assert one == other
    mapped, again = both_ways(lambda: map_opinions(*votes, weights=weights, polis=True))
    assert mapped == again


@given(rows(st.integers(0, 11)), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_ids_far_apart_give_the_same_integers_and_the_same_map(votes: Rows, chance) -> None:
    names = [chance.getrandbits(63) * chance.choice((-1, 1)) for _ in range(25)]
    far: Rows = ([names[who] for who in votes[0]], [names[12 + s] for s in votes[1]], votes[2])
    one, other = both_ways(lambda: (summarise(*far), map_opinions(*far, polis=True)))
    assert one == other
    assert other[1].input_digest == one[1].input_digest


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_a_real_conversation_gives_the_same_integers_and_the_same_map(conversation: str) -> None:
    votes = read_votes(exported(conversation, "votes.csv"))
    columns = votes.person, votes.statement, votes.vote
    one, other = both_ways(lambda: (summarise(*columns), map_opinions(*columns, polis=True)))
    assert one == other


@pytest.mark.parametrize(
    ("people", "statements", "votes"),
    [
        (9_000, 60, 200_000),  # counted in bits, over more than one block of people
        (40_000, 300, 250_000),  # pair by pair, more people than a lane holds
        (3_000, 700, 150_000),  # both ways side by side, a table in several blocks
        (1, 1, 3),
        (1, 40, 60),
        (40, 1, 60),
    ],
)
def test_crowds_give_the_same_integers(people: int, statements: int, votes: int) -> None:
    columns = drawn(people, statements, votes)
    weights = (columns[0] * 7) % 300  # some left out, some counted many times
    one, other = both_ways(lambda: summarise(*columns))
    assert one == other
    one, other = both_ways(lambda: summarise(*columns, weights=weights))
    assert one == other


def test_what_everybody_agrees_on_does_not_run_over() -> None:
    """Sums that share a word are emptied in time, however many people agree with both."""
    people = 40_000
    chance = np.random.default_rng(6)
    who = np.repeat(np.arange(people), 6)
    what = np.column_stack([np.tile([0, 1], (people, 1)), chance.integers(2, 300, (people, 4))])
    found = both_ways(lambda: summarise(who, what.ravel(), np.ones(who.size, dtype=int)))
    for moments in found:
        assert moments.N[0, 1] == moments.M[0, 1] == moments.X[1, 0] == people
    assert found[0] == found[1]


def test_the_integers_are_those_of_the_definition() -> None:
    who, what, vote = drawn(800, 30, 9_000)
    table = np.full((800, 30), np.nan)
    table[who, what] = vote  # the last of a repeated pair stands
    voted = (~np.isnan(table)).astype(int)
    x = np.nan_to_num(table).astype(int)
    for found in both_ways(lambda: summarise(who, what, vote)):
        assert np.array_equal(found.N, voted.T @ voted)
        assert np.array_equal(found.M, x.T @ x)
        assert np.array_equal(found.X, x.T @ voted)


def test_a_crowd_gives_the_same_map_to_the_last_digit() -> None:
    columns = drawn(6_000, 80, 120_000)
    one, other = both_ways(lambda: map_opinions(*columns, polis=True))
    assert one == other
    assert one.k == 3


def test_narrow_columns_give_the_map_of_wide_ones() -> None:
    who, what, vote = drawn(2_000, 50, 40_000)
    narrow = who.astype(np.int16), what.astype(np.int8), vote.astype(np.int8)
    for way in both_ways(
        lambda: (map_opinions(*narrow, polis=True), map_opinions(who, what, vote, polis=True))
    ):
        assert way[0] == way[1]


@pytest.mark.parametrize("shared_by", [1, 3])
def test_how_many_cores_share_the_work_moves_no_digit(
    shared_by: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = drawn(5_000, 120, 150_000)
    expected = both_ways(lambda: (summarise(*columns), map_opinions(*columns, polis=True)))[0]
    for module in (cores, groups, sums):
        monkeypatch.setattr(module, "CORES", shared_by)
    monkeypatch.setattr(cores, "_WORTH_SHARING", 1_000)
    assert (
        both_ways(lambda: (summarise(*columns), map_opinions(*columns, polis=True)))[1] == expected
    )


def test_numbers_too_large_to_carry_their_place_are_ordered_all_the_same() -> None:
    pair = np.array([7, 3, 7, 1, 3, 7])
    expected = np.argsort(pair, kind="stable").tolist()
    assert plain._stable_order(pair, 8).tolist() == expected
    assert plain._stable_order(pair, 2**62).tolist() == expected


def test_very_many_positions_are_grouped_alike() -> None:
    """More than one block of points, whose sums are taken one block after the other."""
    chance = np.random.default_rng(3)
    middles = np.array([(0.0, 0.0), (3.0, 0.0), (0.0, 3.0)])
    positions = middles[chance.integers(0, 3, 150_000)] + chance.normal(0, 1, (150_000, 2))
    weight = chance.integers(1, 4, 150_000)
    one, other = both_ways(lambda: find_groups(positions, weight))
    assert (one.k, one.silhouettes) == (other.k, other.silhouettes)
    assert np.array_equal(one.group, other.group)


# Where people stand under a factor model


def placed_by_hand(vote: np.ndarray, model: tuple[np.ndarray, np.ndarray, np.ndarray]) -> object:
    mean, loadings, noise = model
    voted = ~np.isnan(vote)
    weighed = loadings[voted] / noise[voted, np.newaxis]
    covariance = np.linalg.inv(np.eye(2) + loadings[voted].T @ weighed)
    return covariance @ weighed.T @ (vote[voted] - mean[voted]), covariance


def test_people_are_placed_by_the_posterior_of_the_factor_model() -> None:
    chance = np.random.default_rng(2)
    table = vote_table(*drawn(300, 20, 2_000))
    model = chance.uniform(-0.5, 0.5, 20), chance.normal(0, 1, (20, 2)), chance.uniform(0.1, 1, 20)
    votes = np.full((table.weight.size, 20), np.nan)
    votes[table.row_pattern, table.column] = table.vote
    for position, spread in both_ways(
        lambda: kernels.place(table.start, table.column, table.vote, *model)
    ):
        for row, at, (xx, xy, yy) in zip(votes, position, spread, strict=True):
            expected, covariance = placed_by_hand(row, model)
            assert at == pytest.approx(expected, abs=1e-12)
            assert np.array([[xx, xy], [xy, yy]]) == pytest.approx(covariance, abs=1e-12)


def test_people_are_placed_alike_to_the_last_digit() -> None:
    chance = np.random.default_rng(2)
    table = vote_table(*drawn(5_000, 60, 120_000))
    model = chance.uniform(-0.5, 0.5, 60), chance.normal(0, 1, (60, 2)), chance.uniform(0.1, 1, 60)
    one, other = both_ways(lambda: kernels.place(table.start, table.column, table.vote, *model))
    assert np.array_equal(one[0], other[0])
    assert np.array_equal(one[1], other[1])


def test_without_a_vote_one_stands_in_the_middle_and_nothing_is_sure() -> None:
    nobody = np.zeros(2, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int8)
    model = np.zeros(3), np.ones((3, 2)), np.ones(3)
    for position, spread in both_ways(lambda: kernels.place(*nobody, *model)):
        assert position.tolist() == [[0.0, 0.0]]
        assert spread.tolist() == [[1.0, 0.0, 1.0]]


def test_positions_on_the_axes_are_alike_to_the_last_digit() -> None:
    columns = drawn(5_000, 60, 120_000)

    def positions() -> np.ndarray:
        return project(vote_table(*columns), conclude(summarise(*columns), moderated=[4]))

    one, other = both_ways(positions)
    assert np.array_equal(one, other)


# Which of the two it is


@pytest.fixture
def never_loaded(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in sys.modules if name.startswith(kernels.__name__ + ".compiled")]:
        monkeypatch.delitem(sys.modules, name)
    return monkeypatch


def test_few_votes_do_not_wait_for_numba_to_be_loaded(never_loaded: pytest.MonkeyPatch) -> None:
    never_loaded.setitem(sys.modules, "numba", None)  # importing it fails
    assert kernels.for_votes(100) is plain


def test_without_numba_numpy_does_everything(never_loaded: pytest.MonkeyPatch) -> None:
    never_loaded.setitem(sys.modules, "numba", None)
    assert kernels.for_votes(10**9) is plain
    assert not kernels.warm_up()
    assert map_opinions(*two_camps(), polis=True).k == 2


def test_once_loaded_compiled_loops_serve_any_number() -> None:
    assert kernels.warm_up()
    assert kernels.for_votes(1) is sys.modules[compiled.__name__]


def test_every_kind_of_work_is_done_both_ways() -> None:
    asked = [name for name in vars(kernels.Kernels) if not name.startswith("_")]
    assert len(asked) >= 11
    for way, name in product((plain, compiled), asked):
        assert callable(getattr(way, name))
