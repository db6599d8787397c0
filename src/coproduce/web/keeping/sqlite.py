"""A copy of a SQLite database while it is being written to, and putting it back."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

MEMBER = "database.sqlite3"


def database_path() -> Path:
    """The file Django uses right now: in a test that is another one than in the settings."""
    return Path(connection.settings_dict["NAME"])


def copy(to: Path, forget: tuple[str, ...]) -> None:
    """A consistent copy in one step: readers and writers go on meanwhile."""
    read_only = f"{database_path().resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(read_only, uri=True, timeout=20)) as source,
        closing(sqlite3.connect(to, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous=OFF")  # it is packed next, and only that is kept
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("PRAGMA secure_delete=ON")
        for table in _tables(target) & set(forget):
            target.execute(f'DELETE FROM "{table}"')  # noqa: S608  names of our own


def put_back(copied: Path) -> None:
    """Make this copy the database; there must be none in its place."""
    path = database_path()
    connection.close()
    if files():
        raise FileExistsError(f"{files()[0]} is in the way.")
    path.parent.mkdir(parents=True, exist_ok=True)
    copied.replace(path)
    _keep_folder(path.parent)


def files() -> list[Path]:
    """The database and what SQLite keeps beside it."""
    path = database_path()
    names = (path.name + end for end in ("", "-wal", "-shm", "-journal"))
    return [path.with_name(name) for name in names if path.with_name(name).exists()]


def _tables(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def _keep_folder(folder: Path) -> None:
    """Bring the renaming itself to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
