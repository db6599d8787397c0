"""Does the picture of who stayed show every step, and those who left where they are missing?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.flow import Flow, draw_flow
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, well_drawn

OLDHAM = Flow("Who answered", 48, 23, 19, 14, 9)
HIDDEN = Flow("Who answered", 60, 41, 40, "[c]", "[c]")


def drawn(flow: Flow) -> Chart:
    chart = draw_flow(flow, prefix="flow")
    assert isinstance(chart, Chart)
    return chart


def test_it_tells_the_steps_in_words() -> None:
    assert drawn(OLDHAM).sentence == (
        "Of 48 people invited, 23 answered before and 19 after; 14 answered both times and can be "
        "compared, 9 left."
    )
    assert drawn(Flow("Open link", None, 23, 19, 14, 9)).sentence.startswith("23 people answered")
    assert drawn(HIDDEN).sentence.endswith("[c] is kept back, so that nobody can be singled out.")


def test_bars_are_as_long_as_there_are_people_and_say_how_many() -> None:
    for svg in forms(drawn(OLDHAM)):
        bars = [
            *painted(svg, "ghost"),
            *painted(svg, "tone"),
            *painted(svg, "block"),
            *painted(svg, "missing"),
        ]
        widths = [float(bar.get("width", "")) for bar in bars]
        assert widths == pytest.approx([widths[0] * n / 48 for n in (48, 23, 19, 14, 9)], abs=0.1)
        told = [int(box.text) for box in boxes(svg) if box.text.isdigit()]
        assert told == [row[1] for row in drawn(OLDHAM).rows]


def test_who_left_stands_where_they_are_missing() -> None:
    for svg in forms(drawn(OLDHAM)):
        linked, left = painted(svg, "block")[0], painted(svg, "missing")[0]
        before = painted(svg, "tone")[0]
        end = float(linked.get("x", "")) + float(linked.get("width", ""))
        assert float(left.get("x", "")) == pytest.approx(end, abs=0.1)
        assert float(left.get("x", "")) + float(left.get("width", "")) == pytest.approx(
            float(before.get("x", "")) + float(before.get("width", "")), abs=0.1
        )


def test_a_hidden_bar_is_as_long_as_any_other_whatever_it_holds() -> None:
    for svg in forms(drawn(HIDDEN)):
        frames = painted(svg, "frame")
        assert [bar.get("width") for bar in frames] == ["56.0", "56.0"]
        assert len({bar.get("x") for bar in frames}) == 1


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((48, 23, 19, 14, "[c]"), "hide a second"),
        ((48, 23, 19, 20, 3), "more than answered"),
        ((48, 23, "some", 14, 9), "no count of people"),
    ],
)
def test_steps_that_cannot_be_are_refused(steps: tuple[int, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Flow("No", *steps)


def test_fewer_than_ten_people_are_never_drawn() -> None:
    assert draw_flow(Flow("No", 40, 9, 9, 9, 0), prefix="x") == NotEnough(9, 10)
    assert draw_flow(Flow("No", 40, "[c]", 9, "[c]", 0), prefix="x") == NotEnough(0, 10)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(OLDHAM) == drawn(OLDHAM)


@given(
    st.none() | st.integers(0, 2_000_000),
    st.integers(10, 2_000_000),
    st.integers(0, 2_000_000),
    st.integers(0, 100),
    st.booleans(),
)
def test_it_is_well_drawn_for_any_steps(
    invited: int | None, before: int, after: int, share: int, hides: bool
) -> None:
    linked = min(before, after) * share // 100
    left = before - linked
    chart = drawn(
        Flow(HOSTILE, invited, before, after, *(("[c]",) * 2 if hides else (linked, left)))
    )
    well_drawn(chart)
