"""Answers as an SPSS file: labels, and codes that count as no answer, as statisticians expect."""

import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coproduce.formats.answers.frames import frame
from coproduce.formats.answers.table import AnswerTable, Column, Kind, is_whole

LONGEST_LABEL, LONGEST_MEANING, LONGEST_TITLE = 255, 120, 64  # bytes, as SPSS has it
LONGEST_WORDS = 32_000
MOST_MISSING = 3
LONGEST_LINE = 80  # of a note
_RESERVED = {
    *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
}
_MEASURES = {Kind.CHOICE: "ordinal", Kind.NUMBER: "scale", Kind.WORDS: "nominal"}
_MADE_AT = slice(92, 109)  # where the header keeps the day and the time of writing
_NO_MOMENT = b"01 Jan 0000:00:00"


def answers_sav(table: AnswerTable) -> bytes:
    """The answers as `.sav`. SPSS knows three codes of a column that count as none, or a range of
    them; where there are more and they lie among the answers, the rest are left empty."""
    import polars  # here, since a bare core reads files without them
    import pyreadstat

    names = {column.code: spss_name(column.code) for column in table.columns}
    missing = {column.code: _missing(column) for column in table.columns if column.missing}
    answers = frame(table).with_columns(
        [
            _as_spss_has_it(polars.col(column.code), column, missing.get(column.code, []))
            for column in table.columns
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            answers.rename(names),
            path,
            file_label=_cut(table.title, LONGEST_TITLE),
            column_labels=[_cut(column.label, LONGEST_LABEL) for column in table.columns],
            note=_note(table),
            variable_value_labels={
                names[column.code]: _meanings(column)
                for column in table.columns
                if column.answers or column.missing
            },
            missing_ranges={names[code]: ranges for code, ranges in missing.items()},
            variable_measure={
                names[column.code]: _MEASURES[column.kind] for column in table.columns
            },
            variable_format={
                names[column.code]: "F8.0" if is_whole(column, values) else "F8.2"
                for column, values in table.by_column()
                if column.kind is not Kind.WORDS
            },
        )
        return _timeless(path.read_bytes())


def spss_name(code: str) -> str:
    """The code, changed where SPSS keeps the word for itself."""
    return f"{code}_" if code.lower() in _RESERVED else code


def _missing(column: Column) -> list[Any]:
    """The codes that count as none, as pyreadstat takes them."""
    codes = sorted(float(code) for code in column.missing)
    if len(codes) <= MOST_MISSING:
        return list(codes)
    if not any(codes[0] <= answer <= codes[-1] for answer in column.answers):
        return [{"lo": codes[0], "hi": codes[-1]}]
    return codes[:MOST_MISSING]


def _as_spss_has_it(values: Any, column: Column, missing: list[Any]) -> Any:
    """Numbers as doubles, without the codes that SPSS could not tell from answers."""
    import polars

    if column.kind is Kind.WORDS:
        return values.map_elements(
            lambda words: _cut(words, LONGEST_WORDS), return_dtype=polars.String
        )
    numbers = values.cast(polars.Float64)
    if missing and not isinstance(missing[0], dict):
        unknown = [float(code) for code in column.missing if code not in missing]
        return polars.when(numbers.is_in(unknown)).then(None).otherwise(numbers).alias(column.code)
    return numbers


def _meanings(column: Column) -> dict[float, str]:
    every: Mapping[float, str] = {**column.answers, **column.missing}
    return {float(code): _cut(words, LONGEST_MEANING) for code, words in every.items()}


def _note(table: AnswerTable) -> list[str]:
    """What is said about the whole, in lines as short as SPSS has them."""
    said = (table.title, f"Licence: {table.licence}", table.notice, *table.methods)
    return [line for words in said for line in _lines(words)]


def _lines(words: str) -> Iterator[str]:
    for line in textwrap.wrap(words, LONGEST_LINE):
        rest = line
        while rest:
            piece = _cut(rest, LONGEST_LINE)
            yield piece
            rest = rest[len(piece) :]


def _cut(words: str, most: int) -> str:
    """As much of the words as fits into so many bytes."""
    return words.encode()[:most].decode(errors="ignore")


def _timeless(written: bytes) -> bytes:
    """The same file without the moment at which it was made."""
    return written[: _MADE_AT.start] + _NO_MOMENT + written[_MADE_AT.stop :]
