"""Does a chart come back from a Figure as it was, and does nothing too small rest in it?"""

import datetime
import json

import pytest

from coproduce.formats.charts import (
    Answers,
    ChangeLines,
    CountsBar,
    Cumulative,
    Drawable,
    Flow,
    Forest,
    LikertBars,
    OutcomeChange,
    Pooled,
    ProjectChange,
    Question,
    Step,
    draw_change_lines,
    draw_counts_bar,
    draw_cumulative,
    draw_facts,
    draw_flow,
    draw_forest,
    draw_likert_bars,
    facts_of,
)

PROJECTS = tuple(
    ProjectChange(f"Project {n}", people, 0.1, -0.2, 0.4, 0.2, 0.15)
    for n, people in enumerate((7, 12, 30, 40, 50))
)
LINES = ChangeLines(
    "What moved",
    (
        OutcomeChange("Heard", 23, 2.9, 3.3, 0.1, 0.7),
        OutcomeChange("Secret", 8, 2.9, 3.3, 0.1, 0.7),
        OutcomeChange("Lonely", 21, 6, 5, None, None, 0, 10, False),
    ),
)
FOREST = Forest("Together", PROJECTS, Pooled(0.1, -0.1, 0.3, (-0.4, 0.6)), 2)
BARS = LikertBars(
    "Answers",
    ("no", "maybe", "yes"),
    (
        Question("Heard", Answers(20, (5, 5, 10)), Answers(20, ("[c]", "[c]", 14))),
        Question("Secret", Answers(9, (2, 2, 5))),
        Question("Once", Answers(12, (0, 0, 12))),
    ),
)
GREW = Cumulative(
    "Grew",
    (
        Step(datetime.date(2024, 3, 5), 3, 60, 0.6543, -0.4, 1.6),
        Step(datetime.date(2025, 1, 20), 4, 64, 0.123, 0.0, 0.8),
        Step(datetime.date(2026, 5, 2), 12, 310, 0.3, 0.1, 0.5),
    ),
)
FLOW = Flow("Stayed", None, 41, 40, "[c]", "[c]")
COUNTS = CountsBar("Which way", 21, 14, 4, 3)


def test_every_chart_comes_back_from_json_as_it_was() -> None:
    def back(drawable: Drawable) -> object:
        return draw_facts(json.loads(json.dumps(facts_of(drawable))), prefix="x")

    assert back(LINES) == draw_change_lines(LINES, prefix="x")
    assert back(FOREST) == draw_forest(FOREST, prefix="x")
    assert back(Forest("Two", PROJECTS[2:4])) == draw_forest(
        Forest("Two", PROJECTS[2:4]), prefix="x"
    )
    assert back(BARS) == draw_likert_bars(BARS, prefix="x")
    assert back(GREW) == draw_cumulative(GREW, prefix="x")
    assert back(FLOW) == draw_flow(FLOW, prefix="x")
    assert back(COUNTS) == draw_counts_bar(COUNTS, prefix="x")


def test_what_is_too_small_to_show_is_not_in_the_facts() -> None:
    kept = json.dumps([facts_of(each) for each in (LINES, FOREST, BARS, GREW)])
    for secret in ("Secret", "Project 0", "Project 1", "0.6543"):
        assert secret not in kept


def test_facts_of_no_chart_are_refused() -> None:
    with pytest.raises(ValueError, match="no chart"):
        draw_facts({"chart": "Pie"}, prefix="x")
