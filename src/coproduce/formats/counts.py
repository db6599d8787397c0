"""Counts of people out of a file: a header row, a column of labels, margins called `total`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.table import HEADER, Source, Table, read_table

TOTAL = "total"


@dataclass(frozen=True, eq=False)
class CountRows:
    """A table of counts with its margins: the labels of rows and columns, and the cells (r, c)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]


def read_counts(source: Source, *, one_way: bool | None = None) -> CountRows:
    """The counts in a file, or a BadFile that names row and column.

    `source`: a path, "-" for standard input, or a file opened for reading bytes. `one_way`: whether
    there is one row alone; by default that is seen from the file.
    """
    table = read_table(source)
    if len(table.header) < 3:
        raise table.bad(
            HEADER, None, "A table needs a column of labels, one of counts and one called total."
        )
    if table.header[-1].casefold() != TOTAL:
        raise table.bad(HEADER, table.header[-1], "The last column has to be called total.")
    is_one_way = len(table.rows) == 1 if one_way is None else one_way
    _check_rows(table, is_one_way=is_one_way)
    labels = tuple(row[0].strip() for row in table.rows)
    counts = np.array([_counts(table, row) for row in range(len(table.rows))], dtype=np.int64)
    _check_sums(table, counts, is_one_way=is_one_way)
    return CountRows(labels, table.header[1:], counts)


def _check_rows(table: Table, *, is_one_way: bool) -> None:
    if not table.rows:
        raise table.bad(HEADER, None, "There is no row below the header.")
    if is_one_way and len(table.rows) > 1:
        raise table.bad(1, None, "A one-way table has one row. Leave --one-way out for this file.")
    if not is_one_way and table.rows[-1][0].strip().casefold() != TOTAL:
        raise table.bad(
            len(table.rows) - 1, table.header[0] or "label", "The last row has to be called total."
        )


def _counts(table: Table, row: int) -> list[int]:
    found = []
    for name, cell in zip(table.header[1:], table.rows[row][1:], strict=True):
        text = cell.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise table.bad(
                row, name, f"“{text[:40]}” is no count. Write a whole number of people, from 0."
            )
        found.append(int(text))
    return found


def _check_sums(table: Table, counts: NDArray[np.int64], *, is_one_way: bool) -> None:
    for row, line in enumerate(counts):
        if line[:-1].sum() != line[-1]:
            raise table.bad(
                row, table.header[-1], f"The row comes to {line[:-1].sum()}, not {line[-1]}."
            )
    if is_one_way:
        return
    for name, column in zip(table.header[1:], counts.T, strict=True):
        if column[:-1].sum() != column[-1]:
            raise table.bad(
                len(counts) - 1, name, f"The column comes to {column[:-1].sum()}, not {column[-1]}."
            )
