"""Work that nobody waits for: one worker, and a reaper for what killed workers left behind."""

import logging
import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from coproduce.analysis import kernels
from coproduce.web import badges, upkeep

TRIES = 3  # a task that killed three workers will kill the fourth
REST = 1.0  # seconds between two looks at the queue
PATIENCE = 2.0  # seconds: somebody may be looking at our new badge this very moment


class WorkerWasKilled(RuntimeError):
    """The process that ran a task ended in the middle of it, too often to try again."""


def badge_folder() -> Path:
    return Path(settings.HOME) / "workers"


def work() -> None:
    """Do what is queued, for as long as the process that started us lives."""
    started_by = os.getppid()
    kernels.warm_up()  # no room waits for it later; nothing happens where numba is missing
    worker_id = secrets.token_hex(16)
    with badges.worn(badge_folder() / worker_id, patience=PATIENCE) as badge:
        worker = _worker(worker_id)
        worker.configure_signals()
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # stopping is no news
        rounds = upkeep.Rounds()
        while worker.running and os.getppid() == started_by:
            badge.touch()
            reap()
            rounds.make()
            if DBTaskResult.objects.ready().exists():  # a look first: taking one locks SQLite
                worker.run()
            time.sleep(REST)


def work_off() -> None:
    """Do all that is queued now, here, and come back: for the command line and the demo."""
    worker_id = secrets.token_hex(16)
    with badges.worn(badge_folder() / worker_id, patience=PATIENCE):
        reap()
        _worker(worker_id).run()


def is_working() -> bool:
    """Whether a worker is alive on this machine."""
    return any(badges.is_worn(badge) for badge in badge_folder().glob("*"))


def reap() -> int:
    """Put back what killed workers left running; how many tasks that were."""
    return sum(_settle(badge) for badge in badge_folder().glob("*"))


def _settle(badge: Path) -> int:
    """The tasks of one worker, if it is dead; its badge goes last, so that none is forgotten."""
    try:
        with badges.worn(badge):
            running = DBTaskResult.objects.running()
            left = [task for task in running if task.worker_ids[-1:] == [badge.name]]
            for task in left:
                _try_again(task)
            return len(left)
    except badges.Taken:
        return 0


def _try_again(task: DBTaskResult[..., object]) -> None:
    tries = len(task.worker_ids)
    if tries >= TRIES:
        task.set_failed(
            WorkerWasKilled(
                f"The worker was killed {tries} times while it did this, so it was not begun "
                "again. Look at the memory of the machine, then start it once more by hand."
            )
        )
        return
    DBTaskResult.objects.filter(pk=task.pk, status="RUNNING").update(status="READY")


def _worker(worker_id: str) -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=REST,
        batch=True,  # come back when there is nothing left, to reap and to look around
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
