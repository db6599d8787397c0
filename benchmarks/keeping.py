"""How long does a backup of a million votes take while a hall goes on voting?

    python -m benchmarks.keeping [--votes 1000000] [--database sqlite postgresql] [--keep]

A real server, 200 answers a second coming in, backups beside it. The time is that of the backup
itself, without starting Python. That it comes back whole is shown in the tests.
"""

import argparse
import asyncio
import datetime
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.hall import STATEMENTS, Hall, csrf_token, hall
from benchmarks.offered import Offer, Seen, offer
from benchmarks.voting import RESULTS, database, durability, machine, stored

OFFERED, LINES = 200, 200
SECONDS = 30.0
RUNS = 5
TARGET_SECONDS = 2.0

FILL = """
import random, sys, django; django.setup()
from coproduce.conversations.models import Conversation, Vote
talk = Conversation.objects.get(slug="hall")
statements = list(talk.statements.values_list("id", flat=True))
people, draw = int(sys.argv[1]) // len(statements), random.Random(1)
for first in range(0, people, 2000):
    Vote.objects.bulk_create(
        [Vote(pseudonym=draw.getrandbits(63), statement_id=s, choice=draw.choice((-1, 0, 1)))
         for _ in range(min(2000, people - first)) for s in statements], batch_size=5000)
"""
BACK_UP = """
import sys, time, django; django.setup()
from pathlib import Path
from django.db import connection
from coproduce.web.keeping.backup import back_up
connection.ensure_connection()
begun = time.perf_counter()
kept = back_up(Path(sys.argv[1]))
print(time.perf_counter() - begun, kept.bytes)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--votes", type=int, default=1_000_000)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/keeping.*")
    wanted = parser.parse_args()
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "target_seconds": TARGET_SECONDS,
        "databases": {name: measure(name, wanted.votes) for name in wanted.database},
    }
    print(json.dumps(report, indent=1))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "keeping.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "keeping.md").write_text(words(report))


def measure(name: str, votes: int) -> dict[str, Any]:
    with database(name) as url, hall(url) as place, tempfile.TemporaryDirectory() as folder:
        run(place, FILL, str(votes))
        before = stored(place)
        load = Load(place)
        load.start()
        time.sleep(2)
        path = Path(folder) / "bench.backup"
        times = [back_up(place, path) for _ in range(RUNS)]
        load.join()
        return {
            "votes_before": before,
            "durability": durability(name, url),
            "seconds": [round(seconds, 2) for seconds, _ in times],
            "megabytes": round(times[-1][1] / 1e6, 1),
            "answers_meanwhile": len(load.seen.waits),
            "errors_meanwhile": len(load.seen.errors),
            "slowest_answer_ms": round(max(load.seen.waits) * 1e3, 1),
        }


class Load(threading.Thread):
    """A hall that goes on voting."""

    seen: Seen

    def __init__(self, place: Hall) -> None:
        super().__init__()
        self.place = place

    def run(self) -> None:
        plan = Offer(OFFERED, LINES, SECONDS)
        self.seen = asyncio.run(offer(self.place, plan, csrf_token()))


def back_up(place: Hall, path: Path) -> tuple[float, int]:
    seconds, size = run(place, BACK_UP, str(path)).split()
    return float(seconds), int(size)


def run(place: Hall, code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=place.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    host = report["machine"]
    rows = [
        f"| {found['durability']} | {found['votes_before']:,} | {found['megabytes']:,.0f} MB "
        f"| {min(found['seconds'])} to {max(found['seconds'])} s "
        f"| {found['errors_meanwhile']} of {found['answers_meanwhile']:,} "
        f"| {found['slowest_answer_ms']:,.0f} ms |"
        for found in report["databases"].values()
    ]
    return f"""\
Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]}, with
{OFFERED} answers a second coming in and their generator on the same machine (its load just before:
{host["load_before"]}). {RUNS} backups each, {STATEMENTS} statements.

| | votes | backup | taken in | answers refused meanwhile | slowest answer |
|---|---|---|---|---|---|
{chr(10).join(rows)}

Wanted: under {report["target_seconds"]:.0f} seconds on SQLite.
"""


if __name__ == "__main__":
    main()
