"""Words that nobody reads out of a stolen database: sealed when written, opened when read.

Fernet (AES-128 in CBC mode with HMAC-SHA-256) of the `cryptography` library. The key is one file
in the folder of keys, outside the database and outside its backup: a copy of the database alone,
or a backup in wrong hands, tells nothing. Whoever moves house takes that file along by hand.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.db import models

from coproduce.trust.keys import KeyIsGone, make_key, read_key

KEY = UUID("5ea1ed00-0000-4000-8000-000000000001")  # names the one file; says nothing


class CannotBeOpened(ValueError):
    """The words were sealed with a key that is not here."""


def seal(words: str) -> bytes:
    make_key(KEY)
    return _with(read_key(KEY)).encrypt(words.encode())


def unseal(sealed: bytes) -> str:
    """The words again; `CannotBeOpened` where the key is another one, `KeyIsGone` where none is."""
    try:
        return _with(read_key(KEY)).decrypt(sealed).decode()
    except InvalidToken as other:
        raise CannotBeOpened(
            "This was sealed with another key. Put back the file of keys that belongs to this "
            f"database ({KEY.hex}); without it the words are lost and have to be asked anew."
        ) from other


NOT_READABLE = "cannot be opened any more: the key was lost"
Row = TypeVar("Row", bound=models.Model)


def readable(rows: "models.QuerySet[Row]", *fields: str) -> list[Row]:
    """The rows, also where the key is lost: the sealed fields then say so."""
    try:
        return list(rows)
    except (CannotBeOpened, KeyIsGone):
        found = list(rows.defer(*fields))
        for row in found:
            for field in fields:
                setattr(row, field, NOT_READABLE)
        return found


@lru_cache(maxsize=2)
def _with(key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(key))


class SealedText(models.BinaryField[Any, Any]):
    """Text in Python, a sealed token in the database. It cannot be searched, and must not be."""

    def get_prep_value(self, value: str | None) -> Any:
        return None if value is None else super().get_prep_value(seal(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return ""  # dumps carry nothing of it
