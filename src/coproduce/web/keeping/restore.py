"""Putting a backup back, into a home that is empty, and setting straight what cannot be the same.

The keys are not in a backup. A conversation that was open and whose key is not in this home is
therefore closed: nobody's answers can be found again, so nobody may add to them.
"""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.conversations.models import Conversation
from coproduce.people.actions.erasing import replay
from coproduce.search.rebuilding import rebuild
from coproduce.trust import erasures
from coproduce.web import badges
from coproduce.web.keeping import archive, postgres, sqlite
from coproduce.web.keeping.backup import MEDIA, back_up, media
from coproduce.web.keeping.settling import settle
from coproduce.web.serving import serving_badge

# Where any of these has a row, somebody has begun to use the home.
SIGNS_OF_LIFE = ("people_user", "people_place", "conversations_conversation")


class NotRestored(Exception):
    """Why nothing was put back, and what to do."""


@dataclass(frozen=True)
class PutBack:
    """What a restore did."""

    contents: archive.Contents
    aside: Path | None  # where the earlier content lies now
    closed: list[Conversation]
    erased: int = 0  # people who had asked to be erased, came back with it, and are gone again
    has_list: bool = True  # whether a list of those people was here


def restore(path: Path, *, force: bool = False, erased: Path | None = None) -> PutBack:
    """Put this backup back; with `force`, what was here is kept aside first.

    Whoever asked to be erased is erased again: the list of this home counts, and `erased`, one
    that was brought along.
    """
    brought = set(erasures.read(erased)) if erased else set()
    contents = archive.read_contents(path)
    _refuse_other_kinds(contents)
    if not force and is_in_use():
        raise NotRestored(
            f"{settings.HOME} is in use already, so nothing was touched. Restore into an empty "
            "home (--home), or use --force: what is here now is then kept aside."
        )
    try:
        with badges.worn(serving_badge(Path(settings.HOME)), patience=1.0):
            aside = _put_aside() if is_in_use() or has_leftovers() else None
            _put_back(path, contents)
            has_list = bool(brought) or erasures.path().exists()
            closed = _set_straight()
            return PutBack(contents, aside, closed, replay(brought), has_list)
    except badges.Taken:
        raise NotRestored(
            f"{settings.HOME} is being served right now. Stop the server, then restore again."
        ) from None


def is_in_use() -> bool:
    """Whether people, places or conversations, or uploads, are in this home."""
    if any(file.is_file() for file in media().rglob("*")):
        return True
    if connection.vendor == "sqlite" and not sqlite.files():
        return False
    return any(map(_has_rows, _there(SIGNS_OF_LIFE)))


def has_leftovers() -> bool:
    """Whether there are tables at all, as after `coproduce setup`."""
    if connection.vendor == "sqlite":
        return bool(sqlite.files())
    return bool(connection.introspection.table_names())


def _there(tables: Iterable[str]) -> list[str]:
    known = set(connection.introspection.table_names())
    return [table for table in tables if table in known]


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  names of our own
        return cursor.fetchone() is not None


def _refuse_other_kinds(contents: archive.Contents) -> None:
    if contents.database != connection.vendor:
        raise NotRestored(
            f"This backup came from {contents.database}, and this home uses {connection.vendor}. "
            "Set DATABASE_URL to an empty database of the same kind."
        )
    known = set(MigrationExecutor(None).loader.disk_migrations)
    if unknown := [
        f"{app} {name}" for app, name in contents.migrations if (app, name) not in known
    ]:
        raise NotRestored(
            f"This backup was made by another version ({contents.version}); this one does not "
            f"know {unknown[0]}. Install that version or a newer one first."
        )


def _put_aside() -> Path:
    """Move what is here into a folder beside it; the keys stay, they were never in a backup."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S-%f")
    aside = Path(settings.HOME) / f"before-restore-{stamp}"
    aside.mkdir(mode=0o700)
    if connection.vendor == "sqlite":
        connection.close()
        for file in sqlite.files():
            file.replace(aside / file.name)
    else:
        back_up(aside / "database.backup")
        postgres.drop_all()
    if media().exists():
        media().replace(aside / MEDIA)
    return aside


def _put_back(path: Path, contents: archive.Contents) -> None:
    bench = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.HOME))
    try:
        archive.unpack(path, bench)
        if connection.vendor == "sqlite":
            sqlite.put_back(bench / sqlite.MEMBER)
        else:
            MigrationExecutor(connection).migrate(contents.migrations)
            postgres.put_back(bench / postgres.FOLDER, contents.columns)
        if (bench / MEDIA).exists():
            (bench / MEDIA).replace(media())
    finally:
        shutil.rmtree(bench)


def _set_straight() -> list[Conversation]:
    """What cannot be as it was: newer tables, workers long gone, keys that are not here."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    DBTaskResult.objects.running().update(status="READY")
    rebuild()
    return settle()
