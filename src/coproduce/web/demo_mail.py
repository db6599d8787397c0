"""Where the demo puts its mail: a folder that a page reads, and the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Terminal
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

NEWEST = 20


class FolderAndTerminal(BaseEmailBackend):
    """Keeps each message as a file and prints it: nothing leaves this machine."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        self.terminal = Terminal(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f.eml")
            (self.folder / name).write_bytes(message.message().as_bytes())
        return self.terminal.send_messages(list(email_messages)) or 0


@dataclass(frozen=True)
class Letter:
    """One message as the page shows it."""

    to: str
    subject: str
    sent: datetime
    words: str


def read_letter(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    sent = datetime.strptime(path.stem, "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    words = body.get_content() if body else ""
    return Letter(str(message["to"]), str(message["subject"]), sent, words)


@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest messages of the demo; outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    paths = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)[:NEWEST]
    letters = [read_letter(path) for path in paths]
    return render(request, "demo_mail.html", {"letters": letters})
