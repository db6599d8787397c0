"""Serving for real: the web server and the worker as children, watched and stopped together."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from coproduce.web import badges

STOPPING_TIME = 25.0  # seconds; the web server itself takes at most 20
OPEN_FILES = 16_384
LONGEST_PAUSE = 30.0  # seconds between two attempts to start a worker that keeps dying


def web_command(host: str, port: int, processes: int = 1) -> list[str]:
    """The command that starts the web server, as `serve` does and as the benchmarks must."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:coproduce.web.gunicorn_conf",
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers",
        str(processes),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "coproduce", "worker"]


def serving_badge(home: Path) -> Path:
    """Held by whoever serves this home: a second one, or a restore under it, is refused."""
    return home / "serving.lock"


@dataclass
class Child:
    """One process we look after."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    again_at: float = 0.0
    began: float = field(default=0.0)

    def start(self) -> None:
        # A session of its own: Ctrl+C in the terminal reaches us, and we say in which order.
        # One thread for matrices: on a small machine two mostly wait for each other.
        environment = {"OPENBLAS_NUM_THREADS": "1", **os.environ, "COPRODUCE_SUPERVISED": "1"}
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command, env=environment, start_new_session=True
        )
        self.began = time.monotonic()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart_if_died(self, now: float) -> None:
        if self.is_alive:
            return
        if self.again_at == 0.0:
            lived = now - self.began
            self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
            self.again_at = now + self.pause
            say(f"The {self.name} stopped; starting it again in {self.pause:.0f} seconds.")
        elif now >= self.again_at:
            self.again_at = 0.0
            self.start()

    def stop(self) -> None:
        if self.is_alive and self.process:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not stop in time and was ended.")
            self.process.kill()
            self.process.wait()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


class Stop(Exception):
    """Somebody asked us to stop."""


@contextlib.contextmanager
def told_to_stop() -> Iterator[None]:
    """Turn the signals that mean "stop" into `Stop`, once."""

    def stop(number: int, frame: FrameType | None) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        raise Stop

    signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {one: signal.signal(one, stop) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def supervise(web: Child, worker: Child) -> int:
    """Run both until told to stop (0), or until the web server dies (1); a worker is restarted."""
    try:
        with told_to_stop():
            web.start()
            worker.start()
            while web.is_alive:
                worker.restart_if_died(time.monotonic())
                time.sleep(0.2)
    except Stop:
        say("Stopping: answers that were sent are being kept.")
        return 0
    else:
        say("The web server stopped by itself. What it said stands above.")
        return 1
    finally:
        web.stop()
        worker.stop()
        until = time.monotonic() + STOPPING_TIME
        web.wait(until)
        worker.wait(until)


def serve(home: Path, host: str, port: int, processes: int) -> int:
    """Serve this home until told to stop; the exit code."""
    _allow_many_connections()
    with badges.worn(serving_badge(home), patience=1.0):
        return supervise(
            Child("web server", web_command(host, port, processes)),
            Child("worker", worker_command()),
        )


def _allow_many_connections() -> None:
    """Each phone in the hall is an open file; many machines begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
