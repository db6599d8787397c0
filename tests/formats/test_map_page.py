"""Is the page of a map whole in itself, and safe whatever people wrote?"""

import re

from coproduce.analysis import map_opinions
from coproduce.formats.map_page import map_page
from coproduce.formats.map_words import tell
from tests.votes_drawn import two_camps

WORDS = {n: f"Statement in words <{n}>" for n in range(24)}


def test_the_page_escapes_what_people_wrote() -> None:
    found = map_opinions(*two_camps(200, 24))
    page = map_page(found, tell(found, WORDS), title="Why <us>?", source="a&b.csv")
    assert "&lt;2&gt;" in page
    assert not re.search(r"<\d+>|<us>|a&b", page)


def test_the_page_of_too_few_people_shows_no_picture() -> None:
    found = map_opinions(list(range(8)), [1] * 8, [1] * 8)
    page = map_page(found, tell(found, WORDS), title="t", source="s")
    assert "<svg" not in page
    assert "results are shown from 10" in page


def test_the_page_is_whole_in_itself() -> None:
    found = map_opinions(*two_camps(200, 24))
    page = map_page(found, tell(found, WORDS), title="t", source="s")
    assert not re.search(r"<script|<link|src=|@import|url\(", page)
    assert found.input_digest in page
