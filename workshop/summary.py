"""How did it go? One line per step, and a last line that adds them all up."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

WIDTH = 78


@dataclass(frozen=True)
class Outcome:
    """What a step came to: its exit code, how long it took, and how many tests went which way.

    A step that is no test run (say, lint) counts as one test.
    """

    name: str
    code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def word(self) -> str:
        if self.code:
            return "FAILED"
        return "passed" if self.passed else "SKIPPED"


def read_outcome(name: str, code: int, seconds: float, report: Path) -> Outcome:
    """The outcome of a step, from the report its test run wrote, where it wrote one."""
    if not report.exists():
        return Outcome(name, code, seconds, passed=int(code == 0), failed=int(code != 0))
    run = ElementTree.parse(report).getroot()[0]
    total, failures, errors, skipped = (
        int(run.get(count, "0")) for count in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    # A run can fail without a failing test, for example when it collects none.
    failed = max(failed, int(code != 0))
    return Outcome(name, code, seconds, max(total - failed - skipped, 0), failed, skipped)


def print_summary(outcomes: list[Outcome]) -> None:
    print(f"\n\n{'step':<22}{'outcome':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>10}")
    for it in outcomes:
        print(
            f"{it.name:<22}{it.word:<10}{it.passed:>8}{it.failed:>8}{it.skipped:>9}{it.seconds:>10.1f}"
        )
    print(f"\n{_last_line(outcomes)}")


def _last_line(outcomes: list[Outcome]) -> str:
    """All of it in the words that pytest uses for one run."""
    counts = {
        word: sum(getattr(outcome, word) for outcome in outcomes)
        for word in ("failed", "passed", "skipped")
    }
    told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    seconds = sum(outcome.seconds for outcome in outcomes)
    return f" {told} in {seconds:.2f}s ".center(WIDTH, "=")
