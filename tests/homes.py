"""Whole deployments of their own, driven through the command line as an operator would.

A home has its own folder and its own database: a file, or on PostgreSQL a database beside the
one of the tests. Nothing here shares anything with the test process.
"""

import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

from coproduce.web.keeping.backup import FORGOTTEN

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    if settings.IS_SQLITE
    else "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
)
REPOSITORY = Path(__file__).resolve().parent.parent
TELL = """
import django; django.setup()
from django.core.management import call_command
from coproduce.web.demo import loading
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
loading.tell_story(lambda count: None)
"""


@dataclass
class Home:
    """One deployment: its folder, and the environment that leads to it."""

    folder: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("COPRODUCE_") and name != "DATABASE_URL"
        }
        if self.database_url:
            clean["DATABASE_URL"] = self.database_url
        path = f"{REPOSITORY}{os.pathsep}{clean.get('PYTHONPATH', '')}"
        return {
            **clean,
            "COPRODUCE_HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
            "PYTHONPATH": path,
            "COPRODUCE_FILM_HOSTS": "films.demo.example",  # the demo's day links to a film there
            **self.extra,
        }

    def run(self, *command: str | Path) -> "subprocess.CompletedProcess[str]":
        """`coproduce` with these words; never raises, the exit code is part of the story."""
        return self._python("-m", "coproduce", *map(str, command))

    def python(self, code: str) -> str:
        """What a few lines of Python print that know this home."""
        done = self._python("-c", f"import django; django.setup()\n{code}")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _python(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def start(self, *command: str, log: Path) -> "subprocess.Popen[bytes]":
        """`coproduce` with these words, left running; what it says goes into the log."""
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "coproduce", *command],
                env=self.environment,
                cwd=self.folder,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    @contextmanager
    def served(self, log: Path, *options: str) -> Iterator["Served"]:
        """The home, being served; stopped at the end as an operator would stop it."""
        port = free_port()
        process = self.start("serve", "--port", str(port), *options, log=log)
        served = Served(process, port, log)
        try:
            served.wait_until_open()
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(40)


@dataclass
class Served:
    """A running `coproduce serve`."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def get(self, path: str = "/") -> int:
        """The status of a page; 0 if nobody opens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as page:
                return int(page.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def wait_until_open(self) -> None:
        wait_for(lambda: self.get("/join/") == 200 or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()

    def children(self, word: str) -> list[int]:
        """The processes below it whose command contains this word."""
        return [pid for pid in descendants(self.process.pid) if word in command_of(pid)]


def descendants(pid: int) -> list[int]:
    """The numbers of all processes below this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue  # it has ended since we looked
        parent = int(stat.rpartition(")")[2].split()[1])
        if parent == pid:
            found += [int(folder.name), *descendants(int(folder.name))]
    return found


def command_of(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    return bool(command_of(pid))


def wait_for(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Until it is so; a test that waits in vain fails with a word."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"It was not so within {seconds} seconds."
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def told_home(folder: Path) -> Home:
    """A home in which the demo story has been told, through the real actions."""
    home = Home(folder, _new_database())
    done = home._python("-c", TELL)
    assert done.returncode == 0, done.stderr
    return home


def empty_home(folder: Path) -> Home:
    folder.mkdir(parents=True, exist_ok=True)
    return Home(folder, _new_database())


def copy_of(home: Home, folder: Path) -> Home:
    """The same home once more, with everything in it, keys included."""
    shutil.copytree(home.folder, folder)
    return Home(folder, _new_database(template=home.database_url))


def drop(home: Home) -> None:
    """Take its database away, where it is not simply a file in its folder."""
    if home.database_url:
        name = urlsplit(home.database_url).path.lstrip("/")
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def url_of_test_database() -> str:
    """The address of the database that this test itself uses."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return _with_name(str(connection.settings_dict["NAME"]))


def _new_database(template: str = "") -> str:
    """A PostgreSQL database of its own, empty or a copy; nothing on SQLite."""
    if settings.IS_SQLITE:
        return ""
    name = f"home_{secrets.token_hex(6)}"
    like = f' TEMPLATE "{urlsplit(template).path.lstrip("/")}"' if template else ""
    _on_server(f'CREATE DATABASE "{name}"{like}')
    return _with_name(name)


def _with_name(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _on_server(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)  # type: ignore[call-overload]  names of our own


def row_hashes(home: Home) -> dict[str, str]:
    """A checksum of the rows of every table, whatever order they lie in; sessions left out."""
    with rows_of(home) as ask:
        tables = [name for (name,) in ask(TABLES)]
        return {
            table: hashlib.sha256(_in_order(ask(f'SELECT * FROM "{table}"'))).hexdigest()
            for table in tables
            if table not in FORGOTTEN
        }


@contextmanager
def rows_of(home: Home) -> Iterator[Callable[[str], list[tuple[object, ...]]]]:
    """Asks the database of a home directly, past everything of ours."""
    if home.database_url:
        with psycopg.connect(home.database_url, autocommit=True) as server:
            yield lambda query: server.execute(query).fetchall()  # type: ignore[call-overload]
        return
    with closing(sqlite3.connect(home.folder / "coproduce.sqlite3", isolation_level=None)) as file:
        yield lambda query: file.execute(query).fetchall()


def _in_order(rows: list[tuple[object, ...]]) -> bytes:
    return "\n".join(sorted(map(repr, rows))).encode()


def words_in(text: str) -> str:
    """Text as one line, so that a test need not know where it was wrapped."""
    return re.sub(r"\s+", " ", text)
