"""The platform's commands teach, refuse in a sentence, and need Django only when they run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coproduce.cli import main

COMMANDS = (
    "demo",
    "setup",
    "add-admin",
    "add-place",
    "grant",
    "serve",
    "worker",
    "check",
    "backup",
    "restore",
    "export",
    "import",
)
NO_DJANGO = """
import sys
sys.modules["django"] = None  # as in an install without the platform
from coproduce.cli import main
sys.exit(main(sys.argv[1:]))
"""


def bare(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", NO_DJANGO, *words]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": ""}
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"Example:\s+coproduce {command}", said)


def test_the_help_lists_them_all_and_says_what_the_exit_codes_mean(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert not [command for command in COMMANDS if f" {command} " not in said]
    assert "Exit codes: 0 fine" in said


def test_without_the_platform_it_says_what_to_install(tmp_path: Path) -> None:
    done = bare("serve", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "This needs the platform: pip install 'coproduce[web]'\n"
    assert list(tmp_path.iterdir()) == []


def test_without_the_platform_a_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    done = bare("demo", folder=tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_help_needs_no_platform(tmp_path: Path) -> None:
    assert bare("serve", "--help", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["serve", "--port", "0"], "'0' is not a port; choose 1 to 65535"),
        (["serve", "--port", "eight"], "'eight' is not a port"),
        (["serve", "--workers", "0"], "'0' is not a number of processes"),
        (["serve", "--base-url", "talk.example.org"], "write it like https://talk.example.org"),
        (["grant", "a@b.org", "king", "England"], "invalid choice: 'king'"),
        (["backup"], "the following arguments are required: file"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert complaint in capsys.readouterr().err
