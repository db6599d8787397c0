"""Which addresses does nobody have? Read from the mail that comes back (RFC 3464, delivery status).

A mailbox is a file (mbox), a folder (Maildir) or one message. Only what failed for good counts
(status 5.x.x): a box that is full today is not a person who left. Other mail is left alone.
"""

import mailbox
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from coproduce.formats.errors import BadFile

FAILED, FOR_GOOD = "failed", "5."
RECIPIENTS = ("original-recipient", "final-recipient")  # the first is what we wrote to


def unknown_addresses(path: Path) -> set[str]:
    """Every address that a mail server says nobody has; in small letters."""
    return {address for message in _messages(path) for address in failed_in(message)}


def failed_in(raw: bytes) -> set[str]:
    """The addresses that one message says failed for good; none for any other mail."""
    message = message_from_bytes(raw, policy=policy.default)
    reports = [part for part in message.walk() if _is_status(part)]
    return {address for report in reports for address in _recipients(report)}


def _is_status(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status" and part.is_multipart()


def _recipients(report: Message) -> Iterator[str]:
    """Of each recipient's block whose delivery was given up for good, its address."""
    for block in report.get_payload():
        if not isinstance(block, Message):
            continue
        action = str(block.get("action", "")).strip().lower()
        if action == FAILED and str(block.get("status", "")).strip().startswith(FOR_GOOD):
            named = [str(block.get(each, "")) for each in RECIPIENTS]
            found = [each.partition(";")[2].strip(" <>").lower() for each in named if ";" in each]
            yield from found[:1]


def _messages(path: Path) -> Iterator[bytes]:
    if not path.exists():
        raise BadFile(
            str(path), None, None, "There is no mailbox here. Name the file or folder of your mail."
        )
    if path.is_dir():
        yield from (each.as_bytes() for each in _maildir(path))
        return
    raw = path.read_bytes()
    if not raw.startswith(b"From "):
        yield raw
        return
    box = mailbox.mbox(path, create=False)
    yield from (each.as_bytes() for each in box)


def _maildir(path: Path) -> mailbox.Maildir:
    if not all((path / part).is_dir() for part in ("cur", "new")):
        raise BadFile(
            str(path), None, None, "This is no mailbox: a folder of mail has cur and new in it."
        )
    return mailbox.Maildir(path, factory=None, create=False)
