"""Do the moments add up, whatever way the people are split?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import Moments, kernels, summarise
from coproduce.analysis.kernels import plain
from tests.votes_drawn import Rows, joined, rows

HALL, HOME = st.integers(0, 9), st.integers(10, 19)


def by_hand(votes: Rows) -> dict[tuple[int, int], tuple[int, int, int]]:
    """N, M and X for every pair of statements, from their definition."""
    given_by: dict[int, dict[int, int]] = {}
    for who, what, vote in zip(*votes, strict=True):
        given_by.setdefault(who, {})[what] = vote
    asked = sorted(set(votes[1]))
    table = {}
    for j in asked:
        for k in asked:
            both = [x for x in given_by.values() if j in x and k in x]
            table[j, k] = (len(both), sum(x[j] * x[k] for x in both), sum(x[j] for x in both))
    return table


@given(rows(HALL))
def test_it_counts_every_pair_of_statements_as_defined(votes: Rows) -> None:
    found = summarise(*votes)
    counted = {
        (int(j), int(k)): (int(found.N[a, b]), int(found.M[a, b]), int(found.X[a, b]))
        for a, j in enumerate(found.statements)
        for b, k in enumerate(found.statements)
    }
    assert counted == by_hand(votes)


@given(rows(HALL), rows(HOME))
def test_the_hall_and_those_at_home_add_up_to_everybody(hall: Rows, home: Rows) -> None:
    assert summarise(*hall) + summarise(*home) == summarise(*joined(hall, home))


@given(rows(HALL), rows(HOME))
def test_the_order_of_adding_does_not_matter(hall: Rows, home: Rows) -> None:
    assert summarise(*hall) + summarise(*home) == summarise(*home) + summarise(*hall)


@given(rows(HALL), rows(HOME))
def test_a_person_taken_out_leaves_what_stood_before_them(hall: Rows, home: Rows) -> None:
    assert summarise(*joined(hall, home)) - summarise(*home) == summarise(*hall)


@given(rows(HALL), rows(st.just(10)), rows(st.just(10)))
def test_a_changed_mind_stands_as_if_it_had_been_the_first(
    others: Rows, first: Rows, later: Rows
) -> None:
    before, after = summarise(*first), summarise(*joined(first, later))
    live = (summarise(*others) + before).recast(before=before, after=after)
    assert live == summarise(*joined(joined(others, first), later))


@given(rows(HALL), st.integers(1, 4))
def test_a_weight_is_so_many_people_who_voted_alike(votes: Rows, weight: int) -> None:
    together = summarise(*votes, weights=[weight] * len(votes[0]))
    apart: Rows = ([], [], [])
    for copy in range(weight):
        apart = joined(apart, ([who + 100 * copy for who in votes[0]], votes[1], votes[2]))
    assert together == summarise(*apart)


def test_blocks_of_people_give_the_same_integers_as_one_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(7)
    votes = chance.integers(0, 300, 4000), chance.integers(0, 9, 4000), chance.integers(-1, 2, 4000)
    monkeypatch.setattr(kernels, "for_votes", lambda _: plain)
    at_once = summarise(*votes)
    monkeypatch.setattr(plain, "_CELLS_AT_ONCE", 70)
    assert summarise(*votes) == at_once


def test_few_answers_to_many_statements_give_the_same_integers_as_a_full_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(7)
    votes = chance.integers(0, 300, 900), chance.integers(0, 200, 900), chance.integers(-1, 2, 900)
    monkeypatch.setattr(kernels, "for_votes", lambda _: plain)
    sparse = summarise(*votes)
    monkeypatch.setattr(plain, "_SPARSE_BELOW", 0)
    assert summarise(*votes) == sparse


def test_a_weight_may_count_more_people_than_there_are() -> None:
    one = summarise([1, 1, 2], [1, 2, 1], [1, -1, 1], weights=[10**15, 10**15, 3])
    assert one.N.tolist() == [[10**15 + 3, 10**15], [10**15, 10**15]]
    assert one.M.tolist() == [[10**15 + 3, -(10**15)], [-(10**15), 10**15]]
    assert one.X.tolist() == [[10**15 + 3, 10**15], [-(10**15), -(10**15)]]


def test_it_tells_agrees_disagrees_and_votes_with_passes() -> None:
    found = summarise([1, 2, 3, 4], [5, 5, 5, 5], [1, 1, -1, 0])
    assert (found.agrees.tolist(), found.disagrees.tolist(), found.votes.tolist()) == (
        [2],
        [1],
        [4],
    )


def test_nobody_can_be_taken_out_who_was_never_in() -> None:
    with pytest.raises(ValueError, match="cannot be taken out"):
        summarise([1], [1], [1]) - summarise([2, 2], [1, 2], [1, 1])


def test_the_last_of_a_repeated_vote_wins() -> None:
    assert summarise([1, 1], [3, 3], [-1, 1]) == summarise([1], [3], [1])


def test_moments_are_not_equal_to_something_else() -> None:
    assert summarise([1], [1], [1]) != "moments"
    assert isinstance(summarise([], [], []), Moments)
