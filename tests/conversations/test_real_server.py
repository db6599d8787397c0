"""A real server, real phones, and the plug pulled: what was acknowledged is there."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coproduce.web.serving import web_command
from tests.homes import Home, drop, empty_home, free_port, wait_for

CSRF = "c" * 32
STATEMENTS = 20
PREPARE = f"""
from django.core.management import call_command
from coproduce.conversations.actions import facilitating
from coproduce.people.models import Place
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
place = Place.objects.create(name="Manchester", slug="manchester")
talk = facilitating.make("Hall?", [f"Statement {{n}}" for n in range({STATEMENTS})], place, None)
facilitating.open_(talk, None)
"""
FIND = """
import json
from coproduce.conversations.models import Conversation, Vote
from coproduce.conversations.pseudonyms import by_device, pseudonym_of
talk = Conversation.objects.get(slug="hall")
names = {{pseudonym_of(talk, by_device(device)): device for device in {devices!r}}}
rows = Vote.objects.values_list("pseudonym", "statement__number", "choice")
print(json.dumps([[names[p], n, c] for p, n, c in rows]))
"""
Answer = tuple[str, int, int]  # device, statement, choice


@dataclass
class Room:
    """Phones that answer one statement after the other, and write down what was acknowledged."""

    port: int
    phones: int = 12
    acknowledged: list[Answer] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def devices(self) -> list[str]:
        return [f"phone-{number}" for number in range(self.phones)]

    @contextmanager
    def answering(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._answer, args=(one,)) for one in self.devices]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join(30)

    def _answer(self, device: str) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for turn in range(10_000):
            if self.over.is_set():
                return
            statement, choice = turn % STATEMENTS + 1, (turn // STATEMENTS) % 3 - 1
            try:
                status = post(line, device, statement, choice)
            except (OSError, http.client.HTTPException):
                return  # the plug is out
            if status == 303:
                self.acknowledged.append((device, statement, choice))
            else:
                self.refused.append(status)


def post(line: http.client.HTTPConnection, device: str, statement: int, choice: int) -> int:
    line.request(
        "POST",
        "/talk/hall/answer/",
        f"csrfmiddlewaretoken={CSRF}&statement={statement}&choice={choice}",
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={CSRF}; device={device}",
        },
    )
    reply = line.getresponse()
    reply.read()
    return reply.status


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = empty_home(tmp_path_factory.mktemp("hall") / "home")
    home.extra["COPRODUCE_DEBUG"] = "1"  # spares us laying out the style sheets
    home.python(PREPARE)
    yield home
    drop(home)


@contextmanager
def a_server(home: Home, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The web server alone, as `coproduce serve` starts it, in a process group of its own."""
    port = free_port()
    with log.open("wb") as said:
        server = subprocess.Popen(
            web_command("127.0.0.1", port),
            env=home.environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        wait_for(lambda: is_open(port))
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)


def is_open(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", "/join/")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def stored(home: Home, devices: list[str]) -> dict[tuple[str, int], int]:
    rows = json.loads(home.python(FIND.format(devices=devices)))
    return {(device, statement): choice for device, statement, choice in rows}


def lost(home: Home, room: Room) -> list[Answer]:
    """What was acknowledged last for a statement and stands there no more.

    An answer that was on its way when the plug was pulled may have come after it: then the
    next choice of the same phone stands there, which is as it should be.
    """
    last = {(device, statement): choice for device, statement, choice in room.acknowledged}
    there = stored(home, room.devices)
    next_choice = {-1: 0, 0: 1, 1: -1}
    return [
        (*key, choice)
        for key, choice in last.items()
        if there.get(key) not in (choice, next_choice[choice])
    ]


@pytest.mark.parametrize("after", [40, 110, 230])
def test_killed_while_people_vote_it_has_lost_no_acknowledged_answer(
    home: Home, tmp_path: Path, after: int
) -> None:
    with a_server(home, tmp_path / "log") as (server, port):
        room = Room(port)
        with room.answering():
            wait_for(lambda: len(room.acknowledged) > after)
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(30)
    assert lost(home, room) == []
    assert room.refused == []


def test_told_to_stop_it_acknowledges_or_refuses_everything_that_waits(
    home: Home, tmp_path: Path
) -> None:
    with a_server(home, tmp_path / "log") as (server, port):
        room = Room(port)
        with room.answering():
            wait_for(lambda: len(room.acknowledged) > 60)
            server.terminate()
            assert server.wait(30) == 0
    assert lost(home, room) == []
    assert set(room.refused) <= {503}
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_silent_lines_keep_nobody_waiting(home: Home, tmp_path: Path) -> None:
    """Browsers open lines before they need them; a hall has hundreds of such lines."""
    with a_server(home, tmp_path / "log") as (_, port), ExitStack() as lines:
        for _ in range(100):
            lines.enter_context(socket.create_connection(("127.0.0.1", port)))
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        assert post(line, "phone-0", 1, 1) == 303
        assert time.monotonic() - began < 4, "gunicorn gives a silent line a thread for 5 seconds"
