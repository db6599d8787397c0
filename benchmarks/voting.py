"""How many answers a second reach the disk, and how long does a person wait for the thank-you?

    python -m benchmarks.voting [--seconds 20] [--database sqlite postgresql]

Each database at full durability, each with a real server as `coproduce serve` starts it, the load
on the same machine. Afterwards every acknowledged answer is looked up in the database.
"""

import argparse
import asyncio
import datetime
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.hall import STATEMENTS, Hall, csrf_token, hall
from benchmarks.offered import Offer, Seen, offer

HERE = Path(__file__).parent
RESULTS = HERE / "results"
CONNECTIONS = 32
OFFERED = 500  # answers a second
LINES = 1_000
TARGETS = {"per_second": 1_500, "p95_ms": 100, "p99_ms": 300, "errors": 0}

# Runs inside the home of the server: only there is the key that leads to the rows.
LOOK_UP = """
import json, sys, django; django.setup()
from coproduce.conversations.models import Conversation, Vote
from coproduce.conversations.pseudonyms import by_device, pseudonym_of
asked = json.load(sys.stdin)
talk = Conversation.objects.get(slug="hall")
numbers = dict(talk.statements.values_list("number", "id"))
if asked["count"]:
    print(Vote.objects.count()); sys.exit()
rows = {(v[0], v[1]): v[2] for v in Vote.objects.values_list("pseudonym", "statement_id", "choice")}
names = {device: pseudonym_of(talk, by_device(device)) for device, _, _ in asked["taken"]}
print(sum(rows.get((names[d], numbers[s])) != choice for d, s, choice in asked["taken"]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="length of each run")
    parser.add_argument("--runs", type=int, default=3, help="closed-loop runs; the median counts")
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/voting.*")
    wanted = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk: apt-get install wrk.")
    found = {name: measure(name, wanted.seconds, wanted.runs) for name in wanted.database}
    report = {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "machine": machine(),
        "how": {
            "closed_loop": f"wrk, {CONNECTIONS} connections, each sends the next answer at once",
            "offered": f"{OFFERED} answers a second over {LINES} connections, Poisson, "
            "waits counted from the moment a person meant to answer",
            "server": "1 process, 32 threads, as `coproduce serve` starts it; load generator on "
            "the same cores",
            "seconds": wanted.seconds,
        },
        "targets": TARGETS,
        "databases": found,
    }
    print(words(report))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "voting.json").write_text(json.dumps(report, indent=2) + "\n")
        (RESULTS / "voting.md").write_text(words(report))


def measure(name: str, seconds: float, runs: int) -> dict[str, Any]:
    """Both ways of asking, on one database, with every acknowledged answer looked up."""
    with database(name) as url, hall(url) as place:
        closed_loop(place, 3, "warm")
        closed = [closed_loop(place, seconds, f"run{run}") for run in range(runs)]
        plan = Offer(OFFERED, LINES, seconds)
        seen = asyncio.run(offer(place, plan, csrf_token()))
        return {
            "closed_loop": closed,
            "closed_loop_per_second": statistics.median(run["per_second"] for run in closed),
            "offered": offered_summary(seen, place),
            "durability": durability(name, url),
        }


def closed_loop(place: Hall, seconds: float, prefix: str) -> dict[str, Any]:
    before = stored(place)
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "30s"),
            *("-s", str(HERE / "voting.lua"), place.url, "--"),
            *(place.answer_path, csrf_token(), str(STATEMENTS), prefix),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    acknowledged = said["requests"] - said["not_taken"]
    return {
        "per_second": round(acknowledged / said["microseconds"] * 1e6),
        "p50_ms": said["p50_us"] / 1e3,
        "p95_ms": said["p95_us"] / 1e3,
        "p99_ms": said["p99_us"] / 1e3,
        "max_ms": said["max_us"] / 1e3,
        "acknowledged": acknowledged,
        "errors": said["not_taken"] + said["socket_errors"],
        # The last answer of each line may be on disk without wrk having heard of it.
        "missing": max(0, acknowledged - (stored(place) - before)),
    }


def offered_summary(seen: Seen, place: Hall) -> dict[str, Any]:
    waits = sorted(seen.waits)
    taken = [[device, statement, choice] for (device, statement), choice in seen.taken.items()]
    return {
        "offered": seen.offered,
        "acknowledged": len(waits),
        "errors": len(seen.errors),
        "kinds_of_error": sorted(set(seen.errors)),
        "missing": look_up(place, {"count": False, "taken": taken}),
        **{
            f"{name}_ms": round(waits[min(len(waits) - 1, int(part * len(waits)))] * 1e3, 2)
            for name, part in {
                "p50": 0.5,
                "p95": 0.95,
                "p99": 0.99,
                "p999": 0.999,
                "max": 1,
            }.items()
        },
    }


def stored(place: Hall) -> int:
    return look_up(place, {"count": True})


def look_up(place: Hall, asked: dict[str, Any]) -> int:
    done = subprocess.run(
        [sys.executable, "-c", LOOK_UP],
        input=json.dumps(asked),
        env=place.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@contextmanager
def database(name: str) -> Iterator[str | None]:
    """Nothing for SQLite, which lives in the server's home; else a PostgreSQL of our own."""
    if name == "sqlite":
        yield None
        return
    from workshop import postgres

    with postgres.serving() as url:
        yield url


def durability(name: str, url: str | None) -> str:
    if name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}: WAL, synchronous=FULL"
    import psycopg

    with psycopg.connect(url or "") as line:
        names = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
        values = {one: line.execute(f"SHOW {one}").fetchone()[0] for one in names}  # type: ignore[index]
    return f"PostgreSQL {values.pop('server_version')}: " + ", ".join(
        f"{one}={value}" for one, value in values.items()
    )


def machine() -> dict[str, Any]:
    """What ran it, without saying whose it is."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
    return {
        "cores": os.cpu_count(),
        "cpu": model or platform.machine(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "django": version("django"),
        "gunicorn": version("gunicorn"),
    }


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    host, wanted = report["machine"], report["targets"]
    rows = [row(found) for found in report["databases"].values()]
    return f"""\
Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]}, the
load generator on the same machine (its load just before: {host["load_before"]}).

| | answers a second, closed loop | wait at 500 a second: half | 95 % | 99 % | errors | missing |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

Wanted on SQLite: {wanted["per_second"]:,} a second; 95 % within {wanted["p95_ms"]} ms, 99 % within
{wanted["p99_ms"]} ms; no error, and no acknowledged answer missing.
"""


def row(found: dict[str, Any]) -> str:
    offered, closed = found["offered"], found["closed_loop"]
    rates = [run["per_second"] for run in closed]
    cells = [
        found["durability"],
        f"{found['closed_loop_per_second']:,.0f} ({min(rates):,} to {max(rates):,})",
        *(f"{offered[name]:.1f} ms" for name in ("p50_ms", "p95_ms", "p99_ms")),
        str(offered["errors"] + sum(run["errors"] for run in closed)),
        str(offered["missing"] + sum(run["missing"] for run in closed)),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
