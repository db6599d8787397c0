"""How a command line is read: parsers whose complaint is one sentence."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

Command = Callable[[argparse.Namespace], int]


class Refused(Exception):
    """What was typed cannot be done; the message says why, and what to type instead."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence, not a page of usage."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        raise Refused(f"{message.rstrip('.')}. Try: {self.prog} --help")
