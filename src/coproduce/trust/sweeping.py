"""Where do somebody's name, addresses and words still stand, and how do they get out of there?

Rows that are a person's own go when the person goes. But a name also stands in what others wrote,
and a quote in the sentence drawn from it. So every column of text of every table is read, ours
and those of the libraries, and what was found is replaced. Blobs are not: what is sealed there
tells nothing. Words of fewer than two parts are left alone: "Sam" is in "Samantha".
"""

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify

NAME_BECOMES, ADDRESS_BECOMES, QUOTE_BECOMES = "somebody", "[gone]", "[taken back]"
SHORTEST_QUOTE = 12  # characters: "Yes." is nobody's alone
ROWS_AT_ONCE = 500
GAP = r"(?:\s|&nbsp;|<[^<>]*>)+"  # between two words, one of which may be bold
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
IN_HTML = {"'": "(?:'|&#x27;|&#39;)", '"': '(?:"|&quot;|&#34;)', "&": "(?:&|&amp;)"}
IN_HTML |= {"<": "(?:<|&lt;)", ">": "(?:>|&gt;)"}
LONGEST_HANDLE = 40  # characters that a row is looked up by; the whole is then read exactly


@dataclass(frozen=True)
class Needle:
    """Words to be found, however they are spaced, cased or escaped, and what takes their place."""

    words: str
    becomes: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = ["".join(map(_escaped, part)) for part in self.words.split()]
        return re.compile(rf"(?<!\w){GAP.join(parts)}(?!\w)", re.IGNORECASE)

    @cached_property
    def handles(self) -> frozenset[str]:
        """A stretch of it that stands unbroken in any row with it, in each way it may be stored.

        Small letters, as the database makes them: it may know no others than those of ASCII.
        """
        longest = max(re.findall(r"\w+", self.words) or [self.words], key=len)[:LONGEST_HANDLE]
        cases = {longest, longest.lower(), longest.upper(), longest.title()}
        stored = cases | {json.dumps(each)[1:-1] for each in cases}
        return frozenset(each.translate(SMALL) for each in stored)

    @property
    def put_in(self) -> str:
        """Never longer than what was there, so that it fits the column."""
        return self.becomes if len(self.becomes) <= len(self.words) else "…"


def _escaped(letter: str) -> str:
    return IN_HTML.get(letter) or re.escape(letter)


def needles(
    *, names: Iterable[str] = (), addresses: Iterable[str] = (), quotes: Iterable[str] = ()
) -> list[Needle]:
    """What to look for: the longest first, so that a part never hides the whole."""
    whole = [name for name in names if len(name.split()) > 1]
    found = [Needle(name, NAME_BECOMES) for name in whole]
    found += [Needle(slug, NAME_BECOMES) for name in whole if "-" in (slug := slugify(name))]
    found += [Needle(address, ADDRESS_BECOMES) for address in addresses if address.strip()]
    found += [Needle(quote, QUOTE_BECOMES) for quote in quotes if len(quote) >= SHORTEST_QUOTE]
    return sorted({each.words: each for each in found}.values(), key=lambda each: -len(each.words))


def take_out(looked_for: Sequence[Needle]) -> int:
    """Replace them in every table; how many rows that changed. One transaction, or none of it."""
    if not looked_for:
        return 0
    with transaction.atomic():
        return sum(_sweep(table, looked_for) for table in tables())


def tables() -> list["Table"]:
    """Every table with text in it; not what full-text indexes keep for themselves."""
    with connection.cursor() as cursor:
        names = [each.name for each in connection.introspection.get_table_list(cursor)]
        indexes = full_text_indexes()
        ours = [
            name
            for name in sorted(names)
            if not any(name == index or name.startswith(f"{index}_") for index in indexes)
        ]
        found = [Table(name, tuple(_text_columns(cursor, name))) for name in ours]
    return [table for table in found if table.columns]


@dataclass(frozen=True)
class Table:
    """A table and its columns of text; `True` for those that hold JSON as the database knows it."""

    name: str
    columns: tuple[tuple[str, bool], ...]


def full_text_indexes() -> list[str]:
    """SQLite's full-text tables: they hold copies of words, and are built anew."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
        )
        return [name for (name,) in cursor.fetchall()]


def build_indexes_anew() -> None:
    """From what the tables say now, so that no segment remembers what they said before."""
    for index in full_text_indexes():
        with connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')')  # noqa: S608
            cursor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')')  # noqa: S608


def _text_columns(cursor: Any, table: str) -> Iterator[tuple[str, bool]]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, lower(type) FROM pragma_table_info(%s)", [table])
        for name, kind in cursor.fetchall():
            if "char" in kind or "text" in kind:
                yield name, False
        return
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s",
        [table],
    )
    for name, kind in cursor.fetchall():
        if kind in ("text", "character varying", "character", "json", "jsonb"):
            yield name, kind.startswith("json")


def _sweep(table: Table, looked_for: Sequence[Needle]) -> int:
    changed = 0
    for key, row in list(_rows_with(table, looked_for)):
        fresh = {
            column: cleaned
            for (column, _), text in zip(table.columns, row, strict=True)
            if text is not None and (cleaned := clean(text, looked_for)) != text
        }
        if fresh:
            _write(table, key, fresh)
            changed += 1
    return changed


def clean(text: str, looked_for: Sequence[Needle]) -> str:
    """The text without these words. JSON stays JSON, with its escapes read as what they mean."""
    if text[:1] in '[{"':
        try:
            inside = json.loads(text)
        except ValueError:
            pass
        else:
            fresh = _clean_json(inside, looked_for)
            return text if fresh == inside else json.dumps(fresh)
    for needle in looked_for:
        text = needle.pattern.sub(needle.put_in, text)
    return text


def _clean_json(value: Any, looked_for: Sequence[Needle]) -> Any:
    match value:
        case str():
            return clean(value, looked_for)
        case list():
            return [_clean_json(each, looked_for) for each in value]
        case dict():
            return {key: _clean_json(each, looked_for) for key, each in value.items()}
    return value


def _rows_with(
    table: Table, looked_for: Sequence[Needle]
) -> Iterator[tuple[Any, tuple[str | None, ...]]]:
    """The rows that may hold one of them, with all their columns of text."""
    handles = sorted(frozenset().union(*(needle.handles for needle in looked_for)))
    columns = [_as_text(name, is_json) for name, is_json in table.columns]
    place = "rowid" if connection.vendor == "sqlite" else "ctid::text"
    test = (
        "instr(lower({}), %s) > 0" if connection.vendor == "sqlite" else "strpos(lower({}), %s) > 0"
    )
    for start in range(0, len(handles), 50):  # SQLite takes only so many parameters
        some = handles[start : start + 50]
        where = " OR ".join(test.format(column) for column in columns for _ in some)
        sql = f'SELECT {place}, {", ".join(columns)} FROM "{table.name}" WHERE {where}'  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [handle for _ in columns for handle in some])
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                for key, *row in rows:
                    yield key, tuple(row)


def _as_text(column: str, is_json: bool) -> str:
    return f'"{column}"::text' if is_json else f'"{column}"'


def _write(table: Table, key: Any, fresh: dict[str, str]) -> None:
    """An address that would be taken already gets a few letters more."""
    try:
        with transaction.atomic():
            _put(table, key, fresh)
    except IntegrityError:
        more = secrets.token_hex(2)
        _put(table, key, {name: f"{text}-{more}" for name, text in fresh.items()})


def _put(table: Table, key: Any, fresh: dict[str, str]) -> None:
    kinds = dict(table.columns)
    sets = ", ".join(f'"{name}" = %s{"::jsonb" if kinds[name] else ""}' for name in fresh)
    place = "rowid = %s" if connection.vendor == "sqlite" else "ctid = %s::tid"
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.name}" SET {sets} WHERE {place}',  # noqa: S608  names of our own
            [*fresh.values(), key],
        )
