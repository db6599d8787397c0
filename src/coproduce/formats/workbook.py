"""Workbooks (XLSX) of plain text and numbers, in and out.

Written ones hold no formula, whatever the words begin with, and have the same bytes for the same
cells. Read ones are opened with care: a small file can unpack to more than a machine has.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from coproduce.formats.errors import BadFile

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # what a cell of a spreadsheet holds
_WIDEST = 60  # characters that a column is drawn wide
_ZIP_MARK = b"PK\x03\x04"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TIMES = re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*(</dcterms)")
_BORN = datetime(2000, 1, 1)  # no moment: two files of the same cells are the same


def workbook_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with a sheet for each name, its first row as the header."""
    # Here, since a bare core reads files without it; it comes without types.
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), rows)
    written = io.BytesIO()
    book.save(written)
    return _timeless(written.getvalue())


def read_workbook(file: str, raw: bytes) -> dict[str, list[list[str]]]:
    """The cells of each sheet as text, row by row, all as wide as the widest."""
    if len(raw) > MOST_BYTES:
        raise BadFile(
            file, None, None, f"The file has {len(raw) / 1e6:.1f} MB; {MOST_BYTES // 10**6} fit."
        )
    if not raw.startswith(_ZIP_MARK):
        raise BadFile(file, None, None, "This is no workbook. Save it as XLSX and try again.")
    try:
        return _sheets(file, raw)
    except BadFile:
        raise
    except Exception as broken:  # whatever a broken workbook makes openpyxl stumble over
        raise BadFile(
            file, None, None, "This workbook cannot be opened. Save it again as XLSX."
        ) from broken


def _fill(sheet: Any, rows: Rows) -> None:
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                cell.value = _UNSEEN.sub("", value)[:LONGEST_CELL]
                cell.data_type = "s"  # never "f": no words of anybody run as a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value
            if at == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    _widen(sheet, rows)


def _widen(sheet: Any, rows: Rows) -> None:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    for column in range(max(map(len, rows), default=0)):
        longest = max(len(str(row[column] or "")) for row in rows if column < len(row))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(longest + 2, _WIDEST)


def _timeless(written: bytes) -> bytes:
    """The same workbook without the moment at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "docProps/core.xml":
                part = _TIMES.sub(
                    rb"\g<1>" + _BORN.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\2", part
                )
            info = zipfile.ZipInfo(name, date_time=_BORN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, part)
    return out.getvalue()


def _sheets(file: str, raw: bytes) -> dict[str, list[list[str]]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise BadFile(
                file, None, None, "It unpacks to far too much. Take out what is not needed."
            )
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    return {sheet.title: _rows(file, sheet) for sheet in book.worksheets}


def _rows(file: str, sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # a workbook may claim to be a million rows long
    rows: list[list[str]] = []
    for row in sheet.iter_rows(values_only=True):
        if len(rows) > MOST_ROWS:
            raise BadFile(file, None, sheet.title, f"More than {MOST_ROWS:,} rows. Take some out.")
        rows.append(_without_blank_end([_text(value) for value in row[: MOST_COLUMNS + 1]]))
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise BadFile(file, None, sheet.title, f"More than {MOST_COLUMNS} columns. Take some out.")
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value).replace("\r\n", "\n").strip()
