"""How long does a live refresh take, whatever went before, and where does the time go?

    python -m benchmarks.live [--votes 100000 1000000] [--database sqlite postgresql] [--keep]

People of a hall answer again; then the count follows them, as in the worker: marks, their answers,
moments, commit. Fifty answers each, 500 statements. Reading the answers of those people is given
apart: it is the only part that grows with anything but the people touched and the statements, since
a larger table is read more slowly. Below it the picture itself, from kept moments and from votes.
"""

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.voting import RESULTS, database, durability, machine

STATEMENTS, ANSWERS = 500, 50
TOUCHED = (10, 100, 300, 1000)
TARGET_MS = 50

MEASURE = f"""
import json, statistics, sys, time, django; django.setup()
import numpy as np
from django.core.management import call_command
from django.db import connection, transaction
call_command("migrate", verbosity=0)
from coproduce.analysis import conclude
from coproduce.conversations import ballot_rows, evidence
from coproduce.conversations.actions import facilitating
from coproduce.conversations.ballot_rows import Ballot, Envelope
from coproduce.conversations.evidence import counting, inside, kept, live
from coproduce.conversations.models import Conversation, random_keys
from coproduce.people.models import Place
people = int(sys.argv[1]) // {ANSWERS}
chance = np.random.default_rng(1)
place = Place.objects.create(name="Manchester", slug="manchester")
words = [f"Statement {{n}}" for n in range({STATEMENTS})]
talk = facilitating.make("Hall", words, place, None)
facilitating.open_(talk, None)
ids = np.array(list(talk.statements.values_list("id", flat=True)))
who = chance.integers(-2**63, 2**63 - 1, people)

def fill(some):
    which = np.argsort(chance.random((some.size, {STATEMENTS})), axis=1)[:, :{ANSWERS}]
    side = chance.integers(0, 2, (some.size, 1)) * 2 - 1
    lean = np.where(np.arange({STATEMENTS}) % 3, side, 1)
    said = np.take_along_axis(lean, which, 1) + chance.normal(0, 0.7, which.shape)
    choice = np.clip(np.round(said), -1, 1).astype(int)
    columns = (random_keys(which.size), np.repeat(some, {ANSWERS}).tolist(),
               ids[which].ravel().tolist(), choice.ravel().tolist())
    rows = [(key, p, s, c, 0, False) for key, p, s, c in zip(*columns)]
    with transaction.atomic(), connection.cursor() as cursor:
        ballot_rows._insert(cursor, ballot_rows.VOTE, rows)

for first in range(0, people, 1000):
    fill(who[first:first + 1000])
spent = {{}}

def watched(module, name):
    deed = getattr(module, name)
    def timed(*args, **named):
        began = time.perf_counter()
        try:
            return deed(*args, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
    setattr(module, name, timed)

for module, name in ((kept, "stored"), (kept, "counted"), (kept, "kept_of"), (kept, "follow"),
                     (kept, "write")):
    watched(module, name)

def clocked(deed, *args):
    began = time.perf_counter()
    found = deed(*args)
    return time.perf_counter() - began, found

def a_refresh(touched):
    ballots = [Ballot(int(p), int(chance.choice(ids)), int(chance.integers(-1, 2)))
               for p in chance.choice(who, touched, replace=False)]
    for first in range(0, touched, 20):
        ballot_rows.write([Envelope(ballots[first:first + 20], ())])
    spent.clear()
    seconds, _ = clocked(evidence.keep_up, talk)
    return {{"whole": seconds, **spent}}

def in_ms(runs):
    found = {{name: 1e3 * statistics.median(run[name] for run in runs) for name in runs[0]}}
    rest = [run["whole"] - run["stored"] for run in runs]
    return {{**{{name: round(value, 1) for name, value in found.items()}},
            "without_reading": round(1e3 * statistics.median(rest), 1),
            "without_reading_best": round(1e3 * min(rest), 1)}}

first_count, _ = clocked(evidence.keep_up, talk)
runs = {{touched: [a_refresh(touched) for _ in range(15)] for touched in {TOUCHED}}}
axes = [clocked(conclude, kept.kept_of(talk).moments)[0] for _ in range(7)]
reading, now = clocked(inside.interim, talk)
narrowing, within = clocked(now.only, now.admitted.people[:-10])
kept_moments, one = clocked(counting.count, within.admitted, within.moments)
anew, other = clocked(counting.count, within.admitted)
assert one == other
print(json.dumps({{
    "people": people, "first_count_seconds": round(first_count, 1),
    "refresh_ms": {{touched: in_ms(each) for touched, each in runs.items()}},
    "axes_ms": round(1e3 * statistics.median(axes), 1),
    "picture_seconds": {{"read what is kept": round(reading, 2),
        "leave out those held back": round(narrowing, 2),
        "the whole map, moments kept": round(kept_moments, 2),
        "the whole map, moments counted": round(anew, 2)}},
    "as_all_votes": evidence.recount(talk).is_fine,
}}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--votes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/live.*")
    wanted = parser.parse_args()
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "target_ms": TARGET_MS,
        "databases": {name: measure(name, wanted.votes) for name in wanted.database},
    }
    print(json.dumps(report, indent=1))
    print(words(report))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "live.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "live.md").write_text(words(report))


def measure(name: str, sizes: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {"votes": {}}
    for votes in sizes:
        with database(name) as url:
            found["durability"] = durability(name, url)
            found["votes"][votes] = run(url, votes)
    return found


def run(url: str | None, votes: int) -> dict[str, Any]:
    """One conversation of so many votes, in a home and a process of its own."""
    home = Path(tempfile.mkdtemp(prefix="coproduce-live-"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COPRODUCE_")},
        "COPRODUCE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
        "DATABASE_URL": url or f"sqlite:///{home / 'coproduce.sqlite3'}",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(votes)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    host = report["machine"]
    rows = [
        f"| {found['durability'].partition(':')[0]} | {int(votes):,} | {touched} "
        f"| {ms['without_reading']} ({ms['without_reading_best']}) | {ms['stored']} "
        f"| {ms['kept_of'] + ms['counted']:.1f} | {ms['follow']} | {ms['write']} |"
        for found in report["databases"].values()
        for votes, one in found["votes"].items()
        for touched, ms in one["refresh_ms"].items()
    ]
    pictures = [
        f"- {found['durability'].partition(':')[0]}, {int(votes):,} votes: axes from the moments "
        f"{one['axes_ms']} ms; "
        + "; ".join(f"{what} {seconds} s" for what, seconds in one["picture_seconds"].items())
        + f". Counting everybody for the first time: {one['first_count_seconds']} s."
        for found in report["databases"].values()
        for votes, one in found["votes"].items()
    ]
    return f"""\
Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]} (load
just before: {host["load_before"]}). {STATEMENTS} statements, {ANSWERS} answers each. Milliseconds,
the median of 15 refreshes (and the best).

| | votes before | touched | all but reading votes | reading them | kept | moments | writing |
|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

Wanted: at most {report["target_ms"]} ms beside reading the votes of those touched.

{chr(10).join(pictures)}
"""


if __name__ == "__main__":
    main()
