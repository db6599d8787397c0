"""One file with everything that must come back: the database and the uploads, and no key."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from coproduce.web.keeping import archive, postgres, sqlite

# Whoever holds a session can act as its owner, so a backup holds none: people sign in again. What
# is kept of the live count is made of the votes again, where the conversation can still go on.
FORGOTTEN = (
    "django_session",
    "coproduce_cache",
    "conversations_mark",
    "conversations_countedperson",
    "conversations_livecount",
)
MEDIA = "media"
Advance = Callable[[int, int], None]  # one more, of so many


class KeysWouldLeave(Exception):
    """The folder of keys lies where a backup would carry it away."""


@dataclass(frozen=True)
class Kept:
    """What was put by."""

    path: Path
    bytes: int
    uploads: int


def back_up(path: Path, advance: Advance = lambda count, total: None) -> Kept:
    """Put the database and the uploads into one file while everything goes on."""
    refuse_keys_inside()
    contents = archive.Contents(
        version=version("coproduce"),
        made_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=newest_migrations(),
    )
    with _workbench(path.parent) as bench, archive.packing(path, contents) as packed:
        for part in _database_parts(bench, contents):
            packed.add(part.relative_to(bench).as_posix(), part)
            part.unlink()
        uploads = [file for file in sorted(media().rglob("*")) if file.is_file()]
        for file in uploads:
            packed.add(f"{MEDIA}/{file.relative_to(media()).as_posix()}", file)
            advance(1, len(uploads))
    return Kept(path, path.stat().st_size, len(uploads))


def newest_migrations() -> list[tuple[str, str]]:
    """The last change made to each app's tables: what a restore has to build first."""
    loader = MigrationLoader(connection)
    made = set(loader.applied_migrations) & set(loader.graph.nodes)

    def is_last(step: tuple[str, str]) -> bool:
        after = {child.key for child in loader.graph.node_map[step].children}
        return not any(app == step[0] for app, _ in after & made)

    return sorted(filter(is_last, made))


def refuse_keys_inside() -> None:
    """A key in a backup could never be forgotten."""
    keys = Path(settings.KEY_FOLDER).resolve()
    if keys.is_relative_to(media().resolve()):
        raise KeysWouldLeave(
            f"The keys lie in {keys}, among the uploads, so a backup would carry them away and "
            "closing could no longer destroy them. Move them and set COPRODUCE_KEYS."
        )


def media() -> Path:
    return Path(settings.MEDIA_ROOT)


def _database_parts(bench: Path, contents: archive.Contents) -> Iterator[Path]:
    if connection.vendor == "sqlite":
        sqlite.copy(bench / sqlite.MEMBER, FORGOTTEN)
        yield bench / sqlite.MEMBER
        return
    contents.columns = postgres.copy(bench / postgres.FOLDER, FORGOTTEN)
    yield from sorted((bench / postgres.FOLDER).iterdir())


@contextmanager
def _workbench(beside: Path) -> Iterator[Path]:
    """A folder of ours alone, on the disk the backup goes to, gone afterwards."""
    bench = Path(tempfile.mkdtemp(prefix=".backup-", dir=beside))
    try:
        yield bench
    finally:
        shutil.rmtree(bench)
