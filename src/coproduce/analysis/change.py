"""How far did people move between two waves?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, ndtri, stdtrit

from coproduce.analysis import change_words
from coproduce.analysis.arrays import Floats, Ints
from coproduce.analysis.effects import (
    PEOPLE_FOR_AN_INTERVAL,
    MomentChange,
    only,
)
from coproduce.analysis.enough import NotEnough
from coproduce.analysis.everybody import Everybody, everybody
from coproduce.analysis.leavers import Leavers, leavers
from coproduce.analysis.pairs import Pairs, mean_of, summarise_pairs
from coproduce.analysis.signed_rank import hodges_lehmann, rounded, signed_rank_p

METHOD = "change 1: linked pairs, t interval, exact signed ranks"
CLAIM_GRADE = "before-after"  # nobody was compared with: it may not be called an effect
RELIABLY = float(ndtri(0.975))


@dataclass(frozen=True)
class Ends:
    """How many of the linked stood at the ends of the scale in each wave."""

    before_at_min: int
    before_at_max: int
    after_at_min: int
    after_at_max: int


@dataclass(frozen=True)
class ReliableChange:
    """How many moved further than the instrument errs: counts, never a name.

    `threshold` in scale points: 1.96 √2 s_before √(1 - reliability). `improved` and `worse` are
    told by which end of the scale is the better one.
    """

    threshold: float
    improved: int
    worse: int
    no_reliable_change: int


@dataclass(frozen=True)
class Change:
    """How far the people moved who answered both waves; None where a number cannot be given.

    `n_before`, `n_after`, `n_linked`: people who answered the first, the second, both.
    `mean_before`, `mean_after`, `sd_before`, `sd_after`, `r`: of the linked, to be pooled with.
    `mean_change` in scale points with `sd_change` and its 95 % t interval `ci95`; `g_av` the same
    in average standard deviations, with the variance to pool with. `hodges_lehmann`: the middle
    of how far people moved, and its interval. `signed_rank_p_exact`: two-sided, zeros dropped;
    `signed_rank_p_pratt`: zeros ranked first. `up`, `same`, `down`: people whose score rose, stood
    still, fell; `prob_superiority`: (up + same/2)/n, 0..1, with its logit-t interval.
    `ends`: given a scale. `reliable`: given a reliability. `leavers`: who did not come back.
    `everybody`: with those who answered once, a sensitivity line.
    `headline`: a sentence, None under 6 linked people. `warnings`: sentences. `claim_grade`: what
    may be claimed. Signs are those of the scale; `higher_is_better` tells which is good.
    """

    n_before: int
    n_after: int
    n_linked: int
    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    r: float | None
    mean_change: float | None
    sd_change: float | None
    ci95: tuple[float, float] | None
    g_av: float | None
    var_g_av: float | None
    hodges_lehmann: float | None
    hodges_lehmann_ci95: tuple[float, float] | None
    signed_rank_p_exact: float | None
    signed_rank_p_pratt: float | None
    up: int
    same: int
    down: int
    prob_superiority: float | None
    prob_superiority_ci95: tuple[float, float] | None
    ends: Ends | None
    reliable: ReliableChange | None
    leavers: Leavers | None
    everybody: Everybody | None
    scale: tuple[float, float] | None
    higher_is_better: bool
    headline: str | None
    not_enough: NotEnough | None
    warnings: tuple[str, ...]
    claim_grade: str
    method: str


def paired_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    scale: tuple[float, float] | None = None,
    higher_is_better: bool = True,
    reliability: float | None = None,
) -> Change:
    """How far people moved between two waves, and how sure that is.

    `before`, `after`: one score for each person (n,), in the same order; not-a-number or None where
    the person did not answer. `scale`: the lowest and highest score there can be, for warnings at
    its ends. `reliability` of the score, 0..1, for counts of people who moved reliably.

    Returns a `Change`. Under 6 linked people it has no interval and no headline, and `not_enough`
    tells; where fewer than 6 moved or over 60 % stood still, the headline gives the counts alone.
    Raises ValueError for lists of different length, infinite scores, and scores off the scale.

    Most likely broken: that nothing else moved people meanwhile, which no two waves can tell; and
    that the linked are like everybody who began (`leavers`, `everybody`).
    Source: Student (1908); as in `change_from_moments`, `signed_rank_p` and `hodges_lehmann`;
    superiority: Ruscio & Mullen (2012), Multivariate Behavioral Research 47; reliable change:
    Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59.

    >>> change = paired_change([2, 3, 1, 4, 2, 3, 2, 1], [3, 4, 1, 5, 4, 3, 3, 3], scale=(1, 5))
    >>> change.headline
    '6 of 8 moved up; on average 1.0 points, between 0.4 and 1.6, on a scale of 1 to 5'
    >>> change.up, change.same, change.down, change.claim_grade
    (6, 2, 0, 'before-after')
    """
    return conclude_change(
        summarise_pairs(before, after),
        scale=scale,
        higher_is_better=higher_is_better,
        reliability=reliability,
    )


def conclude_change(
    pairs: Pairs,
    *,
    scale: tuple[float, float] | None = None,
    higher_is_better: bool = True,
    reliability: float | None = None,
) -> Change:
    """What the pairs of a place tell of change; the same as `paired_change` of its people.

    Arguments, result, errors, assumption and source as there (decision of ours 2026: whatever the
    order of the people and however the pairs were added up, the same to the last digit).

    >>> hall, at_home = summarise_pairs([2, 3, 1, 4], [3, 4, 1, 5]), summarise_pairs([2, 3], [4, 3])
    >>> conclude_change(hall + at_home) == paired_change([3, 2, 4, 1, 3, 2], [3, 4, 5, 1, 4, 3])
    True
    """
    _check(pairs, scale, reliability)
    before, after, people = pairs.linked()
    n = int(people.sum())
    away = rounded(after - before)
    moved = _moved(before, after, people)
    up, down = int(people[away > 0].sum()), int(people[away < 0].sum())
    middle, middle_ci95 = hodges_lehmann(away, people)
    each = np.repeat(away, people)
    numbers = pairs.moments()
    is_enough = n >= PEOPLE_FOR_AN_INTERVAL
    superiority, superiority_ci95 = _superiority(up, n - up - down, down)
    found = Change(
        n_before=pairs.n_before,
        n_after=pairs.n_after,
        n_linked=n,
        mean_before=numbers.mean_before,
        mean_after=numbers.mean_after,
        sd_before=_root(numbers.var_before),
        sd_after=_root(numbers.var_after),
        r=numbers.r,
        mean_change=moved.mean_change,
        sd_change=moved.sd_change,
        ci95=moved.ci95,
        g_av=moved.g_av,
        var_g_av=moved.var_g_av,
        hodges_lehmann=middle,
        hodges_lehmann_ci95=middle_ci95 if is_enough else None,
        signed_rank_p_exact=signed_rank_p(each) if n else None,
        signed_rank_p_pratt=signed_rank_p(each, zeros="pratt") if n else None,
        up=up,
        same=n - up - down,
        down=down,
        prob_superiority=superiority,
        prob_superiority_ci95=superiority_ci95 if is_enough else None,
        ends=_ends(before, after, people, scale) if scale else None,
        reliable=_reliably(away, people, numbers.var_before, reliability, higher_is_better),
        leavers=leavers(pairs),
        everybody=everybody(pairs),
        scale=None if scale is None else (float(scale[0]), float(scale[1])),
        higher_is_better=higher_is_better,
        headline=None,
        not_enough=None if is_enough else NotEnough(n, PEOPLE_FOR_AN_INTERVAL),
        warnings=(),
        claim_grade=CLAIM_GRADE,
        method=METHOD,
    )
    return change_words.told(found)


def _moved(before: Floats, after: Floats, people: Ints) -> MomentChange:
    """The mean change and what belongs to it, from the differences themselves."""
    n = int(people.sum())
    if not n:
        return only(0, *[0.0] * 7)
    mean_before, mean_after = mean_of(before, people), mean_of(after, people)
    first, second = before - mean_before, after - mean_after
    change = second - first
    mean = mean_after - mean_before + float(people @ change) / n
    squares = (first * first, second * second, first * second, change * change)
    return only(n, mean_before, mean_after, mean, *(float(people @ each) for each in squares))


def _superiority(up: int, same: int, down: int) -> tuple[float | None, tuple[float, float] | None]:
    """The share who moved up, half of the unmoved among them, and its interval on the logit."""
    n = up + same + down
    if not n:
        return None, None
    share = (up + same / 2) / n
    if n < 2 or share in (0.0, 1.0):
        return share, None
    squares = up * (1 - share) ** 2 + same * (0.5 - share) ** 2 + down * share**2
    error = np.sqrt(squares / (n - 1) / n) / (share * (1 - share))
    if not error:
        return share, None
    margin = float(stdtrit(n - 1, 0.975)) * error
    low, high = expit(logit(share) - margin), expit(logit(share) + margin)
    return share, (float(low), float(high))


def _reliably(
    away: Floats,
    people: Ints,
    variance: float | None,
    reliability: float | None,
    higher_is_better: bool,
) -> ReliableChange | None:
    if reliability is None or not variance or people.sum() < PEOPLE_FOR_AN_INTERVAL:
        return None
    threshold = RELIABLY * float(np.sqrt(2 * variance * (1 - reliability)))
    better = away if higher_is_better else -away
    improved, worse = int(people[better > threshold].sum()), int(people[better < -threshold].sum())
    return ReliableChange(threshold, improved, worse, int(people.sum()) - improved - worse)


def _ends(before: Floats, after: Floats, people: Ints, scale: tuple[float, float]) -> Ends:
    low, high = scale
    return Ends(
        before_at_min=int(people[rounded(before - low) <= 0].sum()),
        before_at_max=int(people[rounded(high - before) <= 0].sum()),
        after_at_min=int(people[rounded(after - low) <= 0].sum()),
        after_at_max=int(people[rounded(high - after) <= 0].sum()),
    )


def _check(pairs: Pairs, scale: tuple[float, float] | None, reliability: float | None) -> None:
    if reliability is not None and not 0 < reliability < 1:
        raise ValueError(f"The reliability is {reliability}; it lies between 0 and 1.")
    if scale is None:
        return
    low, high = scale
    if not -np.inf < low < high < np.inf:
        raise ValueError(f"The scale runs from {low} to {high}. Give its lowest and highest score.")
    for name, column in (("before", pairs.before), ("after", pairs.after)):
        answers = column[~np.isnan(column)]
        off = answers[(rounded(answers - low) < 0) | (rounded(high - answers) < 0)]
        if off.size:
            raise ValueError(
                f"{name} holds {off[0]:g}, which is off the scale {low:g} to {high:g}."
            )


def _root(variance: float | None) -> float | None:
    return None if variance is None else float(np.sqrt(variance))
