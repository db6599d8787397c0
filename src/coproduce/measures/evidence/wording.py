"""What a project's page says of a change, in words first: how many moved, how far, how sure.

Before and after alone never say what brought a change about, and no sentence here does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coproduce.analysis import Change, change_words
from coproduce.analysis.change_words import AT_AN_END
from coproduce.analysis.disclosure import HIDDEN
from coproduce.formats.charts.words import (
    between,
    decimals_for,
    people,
    signed,
    towards,
)
from coproduce.formats.instruments.record import in_language
from coproduce.measures.evidence.comparing import Pair, Scored
from coproduce.trust.figures import Content
from coproduce.trust.takeaway import INSIDE

CHANGE = "change"
CHART = "chart"  # under this name a figure's facts keep what its picture is drawn from
COLUMNS = ("Of those linked", "What it says")
NO_CAUSE = (
    "People were asked before and after. That shows what changed, not what brought it about: "
    "other things happened in the same time."
)
LOOKS_BACK = (
    "What was before was asked afterwards. What people remember can differ from what they would "
    "have said then."
)

MAY_BE_NONE = "That may well be no change."
NO_LEVELS = (
    "The averages themselves are not shown: set beside those of an earlier wave they would tell "
    "about a few people."
)


@dataclass(frozen=True)
class Told:
    """One figure to be: which of its kind, and what it says."""

    kind: str
    key: str
    content: Content


@dataclass(frozen=True)
class Direction:
    """A change turned so that above nought is better."""

    change: Change
    higher_is_better: bool

    @property
    def mean(self) -> float:
        return self._sign * (self.change.mean_change or 0.0)

    @property
    def interval(self) -> tuple[float, float] | None:
        if self.change.ci95 is None:
            return None
        low, high = sorted(self._sign * end for end in self.change.ci95)
        return low, high

    @property
    def better(self) -> int:
        return self.change.up if self.higher_is_better else self.change.down

    @property
    def worse(self) -> int:
        return self.change.down if self.higher_is_better else self.change.up

    @property
    def moved(self) -> str:
        """Where the interval leaves no doubt about the direction: "better", "worse"; else ""."""
        if self.interval is None or self.interval[0] <= 0 <= self.interval[1]:
            return ""
        return "better" if self.interval[0] > 0 else "worse"

    @property
    def _sign(self) -> int:
        return 1 if self.higher_is_better else -1


def change(
    pair: Pair, scored: Scored, found: Change, counts: tuple[str, str, str], *, shows_levels: bool
) -> Told:
    """One score of those linked. `counts`: better, same, worse, as they may be printed.

    `shows_levels`: whether the averages themselves may stand beside those of earlier waves.
    """
    name = in_language(scored.score.title, "en")
    turned = Direction(found, scored.score.higher_is_better)
    content = Content(
        title=name,
        sentence=f"{name}: {_sentence(scored, turned, counts)}",
        about=_about(pair, found),
        columns=COLUMNS,
        rows=tuple(_rows(turned, counts)),
        facts=_facts(scored, turned, places_of(turned, counts), shows_levels=shows_levels),
        limits=tuple(_limits(pair, found, shows_levels=shows_levels)),
    )
    return Told(CHANGE, scored.key, content)


def _sentence(scored: Scored, turned: Direction, counts: tuple[str, str, str]) -> str:
    """How many moved, then how far on average and how sure that is, on which scale."""
    scale = f"on a scale from {plain_end(scored.score.low)} to {plain_end(scored.score.high)}"
    moved = _moved(turned.change.n_linked, counts)
    if turned.interval is None or not _is_told(turned):
        return f"{moved}; too few moved to tell how far on average ({scale})."
    places = places_of(turned, counts)
    far = (
        f"on average {towards(turned.mean, places)}, {between(*turned.interval, places)}, {scale}."
    )
    return f"{moved}; {far}" if turned.moved else f"{moved}; {far} {MAY_BE_NONE}"


def _is_told(turned: Direction) -> bool:
    """Whether enough people moved for an average to say what happened."""
    return turned.interval is not None and not change_words.counts_alone(turned.change)


def _moved(total: int, counts: tuple[str, str, str]) -> str:
    """How many moved where, as far as it may be told."""
    if HIDDEN in counts:
        return f"{people(total)} answered twice"
    better, same, worse = counts
    return f"{better} of {people(total)} moved to the better, {same} stayed, {worse} got worse"


def places_of(turned: Direction, counts: tuple[str, str, str]) -> int:
    """How many decimals may be told: one where a count is hidden, which more would give away."""
    if HIDDEN in counts or turned.interval is None:
        return 1
    return decimals_for(*turned.interval)


def plain_end(value: float) -> str:
    """The end of a scale: "5", "0.5"."""
    return f"{value:g}".replace("-", "−")


def _about(pair: Pair, found: Change) -> str:
    return (
        f"{people(found.n_linked)} answered both in wave {pair.before.number} and in wave "
        f"{pair.after.number}, and only they are compared."
    )


def _rows(turned: Direction, counts: tuple[str, str, str]) -> Iterator[tuple[str, str]]:
    found = turned.change
    better, same, worse = counts
    yield "People", str(found.n_linked)
    yield "Moved to the better", better
    yield "Stayed the same", same
    yield "Moved to the worse", worse
    places = places_of(turned, counts)
    yield "Average change, above nought is better", signed(turned.mean, places)
    if turned.interval is not None:
        low, high = turned.interval
        yield "95 % interval of it", f"{signed(low, places)} to {signed(high, places)}"
    if found.g_av is not None and HIDDEN not in counts:
        sign = 1 if turned.higher_is_better else -1
        yield "In standard deviations (g_av)", signed(sign * found.g_av, 2)
    yield "How strong a claim this allows", "before and after, without a comparison"


def _limits(pair: Pair, found: Change, *, shows_levels: bool) -> Iterator[str]:
    yield NO_CAUSE
    if pair.looks_back:
        yield LOOKS_BACK
    if not shows_levels:
        yield NO_LEVELS
    yield from _warnings(found)


def _warnings(found: Change) -> Iterator[str]:
    """What the arithmetic warns of, without the small counts that its own words hold."""
    if found.ends is not None:
        limit = AT_AN_END * found.n_linked
        at_top = max(found.ends.before_at_max, found.ends.after_at_max)
        at_bottom = max(found.ends.before_at_min, found.ends.after_at_min)
        if at_top > limit:
            yield "Many stood at the top of the scale, where nobody can be seen to move further up."
        if at_bottom > limit:
            yield "Many stood at the bottom of the scale, where nobody can be seen to move down."
    if change_words.pulled_back(found):
        yield (
            "Those who began low rose more than those who began high. Some of this comes without "
            "any change: whoever happened to answer low once tends to answer higher next time."
        )
    if change_words.turns_round(found):
        yield (
            "With everybody counted who answered even once, the change points the other way: who "
            "stayed decides."
        )


def _facts(scored: Scored, turned: Direction, places: int, *, shows_levels: bool) -> dict[str, Any]:
    """The numbers for pictures, as they are printed; inside, the exact ones for pooling."""
    found, score = turned.change, scored.score
    low, high = found.ci95 if found.ci95 is not None else (None, None)
    levels = _levels(found) if shows_levels else None
    before, after = (levels["mean_before"], levels["mean_after"]) if levels else (None, None)
    return {
        "stands": True,
        "outcome": in_language(score.title, "en"),
        "instrument": scored.instrument.name,
        "score": score.code,
        "people": found.n_linked,
        "moved": turned.moved if _is_told(turned) else "",
        "is_told": _is_told(turned),
        "higher_is_better": score.higher_is_better,
        "lowest": score.low,
        "highest": score.high,
        "places": places,
        **{
            name: None if value is None else round(value, places)
            for name, value in (("before", before), ("after", after), ("low", low), ("high", high))
        },
        INSIDE: {
            "effect": {
                "n": found.n_linked,
                "mean_change": found.mean_change,
                "sd_change": found.sd_change,
                "g_av": found.g_av,
                "var_g_av": found.var_g_av,
            },
            "interval": found.ci95,
            "levels": levels,
        },
    }


def _levels(found: Change) -> dict[str, float | None]:
    """What travels between places: averages, variances and r of those linked."""
    return {
        "mean_before": found.mean_before,
        "mean_after": found.mean_after,
        "var_before": _square(found.sd_before),
        "var_after": _square(found.sd_after),
        "r": found.r,
    }


def _square(deviation: float | None) -> float | None:
    return None if deviation is None else deviation**2
