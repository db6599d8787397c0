"""What is left on disk once rows are gone? SQLite's log, and files that hold what they held.

On PostgreSQL the promise covers the tables and what is dumped of them, not its write-ahead log.
"""

import mmap
import time
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from json import dumps
from pathlib import Path

from django.db import connection

MILLISECONDS_A_TRY = 200
PATIENCE = 3.0  # seconds that somebody else's reading may hold the log up


def empty_the_log() -> bool:
    """Bring SQLite's write-ahead log into the database and empty it; whether that could be done."""
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False  # what is being written now still needs its log
    until = time.monotonic() + PATIENCE
    while not (emptied := _checkpoint()) and time.monotonic() < until:
        time.sleep(0.05)
    return emptied


def _checkpoint() -> bool:
    """One try. It holds writers up while it waits for readers, so it hardly waits."""
    patience = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_A_TRY}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _, _ = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


def files_of_the_database() -> list[Path]:
    """The database and what SQLite keeps beside it; none on PostgreSQL."""
    if connection.vendor != "sqlite":
        return []
    path = Path(connection.settings_dict["NAME"])
    beside = (path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal"))
    return [file for file in beside if file.exists()]


def files_with(words: Sequence[str], where: Iterable[Path]) -> list[Path]:
    """Those of these files, and of all in these folders, that hold one of the words as they are."""
    forms = sorted({form for each in words for form in _forms(each)})
    files = [file for place in where for file in _files(place)]
    return [file for file in files if _holds(file, forms)]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from (file for file in sorted(place.rglob("*")) if file.is_file())


def _forms(words: str) -> Iterator[bytes]:
    """The words as bytes: plain, in JSON, on a page."""
    for form in (words, dumps(words)[1:-1], escape(words)):
        yield form.encode()


def _holds(file: Path, forms: Sequence[bytes]) -> bool:
    if not file.stat().st_size:
        return False
    with (
        file.open("rb") as opened,
        mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return any(content.find(form) >= 0 for form in forms)
