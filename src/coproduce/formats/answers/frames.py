"""The answers as a polars frame: what SPSS and Parquet files are written from."""

from typing import TYPE_CHECKING

from coproduce.formats.answers.table import AnswerTable, Kind, is_whole

if TYPE_CHECKING:
    import polars


def frame(table: AnswerTable) -> "polars.DataFrame":
    """A column for each column: whole numbers, numbers or text, null where not answered."""
    import polars  # here, since a bare core reads files without it

    series = []
    for column, values in table.by_column():
        if column.kind is Kind.WORDS:
            made = polars.Series(column.code, list(values), dtype=polars.String)
        elif is_whole(column, values):
            whole = [None if value is None else int(value) for value in values]
            made = polars.Series(column.code, whole, dtype=polars.Int64)
        else:
            numbers = [None if value is None else float(value) for value in values]
            made = polars.Series(column.code, numbers, dtype=polars.Float64)
        series.append(made)
    return polars.DataFrame(series)
