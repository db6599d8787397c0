"""Effects of projects out of a file: `study,yi,vi` and moderators, one row for each project."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.numbers import names_once, needed, numbers
from coproduce.formats.table import HEADER, Source, Table, read_table

_COLUMNS = ("study", "yi", "vi")


@dataclass(frozen=True, eq=False)
class EffectRows:
    """Effects and variances as read, in the order of the file; each other column is a moderator.

    A moderator is of numbers where every cell is one, else of labels.
    """

    studies: tuple[str, ...]
    effects: NDArray[np.float64]
    variances: NDArray[np.float64]
    moderators: dict[str, list[float | str]]


def read_effects(source: Source) -> EffectRows:
    """The effects in a file, or a BadFile that names row and column.

    `source`: a path, "-" for standard input, or a file opened for reading bytes.
    """
    table = read_table(source)
    needed(table, _COLUMNS)
    if not table.rows:
        raise table.bad(HEADER, None, "There is no project below the header. Add a row for each.")
    studies = names_once(table, "study")
    effects, variances = (_there(table, name) for name in ("yi", "vi"))
    for row, variance in enumerate(variances):
        if variance <= 0:
            raise table.bad(row, "vi", f"{variance:g} is no variance: it has to be above nought.")
    return EffectRows(studies, effects, variances, _moderators(table))


def _there(table: Table, name: str) -> NDArray[np.float64]:
    """A column of numbers of which none is missing."""
    found = numbers(table, name)
    for row in np.flatnonzero(np.isnan(found)):
        raise table.bad(int(row), name, "This number is missing. Write it, or leave the row out.")
    return found


def _moderators(table: Table) -> dict[str, list[float | str]]:
    return {name: _read(table, name) for name in table.header if name not in _COLUMNS and name}


def _read(table: Table, name: str) -> list[float | str]:
    cells = table.column(name)
    for row, cell in enumerate(cells):
        if not cell:
            raise table.bad(row, name, "This is missing. Write it, or leave the column out.")
    try:
        return [float(cell) for cell in cells]
    except ValueError:
        return list(cells)
