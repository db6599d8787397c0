"""Answers to the items of a scale out of a file: a column for each item, a row for each person."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.numbers import Span, names_once, numbers
from coproduce.formats.table import HEADER, Source, read_table


def read_items(source: Source, *, scale: Span | None = None) -> Mapping[str, NDArray[np.float64]]:
    """{item: answers}, not-a-number where one was left out; or a BadFile that names row and column.

    A column `id` may stand among them: it is checked and left aside. `scale`: refuse answers
    beyond it.
    """
    table = read_table(source)
    for name in table.header:
        if not name:
            raise table.bad(HEADER, "(no name)", "This column has no name. Name each item.")
    if "id" in table.header:
        names_once(table, "id")
    return {name: numbers(table, name, scale=scale) for name in table.header if name != "id"}
