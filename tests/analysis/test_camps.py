"""Does somebody belong to a group no more surely than their own answers say?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import multivariate_normal

from coproduce.analysis import fit_factors, summarise
from coproduce.analysis.camps import SURELY, Camps, cluster, membership, settle
from coproduce.analysis.factors import Places, place
from coproduce.analysis.groups import distances
from coproduce.analysis.groups import silhouette as mean_silhouette
from coproduce.analysis.votes import vote_table
from tests.votes_drawn import Rows, rows

Dense = NDArray[np.float64]
TWO = Camps(np.array([0.7, 0.3]), np.array([[-1.0, 0.0], [1.0, 0.5]]), np.array([[0.3, 0], [0, 1]]))
ANYWHERE = arrays(np.float64, (9, 2), elements=st.floats(-3, 3, width=32))


def clouds(middles: list[tuple[float, float]], sizes: list[int], *, wide: float = 0.2) -> Dense:
    chance = np.random.default_rng(3)
    return np.concatenate(
        [chance.normal(at, wide, (size, 2)) for at, size in zip(middles, sizes, strict=True)]
    )


def known(at: Dense, ring: float = 0.02) -> Places:
    """Everybody's place with a round ring of the same variance, below 1."""
    return Places(at, np.broadcast_to(ring * np.eye(2), (len(at), 2, 2)))


def ones(at: Dense) -> Dense:
    return np.ones(len(at))


# Drawn by where people stand


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_it_draws_the_clouds_that_there_are(k: int) -> None:
    middles = [(0.0, 0.0), (3.0, 0.0), (0.0, 3.0), (3.0, 3.0), (7.0, 1.0)][:k]
    at = clouds(middles, [20] * k)
    group = cluster(at, ones(at), k, seed=0)
    assert [len(set(group[20 * i : 20 * i + 20].tolist())) for i in range(k)] == [1] * k
    assert len(set(group.tolist())) == k


def test_somebody_of_weight_three_is_three_people_in_one_place() -> None:
    at = clouds([(0.0, 0.0), (4.0, 0.0)], [12, 9])
    weight = np.arange(1, 22)
    together = cluster(at, weight.astype(np.float64), 2, seed=0)
    spread_out = np.repeat(at, weight, axis=0)
    apart = cluster(spread_out, ones(spread_out), 2, seed=0)
    same = np.equal.outer(apart, apart)
    assert np.array_equal(same, np.equal.outer(*[np.repeat(together, weight)] * 2))


@pytest.mark.parametrize(("places", "k"), [(0, 2), (1, 2), (2, 5)])
def test_there_are_never_more_groups_than_places(places: int, k: int) -> None:
    at = np.repeat(np.arange(places)[:, np.newaxis] * [1.0, 2.0], 3, axis=0)
    assert len(set(cluster(at, ones(at), k, seed=0).tolist())) == places


@given(ANYWHERE, st.integers(1, 5), st.integers(0, 9))
def test_everybody_stands_nearest_to_the_middle_of_their_own_group(
    at: Dense, k: int, seed: int
) -> None:
    group = cluster(at, ones(at), k, seed)
    middles = np.array([at[group == g].mean(axis=0) for g in range(int(group.max()) + 1)])
    away = np.linalg.norm(at[:, np.newaxis] - middles, axis=2)
    assert (away[np.arange(9), group] <= away.min(axis=1) + 1e-9).all()


def test_the_silhouette_is_that_of_its_definition() -> None:
    at = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0], [7.0, 0.0]])
    each = [1 - 1 / 6, 1 - 1 / 5, 1 - 2 / 4.5, 1 - 2 / 6.5]
    found = mean_silhouette(distances(at), ones(at), np.array([0, 0, 1, 1]))
    assert found == pytest.approx(np.mean(each))


def test_somebody_alone_in_their_group_counts_nought() -> None:
    at = np.array([[0.0, 0.0], [2.0, 0.0], [9.0, 0.0]])
    each = [1 - 2 / 9, 1 - 2 / 7, 0.0]
    found = mean_silhouette(distances(at), ones(at), np.array([0, 0, 1]))
    assert found == pytest.approx(np.mean(each))


def test_one_group_stands_apart_from_nobody() -> None:
    at = clouds([(0.0, 0.0)], [8])
    assert mean_silhouette(distances(at), ones(at), np.zeros(8, dtype=np.int64)) == 0.0


# Settled by everybody's ring


def test_it_finds_the_shares_middles_and_spread_that_were_planted() -> None:
    chance = np.random.default_rng(11)
    group = (chance.random(3000) < 0.3).astype(np.int64)
    true = TWO.middle[group] + chance.normal(size=(3000, 2)) * np.sqrt(np.diag(TWO.spread))
    ring = chance.uniform(0.05, 0.5, 3000)  # some answered little
    # what the votes alone say lies round the truth; the place is that drawn towards the middle
    seen = true + chance.normal(size=(3000, 2)) * np.sqrt(ring / (1 - ring))[:, np.newaxis]
    places = Places(seen * (1 - ring)[:, np.newaxis], ring[:, np.newaxis, np.newaxis] * np.eye(2))
    camps = settle(places, np.ones(3000), cluster(places.at, np.ones(3000), 2, seed=0))
    order = camps.middle[:, 0].argsort()
    assert camps.share[order] == pytest.approx(TWO.share, abs=0.05)
    assert camps.middle[order] == pytest.approx(TWO.middle, abs=0.1)
    assert camps.spread == pytest.approx(TWO.spread, abs=0.1)


def test_membership_is_that_of_bayes_by_hand() -> None:
    ring = np.array([[0.4, 0.1], [0.1, 0.5]])
    places = Places(np.array([[0.2, -0.3]]), ring[np.newaxis])
    # without the prior that everybody shares: what the votes alone say, and how surely
    blurred = np.linalg.inv(np.linalg.inv(ring) - np.eye(2))
    seen = blurred @ np.linalg.inv(ring) @ places.at[0]
    odds = [
        share * multivariate_normal(middle, TWO.spread + blurred).pdf(seen)
        for share, middle in zip(TWO.share, TWO.middle, strict=True)
    ]
    assert membership(places, TWO)[0] == pytest.approx(np.array(odds) / sum(odds))


def test_somebody_who_answered_nothing_may_belong_anywhere_as_often_as_people_do() -> None:
    nothing = Places(np.zeros((1, 2)), np.eye(2)[np.newaxis])
    assert membership(nothing, TWO)[0] == pytest.approx(TWO.share)


def test_a_wide_ring_makes_nobody_a_member_whom_a_narrow_one_would() -> None:
    middles = [(-1.0, 0.0), (1.0, 0.0)]
    at = clouds(middles, [40, 40])
    camps = settle(known(at), ones(at), np.repeat([0, 1], 40))
    here = np.array([[0.35, 0.0]])
    narrow, wide = (membership(known(here, ring), camps).max() for ring in (0.02, 0.9))
    assert narrow >= SURELY > wide


@given(rows(st.integers(0, 11)).filter(any), st.integers(1, 5))
def test_likelihoods_of_belonging_are_shares_of_one(votes: Rows, k: int) -> None:
    table = vote_table(*votes)
    places = place(table, fit_factors(summarise(*votes)))
    people = table.weight.astype(np.float64)
    camps = settle(places, people, cluster(places.at, people, k, seed=0))
    likely = membership(places, camps)
    assert np.isfinite(likely).all()
    assert (likely >= 0).all()
    assert likely.sum(axis=1) == pytest.approx(1)
    assert (np.linalg.eigvalsh(camps.spread) > 0).all()


def test_people_of_weight_nought_move_no_group() -> None:
    at = clouds([(-1.0, 0.0), (1.0, 0.0), (5.0, 5.0)], [30, 30, 10])
    group, weight = np.repeat([0, 1, 1], [30, 30, 10]), np.repeat([1.0, 1.0, 0.0], [30, 30, 10])
    with_them = settle(known(at), weight, group)
    without = settle(known(at[:60]), weight[:60], group[:60])
    assert with_them.middle == pytest.approx(without.middle)
    assert with_them.spread == pytest.approx(without.spread)


def test_everybody_is_surely_of_the_only_group() -> None:
    at = clouds([(0.0, 0.0)], [12], wide=1.0)
    camps = settle(known(at, 0.5), ones(at), np.zeros(12, dtype=np.int64))
    assert membership(known(at, 0.5), camps).tolist() == [[1.0]] * 12
