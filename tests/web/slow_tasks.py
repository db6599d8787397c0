"""Work for the tests of the worker: it says where it is, and waits until it may go on."""

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def wait_for_word(folder: str) -> str:
    """Says who is at it, and ends once there is a file called `go`."""
    here = Path(folder)
    (here / f"at-it-{os.getpid()}").touch()
    while not (here / "go").exists():
        time.sleep(0.05)
    return "done"


@task()
def fail(reason: str) -> None:
    raise ValueError(reason)
