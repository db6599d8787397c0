"""Columns of numbers out of a table: a blank is an answer that is missing."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.table import HEADER, Table

Span = tuple[float, float]

_A_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LARGEST = 1e100  # as the arithmetic takes it


def needed(table: Table, wanted: Iterable[str]) -> None:
    """Refuse a table that lacks one of these columns."""
    for name in wanted:
        if name not in table.header:
            raise table.bad(HEADER, name, "This column is missing. Add it, with its name in row 1.")


def only(table: Table, columns: Iterable[str]) -> None:
    """Refuse a table that lacks one of these columns, or has another."""
    wanted = tuple(columns)
    needed(table, wanted)
    for name in table.header:
        if name not in wanted:
            raise table.bad(
                HEADER, name or "(no name)", "This column is not known here. Take it out."
            )


def numbers(table: Table, name: str, *, scale: Span | None = None) -> NDArray[np.float64]:
    """The numbers of one column, not-a-number where a cell is blank; or a BadFile that says where.

    `scale`: the lowest and the highest number that there may be.
    """
    cells = table.column(name)
    return np.array(
        [_number(table, row, name, cell, scale) for row, cell in enumerate(cells)],
        dtype=np.float64,
    )


def _number(table: Table, row: int, name: str, cell: str, scale: Span | None) -> float:
    if not cell:
        return np.nan
    if not _A_NUMBER.fullmatch(cell):
        raise table.bad(
            row, name, f"“{cell[:40]}” is not a number. Write a number, or leave it blank."
        )
    value = float(cell)
    if abs(value) > _LARGEST:
        raise table.bad(row, name, f"{cell[:40]} is too large to be an answer. Mend it.")
    if scale is not None and not scale[0] <= value <= scale[1]:
        raise table.bad(
            row, name, f"{cell} is off the scale {scale[0]:g} to {scale[1]:g}. Mend it."
        )
    return value


def names_once(table: Table, name: str) -> tuple[str, ...]:
    """The names in a column, each there once."""
    seen: set[str] = set()
    cells = table.column(name)
    for row, cell in enumerate(cells):
        if not cell:
            raise table.bad(row, name, "Nobody is named here. Fill it in or delete the row.")
        if cell in seen:
            raise table.bad(row, name, f"“{cell[:40]}” is there twice. Keep one row for each.")
        seen.add(cell)
    return tuple(cells)
