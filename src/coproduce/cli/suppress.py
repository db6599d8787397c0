"""`coproduce suppress`: from a table of counts to what of it may be shown."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coproduce.analysis import Suppressed, suppress
from coproduce.formats.counts import CountRows, read_counts
from coproduce.formats.result_json import result_json
from coproduce.formats.whole_files import write_whole

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands


def add_suppress(commands: "Commands") -> None:
    """`coproduce suppress`: from a table of counts to what of it may be shown."""
    command = commands.add_parser(
        "suppress",
        help="which counts of people may be shown",
        description=(
            "Read a table of counts of people with its margins, hide those of 1 to 4 people, and "
            "with them as few others as it takes so that nobody can work them out. The file has a "
            "header row and a column of labels; its margins are called total. It may be gzipped; "
            "- reads standard input."
        ),
        epilog=(
            "Example: coproduce suppress table.csv --json shown.json "
            "also tells what a reader could still work out about each small count."
        ),
    )
    command.add_argument("table", metavar="TABLE.csv", help="the counts, or - for standard input")
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--one-way", action="store_true", help="one row of counts and their total")
    ways.add_argument(
        "--two-way", action="store_true", help="rows and columns, with totals of both"
    )
    command.add_argument("--json", metavar="OUT", type=Path, help="every position, from 0")
    command.set_defaults(run=run_suppress)


def run_suppress(chosen: argparse.Namespace) -> int:
    """Read, decide, write, tell."""
    one_way = True if chosen.one_way else False if chosen.two_way else None
    rows = read_counts(chosen.table, one_way=one_way)
    found = suppress(rows.counts)
    write_whole({chosen.json: result_json(found)} if chosen.json else {})
    print("\n".join(shown_in_words(rows, found)))
    return 0


def shown_in_words(rows: CountRows, found: Suppressed) -> Iterator[str]:
    """The table for a terminal, and why it is as it is."""
    if found.decision == "refuse":
        yield f"Nothing of this table may be shown. {found.why}"
        return
    lines = [["", *rows.columns]]
    lines += [[label, *cells] for label, cells in zip(rows.rows, found.published, strict=True)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for label, *cells in lines:
        shown = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([label.ljust(widths[0]), *shown]).rstrip()
    yield ""
    yield found.why
    if not found.is_optimal:
        yield "Perhaps fewer would do: the search was stopped at an answer that is safe."
