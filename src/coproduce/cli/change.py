"""`coproduce change`: from a file of pairs to how far people moved."""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coproduce.analysis import Change, paired_change
from coproduce.analysis.change_words import decimals, points
from coproduce.cli.parsing import Refused
from coproduce.formats.pairs import read_pairs
from coproduce.formats.result_json import result_json
from coproduce.formats.whole_files import write_whole

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands


def add_change(commands: "Commands") -> None:
    """`coproduce change`: from a file of pairs to how far people moved."""
    command = commands.add_parser(
        "change",
        help="how far people moved between two waves",
        description=(
            "Read one score of each person before and after, and tell how far they moved, how sure "
            "that is, who left, and what has to be said beside it. The file has the columns "
            "id,before,after; a blank is a wave that was not answered. It may be gzipped; - reads "
            "standard input."
        ),
        epilog=(
            "Example: coproduce change pairs.csv --scale 1 5 --json change.json "
            "warns where people stood at an end of the scale, and keeps every number."
        ),
    )
    command.add_argument("pairs", metavar="PAIRS.csv", help="the pairs, or - for standard input")
    command.add_argument(
        "--scale",
        metavar=("LO", "HI"),
        nargs=2,
        type=float,
        help="the lowest and highest score there can be",
    )
    command.add_argument(
        "--lower-is-better", action="store_true", help="a falling score is the good news"
    )
    command.add_argument(
        "--reliability",
        metavar="R",
        type=float,
        help="of the score, 0 to 1: count who moved further than it errs",
    )
    command.add_argument("--json", metavar="OUT", type=Path, help="every number, in full")
    command.set_defaults(run=run_change)


def run_change(chosen: argparse.Namespace) -> int:
    """Read, conclude, write, tell."""
    scale = scale_of(chosen)
    if chosen.reliability is not None and not 0 < chosen.reliability < 1:
        raise Refused(f"--reliability is {chosen.reliability}; give a number between 0 and 1")
    pairs = read_pairs(chosen.pairs, scale=scale)
    found = paired_change(
        pairs.before,
        pairs.after,
        scale=scale,
        higher_is_better=not chosen.lower_is_better,
        reliability=chosen.reliability,
    )
    write_whole({chosen.json: result_json(found)} if chosen.json else {})
    print("\n".join(change_in_words(found)))
    return 0


def scale_of(chosen: argparse.Namespace) -> tuple[float, float] | None:
    """The two ends that `--scale` gives, if it gives any."""
    if chosen.scale is None:
        return None
    low, high = chosen.scale
    if not -math.inf < low < high < math.inf:
        raise Refused(f"--scale is {low:g} {high:g}; give the lowest number, then the highest")
    return low, high


def change_in_words(found: Change) -> Iterator[str]:
    """The change for a terminal: who answered, how far they moved, what to say beside it."""
    yield (
        f"{found.n_before} answered before, {found.n_after} after; {found.n_linked} answered both"
    )
    if found.not_enough is not None:
        yield (
            f"{_people(found.not_enough.people)} linked; "
            f"change is shown from {found.not_enough.needed}."
        )
    else:
        yield f"{found.headline}."
        yield ""
        yield from (f"  {line}" for line in _numbers(found))
    yield from _listed("What has to be said beside it", found.warnings)
    yield ""
    yield (
        "This compares before with after. It does not tell what made people move: "
        "nobody was compared with."
    )


def _people(count: int) -> str:
    return "1 person is" if count == 1 else f"{count} people are"


def _numbers(found: Change) -> Iterator[str]:
    yield f"Up {found.up}, the same {found.same}, down {found.down}"
    if found.mean_change is not None and found.ci95 is not None:
        yield f"Mean change {_with_interval(found.mean_change, found.ci95)} (95 % t interval)"
    if found.hodges_lehmann is not None and found.hodges_lehmann_ci95 is not None:
        middle = _with_interval(found.hodges_lehmann, found.hodges_lehmann_ci95)
        yield f"Middle of the changes {middle} (Hodges-Lehmann)"
    if found.signed_rank_p_exact is not None:
        yield f"Signed-rank p {_p(found.signed_rank_p_exact)} (exact, two-sided)"
    if found.g_av is not None and found.var_g_av is not None:
        yield f"Effect g_av {found.g_av:.2f}, variance {found.var_g_av:.3g}"
    if found.prob_superiority is not None:
        yield f"Share who moved up, half of the unmoved with them: {found.prob_superiority:.2f}"
    if found.reliable is not None:
        yield (
            f"Further than the score errs ({found.reliable.threshold:.2g} points): "
            f"{found.reliable.improved} better, {found.reliable.worse} worse, "
            f"{found.reliable.no_reliable_change} neither"
        )
    if found.everybody is not None:
        yield (
            f"With all {found.everybody.people} who answered: "
            f"{points(found.everybody.mean_change, 2)} points"
        )


def _with_interval(value: float, interval: tuple[float, float]) -> str:
    low, high = interval
    digits = decimals(high - low) + 1 if high > low else 2
    return f"{points(value, digits)}, between {points(low, digits)} and {points(high, digits)}"


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def _listed(heading: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)
