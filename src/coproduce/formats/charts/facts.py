"""How does a chart rest in a Figure? As plain facts, after disclosure; it is drawn from them again.

A Figure is never changed; a picture drawn from its facts may become a better one.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from coproduce.analysis import NotEnough
from coproduce.formats.charts.change_lines import ChangeLines, OutcomeChange, draw_change_lines
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.counts_bar import CountsBar, draw_counts_bar
from coproduce.formats.charts.cumulative import Cumulative, Step, draw_cumulative
from coproduce.formats.charts.flow import Flow, draw_flow
from coproduce.formats.charts.forest import draw_forest
from coproduce.formats.charts.forest_record import Forest, Pooled, ProjectChange
from coproduce.formats.charts.likert_bars import Answers, LikertBars, Question, draw_likert_bars

Drawable = ChangeLines | CountsBar | Cumulative | Flow | Forest | LikertBars
Facts = Mapping[str, Any]  # as JSON gives it back
CHART = "chart"  # under this name the facts say which chart they are


def facts_of(drawable: Drawable) -> dict[str, Any]:
    """What is shown, ready for JSON; outcomes, projects and steps too small are not in it."""
    shown = drawable if isinstance(drawable, CountsBar | Flow) else drawable.as_shown()
    facts = asdict(shown)
    if isinstance(shown, Cumulative):
        facts["steps"] = [asdict(step) | {"day": step.day.isoformat()} for step in shown.steps]
    return {CHART: type(shown).__name__, **facts}


def draw_facts(facts: Facts, *, prefix: str) -> Chart | NotEnough:
    """The chart of a Figure. Raises ValueError where the facts are of no chart known here.

    >>> facts = facts_of(CountsBar("Which way", 21, 14, 4, 3))
    >>> draw_facts(facts, prefix="way").sentence
    'Of 21 people 14 moved up, 4 stayed the same and 3 moved down.'
    """
    draw = _DRAWN.get(facts.get(CHART, ""))
    if draw is None:
        raise ValueError(f"“{facts.get(CHART)}” is no chart that can be drawn.")
    return draw({name: value for name, value in facts.items() if name != CHART}, prefix)


def _change_lines(facts: Facts, prefix: str) -> Chart | NotEnough:
    outcomes = tuple(OutcomeChange(**each) for each in facts["outcomes"])
    return draw_change_lines(ChangeLines(**{**facts, "outcomes": outcomes}), prefix=prefix)


def _counts_bar(facts: Facts, prefix: str) -> Chart | NotEnough:
    return draw_counts_bar(CountsBar(**facts), prefix=prefix)


def _cumulative(facts: Facts, prefix: str) -> Chart | NotEnough:
    steps = tuple(
        Step(**{**each, "day": datetime.date.fromisoformat(each["day"])}) for each in facts["steps"]
    )
    return draw_cumulative(Cumulative(**{**facts, "steps": steps}), prefix=prefix)


def _flow(facts: Facts, prefix: str) -> Chart | NotEnough:
    return draw_flow(Flow(**facts), prefix=prefix)


def _forest(facts: Facts, prefix: str) -> Chart | NotEnough:
    projects = tuple(ProjectChange(**each) for each in facts["projects"])
    forest = Forest(**{**facts, "projects": projects, "pooled": _pooled(facts["pooled"])})
    return draw_forest(forest, prefix=prefix)


def _pooled(facts: Facts | None) -> Pooled | None:
    if facts is None:
        return None
    ahead = facts["ahead"]
    return Pooled(**{**facts, "ahead": (ahead[0], ahead[1]) if ahead else None})


def _likert_bars(facts: Facts, prefix: str) -> Chart | NotEnough:
    questions = tuple(
        Question(each["words"], _answers(each["before"]), each["after"] and _answers(each["after"]))
        for each in facts["questions"]
    )
    bars = LikertBars(**{**facts, "points": tuple(facts["points"]), "questions": questions})
    return draw_likert_bars(bars, prefix=prefix)


def _answers(facts: Facts) -> Answers:
    return Answers(facts["people"], tuple(facts["counts"]))


_DRAWN: Mapping[str, Callable[[Facts, str], Chart | NotEnough]] = {
    ChangeLines.__name__: _change_lines,
    CountsBar.__name__: _counts_bar,
    Cumulative.__name__: _cumulative,
    Flow.__name__: _flow,
    Forest.__name__: _forest,
    LikertBars.__name__: _likert_bars,
}
