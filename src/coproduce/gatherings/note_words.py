"""A note as it is typed: words, and numbers that put it under themes ("too few buses #2 #5")."""

import re
from collections.abc import Iterable, Sequence

from coproduce.gatherings.models import Theme

NUMBER = re.compile(r"(?:^|\s)#(\d{1,2})(?=\s|$)")


def read_note(typed: str, themes: Iterable[Theme]) -> tuple[str, Sequence[Theme]]:
    """The words without the numbers, and the themes that they stand for.

    A number that no theme has stays in the words: nothing that was typed is lost.
    """
    numbered = dict(enumerate(themes, start=1))
    chosen: dict[int, Theme] = {}

    def take(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in numbered:
            return found[0]
        chosen[number] = numbered[number]
        return ""

    words = NUMBER.sub(take, typed).strip()
    return words, tuple(chosen.values())
