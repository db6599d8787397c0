"""Does everything hold? All that `make test` tries, cheapest first, and one table at the end."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from workshop import needs, postgres
from workshop.places import BIN, BUILD, ROOT
from workshop.steps import Step, steps
from workshop.summary import Outcome, print_summary, read_outcome


def run() -> int:
    """Try every step, even after one failed; answer with the exit code of the first that did."""
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    missing = needs.provide(needs.ALL)
    outcomes = [Outcome("system", missing, 0.0, failed=1)] if missing else []
    for step in steps():
        outcomes.append(_try(step))
    print_summary(outcomes)
    return next((outcome.code for outcome in outcomes if outcome.code), 0)


def _try(step: Step) -> Outcome:
    print(f"\n── {step.name} {'─' * (74 - len(step.name))}", flush=True)
    if step.need and not needs.ALL[step.need].is_there():
        print(f"Skipped: {step.need} is missing, see above.")
        return Outcome(step.name, code=0, seconds=0.0, skipped=1)
    started = time.monotonic()
    report = BUILD / "reports" / f"{step.name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    with _surroundings(step) as environment:
        code = _first_failure(step, environment, report)
    return read_outcome(step.name, code, time.monotonic() - started, report)


@contextmanager
def _surroundings(step: Step) -> Iterator[dict[str, str]]:
    """What a step may see: a home of its own, never somebody's real one, and the database meant."""
    with tempfile.TemporaryDirectory(prefix="coproduce-home-") as home, ExitStack() as stack:
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own |= {"COPRODUCE_HOME": home, "NO_MKDOCS_2_WARNING": "1"}
        own.setdefault("OPENBLAS_NUM_THREADS", "1")  # both cores have tests to run already
        if step.on_postgres:
            own["DATABASE_URL"] = stack.enter_context(postgres.serving(on_disk=False))
        yield own


def _first_failure(step: Step, environment: dict[str, str], report: Path) -> int:
    for command in step.commands:
        if command[0] == "pytest":
            command = [sys.executable, "-m", *command, f"--junitxml={report}"]
        code = subprocess.call(command, cwd=ROOT, env=environment)
        if code:
            return code
    return 0
