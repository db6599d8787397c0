"""How long does the server take for the lists of a busy month: 20 gatherings, 2,000 registrations?

    python -m benchmarks.a_month [--keep]

Each list page of a place, as its coordinator sees it, half-way through the month and at its end:
the number of questions to the database has to be the same, and the time of the server below a tenth
of a second. Beside it stands a page that asks nothing: what any page of the site costs.
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.voting import RESULTS, database, durability, machine

GATHERINGS, REGISTRATIONS = 20, 2_000
TARGET_MS = 100
TIMES = 15  # each page, after two that warm it up

INSIDE = """
import json, statistics, sys, time
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from coproduce.gatherings.actions import insights, noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Attendance, ConsentCard, Gathering, Registration
from coproduce.people.models import (
    AccessNeed, Channel, Hearing, Listing, Membership, Person, Place, Reach, Role, User)
from coproduce.web import first_run

gatherings, registrations, times = map(int, sys.argv[1:])
settings.ALLOWED_HOSTS = ["*"]
first_run.set_up(lambda told: None)
place = Place.objects.create(name="Manchester", slug="manchester")
cora = Person.objects.create(
    name="Made-up Cora", user=User.objects.create_user("cora@example.org"))
Membership.objects.create(person=cora, place=place, role=Role.COORDINATOR)
client = Client()
client.force_login(cora.user)


def fill(first, last):
    each = registrations // gatherings
    for number in range(first, last):
        with transaction.atomic():
            hold(number, each)


def hold(number, each):
    is_past = number % 2 == 0
    starts = timezone.now() + timedelta(days=-1 - number if is_past else 1 + number)
    day = Gathering.objects.create(
        place=place, slug=f"day-{number}", title=f"Evening number {number}", starts_at=starts,
        ends_at=starts + timedelta(hours=3), state="published", published_at=timezone.now(),
        venue="Made-up Hall", made_by=cora)
    people = Person.objects.bulk_create(
        Person(name=f"Made-up Person {number}-{one}", parts=["carer"]) for one in range(each))
    Reach.objects.bulk_create(
        Reach(person=one, channel=Channel.EMAIL, address=f"{one.pk.hex}@example.org")
        for one in people)
    AccessNeed.objects.bulk_create(
        AccessNeed(person=one, words="A seat near the door") for one in people[::10])
    Registration.objects.bulk_create(Registration(gathering=day, person=one) for one in people)
    Membership.objects.bulk_create(Membership(person=one, place=place) for one in people[::2])
    Listing.objects.bulk_create(Listing(person=one, offer="Chairing") for one in people[::4])
    Hearing.objects.bulk_create(
        Hearing(person=one, place=place, source="a form") for one in people[::2])
    if is_past:
        Attendance.objects.bulk_create(Attendance(gathering=day, person=one) for one in people)
        ConsentCard.objects.bulk_create(ConsentCard(gathering=day) for _ in range(40))
        notes = [Note(f"Something that was said, number {one}") for one in range(40)]
        voices = noting.take_notes(day, notes, cora)
        for one in range(8):
            behind = voices[one * 5:one * 5 + 5]
            drawn = insights.Drawn(f"A point of evening {number}: {one}", behind)
            insights.draw(drawn, cora, place=place, gathering=day)


def measure(address):
    for _ in range(2):
        cache.clear()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    queries = len(asked)  # the next request forgets them
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - begun) * 1e3)
    return {"queries": queries, "ms": round(statistics.median(took), 1),
            "slow_ms": round(sorted(took)[int(len(took) * 0.9)], 1)}


PAGES = sys.stdin.read().split()
fill(0, gatherings // 2)
half = {page: measure(page) for page in PAGES}
fill(gatherings // 2, gatherings)
whole = {page: measure(page) for page in PAGES}
print(json.dumps({"half": half, "whole": whole, "registrations": Registration.objects.count()}))
"""
NOTHING = "/robots.txt"
PAGES = (
    NOTHING,
    "/gatherings/",
    "/places/",
    "/places/manchester/",
    "/people/",
    "/people/?offer=chairing",
    "/decisions/",
    "/reports/",
    "/search/?q=evening",
    "/host/",
    "/host/day-0/",
    "/host/day-0/people/",
    "/host/day-0/day/",
    "/host/day-0/notes/",
    "/host/day-0/insights/",
    "/host/day-0/consent/",
    "/host/day-0/pictures/",
    "/host/day-0/checklist/",
    "/gatherings/day-0/",
    "/places/manchester/announcements/",
    "/places/manchester/contacts/",
    "/places/manchester/access-needs/",
    "/places/manchester/champions/",
    "/places/manchester/asked/",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gatherings", type=int, default=GATHERINGS)
    parser.add_argument("--registrations", type=int, default=REGISTRATIONS)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/a_month.*")
    wanted = parser.parse_args()
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "target_ms": TARGET_MS,
        "databases": {name: measure(name, wanted) for name in wanted.database},
    }
    print(json.dumps(report, indent=1))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "a_month.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "a_month.md").write_text(words(report))
    if growing := grown(report):
        sys.exit(f"Asks more the more there is: {', '.join(growing)}")


def grown(report: dict[str, Any]) -> list[str]:
    """Pages that ask the database more often at the end of the month than half-way."""
    return [
        f"{page} ({name})"
        for name, found in report["databases"].items()
        for page, end in found["whole"].items()
        if end["queries"] > found["half"][page]["queries"]
    ]


def measure(name: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """One home of its own, filled and asked by a process of its own."""
    with database(name) as url, tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "COPRODUCE_HOME": home,
            "DJANGO_SETTINGS_MODULE": "coproduce.web.settings",
            **({"DATABASE_URL": url} if url else {}),
        }
        sizes = [str(each) for each in (wanted.gatherings, wanted.registrations, TIMES)]
        done = subprocess.run(
            [sys.executable, "-c", INSIDE, *sizes],
            env=environment,
            input="\n".join(PAGES),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(done.stderr)
        return {"durability": durability(name, url), **json.loads(done.stdout.splitlines()[-1])}


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    host, found = report["machine"], report["databases"]
    told = "\n\n".join(table(each) for each in found.values())
    return f"""\
Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]}, its
load just before: {host["load_before"]}. {GATHERINGS} gatherings and {REGISTRATIONS:,}
registrations, half of them past, each with 40 voices and 8 insights; the time of the server,
without the network.

{told}

Wanted: as many questions at the end of the month as half-way, under {report["target_ms"]} ms.
"""


def table(found: dict[str, Any]) -> str:
    floor = found["whole"][NOTHING]["ms"]
    rows = [
        f"| `{page}` | {found['half'][page]['queries']} | {end['queries']} | {end['ms']} "
        f"| {end['slow_ms']} | {end['ms'] / floor:.0f} × |"
        for page, end in found["whole"].items()
    ]
    slowest = statistics.quantiles([end["ms"] for end in found["whole"].values()], n=20)[-1]
    columns = ("page", "questions half-way", "at the end", "ms, half of the time", "9 in 10")
    head = f"| {' | '.join((*columns, 'beside a page that asks nothing'))} |"
    told = f"**{found['durability']}** (19 in 20 of the pages: {slowest:.0f} ms or less)"
    return "\n".join((told, "", head, "|---" * 6 + "|", *rows))


if __name__ == "__main__":
    main()
