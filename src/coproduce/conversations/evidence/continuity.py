"""The last picture's letters and direction for the next one, from what was published of it."""

from dataclasses import replace

from coproduce.analysis import name_after, turn_onto
from coproduce.conversations.evidence.counting import Counted
from coproduce.trust.models import Figure, Release

KINDS = ("opinion_map", "statements")
IN_GROUP = "Agree in "  # how a column of the table of all statements begins
WORDS = {"hardly anyone": 0.0, "nearly everyone": 1.0}


def as_before(counted: Counted, last: Release | None) -> Counted:
    """The same map with the letters and the direction of the last release, if there is one."""
    if last is None or counted.map.k is None:
        return counted
    figures = {figure.kind: figure for figure in last.figures.filter(kind__in=KINDS)}
    if set(figures) != set(KINDS):
        return counted
    directions = figures["opinion_map"].value["facts"].get("directions", {})
    turned = turn_onto(counted.map, {int(of): (x, y) for of, (x, y) in directions.items()})
    return replace(counted, map=name_after(turned, _published_shares(figures["statements"])))


def _published_shares(statements: Figure) -> dict[str, dict[int, float]]:
    """What was told of each group: the share that agrees with each statement, in tenths."""
    value = statements.value
    shares = {
        name.removeprefix(IN_GROUP): {int(row[0]): _share(str(row[at])) for row in value["rows"]}
        for at, name in enumerate(value["columns"])
        if name.startswith(IN_GROUP)
    }
    return {
        letter: {of: share for of, share in told.items() if share is not None}
        for letter, told in shares.items()
    }


def _share(told: str) -> float | None:
    """A share as it was told, as a number; None where it was not told."""
    tenths = told.partition(" in ")[0].removeprefix("about ")
    return WORDS.get(told, int(tenths) / 10 if tenths.isdigit() else None)
