"""One map by one library, in a process of its own: how long, how much memory, which groups?

    python one_map.py WAY VOTES.npz RUNS GROUPS.npy [FOLDER]

Stands alone, so that the environment of a peer can run it: it needs numpy and that peer. What
counts is the time from votes in the form that the library takes to its answer; loading libraries
and votes, and compiling, come before. Prints one line of JSON.
"""

import importlib
import json
import logging
import resource
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

MOST_MEMORY = 14 * 2**30  # for a peer: other work on the machine must not suffer
Groups = dict[Any, int]
Way = Callable[[Any, Any, Any], tuple[Callable[[], Any], Callable[[Any], Groups]]]


def coproduce(person: Any, statement: Any, vote: Any, **choices: Any) -> Any:
    from coproduce.analysis import map_opinions

    def groups(found: Any) -> Groups:
        return {who: "ABCDE".index(label) for who, label in found.groups.items() if label}

    return lambda: map_opinions(person, statement, vote, **choices), groups


def compiled(person: Any, statement: Any, vote: Any) -> Any:
    from coproduce.analysis import kernels

    if not kernels.warm_up():
        sys.exit("This needs numba: pip install coproduce[fast].")
    return coproduce(person, statement, vote, polis=True)


def numpy_alone(person: Any, statement: Any, vote: Any) -> Any:
    from coproduce.analysis import kernels
    from coproduce.analysis.kernels import plain

    kernels.for_votes = lambda votes: plain
    return coproduce(person, statement, vote, polis=True)


def published(person: Any, statement: Any, vote: Any) -> Any:
    """With the null, the resamples and the rings, which no peer has."""
    compiled(person, statement, vote)
    return coproduce(person, statement, vote)


def red_dwarf_democracy(person: Any, statement: Any, vote: Any) -> Any:
    agora = importlib.import_module("reddwarf.agora")
    votes = rows(person, statement, vote, "participant_id", "statement_id")

    def groups(found: Any) -> Groups:
        return {
            each["id"]: number
            for number, cluster in enumerate(found["clusters"])
            for each in cluster["participants"]
        }

    return lambda: agora.run_clustering_v1({"votes": votes}), groups


def red_dwarf(person: Any, statement: Any, vote: Any) -> Any:
    base = importlib.import_module("reddwarf.implementations.base")
    votes = rows(person, statement, vote, "participant_id", "statement_id")

    def groups(found: Any) -> Groups:
        told = found.participants_df["cluster_id"].dropna()
        return {who: int(number) for who, number in told.items()}

    return lambda: base.run_pipeline(votes=votes, random_state=1), groups


def polis(person: Any, statement: Any, vote: Any) -> Any:
    """The mathematics of Polis in Python, from a folder that the caller has."""
    folder = Path(sys.argv[5])
    sys.path.insert(0, str(folder))
    for package in ("polismath", "polismath.conversation"):  # without their servers and databases
        module = types.ModuleType(package)
        module.__path__ = [str(folder.joinpath(*package.split(".")))]
        sys.modules[package] = module
    conversation = importlib.import_module("polismath.conversation.conversation").Conversation
    votes = rows(person, statement, vote, "pid", "tid")

    def groups(found: Any) -> Groups:
        return {
            who: number
            for number, group in enumerate(found.group_clusters)
            for who in group["members"]
        }

    return (
        lambda: conversation("hall").update_votes({"votes": votes, "lastVoteTimestamp": 1}),
        groups,
    )


WAYS: dict[str, Way] = {
    "coproduce": compiled,
    "coproduce, numpy alone": numpy_alone,
    "coproduce, published map": published,
    "red-dwarf-democracy": red_dwarf_democracy,
    "red-dwarf": red_dwarf,
    "polis": polis,
}


def rows(person: Any, statement: Any, vote: Any, who: str, what: str) -> list[dict[str, int]]:
    """A dictionary for each vote, as these libraries take them."""
    columns = person.tolist(), statement.tolist(), vote.tolist()
    return [
        {who: a, what: b, "vote": c, "modified": at}
        for at, (a, b, c) in enumerate(zip(*columns, strict=True))
    ]


def main() -> None:
    way, file, runs, kept = sys.argv[1:5]
    logging.disable(logging.CRITICAL)
    if not way.startswith("coproduce"):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with np.load(file) as votes:
        columns = votes["person"], votes["statement"], votes["vote"]
    people = int(columns[0].max()) + 1
    draw, groups = WAYS[way](*columns)
    if not way.startswith("coproduce"):
        for library in ("pandas", "sklearn.cluster", "sklearn.decomposition"):
            importlib.import_module(library)
        del columns
    found: Any = None
    seconds, processor, extra = [], [], []
    for _ in range(int(runs)):
        del found
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        begun, worked = time.perf_counter(), time.process_time()
        found = draw()
        processor.append(time.process_time() - worked)
        seconds.append(time.perf_counter() - begun)
        extra.append(memory("VmHWM") - before)
    told = np.full(people, -1)
    for who, number in groups(found).items():
        told[who] = number
    np.save(kept, told)
    said = {"seconds": seconds, "processor_seconds": processor}
    print(json.dumps(said | {"extra_mb": max(extra), "loaded_mb": before}))


def memory(line: str) -> float:
    """In MB, as the kernel counts it."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(each.split()[1]) for each in status if each.startswith(line)) / 1024


if __name__ == "__main__":
    main()
