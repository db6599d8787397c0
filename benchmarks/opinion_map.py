"""How quick, how small and how good is the map beside its peers?

    python -m benchmarks.opinion_map [--votes 100000 1000000] [--polis FOLDER] [--big] [--keep]

Every library draws the map of the same votes, each in a process of its own: axes, positions, groups
and counts by group. Peers come from PyPI into environments of their own; Polis' mathematics in
Python is run from a folder that holds its package `polismath`, if one is given. A peer that takes
longer than --patience is stopped, and shown as such. The first call, a live refresh, and what only
we have (the published map with its null, resamples and rings) are timed apart.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from benchmarks import race
from benchmarks.planted import STATEMENTS, Planted, plant
from benchmarks.voting import RESULTS, machine
from coproduce.analysis import conclude, kernels, summarise
from coproduce.analysis.distinct import adjusted_rand
from coproduce.analysis.factors import Factors, fit_factors, place
from coproduce.analysis.kernels import Kernels, plain
from coproduce.analysis.votes import VoteTable, vote_table
from workshop.places import BIN, BUILD, ROOT

OURS, PUBLISHED = "coproduce", "coproduce, published map"
PEERS = {
    "red-dwarf-democracy": ["red-dwarf-democracy==0.1.1"],
    "red-dwarf": ["red-dwarf==0.4.0"],
    "polis": ["numpy", "pandas", "scipy", "scikit-learn", "natsort"],
}
BIG = 100_000_000
PEERS_TWICE_UP_TO = PUBLISHED_UP_TO = 2_000_000
BATCH = 300  # people who vote between two refreshes of a busy hall
RING_OF_90 = 4.605  # squared distance within which 9 of 10 points of a normal in two ways lie
FOUND = 0.9  # adjusted Rand index: a map that misses planted groups makes its time worthless
TARGETS = {
    "times_faster_at_1e6": 50,
    "part_of_memory_at_1e6": 1 / 15,
    "seconds_at_1e7": 1.5,
    "seconds_at_1e8": 10,
    "gigabytes_at_1e8": 3.5,
    "refresh_ms": {"500": 10, "1000": 40},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--votes", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--big", action="store_true", help="a hundred million votes as well")
    parser.add_argument("--runs", type=int, default=5, help="of ours; peers run twice at most")
    parser.add_argument(
        "--patience", type=float, default=120, help="seconds for each run of a peer"
    )
    parser.add_argument("--polis", type=Path, help="a folder that holds the package polismath")
    parser.add_argument("--alone", action="store_true", help="only our quick map, to see it run")
    parser.add_argument(
        "--keep", action="store_true", help="write benchmarks/results/opinion_map.*"
    )
    wanted = parser.parse_args()
    peers = [] if wanted.alone else [name for name in PEERS if name != "polis" or wanted.polis]
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": host(),
        "targets": TARGETS,
        "limits": limits(),
        "first_call": None if wanted.alone else first_call(),
        "refresh": [refresh(statements) for statements in (500, 1000)],
        "maps": [],
    }
    with tempfile.TemporaryDirectory(prefix="coproduce-maps-") as folder:
        for votes in [*wanted.votes, *([BIG] if wanted.big else [])]:
            planted = plant(votes, Path(folder), narrow=votes >= BIG)
            report["maps"].append(compare(planted, peers, wanted))
            planted.file.unlink()
    print(words(report))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "opinion_map.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "opinion_map.md").write_text(words(report))
        (RESULTS / "opinion_map.svg").write_text(race.drawn(report) + "\n")
    missed = [one for one in report["maps"] if one["ways"][OURS]["adjusted_rand"] < FOUND]
    sys.exit("The planted groups were not found." if missed else None)


def host() -> dict[str, Any]:
    seen = machine()
    return {name: seen[name] for name in ("cores", "cpu", "load_before", "python")} | {
        library: version(library) for library in ("numpy", "scipy", "numba")
    }


# Each library, in its own process


def compare(planted: Planted, peers: list[str], wanted: argparse.Namespace) -> dict[str, Any]:
    few = min(wanted.runs, 2)
    many = wanted.runs if planted.votes < BIG // 2 else min(wanted.runs, 3)
    ways = {OURS: drawn(OURS, planted, many)}
    if planted.votes < BIG // 2:
        ways["coproduce, numpy alone"] = drawn("coproduce, numpy alone", planted, few)
        for name in peers:
            runs = few if planted.votes < PEERS_TWICE_UP_TO else 1
            patience = runs * wanted.patience
            ways[name] = drawn(name, planted, runs, folder=wanted.polis, patience=patience)
    rings = None
    if planted.votes < PUBLISHED_UP_TO and not wanted.alone:
        ways[PUBLISHED] = drawn(PUBLISHED, planted, 1)
        rings = round(within_rings(planted), 4)
    return {
        "votes": planted.votes,
        "people": planted.people,
        "statements": STATEMENTS,
        "ways": ways,
        "within_rings": rings,
    }


def drawn(
    way: str,
    planted: Planted,
    runs: int,
    *,
    folder: Path | None = None,
    patience: float | None = None,
) -> dict[str, Any]:
    kept = planted.file.with_suffix(".npy")
    command = [python_of(way), ROOT / "benchmarks" / "one_map.py", way, planted.file, runs, kept]
    try:
        done = subprocess.run(
            [str(part) for part in (*command, folder or "")],
            capture_output=True,
            text=True,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        return {"gave_up_after_seconds": patience}
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{planted.votes:,} votes, {way}: {min(said['seconds']):.2f} s", file=sys.stderr)
    return said | quality(planted, np.load(kept))


def python_of(way: str) -> Path:
    """The Python that has this library, in an environment made once."""
    if way not in PEERS:
        return Path(sys.executable)
    place = BUILD / "peers" / way
    python = place / "bin" / "python"
    if not python.exists():
        quietly(BIN / "uv", "venv", "--quiet", "--python", sys.executable, place)
        quietly(BIN / "uv", "pip", "install", "--quiet", "--python", python, *PEERS[way])
    return python


def quietly(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True)


# How good


def quality(planted: Planted, group: NDArray[Any]) -> dict[str, float]:
    """Whether the planted groups were found, and whether groups foretell the hidden votes."""
    told = group >= 0
    return {
        "groups": int(group.max()) + 1,
        "adjusted_rand": round(adjusted_rand(planted.group[told].astype(int), group[told]), 4),
        "auc": round(foretold(planted, group), 4),
    }


def foretold(planted: Planted, group: NDArray[Any]) -> float:
    """How often a hidden agreement ranks above a hidden disagreement: area under the curve.

    What ranks them is how often the person's group agrees with the statement in the votes that
    were seen; nobody's own positions or axes are asked, so that all maps are judged alike.
    """
    k = int(group.max()) + 1
    agrees, firm = np.zeros((2, STATEMENTS * max(k, 1)))
    with np.load(planted.file) as votes:
        person, statement, vote = votes["person"], votes["statement"], votes["vote"]
    for first in range(0, person.size, 5_000_000):
        some = slice(first, first + 5_000_000)
        of_row = group[person[some]]
        kept = of_row >= 0
        cell = statement[some][kept].astype(np.int64) * k + of_row[kept]
        said = vote[some][kept]
        agrees += np.bincount(cell, said > 0, agrees.size)
        firm += np.bincount(cell, said != 0, firm.size)
    person, statement, agreed = (column[:200_000] for column in planted.hidden)
    kept = group[person] >= 0
    cell = statement[kept].astype(np.int64) * k + group[person[kept]]
    return area(((agrees + 1) / (firm + 2))[cell], agreed[kept])


def within_rings(planted: Planted) -> float:
    """How often two halves of one person's answers agree within their combined ring of 90 %.

    On axes fitted without these people: every fifth of them, of whom 20,000 at most are asked.
    """
    with np.load(planted.file) as votes:
        person, statement, vote = votes["person"], votes["statement"], votes["vote"]
    out = person % 5 == 0
    factors = fit_factors(summarise(person[~out], statement[~out], vote[~out]))
    asked, half = out & (person < 100_000), np.random.default_rng(2).random(person.size) < 0.5
    tables = [
        vote_table(person[asked & side], statement[asked & side], vote[asked & side])
        for side in (half, ~half)
    ]
    both = np.intersect1d(tables[0].people, tables[1].people)
    (one, ring), (other, its_ring) = (_places(table, factors, both) for table in tables)
    combined = ring + its_ring - ring @ its_ring - its_ring @ ring
    apart = one - other
    squared = np.einsum("ni,ni->n", apart, np.linalg.solve(combined, apart[..., None])[..., 0])
    return float(np.mean(squared <= RING_OF_90))


def _places(
    table: VoteTable, factors: Factors, people: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where these people stand (n, 2), and the covariances around it (n, 2, 2)."""
    found = place(table, factors)
    row = table.pattern_of[np.searchsorted(table.people, people)]
    return found.at[row], found.covariance[row]


def area(score: NDArray[Any], agreed: NDArray[Any]) -> float:
    """Source: Hanley & McNeil (1982), Radiology 143, 29-36."""
    yes = int(agreed.sum())
    no = agreed.size - yes
    return float((rankdata(score)[agreed].sum() - yes * (yes + 1) / 2) / (yes * no))


# What only we have, and what the machine allows


def first_call() -> dict[str, float]:
    """Seconds until compiled loops stand ready: the very first time on a machine, and later."""
    code = "from coproduce.analysis import kernels; kernels.warm_up()"
    nothing = [sys.executable, "-c", "import coproduce.analysis.kernels"]
    with tempfile.TemporaryDirectory(prefix="coproduce-numba-") as cache:
        environment = os.environ | {"NUMBA_CACHE_DIR": cache}
        bare = least(lambda: subprocess.run(nothing, check=True), 2)
        took = [
            least(
                lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True), 1
            )
            for _ in range(3)
        ]
    return {
        "compiling_seconds": round(took[0] - bare, 2),
        "loading_seconds": round(min(took[1:]) - bare, 2),
    }


def refresh(statements: int) -> dict[str, Any]:
    """A batch of people joins what is known of all others: what then happens on every refresh."""
    kernels.warm_up()
    random = np.random.default_rng(statements)
    took = {}
    for people in (1_000, 20_000):
        crowd = lively(people, statements, random)
        batch = lively(BATCH, statements, random)
        known = summarise(*crowd)
        took[people] = {
            "batch_ms": round(1e3 * least(lambda: summarise(*batch), 20), 2),  # noqa: B023
            "adding_ms": round(1e3 * least(lambda: known + summarise(*batch), 20), 2),  # noqa: B023
            "axes_ms": round(1e3 * least(lambda: conclude(known), 20), 2),  # noqa: B023
            "all_ms": round(
                1e3 * least(lambda: conclude(known + summarise(*batch)), 20),  # noqa: B023
                2,
            ),
        }
    return {"statements": statements, "people_in_batch": BATCH, "after_people": took}


def lively(
    people: int, statements: int, random: np.random.Generator
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    who, what = np.nonzero(random.random((people, statements)) < 50 / statements)
    leaning = np.random.default_rng(0).normal(0, 1, (3, statements))
    says = leaning[who % 3, what] + random.normal(0, 1, who.size)
    return who, what, np.where(np.abs(says) < 0.4, 0, np.sign(says)).astype(np.int64)


def limits() -> dict[str, float]:
    """What the machine allows, and how near to it the counting of pairs comes."""
    block, other = np.ones((2, 2**25))
    copied = least(lambda: np.copyto(other, block), 5)
    random = np.random.default_rng(1)
    kernels.warm_up()
    does = kernels.for_votes(1)
    few, many = (per_pair(does, answers, random) for answers in (0.05, 0.1))
    return {
        "copying_gigabytes_per_second": round(2 * block.nbytes / copied / 1e9, 1),
        "ns_per_pair_one_by_one": round(few, 2),
        "ns_per_pair_in_bits": round(many, 2),
        "ns_per_pair_numpy_alone": round(per_pair(plain, 0.1, random), 2),
    }


def per_pair(does: Kernels, answers: float, random: np.random.Generator) -> float:
    """Nanoseconds for each pair of answers that one person gave, on all cores together."""
    who, what = np.nonzero(random.random((20_000, STATEMENTS)) < answers)
    table = vote_table(who, what, random.integers(-1, 2, who.size))
    sums = np.zeros((3, STATEMENTS, STATEMENTS), dtype=np.int64)
    everybody = np.arange(table.weight.size)
    took = least(
        lambda: does.add_pairs(table.start, table.column, table.vote, everybody, 1, sums), 5
    )
    return 1e9 * took / float((table.answered * (table.answered + 1) / 2).sum())


def least(work: Callable[[], Any], times: int) -> float:
    """Seconds of the quickest of some calls: other work on the machine only ever slows."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


# In words


def words(report: dict[str, Any]) -> str:
    """The short form, for people; ratios first."""
    host, limits = report["machine"], report["limits"]
    lines = "\n".join(line for one in report["maps"] for line in rows(one))
    refreshes = "\n".join(
        f"| {one['statements']} | {people:,} | {took['batch_ms']} ms | {took['axes_ms']} ms "
        f"| {took['all_ms']} ms | {TARGETS['refresh_ms'][str(one['statements'])]} ms |"  # type: ignore[index]
        for one in report["refresh"]
        for people, took in one["after_people"].items()
    )
    return f"""\
Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]}, numpy
{host["numpy"]}, scipy {host["scipy"]}, numba {host["numba"]} (load of the machine just before:
{host["load_before"]}). Quickest of a few runs each; "of all cores" is processor time, which other
work on the machine hardly moves. Memory is what is needed beyond the loaded votes.

{ratios(report)}

| votes | library | seconds | of all cores | extra memory | groups | adjusted Rand | held-out AUC |
|---|---|---|---|---|---|---|---|
{lines}

`red-dwarf-democracy` gives positions and groups alone; the others count votes by group as well.
AUC: how well the votes of a person's group foretell one tenth of the votes, which nobody saw.
{rings(report)}

A batch of {BATCH} people joins, and axes are found anew, however many answered before:

| statements | people before | the batch | axes | all | wanted |
|---|---|---|---|---|---|
{refreshes}

{waiting(report["first_call"])}
The machine copies {limits["copying_gigabytes_per_second"]} GB/s. A pair of answers by one person
takes {limits["ns_per_pair_in_bits"]} ns where people answered a tenth of the statements (in bits),
{limits["ns_per_pair_one_by_one"]} ns at a twentieth (one by one), and
{limits["ns_per_pair_numpy_alone"]} ns with numpy alone.
"""


def rings(report: dict[str, Any]) -> str:
    """What is said of the rings, which no peer draws."""
    held = [
        f"{one['within_rings']:.0%} at {one['votes']:,} votes"
        for one in report["maps"]
        if one["within_rings"] is not None
    ]
    if not held:
        return ""
    return f"""\
The published map adds rings, 99 simulated conversations and 40 resamples, which no peer has. Two
halves of one person's answers agree within their combined 90 % ring in {" and ".join(held)}.
"""


def waiting(first: dict[str, float] | None) -> str:
    if first is None:
        return ""
    return f"""\
The first call: {first["loading_seconds"]} s to load compiled loops, and
{first["compiling_seconds"]} s the very first time on a machine, to compile them.
"""


def ratios(report: dict[str, Any]) -> str:
    return "\n".join(line for one in report["maps"] for line in _ratios(one)) or "No peer was run."


def _ratios(one: dict[str, Any]) -> Iterator[str]:
    ours = one["ways"][OURS]
    measured = [each for name, each in one["ways"].items() if name in PEERS and "seconds" in each]
    if measured:
        quickest = min(min(each["seconds"]) for each in measured)
        smallest = min(each["extra_mb"] for each in measured)
        least_work = min(min(each["processor_seconds"]) for each in measured)
        times, part = quickest / min(ours["seconds"]), smallest / ours["extra_mb"]
        work = least_work / min(ours["processor_seconds"])
        yield (
            f"- {one['votes']:,} votes: **{times:.0f} times** as quick as the quickest peer "
            f"({work:.0f} times by processor time), with **1/{part:.0f}** of the memory of the "
            "smallest."
        )
    elif any(name in PEERS for name in one["ways"]):
        yield f"- {one['votes']:,} votes: no peer came to an end."


def rows(one: dict[str, Any]) -> Iterator[str]:
    for name, each in one["ways"].items():
        cells = [f"{one['votes']:,}", name]
        if "seconds" in each:
            cells += [
                f"{min(each['seconds']):.2f}",
                f"{min(each['processor_seconds']):.2f}",
                f"{each['extra_mb']:,.0f} MB",
                str(each["groups"]),
                f"{each['adjusted_rand']:.3f}",
                f"{each['auc']:.3f}",
            ]
        elif "failed" in each:
            cells += ["", "", f"failed: {' '.join(each['failed'])[:60]}", "", "", ""]
        else:
            cells += [f"stopped after {each['gave_up_after_seconds']:.0f}", "", "", "", "", ""]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
