"""Which sheets does a file of answers hold, and what is wrong with it, row by row?

A person says which column is what; the first guess is by the code of a question, by its wording,
and, where the heading tells nothing, by the words of its answers.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from coproduce.measures import codes, typed
from coproduce.measures.models import Came, Wave
from coproduce.measures.packing import Asked, NotAnAnswer, Question
from coproduce.measures.typed import NO, PROXY, YES, Typed

LEAVE_OUT = ""
CODE, IS_PROXY, IS_HELPED, RESEARCH = "code", "proxy", "helped", "research"
OTHERS = {
    CODE: "The person's code",
    IS_HELPED: "Filled in with help: yes or no",
    IS_PROXY: "Answered by somebody else: yes or no",
    RESEARCH: "Researchers may work with it: yes or no",
}
HEADINGS = {
    CODE: re.compile(r"\bcode\b|^id$|participant|respondent", re.IGNORECASE),
    IS_PROXY: re.compile(r"proxy|on behalf|somebody else", re.IGNORECASE),
    IS_HELPED: re.compile(r"\bhelp", re.IGNORECASE),
    RESEARCH: re.compile(r"research", re.IGNORECASE),
}
CELLS_TO_LOOK_AT = 20
_PLAIN = re.compile(r"[\W_]+")

Kinds = Sequence[str]  # of each column: LEAVE_OUT, one of OTHERS, or the key of a question


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, and what to do. The row is counted as a spreadsheet does."""

    row: int
    column: str
    what: str


@dataclass(frozen=True)
class Row:
    """One sheet of the file, and the key it is kept under: the same file has the same keys."""

    number: int
    key: UUID
    typed: Typed


@dataclass(frozen=True)
class Checked:
    """The sheets of a file, and everything that has to be mended first."""

    sheets: tuple[Row, ...]
    problems: tuple[Problem, ...]
    blank: int  # rows with nothing in the columns that were chosen


def guess(asked: Asked, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """What each column may be; each thing once."""
    by_heading: list[str] = []
    for name in header:
        found = _by_heading(asked, name)
        by_heading.append(found if found not in by_heading else LEAVE_OUT)
    free = [each for each in asked.questions if each.key not in by_heading]
    guessed = list(by_heading)
    for at, kind in enumerate(by_heading):
        cells = [row[at] for row in rows[:CELLS_TO_LOOK_AT] if row[at]]
        if kind == LEAVE_OUT and (question := _by_words(free, cells)):
            guessed[at] = question.key
            free.remove(question)
    return guessed


def _by_heading(asked: Asked, name: str) -> str:
    plain = _plain(name)
    for question in asked.questions:
        item = question.item
        names = (question.key, *item.wording.values(), *item.easy_read.values())
        if plain and plain in map(_plain, names):
            return question.key
    short = [each for each in asked.questions if _plain(each.item.code) == plain]
    if len(short) == 1:  # two sets may have an item of the same name
        return short[0].key
    return next((kind for kind, fits in HEADINGS.items() if fits.search(name)), LEAVE_OUT)


def _by_words(free: Sequence[Question], cells: Sequence[str]) -> Question | None:
    """The one question whose answers these are, in words: numbers alone would fit too many."""
    if not cells or all(cell.replace(".", "").isdigit() for cell in cells):
        return None
    fits = [each for each in free if each.scale and all(_is_answer(each, cell) for cell in cells)]
    return fits[0] if len(fits) == 1 else None


def _is_answer(question: Question, cell: str) -> bool:
    try:
        typed.read_answer(question, cell)
    except NotAnAnswer:
        return False
    return True


def _plain(words: str) -> str:
    return _PLAIN.sub(" ", words.casefold()).strip()


def check(
    wave: Wave,
    asked: Asked,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    kinds: Kinds,
    language: str,
) -> Checked:
    """Read every row; a row with nothing in the chosen columns is passed over."""
    names = {kind: name for kind, name in zip(kinds, header, strict=True) if kind}
    found: list[Row] = []
    problems: list[Problem] = []
    blank = 0
    for number, row in enumerate(rows, start=2):
        cells = {kind: cell for kind, cell in zip(kinds, row, strict=True) if kind}
        if not any(cells.values()):
            blank += 1
            continue
        read, wrong = _read(asked, cells, needs_code=wave.survey.is_linked, language=language)
        problems += [Problem(number, names.get(field, ""), what) for field, what in wrong]
        found.append(Row(number, _key(wave, row, number), read))
    return Checked(tuple(found), (*problems, *_twice(found, names.get(CODE, ""))), blank)


def _read(
    asked: Asked, cells: dict[str, str], *, needs_code: bool, language: str
) -> tuple[Typed, list[tuple[str, str]]]:
    wrong: list[tuple[str, str]] = []
    marks = {kind: _mark(cells, kind, wrong) for kind in (IS_PROXY, IS_HELPED, RESEARCH)}
    who = PROXY if marks[IS_PROXY] else ""
    fields = cells | {"who": who, "research": "y" if marks[RESEARCH] else ""}
    read = typed.read_sheet(asked, fields, needs_code=needs_code, came=Came.FILE, language=language)
    wrong += [(each.field, each.sentence) for each in read.wrong]
    return replace(read, how=replace(read.how, is_helped=marks[IS_HELPED])), wrong


def _mark(cells: dict[str, str], kind: str, wrong: list[tuple[str, str]]) -> bool:
    said = cells.get(kind, "").strip().casefold()
    if said not in (*YES, *NO):
        wrong.append((kind, f"“{said[:20]}” is neither yes nor no. Write one of them."))
    return said in YES


def _key(wave: Wave, row: Sequence[str], number: int) -> UUID:
    """From what stands in the row: a file that is handed in twice is known again by it.

    With the project's key, as codes are: else codes could be tried out on the id of a sheet.
    """
    content = json.dumps([str(wave.pk), number, list(row)]).encode()
    digest = hashlib.sha256(content).hexdigest()
    return UUID(hex=codes.hash_of(wave.survey, digest)[:32])


def _twice(found: Iterable[Row], column: str) -> list[Problem]:
    """The same code on two rows: two people, or one sheet typed twice."""
    seen: dict[tuple[str, bool], int] = {}
    problems: list[Problem] = []
    for row in found:
        code = "".join(each for each in row.typed.code.upper() if each.isalnum())
        mark = (code, row.typed.how.is_proxy)
        if code and mark in seen:
            what = f"Row {seen[mark]} has the same code. Keep one of the two rows."
            problems.append(Problem(row.number, column, what))
        seen.setdefault(mark, row.number)
    return problems
