"""Who belongs to which group, given how sure we are of where they stand?

Groups are found in two steps. The first draws them where people stand thickest (k-means). The
second lets everybody's ring count: somebody with a wide ring blurs no group, and is told as a
member only where their answers leave little doubt.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis import kernels
from coproduce.analysis.factors import Places
from coproduce.analysis.votes import Floats, Ints

STARTS = 8
ROUNDS = 100
SURELY = 0.80  # methods: under this somebody stands between groups
LEARNED_FROM = 2_000  # in the order of their digests: shares and middles settle long before
_SETTLED = 1e-6  # of log-likelihood per person
_STEADY = 1e-3  # variance of a group, at least: no group shrinks to a point

Cube = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Camps:
    """k groups on the map: how large each is, its middle, and the one spread they share.

    `share` (k,) sums to 1; `middle` (k, 2); `spread` (2, 2) covariance of true positions around
    their middle.
    """

    share: Floats
    middle: Floats
    spread: Floats


def cluster(at: Floats, weight: Floats, k: int, seed: int) -> Ints:
    """The tightest of some k-means groupings (n,), starting where people stand far apart.

    `at` (n, 2), `weight` (n,) people at each place. Fewer than k groups come out where there are
    fewer than k places. Starts after Arthur & Vassilvitskii (2007).
    """
    if at.shape[0] <= k or k == 1:
        return np.arange(at.shape[0]) if k > 1 else np.zeros(at.shape[0], dtype=np.int64)
    draws = np.random.default_rng([seed, k]).random((STARTS, k))
    nearest = kernels.for_votes(at.shape[0]).tightest(at, weight, k, draws)
    group: Ints = np.unique(nearest, return_inverse=True)[1].astype(np.int64)
    return group


def settle(places: Places, weight: Floats, group: Ints) -> Camps:
    """Let the groups settle where they explain the answers best, everybody's ring counted.

    True positions of a group are taken as normal around its middle, with one spread for all; what
    is known of a person is their votes' pull and its sharpness. `group` (n,) is where to begin.

    Most likely broken: that groups are round and of like width.
    Source: mixture with known errors, Bovy, Hogg & Roweis (2011), Annals of Applied Statistics 5.
    """
    evidence = _evidence(places)
    camps = _first(places.at, weight, group)
    if camps.share.size == 1 or not weight.any():
        return camps
    before = -np.inf
    for _ in range(ROUNDS):
        likely = _likelihoods(evidence, camps)
        now = float(weight @ likely.total) / float(weight.sum())
        if now - before < _SETTLED:
            break
        before, camps = now, _moved(likely, weight)
    return camps


def membership(places: Places, camps: Camps) -> Floats:
    """How likely each person belongs to each group (n, k); rows sum to 1."""
    return _likelihoods(_evidence(places), camps).share


@dataclass(frozen=True, eq=False)
class _Evidence:
    """What the votes alone say of a position: `pull` (n, 2) and `sharpness` (n, 2, 2)."""

    pull: Floats
    sharpness: Cube


@dataclass(frozen=True, eq=False)
class _Likely:
    """For each person: `total` log-likelihood (n,), `share` of each group (n, k), and where they
    stand if they belong to it: `at` (n, k, 2) with `covariance` (n, k, 2, 2)."""

    total: Floats
    share: Floats
    at: Cube
    covariance: Cube


def _evidence(places: Places) -> _Evidence:
    """Take the prior out of the posterior again: it is about everybody, not about groups."""
    precision = np.linalg.inv(places.covariance)
    pull = np.einsum("nij,nj->ni", precision, places.at)
    return _Evidence(pull, precision - np.eye(2))


def _first(at: Floats, weight: Floats, group: Ints) -> Camps:
    k = int(group.max(initial=0)) + 1
    size = np.asarray(np.bincount(group, weight, k), dtype=np.float64)
    sums = np.column_stack([np.bincount(group, weight * at[:, axis], k) for axis in range(2)])
    middle = sums / np.maximum(size, 1e-9)[:, np.newaxis]
    away = at - middle[group]
    spread = (away * weight[:, np.newaxis]).T @ away / max(weight.sum(), 1e-9)
    return Camps(size / max(size.sum(), 1e-9), middle, spread + _STEADY * np.eye(2))


def _likelihoods(evidence: _Evidence, camps: Camps) -> _Likely:
    tight = np.linalg.inv(camps.spread)
    covariance = np.linalg.inv(evidence.sharpness + tight)
    pull = evidence.pull[:, np.newaxis] + camps.middle @ tight
    at = np.einsum("nij,nkj->nki", covariance, pull)
    start = np.log(camps.share) - 0.5 * np.einsum("ki,ij,kj->k", camps.middle, tight, camps.middle)
    each = start + 0.5 * np.einsum("nki,nki->nk", pull, at)
    each += 0.5 * (_log_area(covariance) - _log_area(camps.spread))[:, np.newaxis]
    top = each.max(axis=1, keepdims=True)
    odds = np.exp(each - top)
    total = odds.sum(axis=1, keepdims=True)
    widened = np.broadcast_to(covariance[:, np.newaxis], (*each.shape, 2, 2))
    return _Likely((top + np.log(total))[:, 0], odds / total, at, widened)


def _log_area(covariance: Cube) -> Floats:
    result: Floats = np.log(
        covariance[..., 0, 0] * covariance[..., 1, 1] - covariance[..., 0, 1] ** 2
    )
    return result


def _moved(likely: _Likely, weight: Floats) -> Camps:
    part = likely.share * weight[:, np.newaxis]
    size = np.maximum(part.sum(axis=0), 1e-9)
    middle = np.einsum("nk,nki->ki", part, likely.at) / size[:, np.newaxis]
    away = likely.at - middle
    spread = np.einsum("nk,nki,nkj->ij", part, away, away)
    spread += np.einsum("nk,nkij->ij", part, likely.covariance)
    return Camps(size / size.sum(), middle, spread / weight.sum() + _STEADY * np.eye(2))
