"""What the how-to asks people to type in holds."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coproduce.cli import main
from tests.homes import REPOSITORY

PAGE = (REPOSITORY / "docs" / "how-to" / "one-small-machine.md").read_text()
FILES = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```', PAGE, re.DOTALL | re.MULTILINE))
PROGRAM = "/opt/coproduce/.venv/bin/coproduce"


def test_every_command_in_it_exists() -> None:
    asked = set(re.findall(r"^(?:ExecStart=\S+/)?coproduce ([a-z-]+)", PAGE, re.MULTILINE))
    assert {"setup", "add-admin", "backup", "restore", "check"} <= asked
    for command in asked:
        assert main([command, "--help"]) == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd to ask")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = []
    for name in filter(lambda name: "/systemd/" in name, FILES):
        unit = tmp_path / Path(name).name
        unit.write_text(FILES[name].replace(PROGRAM, sys.executable))
        units.append(str(unit))
    assert len(units) == 3
    command = ["systemd-analyze", "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("caddy"), reason="there is no Caddy to ask")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    (tmp_path / "Caddyfile").write_text(FILES["/etc/caddy/Caddyfile"])
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", "Caddyfile"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_shell_reads_the_file_of_settings_as_systemd_does(tmp_path: Path) -> None:
    path = tmp_path / "coproduce.env"
    path.write_text(FILES["/etc/coproduce.env"])
    done = subprocess.run(
        ["sh", "-c", f"set -a; . {path}; env"], capture_output=True, text=True, check=True
    )
    for line in FILES["/etc/coproduce.env"].splitlines():
        assert line in done.stdout.splitlines()
