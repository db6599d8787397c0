"""Do the items of a scale hold together, so that their mean says one thing?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtri

from coproduce.analysis.arrays import Flags, Floats
from coproduce.analysis.enough import NotEnough
from coproduce.analysis.one_factor import one_factor
from coproduce.analysis.scoring import columns_of, matrix, score_items

PEOPLE_FOR_RELIABILITY = 30
PEOPLE_FOR_A_CORRELATION = 3
LOW_ALPHA = 0.70
METHOD = "reliability 1: alpha by Feldt, omega of one factor by maximum likelihood"
_NOISE = 1e-9


@dataclass(frozen=True)
class HalfRule:
    """The mean of what each person answered, where that was at least half of the items.

    `scores` (n,): None for who answered fewer; `n_scored` people, with `mean` and `sd` of theirs.
    """

    n_scored: int
    mean: float | None
    sd: float | None
    scores: tuple[float | None, ...]


@dataclass(frozen=True)
class Reliability:
    """How far the items hold together; None where a number cannot be given.

    `items`: their names; `reversed`: those turned round. `n`: people; `n_complete`: who answered
    every item, on whom all but the scores rests. `alpha` with Feldt's 95 % interval, and
    `alpha_standardised` of the correlations; `omega` of one factor; all from 30 people.
    `item_rest`: each item's correlation with the sum of the others; `alpha_if_dropped`: alpha
    without it. `sem`: what a mean score errs by. `score_half_rule`: None where reversed items
    came without their scale. `warnings`: sentences, some of them questions.
    """

    items: tuple[str, ...]
    reversed: tuple[str, ...]
    n: int
    n_complete: int
    alpha: float | None
    alpha_ci95: tuple[float, float] | None
    alpha_standardised: float | None
    omega: float | None
    item_rest: tuple[float | None, ...]
    alpha_if_dropped: tuple[float | None, ...]
    sem: float | None
    score_half_rule: HalfRule | None
    not_enough: NotEnough | None
    warnings: tuple[str, ...]
    method: str


def reliability(
    items: ArrayLike | Mapping[str, ArrayLike],
    reverse: Sequence[int | str] = (),
    scale: tuple[float, float] | None = None,
) -> Reliability:
    """Whether the items of a scale hold together, and which of them does not.

    alpha = k/(k-1) (1 - Σ s_i²/s_total²), interval 1 - (1 - alpha) F(.975 and .025; n-1,
    (n-1)(k-1)); omega = (Σλ)²/((Σλ)² + Σθ). `items`: people by items (n, k), or {name: column},
    not-a-number or None where not answered. `reverse`: items, by number from 0 or by name, that
    are turned round: as lowest + highest - value of the `scale`, or by their sign where there is
    none. Returns a `Reliability`; under 30 people who answered everything it has neither alpha nor
    omega, and `not_enough` tells. Raises ValueError for columns of different length, infinite
    values, values off the scale, and items that are not there.

    Most likely broken: alpha takes all items to measure equally well; omega does not, but takes
    them to measure one thing. Neither tells that it is the thing one wants.
    Source: Cronbach (1951), Psychometrika 16; Feldt (1965), Psychometrika 30; McDonald (1999),
    Test Theory, chapter 6.

    >>> answers = [[n % 5, (n + n % 2) % 5, (n + n % 3) % 5] for n in range(30)]
    >>> found = reliability(answers)
    >>> round(found.alpha, 2), [round(r, 2) for r in found.item_rest]
    (0.57, [0.42, 0.49, 0.24])
    """
    names, values = _named(items)
    turns = _turns(names, reverse)
    if scale is not None:
        _ = score_items(values, low=scale[0], high=scale[1])  # refuses values off it
    whole = values[~np.isnan(values).any(axis=1)]
    whole = np.where(turns, -whole, whole)
    n, k = whole.shape
    few = NotEnough(n, PEOPLE_FOR_RELIABILITY) if n < PEOPLE_FOR_RELIABILITY else None
    covariance = np.cov(whole.T, ddof=1).reshape(k, k) if n > 1 and k else np.zeros((k, k))
    covariance[~_vary(whole)] = covariance[:, ~_vary(whole)] = 0.0
    alpha = None if few else _alpha(covariance)
    found = Reliability(
        items=names,
        reversed=tuple(name for name, turn in zip(names, turns, strict=True) if turn),
        n=values.shape[0],
        n_complete=n,
        alpha=alpha,
        alpha_ci95=None if alpha is None else feldt(alpha, n, k),
        alpha_standardised=None if few else _standardised(covariance),
        omega=None if few else _omega(covariance),
        item_rest=tuple(
            _item_rest(covariance, item) if n >= PEOPLE_FOR_A_CORRELATION else None
            for item in range(k)
        ),
        alpha_if_dropped=tuple(
            None if few else _alpha(np.delete(np.delete(covariance, item, 0), item, 1))
            for item in range(k)
        ),
        sem=None if alpha is None else _error(covariance, alpha),
        score_half_rule=_half_rule(values, turns, scale),
        not_enough=few,
        warnings=(),
        method=METHOD,
    )
    return replace(found, warnings=tuple(_warnings(found, covariance)))


def feldt(alpha: float, people: int, items: int) -> tuple[float, float]:
    """The 95 % interval of alpha. Source: Feldt (1965), Psychometrika 30.

    >>> [round(bound, 4) for bound in feldt(0.84314276956476, 30, 7)]
    [0.7394, 0.9158]
    """
    one, other = people - 1, (people - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * fdtri(one, other, level) for level in (0.975, 0.025))
    return float(low), float(high)


def _named(items: ArrayLike | Mapping[str, ArrayLike]) -> tuple[tuple[str, ...], Floats]:
    if not isinstance(items, Mapping):
        values = matrix(items)
        return tuple(f"item {number}" for number in range(values.shape[1])), values
    columns = [np.asarray(column, dtype=np.float64).reshape(-1) for column in items.values()]
    if len({column.size for column in columns}) > 1:
        raise ValueError("The items have different numbers of people. Give a blank (nan) instead.")
    return tuple(items), matrix(np.stack(columns, axis=1) if columns else np.zeros((0, 0)))


def _turns(names: tuple[str, ...], reverse: Sequence[int | str]) -> Flags:
    numbers = []
    for item in reverse:
        if isinstance(item, str) and item not in names:
            raise ValueError(f"There is no item “{item}”. There are {', '.join(names)}.")
        numbers.append(names.index(item) if isinstance(item, str) else item)
    return columns_of(numbers, len(names))


def _vary(whole: Floats) -> Flags:
    vary: Flags = (whole != whole[:1]).any(axis=0)
    return vary


def _alpha(covariance: Floats) -> float | None:
    k: int = covariance.shape[0]
    total = float(covariance.sum())
    if k < 2 or total <= _NOISE * float(np.trace(covariance)):
        return None
    own = float(np.trace(covariance))
    return k / (k - 1) * (1 - own / total)


def _correlations(covariance: Floats) -> Floats | None:
    spread = np.sqrt(np.diag(covariance))
    if not spread.size or not spread.all():
        return None
    correlations: Floats = covariance / np.outer(spread, spread)
    return correlations


def _standardised(covariance: Floats) -> float | None:
    correlations = _correlations(covariance)
    return None if correlations is None else _alpha(correlations)


def _omega(covariance: Floats) -> float | None:
    correlations = _correlations(covariance)
    fitted = None if correlations is None else one_factor(correlations)
    if fitted is None:
        return None
    loadings, left = fitted
    common = float(loadings @ np.sqrt(np.diag(covariance))) ** 2
    return common / (common + float(left @ np.diag(covariance)))


def _item_rest(covariance: Floats, item: int) -> float | None:
    own = covariance[item, item]
    with_rest = covariance[item].sum() - own
    rest = covariance.sum() - own - 2 * with_rest
    if own <= 0 or rest <= _NOISE * np.trace(covariance):
        return None
    return float(with_rest / np.sqrt(own) / np.sqrt(rest))


def _error(covariance: Floats, alpha: float) -> float:
    """Of a mean score, from those who answered everything."""
    error = float(np.sqrt(covariance.sum() * max(1 - alpha, 0.0)))
    return error / len(covariance)


def _half_rule(values: Floats, turns: Flags, scale: tuple[float, float] | None) -> HalfRule | None:
    if scale is None and turns.any():
        return None
    low, high = scale or (None, None)
    scores = score_items(values, reverse=np.flatnonzero(turns).tolist(), low=low, high=high)
    given = scores[~np.isnan(scores)]
    return HalfRule(
        n_scored=given.size,
        mean=float(given.mean()) if given.size else None,
        sd=float(given.std(ddof=1)) if given.size > 1 else None,
        scores=tuple(None if np.isnan(score) else float(score) for score in scores),
    )


def _warnings(found: Reliability, covariance: Floats) -> Iterator[str]:
    for name, together in zip(found.items, found.item_rest, strict=True):
        if together is not None and together < -_NOISE:
            yield f"{name} goes against the other items (r = {together:.2f}): reverse key?"
    same = [name for name, own in zip(found.items, np.diag(covariance), strict=True) if not own]
    if same and found.n_complete > 1:
        yield f"Everybody answered the same to {', '.join(same)}, which says nothing then."
    if found.score_half_rule is None:
        yield "Reversed items can be scored once their scale is known: give its two ends."
    if found.not_enough is not None:
        yield (
            f"{found.n_complete} answered every item; alpha and omega are given from "
            f"{found.not_enough.needed}."
        )
        return
    if found.alpha is None:
        yield "Alpha needs two items that vary, and a sum that does."
    elif found.alpha < LOW_ALPHA:
        yield (
            f"Alpha is low ({found.alpha:.2f}, under {LOW_ALPHA:.1f}): these items hold together "
            "loosely, if at all."
        )
    if found.omega is None:
        yield "Omega is not given: one factor needs three items and explains none of them wholly."
