"""How long does a search take in 100,000 things, and how much does it find, beside a named peer?

    python -m benchmarks.search [--things 100000] [--asked 1000] [--database sqlite] [--keep]

The peer is Wagtail's own database search (django-modelsearch), which is installed anyway: on the
same words in the same database, asked the same questions, for a page of twenty. It neither mends a
mistyped word, nor counts kinds, nor marks words, nor asks who may see what: we do, in our time.
Below both stands what the database needs for the best twenty of our index, and nothing else.
"""

import argparse
import datetime
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from benchmarks.voting import RESULTS, database, durability, machine

TARGET_MS = 50.0
VOCABULARY = 40_000  # words that there are
PEER_ASKED = 12  # it takes up to a minute and a half for each
TITLE, TEXT = (4, 11), (20, 110)  # words of a thing, fewest and most
PEOPLE = 0.02  # of all things: for members alone
KINDS = ("gathering", "insight", "conversation", "report", "place")
Rows = list[tuple[str, str]]
WAYS = ("one word", "two words", "a phrase", "a beginning", "mistyped", "not there")
SYLLABLES = [first + then for first in "bdfghklmnprstvw" for then in "aeiou"]
ENDINGS = ("", "", "", "s", "ing", "ed", "er", "ers", "tion", "ness", "ment", "ly")


class Model:
    """Invented words, the commonest first, drawn as people draw them: the second half as often."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.words = self._invented()
        self.weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(VOCABULARY)))

    def text(self, fewest: int, most: int) -> str:
        count = self.draw.randint(fewest, most)
        return " ".join(self.draw.choices(self.words, cum_weights=self.weights, k=count))

    def _invented(self) -> list[str]:
        there: dict[str, None] = {}
        while len(there) < VOCABULARY:
            stem = "".join(self.draw.choices(SYLLABLES, k=self.draw.choice((2, 2, 3, 3, 4))))
            there.setdefault(stem + self.draw.choice(ENDINGS))
        return list(there)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--things", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=1_000)
    parser.add_argument("--database", nargs="+", default=["sqlite"])
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/search.*")
    parser.add_argument("--within", help=argparse.SUPPRESS)  # this process measures one database
    wanted = parser.parse_args()
    if wanted.within:
        print(json.dumps(measure(wanted.things, wanted.asked)))
        return
    report = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "target_ms": TARGET_MS,
        "things": wanted.things,
        "asked": wanted.asked,
        "peer": f"Wagtail database search (django-modelsearch {version('modelsearch')})",
        "databases": {name: _in_its_own_process(name, wanted) for name in wanted.database},
    }
    print(json.dumps(report, indent=1))
    if wanted.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "search.json").write_text(json.dumps(report, indent=1) + "\n")
        (RESULTS / "search.md").write_text(words(report))


def _in_its_own_process(name: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """The settings name one database for good, so each has a process."""
    with database(name) as url, tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "COPRODUCE_HOME": home}
        environment |= {"DJANGO_SETTINGS_MODULE": "coproduce.web.settings"}
        environment |= {"DATABASE_URL": url or f"sqlite:///{home}/coproduce.sqlite3"}
        asked = ["--within", name, "--things", str(wanted.things), "--asked", str(wanted.asked)]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.search", *asked],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return {"durability": durability(name, url), **json.loads(done.stdout.splitlines()[-1])}


def measure(things: int, asked: int) -> dict[str, Any]:
    """Both on the same words: how long it took to put them in, and to answer each question."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    model = Model(seed=1)
    rows = [(model.text(*TITLE), model.text(*TEXT)) for _ in range(things)]
    ours, theirs = Ours(), Theirs()
    filled = {
        "ours": _seconds(lambda: ours.fill(rows)),
        "peer": _seconds(lambda: theirs.fill(rows)),
    }
    questions = list(_questions(model, rows, asked))
    return {
        "fill_seconds": {name: round(seconds, 1) for name, seconds in filled.items()},
        "ours": _told(questions, ours.ask),
        "database": _told(questions, ours.ask_database),
        "peer": _told(questions[:PEER_ASKED], theirs.ask, warm=1),
        "put_again_ms": round(1e3 * statistics.median(ours.put_again(rows)), 1),
        "take_out_ms": round(1e3 * statistics.median(ours.take_out_and_put(rows)), 1),
    }


class Ours:
    """What the site does for one search, without the page around it."""

    def entry(self, at: int, row: tuple[str, str]) -> Any:
        from coproduce.search.index import Entry
        from coproduce.search.models import Seen

        is_person = at % round(1 / PEOPLE) == 0
        return Entry(
            thing=f"thing:{at}",
            kind="person" if is_person else KINDS[at % len(KINDS)],
            title=row[0],
            text=row[1],
            address="/there/",
            seen=Seen.DIRECTORY if is_person else Seen.EVERYBODY,
            at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) - datetime.timedelta(hours=at),
        )

    def fill(self, rows: Rows) -> None:
        from coproduce.search.index import put_many, sweep

        put_many(self.entry(at, row) for at, row in enumerate(rows))
        sweep()

    def ask(self, words: str) -> int:
        from coproduce.search.asking import Sees
        from coproduce.search.finding import find

        return len(find(words, sees=Sees(directory=True)).hits)

    def ask_database(self, words: str) -> int:
        """The ranking alone, of what was typed as it was typed."""
        from coproduce.search.asking import Question, Sees
        from coproduce.search.reading import read

        return len(Question(read(words), Sees(directory=True)).best(kind="", first=0, most=20))

    def put_again(self, rows: Rows) -> Iterator[float]:
        """What a deed waits for that adds a few words to a thing."""
        from coproduce.search.index import put

        for at in range(30):
            longer = self.entry(at, (rows[at][0], f"{rows[at][1]} {rows[at + 30][0]}"))
            yield _seconds(lambda entry=longer: put(entry))  # type: ignore[misc]

    def take_out_and_put(self, rows: Rows) -> Iterator[float]:
        from coproduce.search.index import take_out

        for at in range(30, 37):
            yield _seconds(lambda thing=f"thing:{at}": take_out(thing))  # type: ignore[misc]


class Theirs:
    """Wagtail's search over a model of two fields, as its documentation sets it up."""

    def __init__(self) -> None:
        from django.db import connection, models
        from wagtail.search import index

        class Thing(index.Indexed, models.Model):  # type: ignore[misc]
            title = models.TextField()
            text = models.TextField()
            search_fields = [index.SearchField("title", boost=6), index.SearchField("text")]  # noqa: RUF012

            class Meta:
                app_label = "search"

            def __str__(self) -> str:
                return self.title

        self.model: Any = Thing
        with connection.schema_editor() as editor:
            editor.create_model(Thing)

    def fill(self, rows: Rows) -> None:
        made = [self.model(title=title, text=text) for title, text in rows]
        self.model.objects.bulk_create(made, batch_size=1_000)
        backend = self._backend()
        for first in range(0, len(made), 500):
            backend.add_bulk(self.model, made[first : first + 500])

    def ask(self, words: str) -> int:
        from wagtail.search.query import Phrase

        is_phrase = words.startswith('"')
        query = Phrase(words.strip('"')) if is_phrase else words
        return len(self._backend().search(query, self.model, operator="and")[:20])

    def _backend(self) -> Any:
        from wagtail.search.backends import get_search_backend

        return get_search_backend()


def _questions(model: Model, rows: Rows, count: int) -> Iterator[tuple[str, str]]:
    """What people ask, each way as often: common words oftener than rare ones."""
    for way in itertools.islice(itertools.cycle(WAYS), count):
        yield way, _question(way, model, model.draw.choice(rows)[1].split())


def _question(way: str, model: Model, text: list[str]) -> str:
    draw = model.draw
    long = max(draw.sample(text, 6), key=len)
    match way:
        case "one word":
            return draw.choice(text)
        case "two words":
            return " ".join(draw.sample(text, 2))
        case "a phrase":
            first = draw.randrange(len(text) - 1)
            return f'"{" ".join(text[first : first + 2])}"'
        case "a beginning":
            return long[: max(3, len(long) * 2 // 3)]
        case "mistyped":
            at = draw.randrange(1, len(long))
            return (
                long[:at]
                + draw.choice("abcdefghijklmnopqrstuvwxyz")
                + long[at + draw.randint(0, 1) :]
            )
        case _:
            return "".join(draw.choices("xqzjkv", k=9))


def _told(
    questions: list[tuple[str, str]], ask: Callable[[str], int], *, warm: int = 24
) -> dict[str, Any]:
    for _, words in questions[:warm]:
        ask(words)  # what is read from disk once is not what people wait for
    waits: dict[str, list[float]] = {way: [] for way in WAYS}
    found: dict[str, int] = dict.fromkeys(WAYS, 0)
    for way, words in questions:
        begun = time.perf_counter()
        found[way] += bool(ask(words))
        waits[way].append(1e3 * (time.perf_counter() - begun))
    every = [wait for some in waits.values() for wait in some]
    return {
        "asked": len(questions),
        "ms": _quantiles(every),
        "by_way": {
            way: {**_quantiles(waits[way]), "found": found[way], "asked": len(waits[way])}
            for way in WAYS
        },
    }


def _quantiles(waits: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}


def _seconds(do: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def words(report: dict[str, Any]) -> str:
    """The short form, for people."""
    return "\n".join(_words(report, found) for found in report["databases"].values())


def _words(report: dict[str, Any], found: dict[str, Any]) -> str:
    host, ours, peer = report["machine"], found["ours"], found["peer"]
    least = found["database"]["ms"]
    ratio = ours["ms"]["p95"] / least["p95"]
    rows = [
        f"| {way} | {_cells(ours['by_way'][way])} | {_cells(peer['by_way'][way])} |" for way in WAYS
    ]
    better, so, puts = ours["ms"], peer["ms"], found["fill_seconds"]
    return f"""\
**{ratio:.1f} times** what the database takes for the ranking alone, for 95 of 100 searches in
{report["things"]:,} things: {better["p95"]} ms beside {least["p95"]}. Half take {better["p50"]} ms,
99 of 100 {better["p99"]} ms ({least["p99"]}). That is with mistyped words mended, kinds counted and
words marked. {found["durability"]}.

Peer: {report["peer"]}, as it comes, over the same words:
half take {so["p50"]:,.0f} ms, 95 of 100 {so["p95"]:,.0f} ms.

Measured on {report["date"]}: {host["cores"]} cores of {host["cpu"]}, Python {host["python"]}
(its load just before: {host["load_before"]}). {ours["asked"]:,} searches, the peer
the first {peer["asked"]} of them; invented words, as common and as rare as real ones. Wait in
milliseconds: half · 95 % · 99 %, and how many found something.

| asked | ours | found | peer | found |
|---|---|---|---|---|
{chr(10).join(rows)}

To fill: {puts["ours"]} s, the peer {puts["peer"]} s. A deed that adds words to a thing waits
{found["put_again_ms"]} ms for it, one that takes a thing out {found["take_out_ms"]} ms: then its
words are out of the whole index. Wanted: 95 % under {report["target_ms"]:.0f} ms on SQLite.
"""


def _cells(told: dict[str, Any]) -> str:
    return f"{told['p50']} · {told['p95']} · {told['p99']} | {told['found']} of {told['asked']}"


if __name__ == "__main__":
    main()
