"""The rows of a PostgreSQL database, out and back in, by PostgreSQL's own COPY.

`pg_dump` refuses a server newer than itself, which is the usual case on a small machine with
packages from its distribution. COPY goes through the connection we have anyway, in one snapshot,
and the tables themselves come from the migrations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

FOLDER = "tables"
CHUNK = 1024 * 1024


def copy(folder: Path, forget: tuple[str, ...]) -> dict[str, list[str]]:
    """Every table as a file, all of one moment; the columns of each."""
    folder.mkdir()
    with _snapshot() as cursor:
        tables = [name for name in _tables() if name not in forget]
        columns = {name: _columns(cursor, name) for name in tables}
        for name in tables:
            _copy_out(cursor, name, columns[name], folder / f"{name}.copy")
    return columns


def put_back(folder: Path, columns: dict[str, list[str]]) -> None:
    """Fill the tables from their files, all or none, and let the counters go on where they were."""
    with transaction.atomic(), connection.cursor() as cursor:
        everything = sql.SQL(", ").join(map(sql.Identifier, _tables()))
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(everything))
        for name, listed in columns.items():
            _copy_in(cursor, name, listed, folder / f"{name}.copy")
        _set_counters(cursor)


def drop_all() -> None:
    """Take every table away, so that the migrations can make them anew."""
    tables = _tables()
    if not tables:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        everything = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(everything))


@contextmanager
def _snapshot() -> Iterator[CursorWrapper]:
    """A transaction that sees one moment only, and holds up nobody."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    """The columns that can be written: never a generated one."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = current_schema() AND is_generated = 'NEVER'"
        " ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _copy_out(cursor: CursorWrapper, table: str, columns: list[str], path: Path) -> None:
    order = sql.SQL("COPY {} ({}) TO STDOUT").format(*_named(table, columns))
    with path.open("wb") as file, cursor.cursor.copy(order) as rows:
        for chunk in rows:
            file.write(chunk)


def _copy_in(cursor: CursorWrapper, table: str, columns: list[str], path: Path) -> None:
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(*_named(table, columns))
    with path.open("rb") as file, cursor.cursor.copy(order) as rows:
        while chunk := file.read(CHUNK):
            rows.write(chunk)


def _named(table: str, columns: list[str]) -> tuple[sql.Identifier, sql.Composed]:
    return sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))


def _set_counters(cursor: CursorWrapper) -> None:
    models = apps.get_models(include_auto_created=True)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
