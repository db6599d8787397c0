"""One number for each person out of what they answered, by the rules of the instrument."""

from coproduce.analysis.scoring import score_items
from coproduce.formats.instruments.record import Instrument, Item, Kind, Score
from coproduce.measures.evidence.reading import Floats


def score_of(instrument: Instrument, score: Score, values: Floats) -> Floats:
    """`values`: (sheets, items) of the whole instrument; NaN where too few were answered."""
    codes = [item.code for item in instrument.items]
    columns = [codes.index(code) for code in score.items]
    items = [instrument.items[at] for at in columns]
    low, high = zip(*(_ends(instrument, item) for item in items), strict=True)
    return score_items(
        values[:, columns],
        way=score.way.value,
        reverse=[at for at, item in enumerate(items) if item.reverse],
        low=low,
        high=high,
        least_answered=score.least_answered,
        lookup=score.lookup,
    )


def _ends(instrument: Instrument, item: Item) -> tuple[float, float]:
    if item.kind != Kind.SCALE:
        return item.low, item.high
    points = [point.value for point in instrument.scale_of(item).points]
    return min(points), max(points)
