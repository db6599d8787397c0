"""What was said, from a file: paper that was typed up, or posts under a hashtag.

A column `words` is needed; `question`, `part`, `source`, `language`, `said_at`, `wording` and
`themes` (parted by semicolons) may be there, and for posts `author`, `address` and `permission`.
Posts may also come as JSON: a list of objects with these names.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from coproduce.formats.errors import BadFile
from coproduce.formats.table import HEADER, Table, read_table
from coproduce.formats.text import unguarded

NEEDED = "words"
ALSO = (
    "question",
    "part",
    "source",
    "language",
    "said_at",
    "wording",
    "themes",
    "author",
    "address",
    "permission",
)
LONGEST = 2_000
MOST_ROWS = 5_000
MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Said:
    """One thing that was said, as a file tells it. `row` as a spreadsheet counts it."""

    row: int
    words: str
    cells: Mapping[str, str] = field(default_factory=dict)
    said_at: datetime | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """The rows that can be taken in, and what is wrong with the others."""

    said: tuple[Said, ...]
    problems: tuple[BadFile, ...]


def read_said(source: BinaryIO, *, allowed: Mapping[str, Sequence[str]]) -> Read:
    """All rows of a CSV or JSON file; `allowed` says which values a column may have.

    Raises BadFile where the file as a whole cannot be read.
    """
    name = str(getattr(source, "name", "the file"))
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadFile(name, None, None, "It has more than 8 MB. Split it into several files.")
    table = _objects(name, content) if _is_json(content) else _csv(name, content)
    _check_header(table)
    if len(table.rows) > MOST_ROWS:
        raise table.bad(None, None, f"It has more than {MOST_ROWS:,} rows. Split it.")
    said: list[Said] = []
    problems: list[BadFile] = []
    for at, row in enumerate(table.rows):
        cells = {
            head: unguarded(cell.strip()) for head, cell in zip(table.header, row, strict=True)
        }
        try:
            said.append(_one(table, at, cells, allowed))
        except BadFile as problem:
            problems.append(problem)
    return Read(tuple(said), tuple(problems))


def _is_json(content: bytes) -> bool:
    return content.lstrip()[:1] in (b"[", b"{")


def _csv(name: str, content: bytes) -> Table:
    file = io.BytesIO(content)
    file.name = name
    return read_table(file)


def _objects(name: str, content: bytes) -> Table:
    """The objects of a JSON list as a table, so that both go the same way."""
    try:
        rows = json.loads(content)
    except ValueError as error:
        raise BadFile(name, None, None, f"It cannot be read as JSON ({error}).") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFile(name, None, None, "A list of objects is needed, each with its words.")
    header = tuple(dict.fromkeys(str(key) for row in rows for key in row))
    return Table(name, header, [[str(row.get(key, "") or "") for key in header] for row in rows])


def _check_header(table: Table) -> None:
    if NEEDED not in table.header:
        raise table.bad(
            HEADER, NEEDED, "This column is missing: it holds what was said. Name it “words”."
        )
    for head in table.header:
        if head not in (NEEDED, *ALSO):
            raise table.bad(
                HEADER,
                head or "(no name)",
                f"This column is not known here. Take it out, or name it {', '.join(ALSO)}.",
            )


def _one(
    table: Table, at: int, cells: Mapping[str, str], allowed: Mapping[str, Sequence[str]]
) -> Said:
    words = cells[NEEDED]
    if not words:
        raise table.bad(at, NEEDED, "There are no words here. Write them, or delete the row.")
    if len(words) > LONGEST:
        raise table.bad(at, NEEDED, f"It has {len(words):,} characters; {LONGEST:,} is the most.")
    for head, values in allowed.items():
        if cells.get(head) and cells[head] not in values:
            known = ", ".join(values)
            raise table.bad(at, head, f"“{cells[head][:40]}” is not known here: {known}.")
    address = cells.get("address", "")
    if address and not address.startswith(("https://", "http://")):
        raise table.bad(at, "address", "An address starts with https://. Mend it or blank it.")
    themes = tuple(filter(None, (each.strip() for each in cells.get("themes", "").split(";"))))
    return Said(at + 2, words, cells, _time(table, at, cells.get("said_at", "")), themes)


def _time(table: Table, at: int, cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        raise table.bad(
            at, "said_at", f"“{cell[:40]}” is no time. Write it as 2019-03-28 14:30."
        ) from None
