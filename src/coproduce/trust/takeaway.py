"""How does one take figures home? As a table for a spreadsheet, and whole as JSON."""

import json
from collections.abc import Iterable
from typing import Any

from coproduce.formats.text import csv_text
from coproduce.trust.models import Figure

INSIDE = "inside"  # of a figure's facts: for arithmetic that goes on from here, never given away
HEADER = ("figure", "kind", "key", "sentence", "people", "method", "version", "release", "digest")


def table_of(figure: Figure) -> str:
    """One figure's table as CSV."""
    return csv_text(figure.value["columns"], figure.value["rows"])


def list_of(figures: Iterable[Figure]) -> str:
    """All figures of a release as CSV, a sentence each."""
    return csv_text(
        HEADER,
        (
            (
                str(figure.id),
                figure.kind,
                figure.key,
                figure.sentence,
                figure.people,
                figure.method,
                figure.version,
                figure.release.number,
                figure.input_digest,
            )
            for figure in figures
        ),
    )


def _public(value: dict[str, Any]) -> dict[str, Any]:
    """What a figure says, without what is kept `inside` for other arithmetic.

    Kept numbers are exact: set beside rounded words and hidden counts, they would undo both.
    """
    facts = {name: fact for name, fact in value["facts"].items() if name != INSIDE}
    return value | {"facts": facts}


def whole(figure: Figure) -> dict[str, Any]:
    """One figure with everything that stands behind it."""
    return {
        "figure": str(figure.id),
        "kind": figure.kind,
        "key": figure.key,
        "sentence": figure.sentence,
        **_public(figure.value),
        "method": figure.method,
        "version": figure.version,
        "seed": figure.seed,
        "input_digest": figure.input_digest,
        "people": figure.people,
        "consent_basis": figure.consent_basis,
        "gate": figure.manifest,
        "release": {"number": figure.release.number, "is_last": figure.release.is_last},
        "recorded_at": figure.made_at.isoformat(timespec="minutes"),
    }


def as_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
