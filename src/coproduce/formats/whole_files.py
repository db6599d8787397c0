"""Files that are whole or not there: written beside their place, then moved into it."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from coproduce.formats.errors import BadFile


def write_whole(files: Mapping[Path, str]) -> None:
    """Write all of these files, or none: a reader never meets half of one.

    Raises BadFile where a place cannot be written to; what stood there before stays.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            waiting[_beside(path, text)] = path
        for written, path in list(waiting.items()):
            written.replace(path)
            del waiting[written]
    except OSError as error:
        place = Path(str(error.filename2 or error.filename)).parent
        raise BadFile(
            str(place), None, None, f"Nothing can be written here: {error.strerror}."
        ) from None
    finally:
        for written in waiting:
            written.unlink(missing_ok=True)


def _beside(path: Path, text: str) -> Path:
    """The text in a file of its own in the same folder, safely on disk."""
    if path.is_dir():
        raise IsADirectoryError(21, "there is a folder of that name", str(path))
    written = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with written.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return written
