"""`coproduce reliability`: from a file of items to whether they hold together."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coproduce.analysis import Reliability, reliability
from coproduce.cli.change import scale_of
from coproduce.cli.parsing import Refused
from coproduce.formats.items import read_items
from coproduce.formats.result_json import result_json
from coproduce.formats.whole_files import write_whole

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands


def add_reliability(commands: "Commands") -> None:
    """`coproduce reliability`: from a file of items to whether they hold together."""
    command = commands.add_parser(
        "reliability",
        help="whether the items of a scale hold together",
        description=(
            "Read the answers to the items of one scale and tell whether they hold together, and "
            "which item does not. The file has a column for each item and a row for each person; a "
            "column id is left aside, a blank is an item that was left out. It may be gzipped; - "
            "reads standard input."
        ),
        epilog=(
            "Example: coproduce reliability items.csv --reverse O2,O5 --scale 1 6 "
            "turns two items round before it adds up."
        ),
    )
    command.add_argument("items", metavar="ITEMS.csv", help="the answers, or - for standard input")
    command.add_argument("--reverse", metavar="A,B", default="", help="items to be turned round")
    command.add_argument(
        "--scale",
        metavar=("LO", "HI"),
        nargs=2,
        type=float,
        help="the lowest and highest answer there can be",
    )
    command.add_argument("--json", metavar="OUT", type=Path, help="every number, in full")
    command.set_defaults(run=run_reliability)


def run_reliability(chosen: argparse.Namespace) -> int:
    """Read, conclude, write, tell."""
    scale = scale_of(chosen)
    items = read_items(chosen.items, scale=scale)
    turned = [name.strip() for name in chosen.reverse.split(",") if name.strip()]
    for name in turned:
        if name not in items:
            raise Refused(
                f"--reverse names {name}, which is no column. There are: {', '.join(items)}"
            )
    found = reliability(items, turned, scale)
    write_whole({chosen.json: result_json(found)} if chosen.json else {})
    print("\n".join(reliability_in_words(found)))
    return 0


def reliability_in_words(found: Reliability) -> Iterator[str]:
    """The scale for a terminal: alpha, omega, each item, and what to look at."""
    yield f"{len(found.items)} items, {found.n} people, {found.n_complete} answered every item"
    if found.alpha is not None and found.alpha_ci95 is not None:
        low, high = found.alpha_ci95
        yield f"Alpha {found.alpha:.2f}, between {low:.2f} and {high:.2f} (95 %, Feldt)"
    if found.omega is not None:
        yield f"Omega {found.omega:.2f} (one factor, maximum likelihood)"
    yield "Each item with the sum of the others, and alpha without it"
    rows = zip(found.items, found.item_rest, found.alpha_if_dropped, strict=True)
    for name, together, without in rows:
        turned = " (turned round)" if name in found.reversed else ""
        yield f"  {name}{turned}: {_told(together)}, {_told(without)}"
    if found.warnings:
        yield ""
        yield "What to look at"
        yield from (f"  {warning}" for warning in found.warnings)


def _told(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
