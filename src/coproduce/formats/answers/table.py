"""What does a table of answers consist of, before it becomes a file of any kind?

Whoever makes the table has decided already what may leave (small numbers, who may know what); the
writers beside this file only write. A code stays a code, with its words in the codebook, so that a
file can be counted with at once.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | None  # None: not answered
Cell = str | int | float | None

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_YES, _NO = "yes", "no"


class Kind(StrEnum):
    """What the values of a column are."""

    CHOICE = "choice"  # numbers that stand for an answer
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True)
class Column:
    """One question, or one thing known of everybody: what it is called and what its codes mean.

    `answers` and `missing` give the words for each code; a missing one counts as no answer. A
    number may have missing codes as well.
    """

    code: str
    label: str
    kind: Kind
    answers: Mapping[float, str] = field(default_factory=dict)
    missing: Mapping[float, str] = field(default_factory=dict)
    is_quasi_identifier: bool = False  # together with others it may tell who somebody is
    is_sensitive: bool = False


@dataclass(frozen=True)
class AnswerTable:
    """A row for each sheet, a cell for each column. A wrong one is a ValueError, since we made it.

    `methods` says in sentences how the answers came about and what was left out of the table.
    """

    name: str  # of the files: "heard-before"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    licence: str
    notice: str
    methods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"“{self.name}” is no name for a file.")
        if not self.columns:
            raise ValueError("A table needs a column.")
        for code, times in Counter(column.code.lower() for column in self.columns).items():
            if times > 1:
                raise ValueError(f"The column {code} is there {times} times.")
        for column in self.columns:
            _check_column(column)
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {number} has {len(row)} cells for {len(self.columns)}.")
        for column, values in self.by_column():
            for number, value in enumerate(values, start=1):
                if not _fits(value, column):
                    raise ValueError(f"Row {number}: {value!r} cannot stand in {column.code}.")

    def by_column(self) -> Iterator[tuple[Column, tuple[Value, ...]]]:
        """Each column with its values, from the first row to the last."""
        for at, column in enumerate(self.columns):
            yield column, tuple(row[at] for row in self.rows)


def is_whole(column: Column, values: tuple[Value, ...]) -> bool:
    """Whether all numbers of a column are whole, its codes among them."""
    numbers = (*values, *column.answers, *column.missing)
    return all(float(each).is_integer() for each in numbers if isinstance(each, int | float))


def plain(value: Value) -> Value:
    """A whole number without its “.0”."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def answer_rows(table: AnswerTable) -> Iterator[tuple[Cell, ...]]:
    """The header, then a row for each sheet."""
    yield tuple(column.code for column in table.columns)
    for row in table.rows:
        yield tuple(plain(value) for value in row)


CODEBOOK = (
    *("column", "label", "kind", "value", "meaning", "counts"),
    *("quasi_identifier", "sensitive"),
)


def codebook_rows(table: AnswerTable) -> Iterator[tuple[Cell, ...]]:
    """The header, then a row for each column and one for each of its codes."""
    yield CODEBOOK
    for column in table.columns:
        flags = tuple(
            _YES if flag else _NO for flag in (column.is_quasi_identifier, column.is_sensitive)
        )
        yield (column.code, column.label, column.kind.value, None, None, None, *flags)
        for codes, counts in ((column.answers, _YES), (column.missing, _NO)):
            for value, meaning in codes.items():
                yield (column.code, None, None, plain(value), meaning, counts, None, None)


def about_rows(table: AnswerTable) -> Iterator[tuple[Cell, ...]]:
    """What is said about the whole, as name and words."""
    yield ("about", "words")
    yield ("title", table.title)
    yield ("rows", len(table.rows))
    yield ("licence", table.licence)
    yield ("notice", table.notice)
    for sentence in table.methods:
        yield ("method", sentence)
    yield ("empty cell", "Not answered.")


def _check_column(column: Column) -> None:
    if not _CODE.fullmatch(column.code):
        raise ValueError(f"“{column.code}” is no code of a column.")
    if column.kind is Kind.WORDS and (column.answers or column.missing):
        raise ValueError(f"{column.code} holds words, which have no codes.")
    if column.kind is Kind.NUMBER and column.answers:
        raise ValueError(f"{column.code} holds numbers, which stand for themselves.")
    both = set(column.answers) & set(column.missing)
    if both:
        raise ValueError(f"{column.code}: {min(both):g} both counts and does not count.")


def _fits(value: Value, column: Column) -> bool:
    if value is None:
        return True
    if column.kind is Kind.WORDS:
        return isinstance(value, str)
    if isinstance(value, str | bool) or not math.isfinite(value):
        return False
    return column.kind is Kind.NUMBER or value in column.answers or value in column.missing
