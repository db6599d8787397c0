"""Which of our processes are alive on this machine? Those that hold the lock on their file.

The kernel lets go of a lock whatever way a process ends, kill -9 and power cut included: no
clock, no time-out, no process number that somebody else may have got since.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(RuntimeError):
    """Somebody alive holds it."""


@contextmanager
def worn(path: Path, patience: float = 0.0) -> Iterator[Path]:
    """Hold the lock on this file while in here; `Taken` if another process keeps it that long."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _lock(path, time.monotonic() + patience)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def is_worn(path: Path) -> bool:
    """Whether a living process holds the lock on this file."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _is_ours(descriptor)
    finally:
        os.close(descriptor)


def _lock(path: Path, until: float) -> int:
    """An open, locked file that is still the one at this path."""
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        if _is_ours(descriptor) and _is_still_at(path, descriptor):
            return descriptor
        os.close(descriptor)  # held by another, or tidied away since we opened it
        if time.monotonic() >= until and is_worn(path):
            raise Taken(f"{path.name} is held by a process that is running.")
        time.sleep(0.02)


def _is_ours(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
