"""Text is typed without a toolbar, kept as a little clean HTML, and typed again the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.reports import rich

KEPT = (
    ("One line", "<p>One line</p>"),
    ("One\nline", "<p>One line</p>"),
    ("One\n\nTwo", "<p>One</p><p>Two</p>"),
    ("We want:\n- tea\n- **fares**", "<p>We want:</p><ul><li>tea</li><li><strong>fares"),
    ("See https://example.org/a.", '<a href="https://example.org/a" rel="nofollow noopener">'),
    ("[the post](https://example.org)", 'rel="nofollow noopener">the post</a>'),
    ("Fish & chips, don't", "<p>Fish &amp; chips, don't</p>"),
)


@pytest.mark.parametrize(("typed", "kept"), KEPT)
def test_it_is_kept_as_a_little_html(typed: str, kept: str) -> None:
    assert kept in rich.from_typed(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "\x00",
    ],
)
def test_nothing_that_runs_gets_in(typed: str) -> None:
    kept = rich.from_typed(f"Hello {typed}")
    assert "<script" not in kept
    assert "<img" not in kept
    assert 'href="javascript' not in kept


@given(st.text(alphabet="ab c-*\n[](<>&\"'", max_size=80))
def test_typed_again_it_is_the_same(typed: str) -> None:
    kept = rich.from_typed(typed)
    again = rich.from_typed(rich.to_typed(kept))
    assert rich.from_typed(rich.to_typed(again)) == again
    assert rich.cleaned(kept) == kept


@pytest.mark.parametrize(
    "text",
    ["62 %", "62% of us", "62 per cent", "6 in 10", "six out of ten", "34 people", "1,200 members"],
)
def test_a_number_about_people_is_found(text: str) -> None:
    assert rich.number_about_people(f"We saw that {text} agreed.")


@pytest.mark.parametrize(
    "text", ["on 28 March 2026", "at 10.30 am", "Table 4", "one of us", "two buses", "£12"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert rich.number_about_people(f"We met {text}.") == ""
