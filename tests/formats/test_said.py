"""Rows of what was said: each is taken in as it stands, or named with what to do about it."""

import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.formats.errors import BadFile
from coproduce.formats.said import Read, read_said

ALLOWED = {"part": ["carer", "researcher"], "source": ["paper", "flipchart"]}


def read(text: str | bytes) -> Read:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = "voices.csv"
    return read_said(file, allowed=ALLOWED)


def test_a_row_is_read_with_its_themes_and_its_time() -> None:
    [said] = read(
        "words,part,themes,said_at\n"
        '"Too few buses, and none at night",carer,Transport; Evenings,2019-03-28 14:30\n'
    ).said
    assert (said.row, said.words, said.cells["part"]) == (
        2,
        "Too few buses, and none at night",
        "carer",
    )
    assert said.themes == ("Transport", "Evenings")
    assert said.said_at is not None
    assert said.said_at.isoformat() == "2019-03-28T14:30:00"


def test_every_row_that_cannot_be_taken_is_named_and_the_others_are_kept() -> None:
    found = read(
        "words,part,said_at,address\n"
        "One,carer,,\n"
        ",carer,,\n"
        "Two,wizard,,\n"
        "Three,,yesterday,\n"
        "Four,,,example.org\n"
    )
    assert [said.words for said in found.said] == ["One"]
    assert [(problem.row, problem.field) for problem in found.problems] == [
        (3, "words"),
        (4, "part"),
        (5, "said_at"),
        (6, "address"),
    ]
    assert "carer, researcher" in str(found.problems[1])


def test_posts_come_as_json_too() -> None:
    posts = [{"words": "Count me in", "author": "@somebody", "address": "https://example.org/1"}]
    [said] = read(json.dumps(posts)).said
    assert (said.words, said.cells["author"]) == ("Count me in", "@somebody")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("said\nHello\n", "This column is missing"),
        ("words,mood\nHello,good\n", "not known here"),
        ('{"words": "Hello"}', "A list of objects is needed"),
        ("[1, 2]", "A list of objects is needed"),
        ("[", "cannot be read as JSON"),
        ("", "The file is empty"),
        (b"words\n\xff\xfe\n", "not UTF-8"),
        ("words\n" + "x\n" * 5_001, "more than 5,000 rows"),
    ],
)
def test_a_file_that_is_none_says_why(text: str | bytes, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        read(text)


def test_a_guard_against_spreadsheet_formulas_is_taken_off_again() -> None:
    [said] = read('words\n"\'=1+1 is two, I said"\n').said
    assert said.words == "=1+1 is two, I said"


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused_in_words(content: bytes) -> None:
    with suppress(BadFile):  # anything else would be a fault of ours
        read(content)
