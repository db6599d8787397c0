"""A way to the database on which bytes stay bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def bytes_as_they_are() -> Iterator[Any]:
    """A cursor of the connection everybody uses, in whatever transaction it is.

    Django has PostgreSQL write and read bytes as text, which for the tables of a live count takes
    ten times as long as everything else. SQLite needs no other way.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor, pq

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.format = pq.Format.BINARY
        yield cursor
