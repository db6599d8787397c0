"""Is a file whole, or not there at all?"""

from pathlib import Path

import pytest

from coproduce.formats.errors import BadFile
from coproduce.formats.whole_files import write_whole


def test_it_writes_all_files_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    write_whole({tmp_path / "a.json": "one\n", tmp_path / "b.html": "two ✓"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.json": "one\n",
        "b.html": "two ✓",
    }


def test_where_one_place_fails_no_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    with pytest.raises(BadFile, match="Nothing can be written here"):
        write_whole({tmp_path / "a.json": "new", tmp_path / "nowhere" / "b.html": "x"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.json", "old")]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(BadFile, match="a folder of that name"):
        write_whole({tmp_path / "out": "x"})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_text_that_cannot_be_encoded_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole({tmp_path / "a.txt": "\ud800"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]
