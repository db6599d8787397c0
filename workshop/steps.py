"""What is tried, in which order? Each step is a name and the commands a person could type."""

import sys
from dataclasses import dataclass

from workshop.places import ROOT

Command = list[str]

WITH_EXAMPLES = ["README.md", "docs", "src/coproduce/analysis", "src/coproduce/formats"]

# The rooms with rules that a database holds: they are tried on both databases.
ROOMS_WITH_TABLES = (
    "architecture/test_forms.py",  # what SQLite takes in, PostgreSQL may not
    "search",
    "trust",
    "people",
    "pictures",
    "gatherings",
    "conversations",
    "projects",
    "measures",
    "reports",
    "web",
)
BOTH_CORES = ["--numprocesses=2", "--dist=loadfile"]
SETTINGS = "--settings=coproduce.web.settings"
A_MOMENT = ["--seconds=3", "--runs=1", "--database=sqlite"]
A_SMALL_MAP = ["--votes=10000", "--runs=1", "--alone"]
QUICK = ["-m", "not slow and not browser"]


@dataclass(frozen=True)
class Step:
    """One thing to try; it fails with the first of its commands that fails."""

    name: str
    commands: list[Command]
    on_postgres: bool = False
    need: str | None = None  # of the system; without it the step is skipped, and says so


def steps() -> list[Step]:
    return [
        Step("format", [["ruff", "format", "--check", "."]]),
        Step("lint", [["ruff", "check", "."]]),
        Step("import walls", [["lint-imports"]]),
        Step(
            "templates",
            [
                ["djlint", "src", "--lint", "--quiet"],
                ["djlint", "src", "--check", "--quiet"],
            ],
        ),
        Step("types", [["mypy"]]),
        Step("migrations", [["django-admin", "makemigrations", "--check", "--dry-run", SETTINGS]]),
        Step("static files", [["django-admin", "collectstatic", "--no-input", SETTINGS]]),
        Step("tests on SQLite", [["pytest", "tests", *QUICK, *BOTH_CORES]]),
        Step(
            "tests on PostgreSQL",
            [["pytest", *_rooms_with_tables(), *QUICK, *BOTH_CORES]],
            on_postgres=True,
        ),
        Step("examples", [["pytest", *WITH_EXAMPLES, "--doctest-modules", "--doctest-glob=*.md"]]),
        Step("journeys", [["pytest", "tests/journeys", "-m", "browser and not slow"]]),
        # A sample: it must run, and lose no answer. What counts is measured by `make bench`.
        Step("voting sample", [[sys.executable, "-m", "benchmarks.voting", *A_MOMENT]], need="wrk"),
        # Likewise: it must find the planted groups.
        Step("map sample", [[sys.executable, "-m", "benchmarks.opinion_map", *A_SMALL_MAP]]),
        Step("documentation", [["mkdocs", "build", "--strict", "--quiet"]]),
        Step("bare install", [[sys.executable, "-m", "workshop.bare"]]),
    ]


def _rooms_with_tables() -> list[str]:
    return [f"tests/{room}" for room in ROOMS_WITH_TABLES if (ROOT / "tests" / room).exists()]
