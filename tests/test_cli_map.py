"""`coproduce map`: from a file of votes to words, JSON and a page."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coproduce.cli import main
from tests.real_conversations import BREXIT, exported
from tests.votes_drawn import two_camps


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    rows = zip(*two_camps(60, 12), strict=True)
    file = tmp_path / "votes.csv"
    file.write_text("person,statement,vote\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows))
    return file


def test_it_tells_groups_common_ground_and_divides(
    votes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", str(votes)]) == 0
    said = capsys.readouterr().out
    for heading in ("Group A", "What all groups agree on", "What divides the groups"):
        assert heading in said
    assert "in 10 agree: Statement" in said


def test_the_json_holds_every_key_and_every_person(votes: Path, tmp_path: Path) -> None:
    assert main(["map", str(votes), "--json", str(tmp_path / "map.json")]) == 0
    found = json.loads((tmp_path / "map.json").read_text())
    assert {
        *("people", "statements", "votes", "k", "groups", "positions", "axes", "common_ground"),
        *("divides", "group_informed_consensus", "method", "seed", "input_digest", "not_enough"),
    } <= set(found)
    assert len(found["groups"]) == len(found["positions"]) == found["people"] == 60
    assert {"statement", "lowest_share_bound", "by_group"} <= set(found["common_ground"][0])


def test_the_same_votes_from_standard_input_give_the_same_json(votes: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    assert main(["map", str(votes), "--json", str(one)]) == 0
    command = [sys.executable, "-m", "coproduce", "map", "-", "--json", str(other)]
    subprocess.run(command, input=gzip.compress(votes.read_bytes()), check=True)
    assert one.read_bytes() == other.read_bytes()


def test_people_keep_the_names_they_have_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    people = [f"card {n}" for n in range(12)]
    file.write_text("person,statement,vote\n" + "".join(f"{who},1,1\n" for who in people))
    assert main(["map", str(file), "--json", str(tmp_path / "map.json")]) == 0
    assert set(json.loads((tmp_path / "map.json").read_text())["groups"]) == set(people)


def test_it_leaves_out_what_was_moderated_out_and_speaks_in_words(
    votes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comments = tmp_path / "comments.csv"
    lines = "".join(f"{n},{-1 if n == 2 else 1},Sentence {n}\n" for n in range(12))
    comments.write_text(f"comment-id,moderated,comment-body\n{lines}")
    assert main(["map", str(votes), "--statements", str(comments)]) == 0
    said = capsys.readouterr().out
    assert "1 of them taken out" in said
    assert "Sentence 4" in said
    assert "Sentence 2" not in said


def test_a_number_of_groups_can_be_asked_for(votes: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.json"
    assert main(["map", str(votes), "--groups", "3", "--seed", "5", "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert (found["k"], found["seed"]) == (3, 5)


def test_too_few_people_are_a_result_and_not_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("person,statement,vote\n1,1,1\n2,1,1\n3,1,-1\n")
    assert main(["map", str(file), "--json", str(tmp_path / "map.json")]) == 0
    assert "a map needs 4" in capsys.readouterr().out
    found = json.loads((tmp_path / "map.json").read_text())
    assert found["not_enough"] == {"people": 3, "needed": 4}
    assert found["k"] is None


def test_bad_input_exits_2_with_one_sentence_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("person,statement,vote\n1,1,1\n1,2,maybe\n")
    outs = ["--json", str(tmp_path / "map.json"), "--html", str(tmp_path / "map.html")]
    assert main(["map", str(file), *outs]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "coproduce: votes.csv, row 3, vote: “maybe” is not a number. "
        "Write 1 for agree, -1 for disagree, 0 for pass.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["votes.csv"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ([], "required: COMMAND"),
        (["map"], "required: VOTES.csv"),
        (["mop", "x"], "invalid choice"),
        (["map", "nowhere.csv"], "There is no such file"),
        (["map", "."], ".: This is a folder"),
        (["add-admin", "sam"], "'sam' is not an e-mail address. Try:"),
        (["map", "VOTES", "--groups", "9"], "from 1 to 5"),
        (["map", "VOTES", "--groups", "two"], "invalid int value"),
        (["map", "VOTES", "--seed", "-1"], "--seed is -1"),
        (["map", "-", "--statements", "-"], "Only one of the two"),
        (["map", "VOTES", "--json", "OUT", "--html", "OUT"], "same file"),
        (["map", "VOTES", "--json", "nowhere/map.json"], "Nothing can be written here"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(
    votes: Path, capsys: pytest.CaptureFixture[str], typed: list[str], says: str
) -> None:
    assert main([str(votes) if word == "VOTES" else word for word in typed]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_it_is_content_when_whoever_reads_has_seen_enough(votes: Path) -> None:
    command = [sys.executable, "-m", "coproduce", "map", str(votes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.parametrize("typed", [["--help"], ["map", "--help"], ["--version"]])
def test_help_is_no_error(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 0
    assert "coproduce" in capsys.readouterr().out


def test_the_help_of_map_teaches_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    main(["map", "--help"])
    assert "Example: coproduce map votes.csv" in capsys.readouterr().out


def test_a_real_conversation_becomes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    typed = ["map", str(exported(BREXIT, "votes.csv")), "--polis", "--html", str(page)]
    assert main([*typed, "--statements", str(exported(BREXIT, "comments.csv"))]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 1
    assert "Labour should oppose the Brexit process." in text
