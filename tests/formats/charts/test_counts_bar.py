"""Does the bar of people say how many moved which way, and nothing of what is kept back?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.counts_bar import CountsBar, draw_counts_bar
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, well_drawn

MOVED = CountsBar("Which way people moved", 21, 14, 4, 3)
HIDDEN = CountsBar("Which way people moved", 21, 14, "[c]", "[c]")


def drawn(bar: CountsBar) -> Chart:
    chart = draw_counts_bar(bar, prefix="moved")
    assert isinstance(chart, Chart)
    return chart


def test_it_tells_the_counts_in_words() -> None:
    assert drawn(MOVED).sentence == "Of 21 people 14 moved up, 4 stayed the same and 3 moved down."
    assert drawn(HIDDEN).sentence == (
        "Of 21 people 14 moved up, [c] stayed the same and [c] moved down. [c] is kept back, so "
        "that nobody can be singled out."
    )


def test_each_way_has_its_words_and_a_pattern_of_its_own() -> None:
    for svg in forms(drawn(MOVED)):
        assert {box.text for box in boxes(svg)} == {"14 up", "4 the same", "3 down"}
        full, empty, striped = (
            painted(svg, "block")[0],
            painted(svg, "empty")[0],
            painted(svg, "empty")[1],
        )
        widths = [float(part.get("width", "")) for part in (full, empty, striped)]
        assert widths == pytest.approx([sum(widths) * of / 21 for of in (14, 4, 3)], abs=0.1)
        stripes = painted(svg, "bold")[-1].get("d", "")
        assert stripes.startswith(f"M{float(striped.get('x', '')):.1f} ")


def test_a_hidden_part_is_as_wide_as_any_other_whatever_it_holds() -> None:
    for svg in forms(drawn(HIDDEN)):
        assert [part.get("width") for part in painted(svg, "frame")] == ["64.0", "64.0"]


def test_nobody_is_no_part() -> None:
    words = {box.text for box in boxes(drawn(CountsBar("No", 30, 0, 30, 0)).svg)}
    assert words == {"30 the same"}


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((21, 14, 4, "[c]"), "hide a second"),
        ((21, 14, 4, 4), "are not 21 people"),
        ((21, 14, "few", 3), "no count of people"),
        ((21, 25, -4, 0), "no count of people"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: tuple[int, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        CountsBar("No", *counts)


def test_fewer_than_ten_people_are_never_drawn() -> None:
    assert draw_counts_bar(CountsBar("No", 9, 9, 0, 0), prefix="x") == NotEnough(9, 10)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(MOVED) == drawn(MOVED)


COUNTS = st.integers(0, 40) | st.integers(0, 3_000_000)


@given(COUNTS, COUNTS, COUNTS, st.booleans())
def test_it_is_well_drawn_for_any_counts(up: int, same: int, down: int, hides: bool) -> None:
    people = up + same + down + 10
    counts = (up + 10, "[c]", "[c]") if hides else (up + 10, same, down)
    chart = drawn(CountsBar(HOSTILE, people, *counts))
    well_drawn(chart)
    told = {box.text.split()[0] for svg in forms(chart) for box in boxes(svg)}
    assert {f"{n:,}" if isinstance(n, int) else n for n in counts if n} <= told
