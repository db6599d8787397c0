"""Who did not come back, and did they begin elsewhere than those who stayed?"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from coproduce.analysis.arrays import Floats, Ints
from coproduce.analysis.effects import small_sample
from coproduce.analysis.pairs import Pairs

FAR_APART = 0.25  # standard deviations: What Works Clearinghouse (2022), baseline equivalence
TOO_FEW_STAYED = 0.70
_NO_TEST = (None, None, None, None)


@dataclass(frozen=True)
class Leavers:
    """Those who answered only before, beside those who answered both waves.

    `stayed`, `left`: people; `retention`: the share of those asked before who stayed, 0..1;
    `mean_stayed`, `mean_left`: how they began, in scale points. `hedges_g`: stayers minus leavers
    at the beginning, in pooled standard deviations; `welch_p`: two-sided, that they began alike;
    `ci95`: interval of the difference of the means. None where too few left, or nobody differs.
    """

    stayed: int
    left: int
    retention: float
    mean_stayed: float | None
    mean_left: float | None
    hedges_g: float | None
    welch_t: float | None
    welch_df: float | None
    welch_p: float | None
    ci95: tuple[float, float] | None

    @property
    def began_elsewhere(self) -> bool:
        """Whether the leavers began so differently that the stayers do not speak for them."""
        return self.hedges_g is not None and abs(self.hedges_g) > FAR_APART

    @property
    def too_few_stayed(self) -> bool:
        """Whether fewer than 7 in 10 of those who answered before answered after."""
        return self.retention < TOO_FEW_STAYED


def leavers(pairs: Pairs) -> Leavers | None:
    """How those who left began, beside those who stayed; None where nobody answered before.

    g = J(n1 + n2 - 2)(m1 - m2)/s_pooled; Welch's t with its degrees of freedom. Comparisons need
    two people on each side, and some difference among them.
    Most likely broken: that what was asked tells why people leave; likeness at the beginning
    does not make them alike in what they would have said later.
    Source: Hedges (1981); Welch (1947), Biometrika 34; threshold as in What Works Clearinghouse
    (2022), Handbook 5.0.

    >>> from coproduce.analysis.pairs import summarise_pairs
    >>> nan = float("nan")
    >>> found = leavers(summarise_pairs([1, 2, 3, 2, 4, 5], [2, 2, 3, 3, nan, nan]))
    >>> found.left, round(found.retention, 2), round(found.hedges_g, 2)
    (2, 0.67, -2.52)
    """
    answered = ~np.isnan(pairs.before)
    here = pairs.is_linked[answered]
    before, people = pairs.before[answered], pairs.people[answered]
    if not people.size:
        return None
    n1, m1, v1 = _spread(before[here], people[here])
    n2, m2, v2 = _spread(before[~here], people[~here])
    t, freedom, p, interval = _welch(n1, m1, v1, n2, m2, v2) or _NO_TEST
    return Leavers(
        stayed=n1,
        left=n2,
        retention=n1 / (n1 + n2),
        mean_stayed=m1 if n1 else None,
        mean_left=m2 if n2 else None,
        hedges_g=None if t is None else _hedges(n1, m1, v1, n2, m2, v2),
        welch_t=t,
        welch_df=freedom,
        welch_p=p,
        ci95=interval,
    )


def _spread(values: Floats, people: Ints) -> tuple[int, float, float]:
    """People, mean, and variance (divided by n - 1; nought where there is none)."""
    n = int(people.sum())
    if n < 2:
        return n, float(values[0]) if n else 0.0, 0.0
    mean = float(people @ values / n)
    away = values - mean
    return n, mean, float(people @ (away * away)) / (n - 1) if values.size > 1 else 0.0


def _welch(
    n1: int, m1: float, v1: float, n2: int, m2: float, v2: float
) -> tuple[float, float, float, tuple[float, float]] | None:
    """t, its degrees of freedom, the two-sided p, and the interval of the difference."""
    if min(n1, n2) < 2 or v1 + v2 == 0:
        return None
    one, other = v1 / n1, v2 / n2
    error = np.sqrt(one + other)
    share = one / (one + other)  # a share, so that huge scores do not overflow when squared
    freedom = 1 / (share**2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1))
    margin = float(stdtrit(freedom, 0.975)) * error
    away = m1 - m2
    t = float(away / error)
    p = float(2 * stdtr(freedom, -abs(t)))
    return t, float(freedom), p, (float(away - margin), float(away + margin))


def _hedges(n1: int, m1: float, v1: float, n2: int, m2: float, v2: float) -> float:
    left = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / left)
    return float(small_sample(left) * (m1 - m2) / pooled)
