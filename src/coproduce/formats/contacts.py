"""A list of contacts as a coordinator keeps it: CSV from any spreadsheet, or XLSX itself.

Unlike the tables of votes, nothing is asked of its columns: a person says what each one is. The
encoding and the mark between cells are guessed, since nobody knows what their spreadsheet wrote.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coproduce.formats.errors import BadFile
from coproduce.formats.text import unguarded

MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000  # an XLSX is a zip: a small one can unpack to more than a machine has
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000
_ZIP_MARK = b"PK\x03\x04"
_ENCODINGS = ("utf-8-sig", "cp1252")  # the first one that fits; cp1252 is what Excel writes here


@dataclass(frozen=True)
class ContactTable:
    """Names of columns, and rows of as many cells; row i of `rows` is row i + 2 of the file."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_contacts(file: str, raw: bytes, *, most_columns: int = MOST_COLUMNS) -> ContactTable:
    """The table in a file, or a BadFile that says where it breaks and what to do."""
    if len(raw) > MOST_BYTES:
        raise BadFile(
            file,
            None,
            None,
            f"The file has {len(raw) / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB fit. Take out "
            "pictures and sheets that are not needed, or bring it in in parts.",
        )
    lines = _from_workbook(file, raw) if raw.startswith(_ZIP_MARK) else _from_text(file, raw)
    if not lines or not any(lines[0]):
        raise BadFile(file, None, None, "The first row is empty. It has to name the columns.")
    if len(lines) - 1 > MOST_ROWS:
        raise BadFile(file, None, None, f"More than {MOST_ROWS:,} rows. Bring it in in parts.")
    width = max(len(_without_blank_end(line)) for line in lines)
    if width > most_columns:
        raise BadFile(file, None, None, f"{width} columns; {most_columns} fit. Take some out.")
    _check_cells(file, lines)
    header, *rows = (tuple([*line, *[""] * width][:width]) for line in lines)
    return ContactTable(file, _named(header), tuple(rows))


def _from_text(file: str, raw: bytes) -> list[list[str]]:
    text = _decoded(file, raw)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            lines.append([_clean(cell) for cell in line])
            if len(lines) > MOST_ROWS + 1:
                break
    except csv.Error:
        raise BadFile(
            file,
            len(lines) + 1,
            None,
            "This row cannot be read. Look for a stray quotation mark, or save the list as XLSX.",
        ) from None
    return lines


def _decoded(file: str, raw: bytes) -> str:
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile(
        file, None, None, "This is not a list of text. Save it as CSV or as XLSX and try again."
    )


def _from_workbook(file: str, raw: bytes) -> list[list[str]]:
    # Here, since a bare core reads files without it; it comes without types.
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadFile(file, None, None, "It unpacks to far too much. Save the list as CSV.")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = []
        for line in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True):
            lines.append([_cell(value) for value in line])
    except BadFile:
        raise
    except Exception as broken:  # whatever a broken workbook makes openpyxl stumble over
        raise BadFile(
            file, None, None, "This workbook cannot be opened. Save it again as XLSX or as CSV."
        ) from broken
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))  # phone numbers that a spreadsheet took for numbers
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return _clean(str(value))


def _clean(cell: str) -> str:
    return unguarded(cell.strip())


def _check_cells(file: str, lines: Sequence[Sequence[str]]) -> None:
    for number, line in enumerate(lines, start=1):
        if any(len(cell) > LONGEST_CELL for cell in line):
            raise BadFile(
                file, number, None, f"A cell has more than {LONGEST_CELL:,} characters. Shorten it."
            )


def _without_blank_end(line: Sequence[str]) -> Sequence[str]:
    end = len(line)
    while end and not line[end - 1]:
        end -= 1
    return line[:end]


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """A name for every column, where it has none or shares one with another."""
    named: list[str] = []
    for number, name in enumerate(header, start=1):
        own = name or f"Column {number}"
        named.append(f"{own} (column {number})" if own in named else own)
    return tuple(named)
