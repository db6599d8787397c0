"""Posts, pasted one after another: read as they are, refused with the line that is wrong."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.formats.errors import BadFile
from coproduce.formats.posts import MOST, Post, read_posts

TWO = """
https://there.example/@amina/1
Nobody asked us first.

But they could have.

https://elsewhere.example/posts/2
By: Made-up Bola
We ride the buses ourselves. See https://buses.example for how.
"""


def test_each_address_alone_on_its_line_begins_a_post() -> None:
    assert read_posts(TWO) == (
        Post(
            "https://there.example/@amina/1",
            "@amina",
            "Nobody asked us first.\n\nBut they could have.",
        ),
        Post(
            "https://elsewhere.example/posts/2",
            "Made-up Bola",
            "We ride the buses ourselves. See https://buses.example for how.",
        ),
    )


@pytest.mark.parametrize("line", ["@bola", "By: @bola", "by:@bola", "Author: @bola"])
def test_the_line_below_it_may_name_who_wrote_it(line: str) -> None:
    [post] = read_posts(f"https://there.example/1\n{line}\nWords.")
    assert (post.author, post.words) == ("@bola", "Words.")


def test_nobody_is_named_where_nothing_says_who_wrote_it() -> None:
    [post] = read_posts("https://there.example/1\nWords.")
    assert post.author == ""


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "No address was found"),
        ("Words alone", "Line 1 comes before any address"),
        ("https://there.example/1\n\n", "The post in line 1 has no words"),
        ("https://there.example/1\n@amina\n", "The post in line 1 has no words"),
        ("https://there.example/1\nWords\n" * (MOST + 1), "That is 101 posts; 100 is the most"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(pasted: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        read_posts(pasted)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_refused(pasted: str) -> None:
    for text in (pasted, f"https://there.example/1\n{pasted}"):
        with suppress(BadFile):
            assert all(post.words for post in read_posts(text))
