"""How large is a change beside the spread of the scores, and how sure is it? For many at once.

One project is the batch of one: both come from the same lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, stdtrit

from coproduce.analysis.arrays import Flags, Floats, Ints
from coproduce.analysis.pairs import LARGEST, PairMoments

PEOPLE_FOR_AN_INTERVAL = 6  # methods of measuring: with fewer no interval
PEOPLE_FOR_AN_EFFECT = 3  # two people always correlate by 1 or -1, and J is then nought
LEVEL = 0.95
NEXT_TO_NOTHING = 1e-9  # scale points; what ranks take for no difference at all
_NOISE = 10 * np.finfo(np.float64).eps  # as R's t.test tells data that are essentially constant


@dataclass(frozen=True, eq=False)
class ChangeOfMany:
    """The change of each of G groups, not-a-number where it cannot be given.

    `n` (G,) linked people; `mean_change`, `sd_change` in scale points; `ci95` (G, 2) its 95 % t
    interval; `g_av` the change in average standard deviations, with its variance `var_g_av`.
    """

    n: Ints
    mean_change: Floats
    sd_change: Floats
    ci95: Floats
    g_av: Floats
    var_g_av: Floats


@dataclass(frozen=True)
class MomentChange:
    """What the moments of linked people tell of their change; None where they cannot.

    Fields as in `Change`. Counts, ranks and medians need the pairs themselves.
    """

    n: int
    mean_change: float | None
    sd_change: float | None
    ci95: tuple[float, float] | None
    g_av: float | None
    var_g_av: float | None


@dataclass(frozen=True, eq=False)
class Around:
    """For each group: people, means, and sums of squares and products around the means, (G,)."""

    n: Ints
    before: Floats
    after: Floats
    change: Floats  # the mean, from the differences: more exact than the two means'
    squares_before: Floats
    squares_after: Floats
    products: Floats
    squares_change: Floats


def small_sample(freedom: ArrayLike) -> Floats:
    """J(ν), what an effect of so many degrees of freedom is to be multiplied by.

    J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν-1)/2)), exact; for ν > 1. Source: Hedges (1981), Journal of
    Educational Statistics 6, 107-128.

    >>> round(float(small_sample(10)), 6)
    0.922746
    """
    half = np.asarray(freedom, dtype=np.float64) / 2
    factor: Floats = np.exp(gammaln(half) - gammaln(half - 0.5)) / np.sqrt(half)
    return factor


def change_of_many(
    group: ArrayLike, before: ArrayLike, after: ArrayLike, *, groups: int | None = None
) -> ChangeOfMany:
    """The change of many projects or outcomes at once, from one pass over all their people.

    `group` (n,): whole numbers from 0, which project (or project and outcome) a row belongs to;
    `before`, `after` (n,): scores, not-a-number where that wave was not answered, and such rows do
    not count. `groups`: how many there are, where the last ones may have nobody. Returns
    `ChangeOfMany`, each row as `paired_change` gives it. Raises ValueError for lists of different
    length, negative groups, and infinite scores.

    Most likely broken: that the linked are like everybody who began; see `paired_change`.
    Source: as in `change_from_moments`; sums around the mean in two passes, Chan, Golub & LeVeque
    (1983), The American Statistician 37.

    >>> many = change_of_many([0] * 6 + [1] * 6, [1, 2, 3, 2, 1, 2] * 2, [2, 2, 4, 3, 1, 4] * 2)
    >>> many.mean_change.round(3).tolist(), many.n.tolist()
    ([0.833, 0.833], [6, 6])
    """
    which, first, second, size = _rows(group, before, after, groups)
    return conclude_around(_around(which, first, second, size))


def change_from_moments(moments: PairMoments) -> MomentChange:
    """The mean change, its interval and effect, from what travels between places.

    s_d² = s1² + s2² - 2 r s1 s2; d̄ ± t(.975, n-1) s_d/√n; g_av = J(ν) d̄/s_av with
    s_av² = (s1² + s2²)/2 and ν = 2(n-1)/(1+r²); variance s_d²/(s_av²(n-1)) +
    g²(s1⁴ + s2⁴ + 2 r² s1² s2²)/(8 s_av⁴(n-1)). `moments`: means and variances in scale points.
    Returns `MomentChange`: no interval under 6 people, no effect under 3 or where one side does
    not vary. Raises ValueError where these cannot be anybody's moments.

    Most likely broken: s_d loses digits where r comes near 1; `conclude_change` does not.
    Source: Bonett (2008), Psychological Methods 13, 99-109; metafor's SMCRPH (Viechtbauer 2010).

    >>> change = change_from_moments(PairMoments(25, 3.776, 4.224, 0.6344, 0.29773, 0.41171))
    >>> round(change.g_av, 3), [round(bound, 2) for bound in change.ci95]
    (0.644, [0.14, 0.76])
    """
    _check(moments)
    before, after = moments.var_before or 0.0, moments.var_after or 0.0
    products = (moments.r or 0.0) * np.sqrt(before) * np.sqrt(after)
    left = max(moments.n - 1, 0)
    sums = (before * left, after * left, products * left)
    change = max(before + after - 2 * products, 0.0) * left
    mean, other_mean = _or_nan(moments.mean_before), _or_nan(moments.mean_after)
    return only(moments.n, mean, other_mean, other_mean - mean, *sums, change)


def only(n: int, *around: float) -> MomentChange:
    """The change of one group from its `Around`, with None where it cannot be given."""
    numbers = (np.array([value], dtype=np.float64) for value in around)
    many = conclude_around(Around(np.array([n], dtype=np.int64), *numbers))
    low, high = many.ci95[0].tolist()
    return MomentChange(
        n=int(many.n[0]),
        mean_change=_or_none(many.mean_change[0]),
        sd_change=_or_none(many.sd_change[0]),
        ci95=None if np.isnan(low) else (low, high),
        g_av=_or_none(many.g_av[0]),
        var_g_av=_or_none(many.var_g_av[0]),
    )


def conclude_around(around: Around) -> ChangeOfMany:
    """Change, interval and effect of each group, from its sums."""
    n = around.n
    mean = np.where(n > 0, around.change, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        sd = np.sqrt(np.where(n > 1, around.squares_change / (n - 1), np.nan))
        spread = stdtrit(np.maximum(n - 1, 1), 0.5 + LEVEL / 2) * sd / np.sqrt(n)
    spread = np.where((n >= PEOPLE_FOR_AN_INTERVAL) & ~_all_alike(around), spread, np.nan)
    g, variance = _effect(around, mean, sd)
    interval = np.stack((mean - spread, mean + spread), axis=1)
    return ChangeOfMany(n, mean, sd, interval, g, variance)


def _effect(around: Around, mean: Floats, sd: Floats) -> tuple[Floats, Floats]:
    n, one, other = around.n, around.squares_before, around.squares_after
    given = (n >= PEOPLE_FOR_AN_EFFECT) & _varies(one, n, around.before)
    given &= _varies(other, n, around.after)
    left = np.where(given, n - 1, 1)
    one, other = np.where(given, one, 1.0) / left, np.where(given, other, 1.0) / left
    average = (one + other) / 2
    # Clipped: rounding must not make two waves go together more closely than wholly.
    r = np.where(given, around.products, 0.0) / left / np.sqrt(one) / np.sqrt(other)
    square = np.clip(r * r, 0.0, 1.0)
    g = small_sample(2 * np.where(given, left, 9) / (1 + square)) * mean / np.sqrt(average)
    one, other = one / average, other / average
    error = sd / np.sqrt(average)
    variance = error * error / left
    variance = variance + g * g * (one**2 + other**2 + 2 * square * one * other) / (8 * left)
    return np.where(given, g, np.nan), np.where(given, variance, np.nan)


def _varies(squares: Floats, n: Ints, mean: Floats) -> Flags:
    noise = _NOISE * np.abs(mean)
    varies: Flags = squares > n * noise * noise
    return varies


def _all_alike(around: Around) -> Flags:
    """Where everybody changed by the same, so that nothing tells how sure the mean is."""
    noise = _NOISE * np.maximum(np.abs(around.before), np.abs(around.after)) + NEXT_TO_NOTHING
    alike: Flags = around.squares_change <= around.n * noise * noise
    return alike


def _around(which: Ints, before: Floats, after: Floats, size: int) -> Around:
    def add(values: Floats) -> Floats:
        return np.bincount(which, values, size).astype(np.float64, copy=False)

    n = np.bincount(which, minlength=size).astype(np.int64, copy=False)
    some = np.maximum(n, 1)
    mean_before, mean_after = add(before) / some, add(after) / some
    first, second = before - mean_before[which], after - mean_after[which]
    change = second - first
    return Around(
        n,
        mean_before,
        mean_after,
        mean_after - mean_before + add(change) / some,
        add(first * first),
        add(second * second),
        add(first * second),
        add(change * change),
    )


def _rows(
    group: ArrayLike, before: ArrayLike, after: ArrayLike, groups: int | None
) -> tuple[Ints, Floats, Floats, int]:
    which = np.asarray(group)
    first, second = (np.asarray(each, dtype=np.float64) for each in (before, after))
    if not which.shape == first.shape == second.shape or which.ndim != 1:
        raise ValueError("group, before and after are not three lists of the same length.")
    if which.size and which.dtype.kind not in "iu":
        raise ValueError("group holds something else than whole numbers.")
    which = which.astype(np.int64, copy=False)
    largest = int(which.max(initial=-1))
    if which.min(initial=0) < 0 or (groups is not None and largest >= groups):
        raise ValueError("group holds numbers outside 0 to the number of groups.")
    with np.errstate(invalid="ignore"):
        linked = np.isfinite(second - first)  # one pass tells blanks and infinities of either
    if not linked.all():
        for column in (first, second):
            if np.isinf(column).any():
                raise ValueError("before or after holds an infinite score.")
        which, first, second = which[linked], first[linked], second[linked]
    if max(np.abs(first).max(initial=0), np.abs(second).max(initial=0)) > LARGEST:
        raise ValueError("before or after holds a score beyond 1e100, which is no score.")
    return which, first, second, largest + 1 if groups is None else groups


def _check(moments: PairMoments) -> None:
    numbers = [
        value
        for value in (
            moments.mean_before,
            moments.mean_after,
            moments.var_before,
            moments.var_after,
            moments.r,
        )
        if value is not None
    ]
    before, after = moments.var_before, moments.var_after
    if moments.n > 1 and (before is None or after is None):
        raise ValueError("These are nobody's moments: two people or more have a variance.")
    if moments.r is None and before and after:
        raise ValueError("These are nobody's moments: both waves vary, and r is missing.")
    if moments.n < 0 or not np.isfinite(numbers).all():
        raise ValueError("These are nobody's moments: a number is infinite, or n is below 0.")
    if min(before or 0.0, after or 0.0) < 0 or abs(moments.r or 0.0) > 1:
        raise ValueError("These are nobody's moments: a variance is below 0, or r beyond 1.")


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _or_none(value: np.floating) -> float | None:
    return None if np.isnan(value) else float(value)
