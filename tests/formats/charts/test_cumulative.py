"""Does the line show how the evidence grew, and never one small project by itself?"""

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.cumulative import Cumulative, Step, draw_cumulative
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, root_of, well_drawn

STEPS = (
    Step(datetime.date(2024, 3, 5), 3, 60, 0.6, -0.4, 1.6),
    Step(datetime.date(2025, 1, 20), 7, 160, 0.4, 0.0, 0.8),
    Step(datetime.date(2026, 5, 2), 12, 310, 0.3, 0.1, 0.5),
)
GREW = Cumulative("How the evidence grew", STEPS)


def drawn(grew: Cumulative) -> Chart:
    chart = draw_cumulative(grew, prefix="grew")
    assert isinstance(chart, Chart)
    return chart


def test_it_tells_the_first_and_the_last_in_words() -> None:
    assert drawn(GREW).sentence == (
        "By March 2024, 3 projects together showed 0.6 points towards better, anywhere from 0.4 "
        "towards worse to 1.6 towards better; by May 2026, 12 projects together showed 0.3 points "
        "towards better, between 0.1 and 0.5. The interval became narrower."
    )


def test_the_table_has_every_step() -> None:
    assert drawn(GREW).rows[0] == ("5 March 2024", 3, 60, 0.6, -0.4, 1.6)
    assert len(drawn(GREW).rows) == 3


def value_at(svg: str, y: float) -> float:
    """What a height means, by the lines across the picture and their numbers."""
    levels = [*painted(svg, "grid"), *painted(svg, "zero")]
    heights = sorted(float(mark.get("d", "").split()[1].split("L")[0]) for mark in levels)
    told = sorted(
        (
            float(box.text.replace("−", "-"))
            for box in boxes(svg)
            if re.fullmatch(r"[+−]?\d\.\d+", box.text) and box.right < 60
        ),
        reverse=True,
    )
    return told[0] + (y - heights[0]) / (heights[-1] - heights[0]) * (told[-1] - told[0])


def test_dots_stand_where_the_levels_say_and_in_time() -> None:
    for svg in forms(drawn(GREW)):
        dots = painted(svg, "full")
        read = [value_at(svg, float(dot.get("cy", ""))) for dot in dots]
        assert read == pytest.approx([0.6, 0.4, 0.3], abs=0.01)
        days = [float(dot.get("cx", "")) for dot in dots]
        gone = [(step.day - STEPS[0].day).days for step in STEPS]
        along = [(x - days[0]) / (days[-1] - days[0]) for x in days]
        assert along == pytest.approx([day / gone[-1] for day in gone], abs=0.01)


def test_no_change_and_better_are_words() -> None:
    for svg in forms(drawn(GREW)):
        words = {box.text for box in boxes(svg)}
        assert {"no change", "better", "+0.3", "3 projects", "12 projects by then"} <= words


def test_an_interval_that_is_cut_is_said_to_be() -> None:
    wild = replace(STEPS[0], low=-40, high=40)
    cut, whole = (
        " ".join(box.text for box in boxes(drawn(Cumulative("Cut", (first, *STEPS[1:]))).svg))
        for first in (wild, replace(STEPS[0], low=0.3, high=0.8))
    )
    assert "goes on beyond the picture" in cut
    assert "goes on beyond the picture" not in whole


def test_a_step_that_adds_fewer_than_ten_people_waits_for_the_next() -> None:
    small = Step(datetime.date(2026, 4, 1), 11, 305, 0.31, 0.1, 0.52)
    rows = drawn(Cumulative("Grew", (*STEPS[:2], small, STEPS[2]))).rows
    assert [row[1] for row in rows] == [3, 7, 12]


def test_fewer_than_three_projects_are_no_step() -> None:
    with pytest.raises(ValueError, match="2 projects cannot be pooled"):
        replace(STEPS[0], projects=2)


def test_steps_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="oldest first"):
        Cumulative("Grew", STEPS[::-1])


def test_fewer_than_ten_people_are_never_drawn() -> None:
    few = tuple(replace(step, people=3 + n) for n, step in enumerate(STEPS))
    assert draw_cumulative(Cumulative("No", few), prefix="x") == NotEnough(5, 10)
    assert draw_cumulative(Cumulative("No", ()), prefix="x") == NotEnough(0, 10)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(GREW) == drawn(GREW)


@st.composite
def some_steps(draw: st.DrawFn) -> tuple[Step, ...]:
    day, people, steps = draw(st.dates(datetime.date(2001, 1, 1))), 10, []
    day = min(day, datetime.date(9000, 1, 1))
    for projects in range(3, 3 + draw(st.integers(1, 14))):
        estimate, half = draw(st.floats(-4, 4)), draw(st.floats(0.01, 9))
        steps.append(Step(day, projects, people, estimate, estimate - half, estimate + half))
        day += datetime.timedelta(days=draw(st.integers(0, 900)))
        people += draw(st.integers(0, 90))
    return tuple(steps)


@given(some_steps())
def test_it_is_well_drawn_for_any_steps(steps: tuple[Step, ...]) -> None:
    chart = drawn(Cumulative(HOSTILE, steps))
    well_drawn(chart)
    for svg in forms(chart):
        root = root_of(svg)
        wide, high = float(root.get("width", "")), float(root.get("height", ""))
        for dot in painted(svg, "full"):
            assert 0 <= float(dot.get("cx", "")) <= wide
            assert 0 <= float(dot.get("cy", "")) <= high
