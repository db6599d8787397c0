"""The one file that a backup is: a plain tar that ends with a list of what is inside.

The list stands at the end, with a checksum of every part, so a copy that was cut off or damaged
on the way is noticed before anything is restored from it. Nothing is compressed: random keys do
not shrink, and a backup under load has to be quick.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
CONTENTS = "contents.json"
CHUNK = 1024 * 1024


class Unreadable(Exception):
    """The file is not a backup of ours, or not a whole one."""


@dataclass
class Contents:
    """What a backup holds, and how to put it back."""

    version: str  # of coproduce
    made_at: str
    database: str  # "sqlite" or "postgresql"
    migrations: list[tuple[str, str]]  # the newest of each app
    columns: dict[str, list[str]] = field(default_factory=dict)  # PostgreSQL: of each table
    checksums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Packing:
    """An archive that is being written; it appears under its name once it is whole."""

    def __init__(self, tar: tarfile.TarFile, contents: Contents) -> None:
        self.tar = tar
        self.contents = contents

    def add(self, name: str, path: Path) -> None:
        """Take this file in under this name."""
        with path.open("rb") as file:
            member = self.tar.gettarinfo(arcname=name, fileobj=file)
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mode = 0o600
            watched = _Watched(file)
            self.tar.addfile(member, watched)
        self.contents.checksums[name] = watched.checksum.hexdigest()

    def close(self) -> None:
        text = json.dumps(asdict(self.contents), indent=1).encode()
        member = tarfile.TarInfo(CONTENTS)
        member.size = len(text)
        member.mode = 0o600
        self.tar.addfile(member, io.BytesIO(text))


class _Watched:
    """A file whose checksum is taken while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.checksum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.checksum.update(chunk)
        return chunk


@contextmanager
def packing(path: Path, contents: Contents) -> Iterator[Packing]:
    """Write an archive: whole and on disk when this ends well, else not there at all."""
    partial = path.with_name(path.name + ".part")
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                archive = Packing(tar, contents)
                yield archive
                archive.close()
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_contents(path: Path) -> Contents:
    """What is inside, after every checksum was taken anew; `Unreadable` says what is wrong."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            checksums = {member.name: _checksum(tar, member) for member in _files(tar)}
            contents = _parse(tar)
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}.") from None
    except (tarfile.TarError, EOFError, KeyError, ValueError, TypeError, OSError) as broken:
        raise Unreadable(f"{path} is not a whole backup of coproduce ({broken}).") from broken
    checksums.pop(CONTENTS)
    if checksums != contents.checksums:
        wrong = sorted(set(checksums.items()) ^ set(contents.checksums.items()))
        raise Unreadable(f"{path} was damaged on the way: {wrong[0][0]} is not as it was packed.")
    return contents


def unpack(path: Path, folder: Path) -> None:
    """Lay all parts out in an empty folder."""
    with tarfile.open(path, mode="r:") as tar:
        for member in _files(tar):
            target = folder / _safe(member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            part = tar.extractfile(member)
            assert part is not None  # `_files` gives files only
            with part, target.open("wb") as file:
                while chunk := part.read(CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())


def _files(tar: tarfile.TarFile) -> list[tarfile.TarInfo]:
    members = tar.getmembers()
    strange = [member.name for member in members if not member.isfile()]
    if strange:
        raise tarfile.TarError(f"{strange[0]} is no file")
    return members


def _checksum(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    part = tar.extractfile(member)
    assert part is not None  # `_files` gives files only
    checksum = hashlib.sha256()
    while chunk := part.read(CHUNK):
        checksum.update(chunk)
    return checksum.hexdigest()


def _parse(tar: tarfile.TarFile) -> Contents:
    listed = tar.extractfile(CONTENTS)
    assert listed is not None  # `_files` gives files only
    contents = Contents(**json.load(listed))
    if contents.format != FORMAT:
        raise ValueError(f"its format is {contents.format}; this version reads {FORMAT}")
    contents.migrations = [(app, name) for app, name in contents.migrations]
    return contents


def _safe(name: str) -> PurePosixPath:
    """A name that stays inside the folder it is unpacked into."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Unreadable(f"The backup holds a part called {name}, which no backup of ours does.")
    return path
