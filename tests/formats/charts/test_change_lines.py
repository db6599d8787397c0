"""Does the picture of change show what the table says, and which way is better?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.change_lines import ChangeLines, OutcomeChange, draw_change_lines
from coproduce.formats.charts.chart import Chart
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, root_of, well_drawn

HEARD = OutcomeChange("I am listened to", 23, 2.9, 3.3, 0.1, 0.7)
LONELY = OutcomeChange("How often are you lonely?", 21, 6.2, 5.1, -1.7, -0.5, 0, 10, False)
TRUST = OutcomeChange("People here trust each other", 23, 3.8, 3.7, -0.4, 0.2)


def drawn(*outcomes: OutcomeChange) -> Chart:
    chart = draw_change_lines(ChangeLines("What moved", outcomes), prefix="change")
    assert isinstance(chart, Chart)
    return chart


def test_it_tells_one_change_in_words_first() -> None:
    assert drawn(HEARD).sentence == (
        "On average 23 people moved 0.4 points towards better, between 0.1 and 0.7, "
        "on a scale of 1 to 5."
    )


def test_a_change_that_may_be_none_is_told_as_such() -> None:
    assert drawn(TRUST).sentence == (
        "On average 23 people moved 0.1 points towards worse, anywhere from 0.4 towards worse to "
        "0.2 towards better, on a scale of 1 to 5: that may be no change at all."
    )


def test_several_outcomes_are_counted_by_what_is_sure() -> None:
    assert drawn(HEARD, LONELY, TRUST).sentence == (
        "Of 3 outcomes 2 moved towards better, none towards worse and 1 may not have changed at "
        "all."
    )


def test_the_table_has_a_row_for_every_outcome() -> None:
    assert drawn(HEARD, LONELY).rows == (
        ("I am listened to", 23, 2.9, 3.3, 0.4, 0.1, 0.7, "1 to 5"),
        ("How often are you lonely?", 21, 6.2, 5.1, 1.1, 0.5, 1.7, "10 to 0"),
    )


@pytest.mark.parametrize("change", [HEARD, LONELY, TRUST])
def test_marks_stand_where_the_scale_says(change: OutcomeChange) -> None:
    for svg in forms(drawn(change)):
        worst, best = (float(painted_end(svg, value)) for value in change.scale)
        for paint, value in (("open", change.before), ("full", change.after)):
            (mark,) = painted(svg, paint)
            along = (float(mark.get("cx", "")) - worst) / (best - worst)
            read = change.scale[0] + along * (change.scale[1] - change.scale[0])
            assert read == pytest.approx(value, abs=0.02)


def painted_end(svg: str, value: float) -> str:
    (end,) = [word for word in painted(svg, "note") if word.text == f"{value:g}"]
    return end.get("x", "")


def test_better_is_to_the_right_where_less_is_better_too() -> None:
    for svg in forms(drawn(LONELY)):
        (before,), (after,) = painted(svg, "open"), painted(svg, "full")
        assert float(after.get("cx", "")) > float(before.get("cx", ""))
        assert "less is better" in {box.text for box in boxes(svg)}


def test_before_and_after_are_told_apart_without_colour() -> None:
    words = {box.text for box in boxes(drawn(HEARD).svg)}
    assert {"before 2.9", "after 3.3", "worse", "better"} <= words
    assert [len(painted(drawn(HEARD).svg, paint)) for paint in ("open", "full")] == [1, 1]


def test_without_an_interval_none_is_drawn() -> None:
    chart = drawn(replace(HEARD, low=None, high=None))
    assert len(painted(chart.svg, "band")) == 1  # the key's
    assert chart.rows[0][5:7] == (None, None)
    assert chart.sentence.endswith("too few changed for an interval.")


def test_fewer_than_ten_people_are_never_drawn() -> None:
    few = replace(HEARD, people=9)
    assert draw_change_lines(ChangeLines("No", (few,)), prefix="x") == NotEnough(9, 10)
    assert draw_change_lines(ChangeLines("No", ()), prefix="x") == NotEnough(0, 10)
    beside = drawn(LONELY, few)
    assert "I am listened to" not in beside.svg + str(beside.rows)
    assert beside.sentence.endswith("1 more outcome rests on too few people to be drawn.")


def test_rounding_that_seems_off_is_explained() -> None:
    off = " ".join(box.text for box in boxes(drawn(replace(HEARD, before=2.93, after=3.35)).svg))
    assert "Averages are rounded" in off
    assert "rounded" not in drawn(HEARD).svg


def test_a_mean_beyond_its_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="not on its scale"):
        OutcomeChange("I am listened to", 23, 2.9, 5.3, 0.1, 0.7)


def test_hostile_words_stay_words() -> None:
    chart = draw_change_lines(
        ChangeLines(HOSTILE, (replace(HEARD, outcome=HOSTILE),)), prefix='x"><b>'
    )
    assert isinstance(chart, Chart)
    well_drawn(chart)
    assert "<script" not in chart.svg + chart.narrow


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(HEARD, LONELY) == drawn(HEARD, LONELY)


CHANGES = st.builds(
    lambda name, people, before, after, half, up: OutcomeChange(
        name, people, before, after, after - before - half, after - before + half, 1, 5, up
    ),
    st.text("abc dW", min_size=1, max_size=120),
    st.integers(10, 4000),
    st.floats(1, 5),
    st.floats(1, 5),
    st.floats(0, 3),
    st.booleans(),
)


@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_it_is_well_drawn_for_any_outcomes(outcomes: list[OutcomeChange]) -> None:
    chart = drawn(*outcomes)
    well_drawn(chart)
    assert len(chart.rows) == len(outcomes)


def test_the_check_of_overlaps_can_fail() -> None:
    two = drawn(HEARD).svg.replace("before 2.9", "before the second wave 2.9")
    with pytest.raises(AssertionError):
        well_drawn(replace(drawn(HEARD), svg=two))
    assert root_of(two) is not None
