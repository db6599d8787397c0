"""Counts of people as they may be printed: no small one can be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis.disclosure import shown_counts

counts_of_people = st.lists(st.integers(0, 40), min_size=2, max_size=7)


def told(*counts: int) -> list[str] | None:
    shown = shown_counts({str(at): count for at, count in enumerate(counts)})
    return None if shown is None else list(shown.values())


def test_large_counts_and_nought_are_told():
    assert told(20, 0, 12, 28) == ["20", "0", "12", "28"]


def test_a_small_count_takes_the_next_smallest_with_it():
    assert told(20, 3, 12, 28) == ["20", "[c]", "[c]", "28"]


def test_two_small_counts_that_leave_no_doubt_take_another_with_them():
    assert told(20, 1, 1, 28) == ["[c]", "[c]", "[c]", "28"]


def test_two_small_counts_that_leave_all_open_need_no_other():
    assert told(20, 2, 3, 28) == ["20", "[c]", "[c]", "28"]


def test_where_nothing_else_could_hide_it_nothing_is_told():
    assert told(3, 0, 0) is None


@given(counts_of_people)
def test_every_small_count_could_still_be_anything_from_one_to_four(counts):
    shown = told(*counts)
    if shown is None:
        return
    hidden = [count for count, cell in zip(counts, shown, strict=True) if cell == "[c]"]
    small = [count for count in hidden if 0 < count < 5]
    large = [count for count in hidden if count >= 5]
    rest = sum(counts) - sum(int(cell) for cell in shown if cell != "[c]")
    for guess in range(1, 5) if small else ():
        # What the other hidden cells may hold, as a reader knows it: at least one each; the small
        # ones at most four, the others anything.
        least = guess + len(hidden) - 1
        most = guess + 4 * (len(small) - 1) if not large else rest
        assert least <= rest <= most


@given(counts_of_people)
def test_no_small_count_is_printed_and_nought_always_is(counts):
    shown = told(*counts)
    for count, cell in zip(counts, shown or [], strict=bool(shown)):
        assert not 0 < count < 5 or cell == "[c]"
        assert count != 0 or cell == "0"
