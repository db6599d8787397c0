"""Do the bars show what people answered, and no size of what is kept back?"""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.likert_bars import Answers, LikertBars, Question, draw_likert_bars
from tests.formats.charts.reading import HOSTILE, boxes, forms, painted, root_of, well_drawn

POINTS = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
TONES = ("low-3", "low-1", "middle", "high-1", "high-3")
HEARD = Question(
    "I am listened to", Answers(48, (6, 14, 10, 13, 5)), Answers(41, (0, 7, 9, 15, 10))
)
HIDDEN = Question(
    "I have a say", Answers(23, ("[c]", "[c]", 6, 8, 0)), Answers(19, (0, 0, "[c]", 12, "[c]"))
)
ONE = LikertBars("Answers", POINTS, (HEARD,))


def drawn(bars: LikertBars) -> Chart:
    chart = draw_likert_bars(bars, prefix="likert")
    assert isinstance(chart, Chart)
    return chart


def bars_of(svg: str, tone: str) -> list[ElementTree.Element]:
    """The parts of one tone, without the key's."""
    return painted(svg, tone)[1:]


def test_it_tells_one_question_in_counts_of_people() -> None:
    assert drawn(ONE).sentence == (
        "“I am listened to”: 18 of 48 people before and 25 of 41 people after answered “agree” or "
        "“strongly agree”."
    )


def test_what_is_kept_back_is_not_added_up() -> None:
    assert "kept back" in drawn(replace(ONE, questions=(HIDDEN,))).sentence
    assert drawn(replace(ONE, questions=(HEARD, HIDDEN))).sentence == (
        "The share who answered “agree” or “strongly agree” was, of 2 questions, larger after "
        "than before in 1; not told in 1, since answers are kept back."
    )


def test_the_table_has_both_waves_of_a_question() -> None:
    assert drawn(ONE).rows == (
        ("I am listened to", "before", 6, 14, 10, 13, 5, 48),
        ("I am listened to", "after", 0, 7, 9, 15, 10, 41),
    )


def test_parts_are_as_wide_as_their_share_of_people() -> None:
    for svg in forms(drawn(ONE)):
        for tone, before, after in zip(
            TONES, *((6, 14, 10, 13, 5), (0, 7, 9, 15, 10)), strict=True
        ):
            shares = [count / of for count, of in ((before, 48), (after, 41)) if count]
            widths = [float(part.get("width", "")) for part in bars_of(svg, tone)]
            whole = float(bars_of(svg, "low-1")[0].get("width", "")) * 48 / 14
            assert widths == pytest.approx([share * whole for share in shares], abs=0.1)


def test_the_middle_answer_lies_half_and_half_about_the_line() -> None:
    for svg in forms(drawn(ONE)):
        line = float(painted(svg, "zero")[0].get("d", "").split()[0][1:])
        for part in bars_of(svg, "middle"):
            left, wide = float(part.get("x", "")), float(part.get("width", ""))
            assert left + wide / 2 == pytest.approx(line, abs=0.1)


def test_numbers_in_the_picture_are_those_of_the_table() -> None:
    for svg in forms(drawn(ONE)):
        told = sorted(int(box.text) for box in boxes(svg) if box.text.isdigit())
        assert told == sorted([6, 14, 10, 13, 5, 7, 9, 15, 10])


def test_a_hidden_part_is_as_wide_as_any_other_whatever_it_holds() -> None:
    chart = drawn(replace(ONE, questions=(HIDDEN,)))
    for svg in forms(chart):
        frames = [float(part.get("width", "")) for part in painted(svg, "frame")[1:]]
        assert frames == [28.0] * 4
        assert [box.text for box in boxes(svg)].count("[c]") == 4


def test_one_hidden_count_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="hide a second"):
        Answers(23, ("[c]", 6, 6, 8, 0))


@pytest.mark.parametrize("counts", [(1, 1, 1, 1, 1), (20, 20, 0, 0, 0), (-1, 11, 0, 0, 0)])
def test_answers_that_do_not_add_up_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="people"):
        Answers(10, counts)


def test_eleven_answers_are_no_bars() -> None:
    with pytest.raises(ValueError, match="2 to 7"):
        LikertBars("Nought to ten", tuple(map(str, range(11))), ())


def test_every_answer_is_named_in_the_order_of_the_bars() -> None:
    for svg in forms(drawn(ONE)):
        said = [box.text for box in boxes(svg)]
        assert [word for word in said if word in POINTS] == list(POINTS)
        assert "From left to right:" in said


def test_fewer_than_ten_people_are_never_drawn() -> None:
    few = Question("Once more", Answers(40, (8, 8, 8, 8, 8)), Answers(9, (0, 0, 0, 0, 9)))
    assert draw_likert_bars(replace(ONE, questions=(few,)), prefix="x") == NotEnough(9, 10)
    both = drawn(replace(ONE, questions=(HEARD, few)))
    assert "Once more" not in both.svg + str(both.rows)
    assert both.sentence.endswith("1 more had too few people to be drawn.")


def test_hostile_words_stay_words() -> None:
    bars = LikertBars(HOSTILE, (HOSTILE,) * 5, (replace(HEARD, words=HOSTILE),))
    chart = draw_likert_bars(bars, prefix='x"><b>')
    assert isinstance(chart, Chart)
    well_drawn(chart)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert drawn(ONE) == drawn(ONE)
    assert root_of(drawn(ONE).svg) is not None


@st.composite
def some_answers(draw: st.DrawFn, points: int) -> Answers:
    counts = draw(st.lists(st.integers(0, 300), min_size=points, max_size=points))
    counts[0] += 10
    hidden = draw(st.sets(st.integers(0, points - 1)))
    if len(hidden) == 1:
        hidden = set()
    return Answers(sum(counts), tuple("[c]" if n in hidden else c for n, c in enumerate(counts)))


@st.composite
def some_bars(draw: st.DrawFn) -> LikertBars:
    points = draw(st.integers(2, 7))
    names = tuple(draw(st.text("abc W", min_size=1, max_size=30)) for _ in range(points))
    questions = draw(
        st.lists(
            st.builds(
                Question,
                st.text("abc W", min_size=1, max_size=150),
                some_answers(points),
                st.none() | some_answers(points),
            ),
            min_size=1,
            max_size=5,
        )
    )
    return LikertBars("Any", names, tuple(questions))


@given(some_bars())
def test_it_is_well_drawn_for_any_answers(bars: LikertBars) -> None:
    chart = drawn(bars)
    well_drawn(chart)
    for svg in forms(chart):
        wide = float(root_of(svg).get("width", ""))
        for part in root_of(svg).iter():
            if part.get("width") and part.get("x"):
                assert float(part.get("x", "")) + float(part.get("width", "")) <= wide + 0.5
                assert float(part.get("x", "")) >= -0.1
