"""What may be said of a change, in which words, and what has to be said beside it?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from coproduce.analysis.effects import PEOPLE_FOR_AN_INTERVAL
from coproduce.analysis.leavers import FAR_APART, Leavers
from coproduce.analysis.signed_rank import COUNTED_UP_TO

if TYPE_CHECKING:
    from coproduce.analysis.change import Change

MOVED_FOR_A_MEAN = 6  # fewer: the mean rests on a handful, the counts tell more
UNMOVED_FOR_COUNTS = 0.60
AT_AN_END = 0.15
PULLED_BACK = -0.5  # correlation of where people began with how far they moved
_NEXT_TO_NOTHING = 1e-9


def told(found: Change) -> Change:
    """The same change with its headline and its warnings."""
    return replace(found, headline=headline(found), warnings=tuple(warnings(found)))


def headline(found: Change) -> str | None:
    """The change in a sentence without a full stop: counts, and the mean where it may be told."""
    if found.not_enough is not None:
        return None
    n = found.n_linked
    if found.ci95 is None or counts_alone(found):
        return f"{found.up} of {n} moved up, {found.same} stayed the same, {found.down} moved down"
    assert found.mean_change is not None  # there is an interval around it
    low, high = found.ci95
    digits = decimals(high - low)
    mean, low_words, high_words = (points(each, digits) for each in (found.mean_change, low, high))
    moved, where = (found.down, "down") if found.mean_change < 0 else (found.up, "up")
    words = f"{moved} of {n} moved {where}; on average {mean} points, "
    words += f"between {low_words} and {high_words}{_on_scale(found)}"
    return f"{words}; it may be no change at all" if low <= 0 <= high else words


def counts_alone(found: Change) -> bool:
    """Whether too few moved for a mean to say what happened."""
    few = found.up + found.down < MOVED_FOR_A_MEAN
    return few or found.same / found.n_linked > UNMOVED_FOR_COUNTS


def decimals(width: float) -> int:
    """As many decimals as an interval of this width can bear: one digit of half of it."""
    return min(max(math.ceil(-math.log10(width / 2)), 0), 6)


def points(value: float, digits: int) -> str:
    """A number of scale points with a real minus, and no minus before nought."""
    shown = f"{value:.{digits}f}"
    return shown.replace("-", "" if float(shown) == 0 else "−")


def _on_scale(found: Change) -> str:
    better = "" if found.higher_is_better else ", where lower is better"
    return better if found.scale is None else f", on a scale of {_span(found.scale)}{better}"


def _span(scale: tuple[float, float]) -> str:
    return f"{scale[0]:g} to {scale[1]:g}"


def warnings(found: Change) -> Iterator[str]:
    """What has to be said beside the change, one sentence or two each."""
    yield from _of_leavers(found.leavers)
    if found.not_enough is not None:
        return
    if found.ci95 is None:
        yield "Everybody moved by the same, so nothing tells how sure the mean is."
    yield from _of_ends(found)
    if pulled_back(found):
        yield (
            "Those who began low rose more and those who began high rose less or fell: some of "
            "this may be regression to the mean, which comes without any change."
        )
    if turns_round(found):
        assert found.everybody is not None
        yield (
            "With everybody who answered even once the change points the other way "
            f"({points(found.everybody.mean_change, 2)} points): who stayed decides the sign."
        )
    if found.up + found.down > COUNTED_UP_TO:
        yield f"More than {COUNTED_UP_TO:,} people moved: the exact rank test is not counted."


def _of_leavers(seen: Leavers | None) -> Iterator[str]:
    if seen is None or not seen.left:
        return
    asked = seen.stayed + seen.left
    if seen.too_few_stayed:
        yield (
            f"{seen.stayed} of {asked} who answered before answered after, fewer than 7 in 10: "
            "those who left may have moved otherwise."
        )
    if seen.began_elsewhere:
        assert seen.hedges_g is not None
        higher = "lower" if seen.hedges_g > 0 else "higher"
        yield (
            f"Those who left began {higher} than those who stayed, by "
            f"{abs(seen.hedges_g):.2f} standard deviations (more than {FAR_APART}): the change "
            "speaks for those who stayed."
        )


def _of_ends(found: Change) -> Iterator[str]:
    if found.ends is None:
        return
    ends = found.ends
    for wave, end, count in (
        ("before", "top", ends.before_at_max),
        ("after", "top", ends.after_at_max),
        ("before", "bottom", ends.before_at_min),
        ("after", "bottom", ends.after_at_min),
    ):
        if count / found.n_linked > AT_AN_END:
            name, further = ("Ceiling", "up") if end == "top" else ("Floor", "down")
            yield (
                f"{name}: {count} of {found.n_linked} stood at the {end} of the scale {wave}, "
                f"where nobody can be seen to move further {further}."
            )


def pulled_back(found: Change) -> bool:
    """Whether how far people moved goes against where they began: cov(b, a - b) / (s_b s_d)."""
    if found.r is None or not found.sd_before or not found.sd_after or not found.sd_change:
        return False
    together = found.r * found.sd_after - found.sd_before
    return together < PULLED_BACK * found.sd_change and found.n_linked >= PEOPLE_FOR_AN_INTERVAL


def turns_round(found: Change) -> bool:
    if found.everybody is None or found.mean_change is None:
        return False
    one, other = found.mean_change, found.everybody.mean_change
    return min(abs(one), abs(other)) > _NEXT_TO_NOTHING and (one > 0) != (other > 0)
