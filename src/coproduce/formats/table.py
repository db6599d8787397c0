"""A table of text from a file, plain or gzipped, with its shape checked."""

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coproduce.formats.errors import BadFile

Source = str | Path | BinaryIO

HEADER = -1  # where the header stands, counted as rows are
_GZIP_MARK = b"\x1f\x8b"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Table:
    """A header and rows of as many cells each. Row i of `rows` is row i + 2 of the file."""

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]

    def column(self, name: str) -> list[str]:
        """All cells of one column, without the blanks around them."""
        at = self.header.index(name)
        return [row[at].strip() for row in self.rows]

    def bad(self, row: int | None, field: str | None, message: str) -> BadFile:
        """An error at the row of that index in `rows`, at `HEADER`, or in the file as a whole."""
        return BadFile(self.file, None if row is None else row + 2, field, message)


def read_table(source: Source) -> Table:
    """The table in a file, or a BadFile that says where it breaks.

    `source`: a path, "-" for standard input, or a file opened for reading bytes.
    """
    file = _name(source)
    text = _text(file, _unpacked(file, _bytes(file, source)))
    rows = _rows(file, text)
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise BadFile(file, None, None, "The file is empty. Save it again with its header row.")
    header = tuple(cell.strip() for cell in rows[0])
    _check_header(file, header)
    body = _without_blank_end(rows[1:])
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise BadFile(
                file,
                number,
                None,
                f"This row has {len(row)} cells, the header has {len(header)}. "
                "Mend the row, or save the file again from its spreadsheet.",
            )
    return Table(file, header, body)


def _name(source: Source) -> str:
    if source == "-":
        return "standard input"
    if isinstance(source, str | Path):
        return Path(source).name or str(source)
    return Path(str(getattr(source, "name", "the file"))).name


def _bytes(file: str, source: Source) -> bytes:
    try:
        if isinstance(source, str | Path):
            return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return source.read()
    except FileNotFoundError:
        raise BadFile(file, None, None, "There is no such file. Check its name.") from None
    except IsADirectoryError:
        raise BadFile(file, None, None, "This is a folder. Name the file in it.") from None
    except OSError as error:
        raise BadFile(file, None, None, f"It cannot be opened: {error.strerror}.") from None


def _unpacked(file: str, raw: bytes) -> bytes:
    if not raw.startswith(_GZIP_MARK):
        return raw
    try:
        return gzip.decompress(raw)
    except (EOFError, OSError, zlib.error):
        raise BadFile(
            file, None, None, "This .gz file is cut off or damaged. Fetch or pack it again."
        ) from None


def _text(file: str, raw: bytes) -> str:
    try:
        if raw.startswith(_UTF16_MARKS):
            raise UnicodeDecodeError("utf-8", raw, 0, 1, "UTF-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise BadFile(
            file, row, None, "The text is not UTF-8. Save it again as “CSV UTF-8”."
        ) from None


def _rows(file: str, text: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise BadFile(
            file,
            len(rows) + 1,
            None,
            f"The row cannot be read ({error}). Look for a stray quotation mark.",
        ) from None
    return rows


def _check_header(file: str, header: Sequence[str]) -> None:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            raise BadFile(
                file, 1, None, f"The columns are parted by {name}. Save it with commas instead."
            )
    seen: set[str] = set()
    for name in header:
        if name in seen:
            shown = name or "(no name)"
            raise BadFile(file, 1, shown, "This column is there twice. Keep the right one.")
        seen.add(name)


def _without_blank_end(rows: list[list[str]]) -> list[list[str]]:
    end = len(rows)
    while end and not any(cell.strip() for cell in rows[end - 1]) and len(rows[end - 1]) < 2:
        end -= 1
    return rows[:end]
