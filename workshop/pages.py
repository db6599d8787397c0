"""What the documentation takes straight from the program, so that it cannot be out of date."""

import os
import re
from typing import Any

from coproduce.cli import parser

PLACEHOLDER = "<!-- every command -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by mkdocs for each page: puts in what the page asks for."""
    return markdown.replace(PLACEHOLDER, every_command()) if PLACEHOLDER in markdown else markdown


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
