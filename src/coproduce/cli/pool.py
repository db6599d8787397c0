"""`coproduce pool`: from a file of effects to one answer from many projects."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coproduce.analysis import Pooled, pool
from coproduce.analysis.change_words import decimals, points
from coproduce.formats.effects import read_effects
from coproduce.formats.result_json import result_json
from coproduce.formats.whole_files import write_whole

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands

BEYOND = 100  # a tau² up there says only that it is not known


def add_pool(commands: "Commands") -> None:
    """`coproduce pool`: from a file of effects to one answer from many projects."""
    command = commands.add_parser(
        "pool",
        help="one answer from many projects, and how they differ",
        description=(
            "Read the effect and the variance of each project and pool them with random effects: "
            "the average, its interval, how much projects differ, and where a further one would "
            "land. The file has the columns study,yi,vi; each further column is a moderator. It "
            "may be gzipped; - reads standard input."
        ),
        epilog=(
            "Example: coproduce pool effects.csv --json pooled.json "
            "keeps every number, with the shrunken value and the weight of each project."
        ),
    )
    command.add_argument(
        "effects", metavar="EFFECTS.csv", help="the effects, or - for standard input"
    )
    command.add_argument("--json", metavar="OUT", type=Path, help="every number, in full")
    command.set_defaults(run=run_pool)


def run_pool(chosen: argparse.Namespace) -> int:
    """Read, conclude, write, tell."""
    rows = read_effects(chosen.effects)
    found = pool(rows.effects, rows.variances, rows.moderators, names=rows.studies)
    write_whole({chosen.json: result_json(found)} if chosen.json else {})
    print("\n".join(pool_in_words(found)))
    return 0


def pool_in_words(found: Pooled) -> Iterator[str]:
    """The pool for a terminal: what they say together, how they differ, what to say beside it."""
    yield f"{found.k} project{'s' if found.k > 1 else ''}"
    if found.headline is not None:
        yield f"{found.headline[0].upper()}{found.headline[1:]}."
    elif found.not_enough is not None:
        yield f"Too few to tell: a pooled answer is shown from {found.not_enough.needed} on."
    yield from found.warnings
    yield ""
    yield from (f"  {line}" for line in _numbers(found))
    for each in found.associated:
        yield f"  {each.moderator}: {each.needed or each.headline}"
    yield ""
    yield (
        "These are the projects that reported. Those that did not may have found otherwise, and "
        "nothing here tells what brought a change about."
    )


def _numbers(found: Pooled) -> Iterator[str]:
    if found.ci95 is not None:
        low, high = found.ci95
        digits = decimals(high - low) + 1
        yield (
            f"Average {points(found.estimate, digits)}, between {points(low, digits)} and "
            f"{points(high, digits)} (95 %, Hartung-Knapp)"
        )
    if found.prediction_interval is not None:
        low, high = found.prediction_interval
        digits = decimals(high - low) + 1
        yield f"A further project: between {points(low, digits)} and {points(high, digits)}"
    if found.tau2_ci95 is not None:
        least, most = found.tau2_ci95
        end = f"beyond {BEYOND}" if most is None or most > BEYOND else f"{most:.3g}"
        yield f"Variance between projects (tau²) {found.tau2:.3g}, between {least:.3g} and {end}"
        yield f"Of all variance, {found.i2:.0f} % is between projects (I²); Q {found.q:.1f}"
