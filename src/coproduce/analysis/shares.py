"""How sure can we be of a share, and of the difference between two shares?

All functions take arrays and answer element by element.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtr, ndtri

from coproduce.analysis.votes import Flags, Floats


def lower_bound(agrees: ArrayLike, votes: ArrayLike, *, level: float = 0.05) -> Floats:
    """The share that is exceeded with probability 1 - level: a quantile of Beta(a+1, n-a+1).

    `agrees` of `votes`, whole numbers of one shape; with no votes the answer is `level` itself.
    Returns values in 0..1. Most likely broken: that those who voted are like those who did not.
    Source: Bayes-Laplace posterior under a uniform prior, Gelman et al. (2013), section 2.1.

    >>> round(float(lower_bound(18, 20)), 3)
    0.729
    """
    a, n = np.asarray(agrees, dtype=np.float64), np.asarray(votes, dtype=np.float64)
    return np.asarray(betaincinv(a + 1, n - a + 1, level), dtype=np.float64)


def wilson(count: ArrayLike, total: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """The score interval of a share, (0, 1) where nobody was asked. Source: Wilson (1927).

    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    x, n = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    z = float(ndtri(0.5 + level / 2))
    middle = (x + z * z / 2) / (n + z * z)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.where(n > 0, x * (n - x) / n, 0.0) + z * z / 4) * z / (n + z * z)
    return np.clip(middle - spread, 0.0, 1.0), np.clip(middle + spread, 0.0, 1.0)


def share(count: ArrayLike, total: ArrayLike) -> Floats:
    """count / total; not-a-number where nobody was asked, for a caller who looks."""
    x, n = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    result: Floats = np.where(n > 0, x / np.maximum(n, 1), np.nan)
    return result


def newcombe(
    count: ArrayLike, total: ArrayLike, other_count: ArrayLike, other_total: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """The difference of two independent shares with its 95 % interval: (difference, low, high).

    In -1..1; the widest interval (-1, 1) and difference 0 where either side was not asked.
    Most likely broken: independence, where the groups were found from these same votes.
    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    >>> [round(float(value), 4) for value in newcombe(56, 70, 48, 80)]
    [0.2, 0.0524, 0.3339]
    """
    p, q = share(count, total), share(other_count, other_total)
    p_low, p_high = wilson(count, total)
    q_low, q_high = wilson(other_count, other_total)
    difference = p - q
    low = difference - np.sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    high = difference + np.sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    asked = np.isfinite(difference)
    return (
        np.where(asked, difference, 0.0),
        np.where(asked, np.clip(low, -1.0, 1.0), -1.0),
        np.where(asked, np.clip(high, -1.0, 1.0), 1.0),
    )


def two_proportion_z(
    count: ArrayLike,
    total: ArrayLike,
    other_count: ArrayLike,
    other_total: ArrayLike,
    *,
    added: int = 0,
) -> Floats:
    """How many standard errors two shares are apart, under one common share; 0 if undecidable.

    `added` is added to every count and total before (1 in Polis, so that empty groups have a
    value). Source: pooled two-proportion test, Fleiss, Levin & Paik (2003), section 3.1; with
    the added ones Small et al. (2021).

    >>> round(float(two_proportion_z(8, 10, 3, 10)), 3)
    2.247
    """
    x, n = np.asarray(count) + float(added), np.asarray(total) + float(added)
    y, m = np.asarray(other_count) + float(added), np.asarray(other_total) + float(added)
    pooled = (x + y) / np.maximum(n + m, 1)
    error = np.sqrt(pooled * (1 - pooled) * (1 / np.maximum(n, 1) + 1 / np.maximum(m, 1)))
    known = (error > 0) & (n > 0) & (m > 0)
    away = x / np.maximum(n, 1) - y / np.maximum(m, 1)
    result: Floats = np.where(known, away / np.where(known, error, 1.0), 0.0)
    return result


def two_sided_p(z: ArrayLike) -> Floats:
    """The chance of a z at least so far from 0 where nothing differs."""
    p: Floats = 2 * ndtr(-np.abs(np.asarray(z, dtype=np.float64)))
    return p


def discoveries(p: ArrayLike, *, rate: float = 0.10) -> Flags:
    """Which of many tests stand when at most `rate` of those that stand may be false.

    Source: Benjamini & Hochberg (1995), JRSS B 57, 289-300. Most likely broken: none of the tests
    may pull against another.

    >>> discoveries([0.01, 0.04, 0.30, 0.9]).tolist()
    [True, True, False, False]
    """
    chance = np.asarray(p, dtype=np.float64).reshape(-1)
    order = np.argsort(chance, kind="stable")
    allowed = rate * np.arange(1, chance.size + 1) / max(chance.size, 1)
    passing = np.flatnonzero(chance[order] <= allowed)
    stands = np.zeros(chance.size, dtype=np.bool_)
    stands[order[: passing[-1] + 1 if passing.size else 0]] = True
    return stands


def holm(p: ArrayLike) -> Floats:
    """P-values of a declared family, raised so that none of its findings may be by chance.

    max over j <= i of min(1, (m - j + 1) p_(j)), with p in ascending order; in the order given.
    A finding stands at 5 % where its value is at most 0.05. `p` (m,): in 0..1, all tests that
    were declared before anybody looked. Raises ValueError for anything that is no p-value.

    Most likely broken: that the family was declared first, and no test was left out since.
    Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    chance = np.asarray(p, dtype=np.float64).reshape(-1)
    if not ((chance >= 0) & (chance <= 1)).all():  # not-a-number fails this too
        raise ValueError("A p-value lies between 0 and 1. Leave out tests that were not done.")
    order = np.argsort(chance, kind="stable")
    raised = chance[order] * np.arange(chance.size, 0, -1)
    adjusted = np.empty_like(chance)
    adjusted[order] = np.minimum(np.maximum.accumulate(raised), 1.0)
    return adjusted
