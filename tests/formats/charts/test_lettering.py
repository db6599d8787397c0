"""Do words take the room we think they take?"""

from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

import coproduce.web
from coproduce.formats.charts.layout import round_steps, spread_out
from coproduce.formats.charts.lettering import BOLD_WIDTHS, WIDTHS, lines_of, width_of

FONTS = Path(coproduce.web.__file__).parent / "static" / "fonts"
WORDS = st.text("abcmW i.中é", max_size=60)


@pytest.mark.parametrize(("weight", "widths"), [("400", WIDTHS), ("700", BOLD_WIDTHS)])
def test_the_widths_are_those_of_the_font_we_ship(weight: str, widths: dict[str, int]) -> None:
    font = TTFont(FONTS / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2")
    cmap, advances = font.getBestCmap(), font["hmtx"]
    em = font["head"].unitsPerEm
    told = {letter: round(100 * advances[cmap[ord(letter)]][0] / em) for letter in widths}
    assert widths == told
    assert set(map(chr, range(32, 127))) <= set(widths)


def test_a_letter_with_an_accent_is_as_wide_as_without() -> None:
    assert width_of("é", 15) == width_of("e", 15)
    assert width_of("e\u0301", 15) == width_of("e", 15)


@given(WORDS, st.floats(40, 400), st.booleans())
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(
    text: str, room: float, bold: bool
) -> None:
    lines = lines_of(text, room, 15, bold=bold, most=99)
    assert all(width_of(line, 15, bold=bold) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(WORDS, st.floats(40, 400), st.integers(1, 3))
def test_what_is_left_out_shows(text: str, room: float, most: int) -> None:
    whole, cut = lines_of(text, room, 15, most=99), lines_of(text, room, 15, most=most)
    assert len(cut) <= most
    assert (len(whole) > most) == (bool(cut) and cut[-1].endswith("…") and whole != cut)
    assert all(width_of(line, 15) <= room for line in cut)


@given(st.lists(st.tuples(st.floats(-50, 450), st.floats(5, 60)), max_size=6))
def test_words_in_a_row_never_meet_nor_leave_it(wanted: list[tuple[float, float]]) -> None:
    wanted = sorted(wanted)
    spots = spread_out(wanted, start=0, end=400, gap=8)
    if spots is None:
        assert sum(width for _, width in wanted) + 8 * (len(wanted) - 1) > 400
        return
    edges = [(x - w / 2, x + w / 2) for x, (_, w) in zip(spots, wanted, strict=True)]
    assert all(left >= -1e-6 and right <= 400 + 1e-6 for left, right in edges)
    assert all(b[0] - a[1] >= 8 - 1e-6 for a, b in pairwise(edges))


def test_words_with_room_stand_where_they_are_wanted() -> None:
    assert spread_out([(50, 20), (150, 20)], start=0, end=200) == [50, 150]


@given(st.floats(-20, 20), st.floats(0.01, 50), st.integers(3, 9))
def test_round_numbers_lie_within_and_evenly(low: float, wide: float, most: int) -> None:
    steps = round_steps(low, low + wide, most)
    assert 1 <= len(steps) <= most
    assert all(low - 1e-6 <= step <= low + wide + 1e-6 for step in steps)
    gaps = {round(b - a, 6) for a, b in pairwise(steps)}
    assert len(gaps) <= 1
