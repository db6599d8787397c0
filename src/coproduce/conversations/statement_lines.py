"""Statements pasted one per line: how many, and which line says something twice or too long."""

from dataclasses import dataclass

from coproduce.conversations.models import Statement
from coproduce.people.words import essence, plain_words

LONGEST = Statement._meta.get_field("words").max_length or 0
FEWEST, MOST_ADVISED, MOST = 5, 15, 200


@dataclass(frozen=True)
class Lines:
    """The statements, and a sentence for each line that cannot stay as it is."""

    statements: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def advice(self) -> str:
        """What a count of statements means in a room."""
        count = len(self.statements)
        if count < FEWEST:
            return f"A conversation begins with {FEWEST} to {MOST_ADVISED}."
        if count <= MOST_ADVISED:
            return "That is a good number to begin with."
        return f"More than {MOST_ADVISED} is a lot to begin with; people add their own later."


def read_lines(text: str, known: tuple[tuple[int, str], ...] = ()) -> Lines:
    """One statement a line; empty lines are skipped. `known` are those there already, by number."""
    statements: list[str] = []
    problems: list[str] = []
    seen = {essence(words): f"statement {number}" for number, words in known}
    for at, line in enumerate(text.splitlines(), start=1):
        words = plain_words(line)
        if not words:
            continue
        statements.append(words)
        if len(words) > LONGEST:
            problems.append(
                f"Line {at} has {len(words)} characters; {LONGEST} is the most. "
                "Make two statements of it, or shorten it."
            )
        said_before = seen.setdefault(essence(words), f"line {at}")
        if said_before != f"line {at}":
            problems.append(f"Line {at} says the same as {said_before}. Take one of them out.")
    if len(statements) > MOST:
        problems.append(f"That is {len(statements)} statements; {MOST} is the most at once.")
    return Lines(tuple(statements), tuple(problems))
