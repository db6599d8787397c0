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
    return _likelihoods(_evidence(places), camps).share.T


@dataclass(frozen=True, eq=False)
class _Evidence:
    """What the votes alone say of positions: `pull` (2, n) and `sharpness` xx, xy, yy (3, n)."""

    pull: Floats
    sharpness: Floats


@dataclass(frozen=True, eq=False)
class _Likely:
    """For each person: `total` log-likelihood (n,), `share` of each group (k, n), and where they
    stand if they belong to it: `at` (2, k, n), with one `covariance` xx, xy, yy (3, n) for all."""

    total: Floats
    share: Floats
    at: Cube
    covariance: Floats


def _evidence(places: Places) -> _Evidence:
    """Take the prior out of the posterior again: it is about everybody, not about groups."""
    xx, xy, yy = _inverse(places.covariance[:, [0, 0, 1], [0, 1, 1]].T)
    x, y = places.at.T
    pull = np.stack([xx * x + xy * y, xy * x + yy * y])
    return _Evidence(pull, np.stack([xx - 1.0, xy, yy - 1.0]))


def _inverse(each: Floats) -> Floats:
    """The inverses of symmetric matrices of two by two, as xx, xy, yy in rows."""
    xx, xy, yy = each
    inverse: Floats = np.stack([yy, -xy, xx]) / _area(each)
    return inverse


def _area(each: Floats) -> Floats:
    area: Floats = each[0] * each[2] - each[1] ** 2
    return area


def _first(at: Floats, weight: Floats, group: Ints) -> Camps:
    k = int(group.max(initial=0)) + 1
    size = np.asarray(np.bincount(group, weight, k), dtype=np.float64)
    sums = np.column_stack([np.bincount(group, weight * at[:, axis], k) for axis in range(2)])
    middle = sums / np.maximum(size, 1e-9)[:, np.newaxis]
    away = at - middle[group]
    spread = (away * weight[:, np.newaxis]).T @ away / max(weight.sum(), 1e-9)
    return Camps(size / max(size.sum(), 1e-9), middle, spread + _STEADY * np.eye(2))


def _likelihoods(evidence: _Evidence, camps: Camps) -> _Likely:
    spread = camps.spread[[0, 0, 1], [0, 1, 1]][:, np.newaxis]
    tight = _inverse(spread)
    x, y = camps.middle.T[:, :, np.newaxis]  # (k, 1) each
    towards_x, towards_y = tight[0] * x + tight[1] * y, tight[1] * x + tight[2] * y
    pull_x, pull_y = evidence.pull[0] + towards_x, evidence.pull[1] + towards_y
    xx, xy, yy = covariance = _inverse(evidence.sharpness + tight)
    at = np.stack([xx * pull_x + xy * pull_y, xy * pull_x + yy * pull_y])
    each = np.log(camps.share)[:, np.newaxis] - 0.5 * (x * towards_x + y * towards_y)
    each = each + 0.5 * (pull_x * at[0] + pull_y * at[1])
    each += 0.5 * np.log(_area(covariance) / _area(spread))
    top = each.max(axis=0)
    odds = np.exp(each - top)
    total = odds.sum(axis=0)
    return _Likely(top + np.log(total), odds / total, at, covariance)


def _moved(likely: _Likely, weight: Floats) -> Camps:
    part = likely.share * weight
    size = np.maximum(part.sum(axis=1), 1e-9)
    middle = (likely.at * part).sum(axis=2) / size
    x, y = likely.at - middle[:, :, np.newaxis]
    apart = np.array([(part * x * x).sum(), (part * x * y).sum(), (part * y * y).sum()])
    xx, xy, yy = apart + (likely.covariance * weight).sum(axis=1)
    spread = np.array([[xx, xy], [xy, yy]]) / weight.sum()
    return Camps(size / size.sum(), middle.T, spread + _STEADY * np.eye(2))
