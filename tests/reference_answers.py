"""Answers for measuring that R gave (metafor, psych), read from beside the repository."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "measure"


def document(kind: str) -> dict[str, Any]:
    """All of `<kind>_expected.json`; a visible skip where it is not there."""
    with file(f"{kind}_expected.json").open(encoding="utf-8") as opened:
        return dict(json.load(opened))


def answered(kind: str) -> dict[str, dict[str, Any]]:
    """The cases of `<kind>_expected.json` by name; a visible skip where they are not there."""
    return {case["name"]: case for case in document(kind)["cases"]}


def file(name: str) -> Path:
    if not FOLDER.is_dir():
        pytest.skip("the reference answers (../shared/data/measure) are not beside this checkout")
    return FOLDER / name


def columns(name: str, *wanted: str) -> list[list[float | None]]:
    """Columns of a CSV file, blanks as None, read without any of our own code."""
    with file(name).open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    names = wanted or tuple(rows[0])
    return [[float(row[each]) if row[each] else None for row in rows] for each in names]
