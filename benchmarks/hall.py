"""A real server with an open conversation in it, started the way `coproduce serve` starts it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

STATEMENTS = 30
SLUG = "hall"
PATIENCE = 120.0  # seconds until the server must answer

MAKE_CONVERSATION = f"""
import django; django.setup()
from coproduce.conversations.actions import facilitating
from coproduce.people.models import Place
place = Place.objects.create(name="Manchester", slug="manchester")
statements = [f"Statement {{n}}" for n in range(1, {STATEMENTS + 1})]
talk = facilitating.make("Hall", statements, place, None)
facilitating.open_(talk, None)
assert talk.slug == "{SLUG}"
print(talk.id)
"""


@dataclass(frozen=True)
class Hall:
    """The address of the conversation, and the way to what is kept of it."""

    host: str
    port: int
    conversation: UUID
    environment: dict[str, str]

    @property
    def answer_path(self) -> str:
        return f"/talk/{SLUG}/answer/"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def hall(database_url: str | None = None) -> Iterator[Hall]:
    """The server with its own home and database, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="coproduce-hall-"))
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COPRODUCE_")},
        "COPRODUCE_HOME": str(home),
        "COPRODUCE_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
        "DATABASE_URL": database_url or f"sqlite:///{home / 'coproduce.sqlite3'}",
    }
    try:
        for command in (
            ["migrate", "-v0"],
            ["createcachetable"],
            ["collectstatic", "--noinput", "-v0"],
        ):
            _python(["-m", "django", *command], environment)
        conversation = UUID(_python(["-c", MAKE_CONVERSATION], environment).strip())
        place = Hall("127.0.0.1", port, conversation, environment)
        with _serving(place):
            yield place
    finally:
        shutil.rmtree(home, ignore_errors=True)


def csrf_token() -> str:
    """A token as forms carry it; the same text serves as the cookie."""
    return secrets.token_hex(16)


@contextmanager
def _serving(place: Hall) -> Iterator[None]:
    from coproduce.web.serving import web_command

    command = web_command(place.host, place.port)
    with subprocess.Popen(command, env=place.environment) as server:
        try:
            _wait_for(place)
            yield
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(place: Hall) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{place.url}/talk/", timeout=20).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"The server did not answer within {PATIENCE:.0f} seconds.")


def _python(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
