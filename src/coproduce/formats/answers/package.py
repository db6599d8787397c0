"""Answers as a data package (Frictionless): CSV files and a description that programs can read."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any

from coproduce.formats.answers.files import csv_files
from coproduce.formats.answers.table import (
    CODEBOOK,
    AnswerTable,
    Column,
    Kind,
    Value,
    is_whole,
    plain,
)

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
_NEVER = (1980, 1, 1, 0, 0, 0)  # no moment: two packages of the same answers are the same
_GUARDED = "Words that a spreadsheet would run as a formula have an apostrophe in front of them."


def answers_package(table: AnswerTable) -> bytes:
    """A zip with `datapackage.json`, the answers, their codebook and what is said about them."""
    files = csv_files(table)
    described = json.dumps(descriptor(table, files), ensure_ascii=False, indent=1) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in {"datapackage.json": described, **files}.items():
            info = zipfile.ZipInfo(name, date_time=_NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode())
    return packed.getvalue()


def descriptor(table: AnswerTable, files: dict[str, str]) -> dict[str, Any]:
    """What `datapackage.json` says of these files."""
    schemas = {
        "answers.csv": _answers_schema(table),
        "codebook.csv": _schema_of_text(CODEBOOK),
        "about.csv": _schema_of_text(("about", "words")),
    }
    described = {
        "$schema": PROFILE,
        "name": table.name,
        "title": table.title,
        "description": "\n".join((*table.methods, table.notice, _GUARDED)),
        "resources": [_resource(name, text, schemas[name]) for name, text in files.items()],
    }
    if _LICENCE_NAME.fullmatch(table.licence):
        described["licenses"] = [{"name": table.licence}]
    else:
        described["licence"] = table.licence  # the standard takes names of open licences alone
    return described


def _resource(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    raw = text.encode()
    return {
        "name": name.removesuffix(".csv"),
        "path": name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": schema,
    }


def _answers_schema(table: AnswerTable) -> dict[str, Any]:
    return {
        "fields": [_field(column, values) for column, values in table.by_column()],
        "missingValues": [{"value": "", "label": "Not answered"}],
    }


def _field(column: Column, values: tuple[Value, ...]) -> dict[str, Any]:
    whole = is_whole(column, values)
    type_ = "string" if column.kind is Kind.WORDS else "integer" if whole else "number"
    described: dict[str, Any] = {"name": column.code, "title": column.label, "type": type_}
    if column.answers and whole:
        described["categories"] = [
            {"value": plain(value), "label": words} for value, words in column.answers.items()
        ]
        described["categoriesOrdered"] = True
    elif column.answers:  # the standard has categories for whole numbers and text alone
        described["constraints"] = {"enum": [plain(value) for value in column.answers]}
    if column.missing:
        described["missingValues"] = [
            {"value": "", "label": "Not answered"},
            *(
                {"value": str(plain(value)), "label": words}
                for value, words in column.missing.items()
            ),
        ]
    return described | {
        "quasiIdentifier": column.is_quasi_identifier,
        "sensitive": column.is_sensitive,
    }


def _schema_of_text(names: tuple[str, ...]) -> dict[str, Any]:
    return {"fields": [{"name": name, "type": "string"} for name in names]}
