"""Is this page valid? The Nu HTML checker, started once and asked about many pages."""

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError

from workshop.needs import VNU_JAR

JAVA = ("java", "-Xmx256m", "-Dnu.validator.servlet.bind-address=127.0.0.1")
SECONDS_TO_START = 60


@dataclass(frozen=True)
class HtmlChecker:
    """A running checker, asked over the local network card."""

    address: str

    def errors(self, html: str) -> list[str]:
        """What is wrong with a page, one sentence each, with the piece of the page it is about."""
        question = urllib.request.Request(
            f"{self.address}/?out=json",
            data=html.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(question, timeout=60) as answer:
            messages = json.load(answer)["messages"]
        return [_told(message) for message in messages if message["type"] != "info"]


def _told(message: dict[str, str]) -> str:
    """The checker's sentence, and the piece of the page that it is about."""
    return f"line {message.get('lastLine', '?')}: {message['message']} {message.get('extract')!r}"


@contextmanager
def running() -> Iterator[HtmlChecker]:
    port = _free_port()
    command = [*JAVA, "-cp", str(VNU_JAR), "nu.validator.servlet.Main", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        checker = HtmlChecker(f"http://127.0.0.1:{port}")
        _wait_for(server, checker)
        yield checker
    finally:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], checker: HtmlChecker) -> None:
    """Wait until it answers: it says nothing when it is ready."""
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest and server.poll() is None:
        try:
            checker.errors("<!doctype html><html lang=en><title>Ready?</title></html>")
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The HTML checker did not start; try `java -jar vnu.jar --version`.")
