"""Keys that must be forgettable: one file each, outside the database and outside its backup."""

import os
import secrets
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

KEY_BYTES = 32
RECENT_SECONDS = 1.0

_recent: dict[UUID, tuple[bytes, float]] = {}


class KeyIsGone(LookupError):
    """The key was destroyed, or this is a restored copy that never had it."""


def _path(thing: UUID) -> Path:
    return Path(settings.KEY_FOLDER) / thing.hex


def make_key(thing: UUID) -> None:
    """Make the key of one thing, once; a second call leaves the first key alone."""
    path = _path(thing)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def read_key(thing: UUID) -> bytes:
    """The key of one thing; `KeyIsGone` once it has been destroyed."""
    try:
        key = _path(thing).read_bytes()
    except FileNotFoundError as gone:
        raise KeyIsGone(f"The key of {thing} is gone: it cannot be opened again.") from gone
    if len(key) != KEY_BYTES:
        raise KeyIsGone(f"The key of {thing} is damaged: treat it as closed.")
    return key


def recent_key(thing: UUID) -> bytes:
    """The key as it was within the last second: for votes, which come a thousand a second.

    Each look at a file makes all threads of a process queue anew, which costs more than the vote.
    Nothing is decided by it: whether a vote still counts is decided where it is written.
    """
    key, until = _recent.get(thing, (b"", 0.0))
    if time.monotonic() >= until:
        _recent.pop(thing, None)
        key = read_key(thing)
        _recent[thing] = key, time.monotonic() + RECENT_SECONDS
    return key


def forget_recent_keys() -> None:
    """Let go of what is remembered; whoever keeps keys in use calls this when they rest."""
    _recent.clear()


def has_key(thing: UUID) -> bool:
    """Whether the thing can still be opened with a key of its own."""
    return _path(thing).exists()


def destroy_key(thing: UUID) -> None:
    """Overwrite the key and remove it. Nobody, the person included, gets back from here."""
    _recent.pop(thing, None)
    path = _path(thing)
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
