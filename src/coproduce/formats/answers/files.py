"""Answers as CSV with a codebook, and as a workbook: for whoever opens a spreadsheet."""

from collections.abc import Iterator

from coproduce.formats.answers.table import (
    AnswerTable,
    Cell,
    about_rows,
    answer_rows,
    codebook_rows,
)
from coproduce.formats.text import csv_text
from coproduce.formats.workbook import workbook_bytes


def answers_csv(table: AnswerTable) -> str:
    """A row for each sheet, codes as numbers, an empty cell for what was not answered."""
    return _csv(answer_rows(table))


def codebook_csv(table: AnswerTable) -> str:
    """What each column and each code means."""
    return _csv(codebook_rows(table))


def about_csv(table: AnswerTable) -> str:
    """Title, licence, notice and how the answers came about."""
    return _csv(about_rows(table))


def csv_files(table: AnswerTable) -> dict[str, str]:
    """The files that belong together, by name."""
    return {
        "answers.csv": answers_csv(table),
        "codebook.csv": codebook_csv(table),
        "about.csv": about_csv(table),
    }


def answers_xlsx(table: AnswerTable) -> bytes:
    """A workbook with the same three as sheets; no words in it run as a formula."""
    return workbook_bytes(
        {
            "answers": list(answer_rows(table)),
            "codebook": list(codebook_rows(table)),
            "about": list(about_rows(table)),
        }
    )


def _csv(rows: Iterator[tuple[Cell, ...]]) -> str:
    return csv_text([str(name) for name in next(rows)], rows)
