"""A badge is worn by the living only."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coproduce.web import badges

HOLD = """
import sys, time
from pathlib import Path
from coproduce.web import badges
with badges.worn(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(path: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_it_is_worn_while_its_process_lives_and_not_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "badges" / "one"
    holder = hold(path)
    assert badges.is_worn(path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert path.exists()
    assert not badges.is_worn(path)


def test_it_is_refused_to_a_second_process(tmp_path: Path) -> None:
    holder = hold(tmp_path / "one")
    try:
        with pytest.raises(badges.Taken, match="one is held"), badges.worn(tmp_path / "one"):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_it_can_be_taken_over_from_the_dead_and_is_tidied_away(tmp_path: Path) -> None:
    path = tmp_path / "one"
    holder = hold(path)
    holder.kill()
    holder.wait()
    with badges.worn(path):
        assert badges.is_worn(path)
    assert not path.exists()


def test_it_is_not_worn_where_there_is_none(tmp_path: Path) -> None:
    assert not badges.is_worn(tmp_path / "nobody")
