"""How long does it take to count a million answers of a thousand projects, out of the database?

    python -m benchmarks.measures [--projects 1000] [--people 50] [--keep]

Every project asked so many people ten questions before and after. Timed, in processor time: reading
the packed sheets out of SQLite, pairing and scoring them, the change of each project and question,
and a pool of the projects for each question. Beside it, in the same run, the same change out of a
table with a row for each answer, by SQL and numpy alone, as one would write it without packing.
Sheets are put in straight, for putting a million answers in through the pages is not the question.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.voting import RESULTS, database, durability, machine

PROJECTS, PEOPLE, ITEMS, TIMES = 1_000, 50, 10, 5
TARGET_SECONDS, TARGET_MB = 0.4, 350

FILL = """
import sys
import django
django.setup()
import numpy as np
from django.db import connection
from django.utils import timezone
from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.formats.instruments.record import Item, Licence, Point, Scale, Score
from coproduce.measures import packing
from coproduce.measures.models import Instrument, Participant, Sheet, Survey, Wave, WavePart
from coproduce.people.models import Place
from coproduce.projects.models import Project
from coproduce.web import first_run

projects, people, items = map(int, sys.argv[1:4])
first_run.set_up(lambda told: None)
place = Place.objects.create(name="Manchester", slug="manchester")
chance = np.random.default_rng(20190328)
codes = [f"q{n}" for n in range(items)]
scale = Scale("five", tuple(Point(v, {"en": str(v)}) for v in range(1, 6)))
record = Record("many", "1", {"en": "Many"}, {"en": "Timing"},
    Licence("CC0-1.0", "Made up.", "here", True, True), ("en",),
    tuple(Item(code, {"en": code}, scale="five") for code in codes), (scale,),
    tuple(Score(code, {"en": code}, (code,), low=1, high=5) for code in codes))
instrument = Instrument.objects.create(code="many", version="1", record=write_instrument(record))
now = timezone.now()
by_item = np.linspace(-0.3, 0.3, items)


def draw():
    stands = chance.normal(3, 0.9, (people, items))
    project = 0.3 + chance.normal(0, 0.2)
    moved = stands + project + by_item + chance.normal(0, 0.6, (people, items))
    return [np.clip(np.round(each), 1, 5).astype(np.uint16) for each in (stands, moved)]


with connection.cursor() as cursor:
    cursor.execute(
        "CREATE TABLE one_a_row (wave integer, person bigint, item integer, value integer)")
for number in range(projects):
    project = Project.objects.create(place=place, slug=f"p{number}", title=f"Project {number}",
        state="published", published_at=now)
    survey = Survey.objects.create(place=place, project=project, slug=f"s{number}",
        code=f"S{number}", title="Many", written_by="nobody", seen_first_by="nobody")
    waves = [
        Wave.objects.create(survey=survey, number=n, moment=m, state="closed", closed_at=now)
        for n, m in ((1, "before"), (2, "after"))]
    WavePart.objects.bulk_create(
        WavePart(wave=wave, position=1, instrument=instrument) for wave in waves)
    who = Participant.objects.bulk_create(
        Participant(survey=survey, code_hash=f"{number}-{one}") for one in range(people))
    for at, (wave, answers) in enumerate(zip(waves, draw(), strict=True)):
        Sheet.objects.bulk_create(
            Sheet(wave=wave, participant=one, answers=packing.pack(row), sent_on=now.date())
            for one, row in zip(who, answers, strict=True))
        rows = [(2 * number + at, one.pk, item, int(value))
            for one, row in zip(who, answers, strict=True) for item, value in enumerate(row)]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO one_a_row VALUES (%s, %s, %s, %s)", rows)
"""
COUNT = """
import json, resource, sys, time
import django
django.setup()
import numpy as np
from django.db import connection
from coproduce.analysis import pool
from coproduce.measures.evidence import across, comparing
from coproduce.measures.models import Survey

projects, people, items, times = map(int, sys.argv[1:])
pairs = [pair for survey in Survey.objects.order_by("made_at")
    for pair in comparing.pairs_of(survey)]
assert len(pairs) == projects


def packed():
    found = across.changes(pairs)
    pools = [pool(each.change.mean_change, each.change.sd_change**2 / each.change.n)
        for each in found]
    return found, pools


def one_a_row():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wave, person, item, value FROM one_a_row ORDER BY item, person, wave")
        rows = np.array(cursor.fetchall(), dtype=np.int64)
    before, after = rows[::2], rows[1::2]
    group = before[:, 2] * projects + before[:, 0] // 2
    away = (after[:, 3] - before[:, 3]).astype(float)
    n = np.bincount(group)
    mean = np.bincount(group, away) / n
    spread = np.sqrt(np.bincount(group, (away - mean[group]) ** 2) / (n - 1))
    return mean, spread


def timed(do):
    took = []
    for _ in range(times):
        begun = time.process_time()
        found = do()
        took.append(time.process_time() - begun)
    return sorted(took)[len(took) // 2], found


across.changes(pairs)  # what the waves ask is remembered from now on
seconds, (found, pools) = timed(packed)
most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
begun = time.process_time()
for each in found:
    pool(each.change.mean_change, each.change.sd_change**2 / each.change.n)
pooling = (time.process_time() - begun) / len(found)
beside, (mean, spread) = timed(one_a_row)
ours = np.concatenate([each.change.mean_change for each in found])
print(json.dumps({
    "answers": 2 * projects * people * items, "seconds": round(seconds, 3),
    "pool_ms": round(1e3 * pooling, 2), "one_a_row_seconds": round(beside, 3),
    "times_slower": round(beside / seconds, 1), "most_mb": round(most_mb),
    "agree": bool(np.allclose(np.sort(ours), np.sort(mean)))}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/measures.*")
    wanted = parser.parse_args()
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "target_seconds": TARGET_SECONDS,
        "target_mb": TARGET_MB,
        "databases": {name: measure(name, wanted) for name in wanted.database},
    }
    print(json.dumps(report, indent=1))
    if not all(found["agree"] for found in report["databases"].values()):
        sys.exit("The two ways to count do not agree, so their times say nothing.")
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "measures.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "measures.md").write_text(words(report))


def measure(name: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """One home of its own, filled and counted by a process of its own."""
    with database(name) as url, tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "COPRODUCE_HOME": home,
            "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
            **({"DATABASE_URL": url} if url else {}),
        }
        sizes = [str(each) for each in (wanted.projects, wanted.people, ITEMS, TIMES)]
        for script in (FILL, COUNT):
            done = subprocess.run(
                [sys.executable, "-c", script, *sizes],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                sys.exit(done.stderr)
        return {"durability": durability(name, url), **json.loads(done.stdout.splitlines()[-1])}


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    rows = "\n".join(
        f"| {name} | {found['answers']:,} | {found['seconds']:.2f} s | {found['pool_ms']} ms | "
        f"{found['one_a_row_seconds']:.2f} s ({found['times_slower']} times) | "
        f"{found['most_mb']} MB |"
        for name, found in report["databases"].items()
    )
    return (
        f"{report['date']}, {report['machine']}. Processor time, the middle of {TIMES} runs. "
        f"Wanted: {report['target_seconds']} s and {report['target_mb']} MB on SQLite. The memory "
        "is that of the whole process, with the platform loaded.\n\n"
        "| Database | Answers | Read, pair, score, change, pool | One pool of all projects | "
        "The change from a row for each answer | Memory at most |\n|---|---|---|---|---|---|\n"
        f"{rows}\n"
    )


if __name__ == "__main__":
    main()
