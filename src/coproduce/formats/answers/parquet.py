"""Answers as Parquet: for R, Python and anything that reads columns."""

import io
import json

from coproduce.formats.answers.frames import frame
from coproduce.formats.answers.table import AnswerTable, Column, plain

KEY = "coproduce"  # of the metadata


def answers_parquet(table: AnswerTable) -> bytes:
    """The answers with their types; what the codes mean stands in the metadata as JSON."""
    about = {
        "title": table.title,
        "licence": table.licence,
        "notice": table.notice,
        "methods": list(table.methods),
        "columns": [_told(column) for column in table.columns],
    }
    written = io.BytesIO()
    frame(table).write_parquet(
        written,
        metadata={
            "title": table.title,
            "licence": table.licence,
            KEY: json.dumps(about, ensure_ascii=False),
        },
    )
    return written.getvalue()


def _told(column: Column) -> dict[str, object]:
    return {
        "code": column.code,
        "label": column.label,
        "kind": column.kind.value,
        "answers": [[plain(value), words] for value, words in column.answers.items()],
        "missing": [[plain(value), words] for value, words in column.missing.items()],
        "quasi_identifier": column.is_quasi_identifier,
        "sensitive": column.is_sensitive,
    }
