"""A result of the arithmetic as JSON: its attributes are the keys, every number in full."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def result_json(found: "DataclassInstance") -> str:
    """The whole result; null where a number cannot be given."""
    return json.dumps(asdict(found), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
