"""Are two waves, and the items of a scale, read as they stand, or refused where they break?"""

import io
from pathlib import Path

import numpy as np
import pytest

from coproduce.formats.errors import BadFile
from coproduce.formats.items import read_items
from coproduce.formats.pairs import read_pairs

NAN = float("nan")


def opened(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_a_blank_is_a_wave_that_was_not_answered() -> None:
    found = read_pairs(opened("id,before,after\nP1,3.2, 4\nP2,,2\nP3,-1e-1,\n"))
    assert found.ids == ("P1", "P2", "P3")
    assert found.before.tolist() == pytest.approx([3.2, NAN, -0.1], nan_ok=True)
    assert found.after.tolist() == pytest.approx([4, 2, NAN], nan_ok=True)


def test_columns_may_stand_in_any_order() -> None:
    found = read_pairs(opened("after,id,before\n4,P1,3\n"))
    assert (found.before[0], found.after[0]) == (3, 4)


def test_a_header_alone_is_nobody() -> None:
    assert read_pairs(opened("id,before,after\n")).ids == ()


@pytest.mark.parametrize(
    ("text", "row", "field", "says"),
    [
        ("id,before\nP1,3\n", 1, "after", "This column is missing"),
        ("id,before,after,age\nP1,3,4,50\n", 1, "age", "not known here"),
        ("id,before,after\nP1,3,4\nP2,three,4\n", 3, "before", "“three” is not a number"),
        ("id,before,after\nP1,3,NA\n", 2, "after", "or leave it blank"),
        ("id,before,after\nP1,3,nan\n", 2, "after", "“nan” is not a number"),
        ("id,before,after\nP1,3,inf\n", 2, "after", "“inf” is not a number"),
        ("id,before,after\nP1,1_0,4\n", 2, "before", "“1_0” is not a number"),
        ("id,before,after\nP1,٣,4\n", 2, "before", "is not a number"),
        ("id,before,after\nP1,1e101,4\n", 2, "before", "too large"),
        ("id,before,after\nP1,6,4\n", 2, "before", "6 is off the scale 1 to 5"),
        ("id,before,after\nP1,3,4\nP1,3,4\n", 3, "id", "“P1” is there twice"),
        ("id,before,after\n,3,4\n", 2, "id", "Nobody is named"),
        ('id,before,after\nP1,"3,2",4\n', 2, "before", "“3,2” is not a number"),
        ("id,before,after\nP1,3\n", 2, None, "This row has 2 cells"),
        ("", None, None, "The file is empty"),
    ],
)
def test_what_cannot_be_pairs_is_refused_where_it_stands(
    text: str, row: int | None, field: str | None, says: str
) -> None:
    with pytest.raises(BadFile) as refused:
        read_pairs(opened(text), scale=(1, 5))
    assert (refused.value.row, refused.value.field) == (row, field)
    assert says in refused.value.message


def test_items_are_columns_and_ids_are_left_aside(tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text("id,trust,voice\nP1,1,\nP2,2,3\n")
    found = read_items(file)
    assert list(found) == ["trust", "voice"]
    assert np.isnan(found["voice"][0])
    assert found["trust"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "row", "field", "says"),
    [
        ("trust,\n1,2\n", 1, "(no name)", "Name each item"),
        ("trust,voice\n1,often\n", 2, "voice", "“often” is not a number"),
        ("trust,voice\n1,9\n", 2, "voice", "off the scale 1 to 5"),
        ("trust,trust\n1,2\n", 1, "trust", "there twice"),
        ("id,trust\nP1,1\nP1,2\n", 3, "id", "there twice"),
    ],
)
def test_what_cannot_be_items_is_refused_where_it_stands(
    text: str, row: int, field: str, says: str
) -> None:
    with pytest.raises(BadFile) as refused:
        read_items(opened(text), scale=(1, 5))
    assert (refused.value.row, refused.value.field) == (row, field)
    assert says in refused.value.message
