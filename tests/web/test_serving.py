"""The doors open, stay open when something dies, and close without losing anything."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from coproduce.cli import main
from coproduce.web import badges
from coproduce.web.serving import serving_badge
from tests.homes import (
    Home,
    Served,
    copy_of,
    descendants,
    drop,
    free_port,
    is_alive,
    wait_for,
    words_in,
)

# The supervisor itself, with two children that cost nothing.
SUPERVISE = """
import sys
from coproduce.web.serving import Child, supervise
sys.exit(supervise(Child("web server", ["sleep", "600"]), Child("worker", ["sleep", "601"])))
"""


@pytest.fixture(scope="module")
def served(told: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy of the told home, served for real; debugging spares us laying out the style sheets.

    A copy, because nobody can copy the told one for the next test while it is being served.
    """
    folder = tmp_path_factory.mktemp("serving")
    copy = copy_of(told, folder / "home")
    copy.extra["COPRODUCE_DEBUG"] = "1"
    with copy.served(folder / "log") as open_doors:
        yield open_doors
    drop(copy)


def test_it_answers_and_tells_its_address(served: Served) -> None:
    assert served.get("/") == 200
    assert served.get("/static/coproduce.css") == 200
    assert f"http://127.0.0.1:{served.port}   the address on screens" in served.log.read_text()


def test_on_sqlite_one_web_process_owns_the_votes(served: Served) -> None:
    expected = 1 if configured.IS_SQLITE else 2
    wait_for(lambda: len(served.children("gunicorn")) == 1 + expected)  # and the parent of them


def test_a_worker_that_dies_is_started_again(served: Served) -> None:
    wait_for(lambda: served.children("coproduce worker"))
    (first,) = served.children("coproduce worker")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: served.children("coproduce worker") not in ([], [first]))
    assert served.get("/") == 200
    assert "The worker stopped; starting it again" in served.log.read_text()


def test_killed_it_leaves_no_orphans_behind(home: Home, tmp_path: Path) -> None:
    home.extra["COPRODUCE_DEBUG"] = "1"
    with home.served(tmp_path / "log") as served:
        wait_for(lambda: served.children("coproduce worker"))
        children = served.children("")
        served.process.kill()
        served.process.wait()
        wait_for(lambda: not [child for child in children if is_alive(child)])


@pytest.fixture
def supervisor() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen([sys.executable, "-c", SUPERVISE], stderr=subprocess.PIPE, text=True)
    wait_for(lambda: len(descendants(process.pid)) == 2)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_stops_both_and_ends_well(
    supervisor: "subprocess.Popen[str]", told_by: signal.Signals
) -> None:
    children = descendants(supervisor.pid)
    supervisor.send_signal(told_by)
    _, said = supervisor.communicate(timeout=30)
    assert supervisor.returncode == 0
    assert said == "Stopping: answers that were sent are being kept.\n"
    assert not [child for child in children if is_alive(child)]


def test_if_the_web_server_dies_it_says_so_and_gives_up(
    supervisor: "subprocess.Popen[str]",
) -> None:
    web, worker = sorted(descendants(supervisor.pid))
    os.kill(web, signal.SIGKILL)
    _, said = supervisor.communicate(timeout=30)
    assert supervisor.returncode == 1
    assert "The web server stopped by itself" in said
    assert not is_alive(worker)


def test_a_worker_that_dies_at_once_is_tried_again_ever_more_slowly() -> None:
    code = SUPERVISE.replace('["sleep", "601"]', '["false"]')
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as one:
        time.sleep(4)  # real pauses between real starts are what this is about
        one.terminate()
        assert one.stderr is not None
        said = one.stderr.read()
    assert "again in 2 seconds" in said
    assert "again in 4 seconds" in said


@pytest.fixture
def ready(settings: Settings, tmp_path: Path, db: None) -> Settings:
    """A home that could be served, in this very process."""
    settings.HOME = tmp_path
    settings.DEBUG = True
    return settings


@pytest.fixture(autouse=True)
def environment_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` tells the settings its addresses through the environment; not beyond this test."""
    for name in ("COPRODUCE_BASE_URL", "COPRODUCE_HOSTS"):
        monkeypatch.setenv(name, "")


def test_a_second_one_on_the_same_home_is_refused(
    ready: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with badges.worn(serving_badge(Path(ready.HOME))):
        assert main(["serve", "--port", str(free_port())]) == 2
    assert "serving.lock is held by a process that is running" in capsys.readouterr().err


def test_a_taken_port_is_named(ready: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"Something else listens on port {port}" in capsys.readouterr().err


@pytest.mark.skipif(not configured.IS_SQLITE, reason="PostgreSQL may have more")
def test_more_processes_on_sqlite_are_refused(
    ready: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--workers", "2"]) == 2
    assert "On SQLite one web process owns the votes" in capsys.readouterr().err


def test_a_home_without_its_style_sheets_is_refused_with_what_to_do(
    ready: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    ready.DEBUG = False
    ready.STATIC_ROOT = Path(ready.HOME) / "static"
    assert main(["serve"]) == 2
    said = words_in(capsys.readouterr().err)
    assert "Run `coproduce setup` first. Or: coproduce serve --migrate" in said


def test_a_home_without_its_tables_is_refused_with_what_to_do(empty: Home) -> None:
    done = empty.run("serve")
    assert done.returncode == 2
    assert "The database is not ready for this version. Run `coproduce setup`" in done.stderr
