"""The component that sets a chart: its picture in two forms, its sentence, its table."""

from dataclasses import replace

from django.template.loader import render_to_string

from coproduce.analysis import NotEnough
from coproduce.formats.charts import CountsBar, Flow, draw_counts_bar, draw_flow, refusal

FIGURE = "4f9c1d1e-0000-4000-8000-000000000000"
MOVED = CountsBar("Which <way>", 21, 14, 4, 3)


def test_it_sets_the_picture_unescaped_and_the_words_escaped() -> None:
    page = render_to_string(
        "components/chart.html", {"chart": draw_counts_bar(MOVED, prefix="moved"), "figure": FIGURE}
    )
    assert page.count("<svg") == 2
    assert "&lt;svg" not in page
    assert "<way>" not in page
    assert "<caption>Which &lt;way&gt;</caption>" in page
    assert "Of 21 people 14 moved up" in page
    assert '<th scope="row">Moved up</th><td>14</td>' in page
    assert f'href="/figures/{FIGURE}/"' in page


def test_without_a_figure_there_is_no_way_to_one() -> None:
    flow = draw_flow(Flow("Who stayed", None, 23, 19, 14, 9), prefix="flow")
    page = render_to_string("components/chart.html", {"chart": flow})
    assert "How do we know this?" not in page


def test_too_few_people_are_told_without_their_number() -> None:
    few = draw_counts_bar(replace(MOVED, people=9, up=2), prefix="moved")
    page = render_to_string("components/chart.html", {"chart": few})
    assert isinstance(few, NotEnough)
    assert refusal(few) in page
    assert "<svg" not in page
    assert "9" not in page
