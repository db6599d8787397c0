"""What the documentation takes straight from the program, so that it cannot be out of date."""

import os
import re
from pathlib import Path
from typing import Any

from coproduce.cli import parser

PLACEHOLDER = "<!-- every command -->"
MEASURED = re.compile(r"<!-- results: (\w+) -->")
DRAWN = re.compile(r"<!-- picture: (\w+) -->")
# Not from workshop.places: mkdocs loads this file by itself, outside its package.
RESULTS = Path(__file__).resolve().parent.parent / "benchmarks" / "results"
NOT_YET = "Not measured yet."


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by mkdocs for each page: puts in what the page asks for."""
    if PLACEHOLDER in markdown:
        markdown = markdown.replace(PLACEHOLDER, every_command())
    markdown = DRAWN.sub(lambda asked: picture_of(asked[1]), markdown)
    return MEASURED.sub(lambda asked: results_of(asked[1]), markdown)


def picture_of(benchmark: str) -> str:
    """What it found as a picture, where there is one."""
    kept = RESULTS / f"{benchmark}.svg"
    return kept.read_text(encoding="utf-8").rstrip() if kept.exists() else ""


def results_of(benchmark: str) -> str:
    """What a benchmark found when it was last run to be kept, in words and a table."""
    kept = RESULTS / f"{benchmark}.md"
    return kept.read_text(encoding="utf-8").rstrip() if kept.exists() else NOT_YET


def every_command() -> str:
    """The help of each command, as the command line gives it."""
    os.environ["COLUMNS"] = "88"  # argparse would ask the terminal of whoever builds the pages
    return "\n\n".join(
        f"## {name}\n\n```text\n{command.format_help().rstrip()}\n```"
        for name, command in _commands().items()
    )


def _commands() -> dict[str, Any]:
    choices = next(action.choices for action in parser()._actions if action.choices)
    return {re.sub(r"\W", "-", name): command for name, command in dict(choices).items()}
