"""How the web server is set up. On SQLite one process owns the votes, and threads do the rest."""

import gc
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

THREADS = 32
CONNECTIONS = 2_000  # phones that keep their line open while their owners think

wsgi_app = "coproduce.web.wsgi:application"
worker_class = "coproduce.web.hall_worker.HallWorker"
threads = THREADS
worker_connections = CONNECTIONS
backlog = 2048
keepalive = 60
timeout = 60
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True  # nothing of ours speaks to it
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a heartbeat


def when_ready(server: Any) -> None:
    """Stop when the supervisor is gone: nobody would restart or stop us any more."""
    if os.environ.get("COPRODUCE_SUPERVISED"):
        threading.Thread(target=_stop_with, args=(os.getppid(),), daemon=True).start()


def post_worker_init(worker: Any) -> None:
    """What was loaded at the start stays for good: nobody needs to look through it for waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _stop_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
