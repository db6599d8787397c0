"""Does the forest show every project, the pool and what to expect, and nobody who is too few?"""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.forest import draw_forest
from coproduce.formats.charts.forest_record import Forest, Pooled, ProjectChange
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, well_drawn

PROJECTS = tuple(
    ProjectChange(f"Project {n}", 20 + n, 0.1 * n, 0.1 * n - 0.6, 0.1 * n + 0.6, (1 + n) / 15)
    for n in range(5)
)
POOLED = Pooled(0.2, 0.1, 0.4, (-0.2, 0.6))
FIVE = Forest("I am listened to", PROJECTS, POOLED)


def drawn(forest: Forest) -> Chart:
    chart = draw_forest(forest, prefix="forest")
    assert isinstance(chart, Chart)
    return chart


def test_it_tells_the_pool_and_what_to_expect_in_words() -> None:
    assert drawn(replace(FIVE, not_reported=2)).sentence == (
        "In 5 projects together people moved on average 0.2 points towards better, between 0.1 "
        "and 0.4. A further project may land anywhere from 0.2 towards worse to 0.6 towards "
        "better. 2 more projects registered and have not reported."
    )


def test_the_table_has_every_project_then_the_pool_then_the_prediction() -> None:
    rows = drawn(FIVE).rows
    assert rows[1] == ("Project 1", 21, 0.1, -0.5, 0.7, 13)
    assert rows[-2] == ("All projects together", 110, 0.2, 0.1, 0.4, 100)
    assert rows[-1] == ("A further project", None, None, -0.2, 0.6, None)


def value_at(svg: str, x: float) -> float:
    """What a place means, by the first and the last number along the axis."""
    (ruler,) = [mark.get("d", "") for mark in painted(svg, "rail") if "v5" in mark.get("d", "")]
    ticks = [float(at) for at in re.findall(r"M([\d.]+) [\d.]+v5", ruler)]
    told = [
        float(box.text.replace("−", "-"))
        for box in sorted(boxes(svg), key=lambda box: (-box.bottom, box.left))
        if re.fullmatch(r"[+−]?\d\.\d+", box.text)
    ][: len(ticks)]
    return told[0] + (x - ticks[0]) / (ticks[-1] - ticks[0]) * (told[-1] - told[0])


def test_squares_diamond_and_bar_stand_where_the_axis_says() -> None:
    chart = drawn(FIVE)
    for svg in forms(chart):
        squares = painted(svg, "full")[:5]
        middles = [float(m.get("x", "")) + float(m.get("width", "")) / 2 for m in squares]
        read = [value_at(svg, x) for x in middles]
        assert read == pytest.approx([float(row[2] or 0) for row in chart.rows[:5]], abs=0.01)
        left, middle, right = re.findall(r"[ML]([\d.]+) ", painted(svg, "pool")[0].get("d", ""))[:3]
        told = [value_at(svg, float(x)) for x in (left, middle, right)]
        assert told == pytest.approx([0.1, 0.2, 0.4], abs=0.01)
        bar = painted(svg, "band")[0]
        start = float(bar.get("x", ""))
        ends = [value_at(svg, x) for x in (start, start + float(bar.get("width", "")))]
        assert ends == pytest.approx([-0.2, 0.6], abs=0.01)


def test_a_project_that_counts_for_more_has_a_larger_square() -> None:
    sides = [float(mark.get("width", "")) for mark in painted(drawn(FIVE).svg, "full")[:5]]
    assert sides == sorted(sides)
    assert sides[0] ** 2 / sides[-1] ** 2 == pytest.approx(1 / 5, abs=0.02)


def test_shrunken_values_stand_only_where_projects_are_ranked() -> None:
    assert painted(drawn(FIVE).svg, "open") == []
    ranked = replace(FIVE, projects=tuple(replace(p, shrunken=0.2) for p in PROJECTS))
    assert len(painted(drawn(ranked).svg, "open")) == 5 + 1  # and the key's
    assert drawn(ranked).columns[-1] == "As ranked"
    assert drawn(ranked).rows[0][-1] == 0.2


def test_no_change_and_better_are_words() -> None:
    for svg in forms(drawn(FIVE)):
        assert {"no change", "better"} <= {box.text for box in boxes(svg)}


def test_two_projects_are_not_pooled_and_four_promise_nothing() -> None:
    two = Forest("Few", PROJECTS[:2])
    assert "too few to say what they found together" in drawn(two).sentence
    assert painted(drawn(two).svg, "pool") == []
    with pytest.raises(ValueError, match="too few to pool"):
        Forest("Few", PROJECTS[:2], POOLED)
    with pytest.raises(ValueError, match="A prediction needs 5"):
        Forest("Few", PROJECTS[:4], POOLED)


def test_a_project_too_small_is_left_out_and_another_with_it() -> None:
    small = (replace(PROJECTS[0], people=7), *PROJECTS[1:])
    chart = drawn(replace(FIVE, projects=small))
    assert [row[0] for row in chart.rows[:-2]] == ["Project 2", "Project 3", "Project 4"]
    assert "2 projects are too small to be shown apart." in chart.sentence
    assert all("Project 0" not in svg and "Project 1" not in svg for svg in forms(chart))
    unpooled = drawn(Forest("Few", small))
    assert len(unpooled.rows) == 4
    assert "1 project is too small" in unpooled.sentence


def test_with_nobody_large_enough_it_is_refused() -> None:
    few = tuple(replace(each, people=9) for each in PROJECTS)
    assert draw_forest(replace(FIVE, projects=few), prefix="x") == NotEnough(9, 10)


def test_sixty_are_drawn_and_of_more_the_forty_with_most_weight() -> None:
    many = tuple(replace(PROJECTS[0], project=f"P{n}", weight=(1 + n) / 2000) for n in range(61))
    sixty = drawn(replace(FIVE, projects=many[:60]))
    assert len(painted(sixty.svg, "full")) == 60 + 1
    more = drawn(replace(FIVE, projects=many))
    assert len(painted(more.svg, "full")) == 40 + 1
    assert len(more.rows) == 61 + 2
    assert "The 40 of 61 projects with most weight are drawn." in more.sentence
    assert "P21" in {box.text for box in boxes(more.svg)}
    assert "P20" not in {box.text for box in boxes(more.svg)}


def test_an_interval_that_goes_on_ends_in_an_arrow() -> None:
    wild = replace(PROJECTS[0], low=-40, high=40)
    arrows = [
        len(painted(drawn(replace(FIVE, projects=(each, *PROJECTS[1:]))).svg, "line"))
        for each in (PROJECTS[0], wild)
    ]
    assert arrows[1] == arrows[0] + 2


def test_hostile_words_stay_words() -> None:
    chart = draw_forest(
        replace(FIVE, title=HOSTILE, projects=tuple(replace(p, project=HOSTILE) for p in PROJECTS)),
        prefix='x"><b>',
    )
    assert isinstance(chart, Chart)
    well_drawn(chart)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(FIVE) == drawn(FIVE)


SOME = st.builds(
    lambda name, people, change, half, weight, shrunken: ProjectChange(
        name, people, change, change - half, change + half, weight, shrunken
    ),
    st.text("abc dW", max_size=90),
    st.integers(10, 3000),
    st.floats(-4, 4),
    st.floats(0.01, 9),
    st.floats(0.001, 0.85),
    st.none() | st.floats(-4, 4),
)


@settings(max_examples=40)
@given(
    st.lists(SOME, min_size=5, max_size=24),
    st.tuples(st.floats(-4, 4), st.floats(0.01, 3), st.floats(1, 3)) | st.none(),
    st.integers(0, 30),
)
def test_it_is_well_drawn_for_any_projects(
    projects: list[ProjectChange], pool: tuple[float, float, float] | None, missing: int
) -> None:
    pooled = None
    if pool:
        middle, half, wider = pool
        ahead = (middle - wider * half, middle + wider * half)
        pooled = Pooled(middle, middle - half, middle + half, ahead)
    chart = drawn(Forest("Any", tuple(projects), pooled, missing))
    well_drawn(chart)
    assert len(chart.rows) == len(projects) + (2 if pooled else 0)


@given(st.lists(SOME, min_size=1, max_size=4))
def test_few_projects_are_well_drawn(projects: list[ProjectChange]) -> None:
    well_drawn(drawn(Forest("Few", tuple(projects))))


def test_nothing_is_drawn_where_all_have_to_be_left_out() -> None:
    sizes = (3, 3, 20)
    three = tuple(replace(p, people=n) for p, n in zip(PROJECTS[:3], sizes, strict=True))
    assert draw_forest(Forest("Few", three, replace(POOLED, ahead=None)), prefix="x") == NotEnough(
        0, 10
    )


def test_a_forest_as_it_is_shown_stays_so() -> None:
    small = replace(FIVE, projects=(replace(PROJECTS[0], people=7), *PROJECTS[1:]))
    shown = small.as_shown()
    assert (shown.apart, shown.people_apart) == (2, 28)
    assert shown.as_shown() == shown
    assert drawn(shown) == drawn(small)


def test_a_pool_that_is_one_project_is_refused() -> None:
    with pytest.raises(ValueError, match="nearly all of the pool"):
        replace(FIVE, projects=(replace(PROJECTS[0], weight=0.9), *PROJECTS[1:]))
