"""What a killed worker left behind is taken up again, and never for ever."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from coproduce.web import background, badges
from tests.homes import REPOSITORY, is_alive, url_of_test_database, wait_for
from tests.web import slow_tasks

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def a_worker() -> Iterator["subprocess.Popen[bytes]"]:
    """A real worker on the database of this test."""
    environment = {
        **os.environ,
        "COPRODUCE_HOME": str(settings.HOME),
        "DATABASE_URL": url_of_test_database(),
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "coproduce", "worker"]
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def at_it(folder: Path) -> list[Path]:
    return list(folder.glob("at-it-*"))


def only_task() -> "DBTaskResult[..., object]":
    """The one of ours: a worker also queues what it has to see to at night."""
    return DBTaskResult.objects.get(task_path__startswith=slow_tasks.__name__)


def test_a_task_of_a_killed_worker_is_done_by_the_next(tmp_path: Path) -> None:
    slow_tasks.wait_for_word.enqueue(str(tmp_path))
    with a_worker() as first:
        wait_for(lambda: at_it(tmp_path))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert only_task().status == "RUNNING"
    with a_worker():
        wait_for(lambda: len(at_it(tmp_path)) == 2)
        (tmp_path / "go").touch()
        wait_for(lambda: only_task().status == "SUCCESSFUL")
    assert len(only_task().worker_ids) == 2


def test_a_task_that_kills_worker_after_worker_is_given_up_in_a_sentence(tmp_path: Path) -> None:
    slow_tasks.wait_for_word.enqueue(str(tmp_path))
    DBTaskResult.objects.update(worker_ids=["killed-before", "killed-before-that"])
    with a_worker() as third:
        wait_for(lambda: at_it(tmp_path))
        os.kill(third.pid, signal.SIGKILL)
        third.wait()
    assert background.reap() == 1
    assert only_task().status == "FAILED"
    assert "killed 3 times while it did this, so it was not begun again" in only_task().traceback
    assert not background.reap()


def test_what_a_living_worker_does_is_left_to_it(tmp_path: Path) -> None:
    slow_tasks.wait_for_word.enqueue(str(tmp_path))
    with a_worker():
        wait_for(lambda: at_it(tmp_path))
        assert background.is_working()
        assert background.reap() == 0
        assert only_task().status == "RUNNING"
        (tmp_path / "go").touch()
        wait_for(lambda: only_task().status == "SUCCESSFUL")


def test_told_to_stop_a_worker_ends_what_it_has_begun(tmp_path: Path) -> None:
    slow_tasks.wait_for_word.enqueue(str(tmp_path))
    with a_worker() as worker:
        wait_for(lambda: at_it(tmp_path))
        worker.terminate()
        (tmp_path / "go").touch()
        worker.wait(30)
        assert worker.returncode == 0
    assert only_task().status == "SUCCESSFUL"
    assert not background.is_working()


def test_a_worker_goes_with_the_process_that_started_it(tmp_path: Path) -> None:
    command = f"{sys.executable} -m coproduce worker & echo $! > {tmp_path}/pid; sleep 60"
    environment = {**os.environ, "DATABASE_URL": url_of_test_database()}
    parent = subprocess.Popen(["bash", "-c", command], env=environment)
    try:
        wait_for(background.is_working)
        worker = int((tmp_path / "pid").read_text())
    finally:
        parent.kill()
        parent.wait()
    wait_for(lambda: not is_alive(worker))


def test_work_can_be_done_here_and_now(tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    slow_tasks.wait_for_word.enqueue(str(tmp_path))
    slow_tasks.fail.enqueue("There is no such wave.")
    background.work_off()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


def test_a_badge_of_the_dead_is_tidied_away() -> None:
    badge = background.badge_folder() / "long-gone"
    badge.parent.mkdir(exist_ok=True)
    badge.touch()
    background.reap()
    assert not badge.exists()
    assert not badges.is_worn(badge)
