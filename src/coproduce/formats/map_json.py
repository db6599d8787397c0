"""An opinion map as JSON: every number in full."""

import json
from collections.abc import Callable
from dataclasses import asdict

from coproduce.analysis import OpinionMap, Without


def map_json(
    found: OpinionMap,
    *,
    name: Callable[[int], str] = str,
    without: tuple[Without, ...] | None = None,
) -> str:
    """The map's attributes as JSON keys, people under the names they had in the file.

    `without`: what would stand without odd answers, where that was tried. Not for publishing: it
    tells where each person stands.
    """
    whole = asdict(found)
    if without is not None:
        whole["without"] = [asdict(each) for each in without]
    for by_person in ("groups", "membership", "positions", "rings"):
        whole[by_person] = {name(person): value for person, value in whole[by_person].items()}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
