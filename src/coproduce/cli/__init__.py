"""The one door on the command line: `coproduce <command>`.

One module per command of the analysis adds its parser and names what runs; a command gives back
its exit code. Commands of the platform import it when they run, so that the analysis needs numpy
and scipy alone.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coproduce import __version__
from coproduce.cli.change import add_change
from coproduce.cli.mapping import add_map
from coproduce.cli.parsing import Command, Parser, Refused
from coproduce.cli.pool import add_pool
from coproduce.cli.reliability import add_reliability
from coproduce.cli.suppress import add_suppress
from coproduce.formats.errors import BadFile
from coproduce.web import commands as platform

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands

BAD_INPUT = 2

COMMANDS: tuple[Callable[["Commands"], None], ...] = (
    add_map,
    add_change,
    add_pool,
    add_reliability,
    add_suppress,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 when what it was given cannot be used."""
    try:
        chosen = parser().parse_args(argv)
        command: Command = chosen.run
        code = command(chosen)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (BadFile, Refused) as error:
        print(f"coproduce: {error}", file=sys.stderr)
        return BAD_INPUT
    except SystemExit as done:  # --help and --version have said all
        return int(done.code or 0)


def parser() -> Parser:
    """The whole command line."""
    whole = Parser(
        prog="coproduce",
        description="From what people say to what they agree on, and what came of it.",
        epilog=(
            "Each command explains itself, with an example: coproduce map --help. "
            "Exit codes: 0 fine, 1 a check failed or the server stopped by itself, "
            "2 what was typed or given cannot be used."
        ),
    )
    whole.add_argument("--version", action="version", version=f"coproduce {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in COMMANDS:
        add(commands)
    platform.add_to(commands)
    return whole
