"""How are questions scored that we may not ship? The arithmetic alone; the words stay theirs."""

from collections.abc import Sequence

from coproduce.formats.instruments.record import Score, Way

# The sum of the seven answers (1 to 5 each) and what it becomes, so that equal steps are equal:
# Stewart-Brown, Tennant, Tennant, Platt, Parkinson and Weich (2009), Health and Quality of Life
# Outcomes 7:15, as the conversion table of the University of Warwick has it.
SWEMWBS_METRIC = {
    7: 7.00, 8: 9.51, 9: 11.25, 10: 12.40, 11: 13.33, 12: 14.08, 13: 14.75, 14: 15.32,
    15: 15.84, 16: 16.36, 17: 16.88, 18: 17.43, 19: 17.98, 20: 18.59, 21: 19.25, 22: 19.98,
    23: 20.73, 24: 21.54, 25: 22.35, 26: 23.21, 27: 24.11, 28: 25.03, 29: 26.02, 30: 27.03,
    31: 28.13, 32: 29.31, 33: 30.70, 34: 32.55, 35: 35.00,
}  # fmt: skip


def swemwbs_score(items: Sequence[str]) -> Score:
    """How the short Warwick-Edinburgh scale is scored, for a place that has registered to use it.

    `items`: the codes of its seven questions, each answered from 1 (never) to 5 (always). All seven
    have to be answered. The words come from their holder, the University of Warwick.
    """
    if len(set(items)) != 7:
        raise ValueError(f"SWEMWBS has seven questions; {len(set(items))} were named.")
    return Score(
        code="swemwbs",
        title={"en": "Mental well-being (SWEMWBS, metric score)"},
        items=tuple(items),
        way=Way.LOOKUP,
        least_answered=1.0,
        low=7.0,
        high=35.0,
        lookup={float(raw): metric for raw, metric in SWEMWBS_METRIC.items()},
    )
