"""What the helper types from paper: sheets of answers, and hands counted in the room.

Each line is read on its own, so that every error names its line and says what to do. Answers
never appear in an error.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from coproduce.conversations.actions.facilitating import Hands
from coproduce.conversations.models import Choice
from coproduce.conversations.pseudonyms import read_code

LETTERS: dict[str, Choice | None] = {
    "a": Choice.AGREE,
    "d": Choice.DISAGREE,
    "p": Choice.PASS,
    ".": None,
}
A_LINE = re.compile(r"\s*(\w{3}[-\s]?\w{4})(?:[\s:;,]+(.*))?$")
MOST_LINES = 300
MOST_HANDS = 10_000
HAND_HEADERS = ("statement", "agree", "disagree", "neither")


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper: its line, its code, and an answer (or none) for every statement."""

    line: int
    code: str
    answers: tuple[Choice | None, ...]

    @property
    def answered(self) -> int:
        return sum(answer is not None for answer in self.answers)


@dataclass(frozen=True)
class Problem:
    """What is wrong in one line, and what to do about it."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Sheets:
    """What the lines say, and what is wrong with them."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]

    @property
    def latest(self) -> tuple[Sheet, ...]:
        """One sheet a code: where a code comes twice, the later one."""
        return tuple({sheet.code: sheet for sheet in self.sheets}.values())

    @property
    def twice(self) -> list[str]:
        codes = [sheet.code for sheet in self.sheets]
        return sorted({code for code in codes if codes.count(code) > 1})


def read_sheets(text: str, *, statements: int, is_slip: Callable[[str], bool]) -> Sheets:
    """Every line "code answers" of what was typed; empty lines count but say nothing."""
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        sentence = f"That is {len(lines)} sheets. Please enter at most {MOST_LINES} at once."
        return Sheets((), (Problem(lines[-1][0], sentence),))
    read = [_read_line(at, line, statements, is_slip) for at, line in lines]
    return Sheets(
        tuple(one for one in read if isinstance(one, Sheet)),
        tuple(one for one in read if isinstance(one, Problem)),
    )


def _read_line(
    at: int, line: str, statements: int, is_slip: Callable[[str], bool]
) -> Sheet | Problem:
    match = A_LINE.match(line)
    if match is None:
        return Problem(
            at, f"Line {at} does not begin with a code like KTM-4RW7. Copy the code of the slip."
        )
    code = read_code(match[1])
    if code is None or not is_slip(code):
        return Problem(
            at,
            f"Line {at}: {match[1].upper()} is not a code of this conversation. "
            "One letter may be misread; compare it with the slip.",
        )
    return _read_answers(at, code, match[2] or "", statements)


def _read_answers(at: int, code: str, text: str, statements: int) -> Sheet | Problem:
    letters = re.sub(r"[\s,;]", "", text).lower().replace("…", "...")
    strange = sorted(set(letters) - set(LETTERS))
    if strange:
        return Problem(
            at,
            f"Line {at}, {code}: “{strange[0]}” is not an answer. Type a for agree, d for "
            "disagree, p for pass and a full stop for none.",
        )
    if len(letters) != statements:
        return Problem(
            at,
            f"Line {at}, {code}: {len(letters)} answers for {statements} statements. "
            "Type a full stop for every statement left blank.",
        )
    if not letters.strip("."):
        return Problem(at, f"Line {at}, {code}: no answer on this sheet, so nothing to enter.")
    return Sheet(at, code, tuple(LETTERS[letter] for letter in letters))


def read_hands(text: str) -> tuple[list[Hands], list[Problem]]:
    """Rows "statement, agree, disagree, neither"; a heading and `neither` may be absent."""
    delimiter = next((mark for mark in "\t;," if mark in text), ",")
    lines = text.lstrip("\ufeff").splitlines()
    rows = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
    read = [_read_hand(at, row) for at, row in enumerate(rows, start=1) if _says_something(at, row)]
    hands = [one for one in read if isinstance(one, Hands)]
    problems = [one for one in read if isinstance(one, Problem)]
    numbers = [one.number for one in hands]
    problems += [
        Problem(0, f"Statement {number} comes twice. Keep one row for it.")
        for number in sorted({n for n in numbers if numbers.count(n) > 1})
    ]
    return hands, problems


def _says_something(at: int, row: list[str]) -> bool:
    is_heading = at == 1 and row and not any(cell.isdigit() for cell in row)
    return any(row) and not is_heading


def _read_hand(at: int, row: list[str]) -> Hands | Problem:
    cells = list(row)
    while len(cells) > len(HAND_HEADERS) and not cells[-1]:
        cells.pop()
    if not 3 <= len(cells) <= len(HAND_HEADERS):
        return Problem(
            at,
            f"Row {at} has {len(cells)} columns. It needs statement, agree, disagree and, "
            "if you counted them, neither.",
        )
    for name, cell in zip(HAND_HEADERS, cells, strict=False):
        is_left_out = name == "neither" and cell == ""
        if not is_left_out and not (cell.isascii() and cell.isdigit() and int(cell) <= MOST_HANDS):
            shown = cell[:20] or "empty"
            return Problem(
                at, f"Row {at}, {name}: “{shown}” is not a number from 0 to {MOST_HANDS:,}."
            )
    numbers = [int(cell) for cell in cells if cell]
    return Hands(*numbers)
