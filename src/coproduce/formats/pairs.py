"""Two waves of one score out of a file: `id,before,after`, one row for each person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.numbers import Span, names_once, numbers, only
from coproduce.formats.table import Source, read_table

_COLUMNS = ("id", "before", "after")


@dataclass(frozen=True, eq=False)
class PairRows:
    """Scores as read, in the order of the file; not-a-number where that wave was not answered."""

    ids: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


def read_pairs(source: Source, *, scale: Span | None = None) -> PairRows:
    """The pairs in a file, or a BadFile that names row and column.

    `source`: a path, "-" for standard input, or a file opened for reading bytes. `scale`: refuse
    scores beyond it.
    """
    table = read_table(source)
    only(table, _COLUMNS)
    ids = names_once(table, "id")
    return PairRows(
        ids, numbers(table, "before", scale=scale), numbers(table, "after", scale=scale)
    )
