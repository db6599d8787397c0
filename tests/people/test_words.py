"""What people type becomes plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.people.words import plain_paragraphs, plain_words, same_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tea & cake", "Tea & cake"),
        ("5 < 6 and I <3 it", "5 < 6 and I <3 it"),
        ("<b>bold</b> <script>alert(1)</script>words", "bold words"),
        ("two\nlines\tand  spaces", "two lines and spaces"),
        ("bell\x07 and zero\u200bwidth", "bell and zero width"),
        ("“Quotes”, café, ‘n’ ಕನ್ನಡ", "“Quotes”, café, ‘n’ ಕನ್ನಡ"),
    ],
)
def test_it_keeps_the_words_and_drops_markup(typed, kept):
    assert plain_words(typed) == kept


def test_it_keeps_paragraphs_apart_with_one_empty_line():
    assert plain_paragraphs("\n\nHello.\n\n\n<i>Good</i> day. \nBye.\n") == (
        "Hello.\n\nGood day.\nBye."
    )


def test_it_knows_the_same_words_in_other_dress():
    assert same_words("Meet at night.", "  meet at NIGHT")
    assert not same_words("Meet at night", "Meet at noon")


@given(st.text(max_size=200))
def test_it_never_leaves_a_line_break_or_a_control_character(text):
    kept = plain_words(text)

    assert "\n" not in kept
    assert kept == " ".join(kept.split())
