"""`coproduce change` and `coproduce reliability`: from a file to words and JSON."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from coproduce.analysis import Change, Reliability, paired_change
from coproduce.cli import main
from tests.reference_answers import answered, columns, file

PAIRS = "id,before,after\n" + "".join(
    f"P{number},{before},{after}\n"
    for number, (before, after) in enumerate(
        [(2, 3), (3, 4), (1, 1), (4, 5), (2, 4), (3, 3), (2, 3), (1, 3), (4, "")]
    )
)
ITEMS = "id,trust,voice,access\n" + "".join(
    f"P{n},{n % 5 + 1},{(n + n % 2) % 5 + 1},{5 - n % 5}\n" for n in range(40)
)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS)
    return path


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(ITEMS)
    return path


def test_it_tells_how_far_people_moved_in_words_first(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["change", str(pairs), "--scale", "1", "5", "--reliability", "0.8"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "9 answered before, 8 after; 8 answered both"
    assert said[1] == (
        "6 of 8 moved up; on average 1.0 points, between 0.4 and 1.6, on a scale of 1 to 5."
    )
    assert "  Up 6, the same 2, down 0" in said
    assert said[-1].endswith("nobody was compared with.")


def test_the_json_is_the_result_of_the_library_in_full(pairs: Path, tmp_path: Path) -> None:
    out = tmp_path / "change.json"
    assert main(["change", str(pairs), "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    library = paired_change([2, 3, 1, 4, 2, 3, 2, 1, 4], [3, 4, 1, 5, 4, 3, 3, 3, None])
    assert found == json.loads(json.dumps(asdict(library)))
    assert {
        *("n_before", "n_after", "n_linked", "mean_change", "sd_change", "ci95", "g_av"),
        *("var_g_av", "hodges_lehmann", "hodges_lehmann_ci95", "signed_rank_p_exact"),
        *("up", "same", "down", "prob_superiority", "headline", "not_enough", "warnings"),
        "claim_grade",
    } <= set(found)


@pytest.mark.parametrize("name", ["sleep", "likert_n8", "likert_ceiling_n40"])
def test_the_published_answers_come_through_the_door(name: str, tmp_path: Path) -> None:
    case, out = answered("paired")[name], tmp_path / "change.json"
    assert main(["change", str(file(case["file"])), "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found["ci95"] == pytest.approx(case["ci95"], rel=1e-8)
    assert found["var_g_av"] == pytest.approx(case["effect"]["var_g_av_SMCRPH_LS"], rel=1e-8)


def test_the_same_pairs_from_standard_input_give_the_same_json(pairs: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    assert main(["change", str(pairs), "--json", str(one)]) == 0
    command = [sys.executable, "-m", "coproduce", "change", "-", "--json", str(other)]
    subprocess.run(command, input=pairs.read_bytes(), check=True)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("people", [0, 1, 3])
def test_too_few_people_are_a_result_and_not_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], people: int
) -> None:
    path, out = tmp_path / "few.csv", tmp_path / "few.json"
    path.write_text("\n".join(PAIRS.splitlines()[: people + 1]) + "\n")
    assert main(["change", str(path), "--json", str(out)]) == 0
    who = "1 person is" if people == 1 else f"{people} people are"
    assert f"{who} linked; change is shown from 6." in capsys.readouterr().out
    found = json.loads(out.read_text())
    assert found["not_enough"] == {"people": people, "needed": 6}
    assert found["headline"] is found["ci95"] is None


def test_it_tells_whether_a_scale_holds_together(
    items: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "reliability.json"
    assert main(["reliability", str(items), "--json", str(out)]) == 0
    said = capsys.readouterr().out
    assert "3 items, 40 people, 40 answered every item" in said
    assert "access goes against the other items" in said
    found = json.loads(out.read_text())
    assert {"alpha", "alpha_ci95", "omega", "item_rest", "warnings"} <= set(found)
    assert found["items"] == ["trust", "voice", "access"]


def test_an_item_turned_round_is_said_to_be(
    items: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reliability", str(items), "--reverse", "access", "--scale", "1", "5"]) == 0
    said = capsys.readouterr().out
    assert "access (turned round): " in said
    assert "reverse key?" not in said


@pytest.mark.parametrize("name", ["attitude", "bfi_open_unreversed"])
def test_the_published_reliability_comes_through_the_door(name: str, tmp_path: Path) -> None:
    case, out = answered("reliability")[name], tmp_path / "reliability.json"
    scale = [str(end) for end in case["scale"]]
    path = str(file(case["file"]))
    assert main(["reliability", path, "--scale", *scale, "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found["alpha"] == pytest.approx(case["alpha_raw"], rel=1e-8)
    assert found["omega"] == pytest.approx(case["omega_ml_one_factor"]["omega_total"], abs=1e-4)
    assert found["item_rest"] == pytest.approx(case["item_rest_r"], rel=1e-8)
    assert len(found["score_half_rule"]["scores"]) == len(columns(case["file"])[0])


def test_each_key_of_both_is_on_the_page_of_files() -> None:
    told = (Path(__file__).parents[1] / "docs" / "reference" / "files.md").read_text()
    keys = {*Change.__dataclass_fields__, *Reliability.__dataclass_fields__}
    assert {key for key in keys if f"`{key}`" not in told} == set()


def test_bad_input_exits_2_naming_file_row_and_field_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("id,before,after\nP1,3,4\nP2,three,4\n")
    assert main(["change", str(path), "--json", str(tmp_path / "out.json")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "coproduce: pairs.csv, row 3, before: “three” is not a number. "
        "Write a number, or leave it blank.\n"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["pairs.csv"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["change"], "required: PAIRS.csv"),
        (["change", "nowhere.csv"], "There is no such file"),
        (["change", "PAIRS", "--scale", "5", "1"], "--scale is 5 1"),
        (["change", "PAIRS", "--scale", "1", "nan"], "--scale is 1 nan"),
        (["change", "PAIRS", "--scale", "1", "4"], "pairs.csv, row 5, after: 5 is off the scale"),
        (["change", "PAIRS", "--reliability", "1.2"], "--reliability is 1.2"),
        (["change", "PAIRS", "--reliability", "nan"], "--reliability is nan"),
        (["change", "ITEMS"], "before: This column is missing"),
        (["change", "PAIRS", "--json", "nowhere/out.json"], "Nothing can be written here"),
        (["reliability", "ITEMS", "--reverse", "acess"], "--reverse names acess"),
        (["reliability", "ITEMS", "--scale", "1", "4"], "row 6, trust: 5 is off the scale"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(
    pairs: Path, items: Path, capsys: pytest.CaptureFixture[str], typed: list[str], says: str
) -> None:
    files = {"PAIRS": str(pairs), "ITEMS": str(items)}
    assert main([files.get(word, word) for word in typed]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
