"""Can a cell turn into a formula, or a word lose a letter on its way?"""

from hypothesis import given
from hypothesis import strategies as st

from coproduce.formats.text import csv_text, guarded, unguarded


@given(st.text(max_size=10))
def test_no_cell_starts_like_a_formula_and_none_loses_a_letter(text: str) -> None:
    assert guarded(text)[:1] not in {*"=+-@\t\r"}
    assert unguarded(guarded(text)) == text


def test_numbers_are_not_guarded() -> None:
    assert csv_text(("a", "b"), [(-1, "-1")]) == "a,b\r\n-1,'-1\r\n"
