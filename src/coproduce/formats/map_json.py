"""An opinion map as JSON: every number in full."""

import json
from collections.abc import Callable
from dataclasses import asdict

from coproduce.analysis import OpinionMap


def map_json(found: OpinionMap, *, name: Callable[[int], str] = str) -> str:
    """The map's attributes as JSON keys, people under the names they had in the file.

    Not for publishing: it tells where each person stands.
    """
    whole = asdict(found)
    for by_person in ("groups", "membership", "positions", "rings"):
        whole[by_person] = {name(person): value for person, value in whole[by_person].items()}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
