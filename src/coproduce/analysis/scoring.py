"""How do several answers of one person become one score, where some were left out?"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.arrays import Flags, Floats
from coproduce.analysis.pairs import LARGEST

HALF = 0.5
WAYS = ("mean", "sum", "lookup")


def score_items(
    items: ArrayLike,
    *,
    way: str = "mean",
    reverse: Sequence[int] = (),
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    least_answered: float = HALF,
    lookup: Mapping[float, float] | None = None,
) -> Floats:
    """One score for each person who answered enough of the items, not-a-number for the others.

    `items` (n, k): n people, k items, not-a-number or None where not answered. `way`: "mean" of
    what was answered; "sum", that mean times k; "lookup", that sum looked up in `lookup`, and
    not-a-number where it does not stand there, as after a left out answer it may not. `reverse`:
    columns scored as low + high - value; `low` and `high`: the ends of the scale, one number or k.
    `least_answered`: the share of items needed, 0..1, the half rule by default; at least one.
    Returns scores (n,). Raises ValueError for infinite values, values off the scale, an unknown
    way, and reversed items without a scale.

    Most likely broken: that the items a person left out are like those they answered.
    Source: Fayers & Machin (2016), Quality of Life, chapter 15: the half rule.

    >>> score_items([[1, 2, 3, None], [5, None, None, None]], reverse=[0], low=1, high=5)
    array([3.33333333,        nan])
    """
    if way not in WAYS:
        raise ValueError(f"There is no way “{way}” to score. Choose mean, sum or lookup.")
    if not 0 <= least_answered <= 1:
        raise ValueError(f"least_answered is {least_answered}; it is a share of 0 to 1.")
    values = turned(matrix(items), reverse, low, high)
    answered = ~np.isnan(values)
    count = answered.sum(axis=1)
    enough = (count >= least_answered * values.shape[1]) & (count > 0)
    sums = np.where(answered, values, 0.0).sum(axis=1)
    means = np.where(enough, sums / np.maximum(count, 1), np.nan)
    if way == "mean":
        return means
    totals = means * values.shape[1]
    return totals if way == "sum" else _looked_up(totals, lookup or {})


def matrix(items: ArrayLike) -> Floats:
    """The answers as people by items, checked."""
    try:
        values = np.asarray(items, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("The items hold something that is no number, or rows differ.") from None
    if values.size == 0 and values.ndim < 2:
        values = values.reshape(0, 0)
    if values.ndim != 2:
        raise ValueError("Give the items as people by items: one row for each person.")
    if (np.abs(values) > LARGEST).any():  # not-a-number compares as no: it means not answered
        raise ValueError("An item is infinite, or so large that it is no answer.")
    return values


def turned(
    values: Floats, reverse: Sequence[int], low: ArrayLike | None, high: ArrayLike | None
) -> Floats:
    """The values with these columns turned round on their scale."""
    turns = columns_of(reverse, values.shape[1])
    if low is None or high is None:
        if turns.any():
            raise ValueError("Reversed items need their scale: give low and high.")
        return values
    first, last = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if not (np.isfinite(first).all() and np.isfinite(last).all() and (first < last).all()):
        raise ValueError(f"The scale runs from {low} to {high}. Give its lowest and highest value.")
    if ((values < first) | (values > last)).any():
        raise ValueError(f"An answer lies off the scale {low} to {high}.")
    result: Floats = np.where(turns, first + last - values, values)
    return result


def columns_of(reverse: Sequence[int], count: int) -> Flags:
    """Flags (count,) of the columns named by number."""
    turns = np.zeros(count, dtype=np.bool_)
    for column in reverse:
        if not 0 <= column < count:
            raise ValueError(f"There is no item {column} (from 0); there are {count}.")
        turns[column] = True
    return turns


def _looked_up(totals: Floats, lookup: Mapping[float, float]) -> Floats:
    """The table's value where a total stands in it, to a billionth."""
    if not lookup:
        raise ValueError("The way is lookup, and there is no table to look up in.")
    keys = np.array(sorted(lookup), dtype=np.float64)
    values = np.array([lookup[key] for key in sorted(lookup)], dtype=np.float64)
    at = np.clip(np.searchsorted(keys, totals - 1e-9), 0, keys.size - 1)
    found: Floats = np.where(np.abs(keys[at] - totals) <= 1e-9, values[at], np.nan)
    return found
