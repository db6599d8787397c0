"""`coproduce pool`: from a file of effects to one answer from many projects."""

import json
from pathlib import Path

import pytest

from coproduce.cli import main

ROWS = "study,yi,vi\nhall,0.2,0.04\nbus,0.5,0.03\nlunch,0.8,0.05\nboard,0.4,0.02\nclinic,0.3,0.06\n"


@pytest.fixture
def effects(tmp_path: Path) -> Path:
    path = tmp_path / "effects.csv"
    path.write_text(ROWS)
    return path


def test_it_tells_the_average_and_where_a_further_project_would_land(
    effects: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pool", str(effects)]) == 0
    said = capsys.readouterr().out
    for words in ("5 projects", "Over 5 projects 0.4 on average", "A further project: between"):
        assert words in said
    assert "nothing here tells what brought a change about" in said


def test_the_json_has_every_documented_key(effects: Path, tmp_path: Path) -> None:
    assert main(["pool", str(effects), "--json", str(tmp_path / "out.json")]) == 0
    found = json.loads((tmp_path / "out.json").read_text())
    assert {
        *("k", "estimate", "se", "ci95", "tau2", "tau2_ci95", "i2", "q", "prediction_interval"),
        *("shrunken", "weights", "headline", "not_enough"),
    } <= found.keys()
    assert found["shrunken"].keys() == {"hall", "bus", "lunch", "board", "clinic"}
    assert sum(found["weights"].values()) == pytest.approx(1)


def test_two_projects_are_too_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.csv"
    path.write_text("study,yi,vi\na,0.2,0.04\nb,0.8,0.05\n")
    assert main(["pool", str(path), "--json", str(tmp_path / "out.json")]) == 0
    assert "Too few to tell: a pooled answer is shown from 3 on." in capsys.readouterr().out
    found = json.loads((tmp_path / "out.json").read_text())
    assert found["headline"] is None
    assert found["not_enough"] == {"projects": 2, "needed": 3}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("study,yi\na,1\n", "vi: This column is missing"),
        ("study,yi,vi\n", "There is no project below the header"),
        ("study,yi,vi\na,,1\n", "row 2, yi: This number is missing"),
        ("study,yi,vi\na,1,0\n", "row 2, vi: 0 is no variance"),
        ("study,yi,vi\na,1,1\na,2,1\n", "row 3, study: “a” is there twice"),
        ("study,yi,vi,where\na,1,1,\n", "row 2, where: This is missing"),
    ],
)
def test_what_cannot_be_pooled_is_one_line_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, says: str
) -> None:
    path = tmp_path / "effects.csv"
    path.write_text(rows)
    assert main(["pool", str(path)]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_a_moderator_is_told_of_with_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "effects.csv"
    path.write_text("study,yi,vi,where\n" + "".join(f"{n},0.{n},0.04,north\n" for n in range(1, 6)))
    assert main(["pool", str(path)]) == 0
    assert "where: 5 projects; an association is looked for from 10 on." in capsys.readouterr().out
