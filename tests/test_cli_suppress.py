"""`coproduce suppress`: from a table of counts to what of it may be shown."""

import json
from pathlib import Path

import pytest

from coproduce.cli import main

ONE_WAY = "who,carers,trainers,nurses,total\npeople,12,3,25,40\n"
TWO_WAYS = "who,yes,no,total\ncarers,3,20,23\nnurses,15,12,27\ntotal,18,32,50\n"


def shown(tmp_path: Path, rows: str, *more: str) -> int:
    path = tmp_path / "table.csv"
    path.write_text(rows)
    return main(["suppress", str(path), *more])


def test_it_prints_the_table_with_what_stays_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(tmp_path, ONE_WAY) == 0
    said = capsys.readouterr().out
    assert "people     [c]       [c]      25     40" in said
    assert "1 count is small and hidden; 1 more is hidden" in said


def test_the_json_has_positions_from_nought_with_the_margins_in_them(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert shown(tmp_path, TWO_WAYS, "--two-way", "--json", str(out)) == 0
    found = json.loads(out.read_text())
    assert found["primary"] == [[0, 0]]
    assert found["secondary"] == [[0, 1], [1, 0], [1, 1]]
    assert found["decision"] == "publish_with_suppression"
    assert found["published"][2] == ["18", "32", "50"]
    assert found["reader_range_of_primary"] == [[1, 17]]


def test_a_table_of_a_few_people_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(tmp_path, "who,a,b,total\npeople,3,5,8\n") == 0
    assert "Nothing of this table may be shown." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "more", "says"),
    [
        (ONE_WAY.replace("40\n", "41\n"), [], "row 2, total: The row comes to 40, not 41."),
        (TWO_WAYS.replace("18,32", "19,31"), [], "row 4, yes: The column comes to 18, not 19."),
        (ONE_WAY.replace("total", "sum"), [], "The last column has to be called total."),
        (ONE_WAY.replace(",3,", ",three,"), [], "row 2, trainers: “three” is no count."),
        (TWO_WAYS, ["--one-way"], "A one-way table has one row."),
        (TWO_WAYS.replace("\ntotal", "\nall"), [], "The last row has to be called total."),
        ("who,total\nx,1\n", [], "A table needs a column of labels"),
        (ONE_WAY, ["--one-way", "--two-way"], "not allowed with argument"),
    ],
)
def test_what_is_no_table_is_one_line_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, more: list[str], says: str
) -> None:
    assert shown(tmp_path, rows, *more) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
