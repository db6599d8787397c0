"""How long does the change of a thousand projects take, and what do exact ranks cost beside it?

    python -m benchmarks.change [--projects 1000] [--people 50] [--outcomes 10] [--runs 7] [--keep]

A million answers: so many people of so many projects answer so many outcomes twice, on a scale of
five points. Change, interval and effect of each project and outcome come from warm arrays; exact
signed ranks and the middle of the changes are timed apart, because no summary gives them. The
answers are drawn from a stated model with a known change, and what comes out is held against it.
pandas, pingouin and statsmodels stand beside it where they can be imported; they are no
dependencies of ours.
"""

import argparse
import datetime
import importlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from benchmarks.voting import RESULTS, machine
from coproduce.analysis import ChangeOfMany, change_of_many, paired_change
from coproduce.analysis.signed_rank import hodges_lehmann, rounded, signed_rank_p

TARGET_SECONDS = 0.10
TARGET_PAGE_MS = 5
PEERS = ("pandas", "pingouin", "statsmodels")
ALONE = 200  # projects and outcomes that the slower ways are timed on
CUTS = (-1.6, -0.8, 0.1, 1.0)  # where a leaning becomes the next point of the scale
MOVED, TOGETHER = 0.3, 0.6  # how far the leaning moves, and how it goes with itself
COVERED = (0.93, 0.97)  # intervals that hold the truth: else time is worth nothing


@dataclass(frozen=True)
class Answers:
    """A million answers, ready to be counted: which project and outcome, before, after."""

    group: NDArray[np.int64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    groups: int
    truth: float  # the change in points that the model makes

    @property
    def count(self) -> int:
        return 2 * self.group.size


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=50, help="in each project")
    parser.add_argument("--outcomes", type=int, default=10)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/change.*")
    wanted = parser.parse_args()
    answers = drawn(wanted.projects, wanted.people, wanted.outcomes)
    report = measured(answers, wanted)
    print(words(report))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "change.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "change.md").write_text(words(report))
    low, high = COVERED
    sys.exit(None if low <= report["covered"] <= high else "The intervals miss the truth.")


def drawn(projects: int, people: int, outcomes: int, seed: int = 1) -> Answers:
    """Answers of a bivariate normal leaning, cut into five points, in no particular order."""
    chance = np.random.default_rng(seed)
    group = np.repeat(np.arange(projects * outcomes), people)
    leaning = chance.normal(size=(2, group.size))
    leaning[1] = MOVED + TOGETHER * leaning[0] + np.sqrt(1 - TOGETHER**2) * leaning[1]
    before, after = np.searchsorted(CUTS, leaning) + 1.0
    order = chance.permutation(group.size)
    return Answers(group[order], before[order], after[order], projects * outcomes, expected())


def expected() -> float:
    """Both waves' means under the model: each cut is passed with probability Φ(shift - cut)."""
    cuts = np.array(CUTS)
    return float(np.sum(ndtr(MOVED - cuts) - ndtr(-cuts)))


def measured(answers: Answers, wanted: argparse.Namespace) -> dict[str, Any]:
    many = change_of_many(answers.group, answers.before, answers.after, groups=answers.groups)
    resident = memory()
    whole = timed(
        lambda: change_of_many(answers.group, answers.before, answers.after, groups=answers.groups),
        wanted.runs,
    )
    ordered = np.argsort(answers.group, kind="stable")
    parts = np.split(ordered, np.cumsum(many.n)[:-1])[:ALONE]
    pairs = [(answers.before[part], answers.after[part]) for part in parts]
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": host(),
        "targets": {"seconds": TARGET_SECONDS, "page_ms": TARGET_PAGE_MS},
        "answers": answers.count,
        "projects": wanted.projects,
        "outcomes": wanted.outcomes,
        "people": wanted.people,
        "covered": covered(many, answers.truth),
        "seconds": whole,
        "megabytes": round(resident),
        "ranks_ms_each": each(pairs, ranks, wanted.runs),
        "page_ms_each": each(pairs, paired_change, wanted.runs),
        "peers": {name: peer(name, pairs, many, answers) for name in PEERS},
    }


def host() -> dict[str, Any]:
    seen = machine()
    return {name: seen[name] for name in ("cores", "cpu", "load_before", "python")} | {
        library: version(library) for library in ("numpy", "scipy")
    }


def covered(many: ChangeOfMany, truth: float) -> float:
    """The share of intervals that hold the change that was planted."""
    low, high = many.ci95.T
    return round(float(np.mean((low <= truth) & (truth <= high))), 4)


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Processor seconds of each run: other work on the machine does not count."""
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return [round(one, 4) for one in seconds]


Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


def each(pairs: list[Pair], work: Callable[[Any, Any], object], runs: int) -> float:
    """Milliseconds for one project and outcome, in the quickest of the runs over all of them."""
    best = min(timed(lambda: [work(before, after) for before, after in pairs], runs))
    return round(1e3 * best / len(pairs), 3)


def ranks(before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    away = rounded(after - before)
    signed_rank_p(away)
    hodges_lehmann(away, np.ones(away.size))


def memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# Beside others, where somebody has installed them


def peer(
    name: str, pairs: list[Pair], many: ChangeOfMany, answers: Answers
) -> dict[str, Any] | None:
    """What it takes for the mean and its interval; None where it is not installed."""
    if importlib.util.find_spec(name) is None:
        return None
    library: Any = importlib.import_module(name)
    if name == "pandas":
        return {"version": version(name), "seconds_in_all": min(timed(_frame(library, answers), 3))}
    if name == "pingouin":
        one = each(pairs, lambda before, after: library.ttest(after, before, paired=True), 1)
    else:
        weights: Any = importlib.import_module("statsmodels.stats.weightstats")
        one = each(
            pairs, lambda before, after: weights.DescrStatsW(after - before).tconfint_mean(), 1
        )
    return {"version": version(name), "seconds_in_all": round(one * answers.groups / 1e3, 2)}


def _frame(library: Any, answers: Answers) -> Callable[[], object]:
    frame = library.DataFrame({"group": answers.group, "change": answers.after - answers.before})
    return lambda: frame.groupby("group")["change"].agg(["mean", "std", "count"])


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    seen = report["machine"]
    peers = "\n".join(_peer_row(name, found) for name, found in report["peers"].items())
    return f"""\
Measured on {report["date"]}: {seen["cores"]} cores of {seen["cpu"]}, Python {seen["python"]}, numpy
{seen["numpy"]}, scipy {seen["scipy"]}, load just before {seen["load_before"]}.
{report["answers"]:,} answers: {report["people"]} people in each of {report["projects"]:,} projects,
{report["outcomes"]} outcomes, before and after. Processor time; {100 * report["covered"]:.1f} % of
the intervals hold the change that was planted.

| | time |
|---|---|
| change, interval and effect of every project and outcome, warm arrays | \
{1e3 * min(report["seconds"]):.0f} to {1e3 * max(report["seconds"]):.0f} ms |
| exact signed ranks and the middle of the changes, one project and outcome | \
{report["ranks_ms_each"]:.2f} ms |
| the same for all of them, one after the other | \
{report["ranks_ms_each"] * report["projects"] * report["outcomes"] / 1e3:.1f} s |
| everything on a project's page, one outcome | {report["page_ms_each"]:.2f} ms |
{peers}

The process held {report["megabytes"]} MB at most, answers and libraries included. Wanted: at most
{1e3 * report["targets"]["seconds"]:.0f} ms for all changes, under {report["targets"]["page_ms"]} ms
for a page. The others give the mean and its interval (pandas the mean and deviation), no effect.
"""


def _peer_row(name: str, found: dict[str, Any] | None) -> str:
    if found is None:
        return f"| {name} | not installed here |"
    return f"| {name} {found['version']}, every project and outcome | {found['seconds_in_all']} s |"


if __name__ == "__main__":
    main()
