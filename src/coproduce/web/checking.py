"""What does this deployment still lack? One finding a question, each with what to do about it."""

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.conversations.models import Conversation, Phase
from coproduce.people.models import User
from coproduce.trust.keys import has_key
from coproduce.web import background, badges, first_run
from coproduce.web.keeping.backup import KeysWouldLeave, refuse_keys_inside
from coproduce.web.serving import serving_badge

ENOUGH_SPACE = 1_000_000_000  # bytes: a busy conversation and a backup beside it
TOO_LONG = timedelta(hours=1)  # no task of ours takes minutes
WANTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    is_fine: bool
    says: str
    todo: str = ""

    @property
    def mark(self) -> str:
        return "ok" if self.is_fine else "DO"


def look() -> list[Finding]:
    """Everything there is to look at, in the order in which it stops people."""
    findings = [find() for find in ALWAYS]
    if findings[1].is_fine:  # the tables are there
        findings += [find() for find in WITH_TABLES]
    return findings


def home_is_ours() -> Finding:
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        todo = "Let the user that serves own this folder (chown)."
        return Finding("home", False, f"{home} cannot be written", todo)
    if home.stat().st_mode & stat.S_IRWXO:
        says = f"everybody on this machine may look into {home}"
        return Finding("home", False, says, f"chmod o= {home}")
    return Finding("home", True, str(home))


def database_is_ready() -> Finding:
    try:
        missing = first_run.missing_migrations()
    except DatabaseError as broken:
        says = f"{connection.vendor} does not answer: {str(broken).strip().splitlines()[0]}"
        return Finding("database", False, says, "Start it, or mend DATABASE_URL.")
    if missing:
        says = f"{missing} changes have not been made yet"
        return Finding("database", False, says, "Run: coproduce setup")
    return Finding("database", True, f"{connection.vendor}, all changes made")


def style_sheets_are_laid_out() -> Finding:
    is_fine = first_run.has_static_files()
    says = "laid out" if is_fine else "not laid out for this version"
    return Finding("style sheets", is_fine, says, "" if is_fine else "Run: coproduce setup")


def debugging_is_off() -> Finding:
    if settings.DEBUG:
        says = "on: an error shows its insides to everybody"
        return Finding("debugging", False, says, "Take COPRODUCE_DEBUG away.")
    return Finding("debugging", True, "off")


def demo_is_off() -> Finding:
    if settings.DEMO:
        says = "on: everybody can read the sign-in codes"
        return Finding("demo", False, says, "Take COPRODUCE_DEMO away; never serve this in public.")
    return Finding("demo", True, "off")


def address_is_public() -> Finding:
    if settings.IS_HTTPS:
        return Finding("address", True, settings.BASE_URL)
    says = f"{settings.BASE_URL} is not https"
    todo = "Set COPRODUCE_BASE_URL to the https address; for an evening in a hall this is fine."
    return Finding("address", False, says, todo)


def mail_is_sent() -> Finding:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Finding("e-mail", True, f"through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    says = "not set: sign-in codes appear in the terminal only"
    return Finding("e-mail", False, says, "Set COPRODUCE_EMAIL_HOST and COPRODUCE_EMAIL_FROM.")


def keys_are_private() -> Finding:
    folder = Path(settings.KEY_FOLDER)
    try:
        refuse_keys_inside()
    except KeysWouldLeave as inside:
        return Finding("keys", False, str(inside), "Move the folder; set COPRODUCE_KEYS.")
    open_paths = [path for path in (folder, *folder.glob("*")) if _is_open_to_others(path)]
    if open_paths:
        says = f"others on this machine may read {open_paths[0]}"
        return Finding("keys", False, says, f"chmod -R go= {folder}")
    return Finding("keys", True, "only for this user, and in no backup")


def secret_key_is_private() -> Finding:
    path = Path(settings.HOME) / "secret_key"
    if _is_open_to_others(path):
        says = "others on this machine may read it"
        return Finding("secret key", False, says, f"chmod 600 {path}")
    return Finding("secret key", True, "only for this user")


def disk_has_room() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    says = f"{free / 1e9:.1f} GB free"
    todo = "" if free >= ENOUGH_SPACE else "Make room: below 1 GB a full disk refuses votes."
    return Finding("disk", free >= ENOUGH_SPACE, says, todo)


def pdfs_can_be_made() -> Finding:
    try:
        import weasyprint  # noqa: F401  it looks for Pango when it is imported
    except OSError:
        todo = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return Finding("PDF", False, "Pango is missing: no slips, sheets, reports", todo)
    return Finding("PDF", True, "can be made")


def votes_are_durable() -> Finding:
    return _durable_sqlite() if connection.vendor == "sqlite" else _durable_postgres()


def _durable_sqlite() -> Finding:
    """Whether what the settings ask of SQLite holds on a connection that is really open."""
    found = {name: _pragma(name) for name in WANTED_PRAGMAS}
    wrong = [f"{name}={found[name]}" for name in found if found[name] != WANTED_PRAGMAS[name]]
    if wrong:
        says = f"SQLite answers {', '.join(wrong)}"
        todo = "Put the home on a local disk: network disks cannot keep a write-ahead log."
        return Finding("durability", False, says, todo)
    return Finding("durability", True, "SQLite brings each vote to disk before it says thanks")


def _durable_postgres() -> Finding:
    """Whether this PostgreSQL waits for its disk before it says that a vote is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    is_fine = fsync == "on" and commit != "off"
    says = f"PostgreSQL: fsync {fsync}, synchronous_commit {commit}"
    todo = "" if is_fine else "Set fsync and synchronous_commit to on in postgresql.conf."
    return Finding("durability", is_fine, says, todo)


def somebody_works() -> Finding:
    if background.is_working():
        return Finding("worker", True, "alive")
    if badges.is_worn(serving_badge(Path(settings.HOME))):
        says = "none alive, though the site is served"
        return Finding("worker", False, says, "Look at what `coproduce serve` says; restart it.")
    says = "none: the site is not served on this machine now"
    return Finding("worker", False, says, "Start it: coproduce serve")


def no_task_is_stuck() -> Finding:
    late = timezone.now() - TOO_LONG
    running = DBTaskResult.objects.running().filter(started_at__lt=late).count()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late).count()
    failed = DBTaskResult.objects.failed().count()
    if running or waiting:
        says = f"{running} running and {waiting} waiting for more than an hour"
        return Finding("tasks", False, says, "Restart `coproduce serve`: it takes them up again.")
    if failed:
        newest = DBTaskResult.objects.failed().order_by("-finished_at")[0]
        says = f"{failed} failed, the last: {newest.task_name}: {_last_line(newest.traceback)}"
        return Finding("tasks", False, says, "See the troubleshooting part of the how-to.")
    return Finding("tasks", True, "none stuck, none failed")


def keys_match_conversations() -> Finding:
    orphans = [one for one in Conversation.objects.open() if not has_key(one.id)]
    ended = Conversation.objects.filter(phase__in=(Phase.CLOSED, Phase.PUBLISHED))
    left = [one for one in ended if has_key(one.id)]
    if orphans or left:
        says = f"{len(orphans)} open without a key, {len(left)} closed with one"
        return Finding("conversations", False, says, "Restart `coproduce serve`: it settles this.")
    return Finding("conversations", True, "open ones have their key, closed ones have none")


def admins_have_second_factor() -> Finding:
    admins = User.objects.filter(is_staff=True, is_active=True)
    without = [admin.email for admin in admins if not is_mfa_enabled(admin)]
    if not admins:
        todo = "Run: coproduce add-admin you@example.org"
        return Finding("admins", False, "nobody looks after the site", todo)
    if without:
        says = f"no second factor yet: {', '.join(without)}"
        return Finding(
            "admins", False, says, f"They set it up at {settings.BASE_URL}/accounts/2fa/"
        )
    return Finding("admins", True, f"{len(admins)}, each with a second factor")


ALWAYS: tuple[Callable[[], Finding], ...] = (
    home_is_ours,
    database_is_ready,
    style_sheets_are_laid_out,
    debugging_is_off,
    demo_is_off,
    address_is_public,
    mail_is_sent,
    keys_are_private,
    secret_key_is_private,
    disk_has_room,
    pdfs_can_be_made,
)
WITH_TABLES: tuple[Callable[[], Finding], ...] = (
    votes_are_durable,
    somebody_works,
    no_task_is_stuck,
    keys_match_conversations,
    admins_have_second_factor,
)


def _is_open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & BY_OTHERS)


def _pragma(name: str) -> str | int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        value: str | int = cursor.fetchone()[0]
    return value


def _last_line(traceback: str) -> str:
    lines = traceback.strip().splitlines()
    return lines[-1][:120] if lines else "it left no word"
