"""One number for each person out of what they answered, by the rules of the instrument."""

import numpy as np

from coproduce.formats.instruments.record import Instrument, Kind, Score, Way
from coproduce.measures.evidence.reading import Floats


def score_of(instrument: Instrument, score: Score, values: Floats) -> Floats:
    """`values`: (sheets, items) of the whole instrument; NaN where too few were answered.

    The half rule: counted where at least `least_answered` of the score's items were answered, by
    the mean of those; a sum is that mean times the number of items, and a looked-up score needs
    every item.
    """
    codes = [item.code for item in instrument.items]
    columns = [codes.index(code) for code in score.items]
    chosen = np.column_stack([_turned(instrument, at, values[:, at]) for at in columns])
    answered = (~np.isnan(chosen)).sum(axis=1)
    least = len(columns) if score.way == Way.LOOKUP else score.least_answered * len(columns)
    is_enough = (answered >= least) & (answered > 0)
    mean = np.full(len(values), np.nan)
    np.divide(np.nansum(chosen, axis=1), answered, out=mean, where=is_enough)
    if score.way == Way.MEAN:
        return mean
    total: Floats = mean * len(columns)
    return total if score.way == Way.SUM else _looked_up(score, total)


def _turned(instrument: Instrument, at: int, values: Floats) -> Floats:
    """The values of one item, turned round where it is worded the other way."""
    item = instrument.items[at]
    if not item.reverse:
        return values
    if item.kind == Kind.SCALE:
        points = [point.value for point in instrument.scale_of(item).points]
        return min(points) + max(points) - values
    return item.low + item.high - values


def _looked_up(score: Score, totals: Floats) -> Floats:
    """The score that the instrument's table gives for each sum; NaN where it has none."""
    known = {round(raw, 6): metric for raw, metric in score.lookup.items()}
    return np.array([known.get(round(float(total), 6), np.nan) for total in totals])
