"""Is there a mark for everybody who has come, however full the hall?"""

import re
from xml.etree import ElementTree

import pytest

from coproduce.formats.arrivals import MOST_MARKS, PER_ROW, draw_arrivals


@pytest.mark.parametrize(
    ("people", "marks"), [(0, 0), (1, 1), (41, 41), (MOST_MARKS, MOST_MARKS), (4_009, 400)]
)
def test_there_is_a_mark_for_each_or_in_a_large_hall_for_ten(people: int, marks: int) -> None:
    assert draw_arrivals(people).count("M") == marks


def test_nobody_moves_when_the_next_one_comes() -> None:
    before, after = (re.findall(r"M[^M\"]+z", draw_arrivals(people)) for people in (57, 58))
    assert after[:57] == before


def test_all_marks_are_within_the_picture() -> None:
    root = ElementTree.fromstring(draw_arrivals(PER_ROW + 1))
    _, _, wide, high = map(int, (root.get("viewBox") or "").split())
    at = [tuple(map(int, xy)) for xy in re.findall(r"M(\d+) (\d+)", draw_arrivals(PER_ROW + 1))]
    assert max(x for x, _ in at) + 10 <= wide
    assert max(y for _, y in at) + 5 <= high


def test_it_is_silent_because_the_count_says_the_same() -> None:
    assert 'aria-hidden="true"' in draw_arrivals(9)
