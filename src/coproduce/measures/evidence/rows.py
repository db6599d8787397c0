"""Rows of answers for researchers: of whom, and as which table?

Only sheets of a closed wave whose people said that researchers may have them, none that somebody
filled in for another. Own words never go, nor days, nor anything that leads back to a code.
"""

import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from coproduce.analysis.disclosure import has_base
from coproduce.formats.answers.from_instrument import columns_of, value_of
from coproduce.formats.answers.table import AnswerTable, Column, Value
from coproduce.formats.answers.table import Kind as ColumnKind
from coproduce.formats.instruments.record import Kind
from coproduce.measures import asked_in
from coproduce.measures.evidence import anonymity, reading
from coproduce.measures.evidence.reading import Ints, Rows
from coproduce.measures.models import Sheet, Wave
from coproduce.measures.packing import Question
from coproduce.trust import releases
from coproduce.trust.gate import Admitted, Bar, admit
from coproduce.trust.releases import Blocked, Snapshot

CONSENT = "Sent by people who said that researchers may have their row, without a name."
LICENCE = "For the purpose that two people agreed to. Not to be passed on."
NOTICE = (
    "Do not try to find out who somebody is, do not join it with other files, do not pass it on, "
    "and delete it when the work is done. Somebody may still take their answers back: ask whoever "
    "gave you this file before you publish."
)
LONGEST_CODE = 64


@dataclass(frozen=True, eq=False)
class Chosen:
    """The rows that may leave, as one table, and whose they are."""

    people: Ints
    table: AnswerTable


def thing_of(wave: Wave) -> str:
    """How the ledger of releases names the rows of a wave."""
    return f"{wave.thing} rows"


def counted(wave: Wave) -> list[Question]:
    """The questions that can stand in a row: all but those for own words."""
    questions = asked_in.asked(wave).questions
    return [each for each in questions if each.item.kind != Kind.WORDS]


def is_known_anyway(question: Question) -> bool:
    """Whether an answer may be known of somebody, so that it has to hide among others."""
    return question.item.kind == Kind.NUMBER or question.item.sensitive


def choose(wave: Wave, marked: Collection[str]) -> Chosen | Blocked:
    """Everybody's row that may stand beside the others; `marked`: more questions that are known."""
    read = reading.read(wave)
    admitted = _admitted(wave, read)
    rows = read.codes[admitted.value].astype(np.int64)
    questions = counted(wave)
    known = [each for each in questions if _is_marked(each, marked)]
    kept = anonymity.may_stand(
        rows[:, [each.at for each in known if not each.item.sensitive]],
        rows[:, [each.at for each in known if each.item.sensitive]],
    )
    people = admitted.person[kept]
    if not has_base(int(people.size)):
        return Blocked(
            "Fewer than ten rows could leave without telling who somebody is, so none does."
        )
    table = _table(wave, questions, known, rows[kept], int((~kept).sum()))
    return Chosen(people, table)


def may_leave(wave: Wave, chosen: Chosen) -> Snapshot | Blocked | None:
    """What to enter in the ledger; None where the same people's rows left before."""
    if releases.is_out(thing_of(wave), chosen.people):
        return None
    found = releases.standing(thing_of(wave), chosen.people)
    if isinstance(found, Blocked):
        return Blocked(
            "Rows of this wave left before. Set beside those, these would tell about the few "
            "people who are in one file and not in the other, so they stay here."
        )
    return found


def _admitted(wave: Wave, read: Rows) -> Admitted:
    """Past the gate, a row for each sheet; its value is where the sheet stands in what was read."""
    willing = Sheet.objects.sent().filter(wave=wave, is_proxy=False, may_be_researched=True)
    people = np.array(list(willing.values_list("participant", flat=True)), dtype=np.int64)
    return admit(
        read.people,
        np.zeros(read.people.size),
        np.arange(read.people.size),
        consent_basis=CONSENT,
        bars=[
            Bar(read.is_proxy, "somebody else answered"),
            Bar(~np.isin(read.people, people), "not for researchers"),
        ],
    )


def _is_marked(question: Question, marked: Collection[str]) -> bool:
    return is_known_anyway(question) or question.key in marked


def _table(
    wave: Wave, questions: list[Question], known: list[Question], rows: Ints, left_out: int
) -> AnswerTable:
    shuffled = list(rows)
    secrets.SystemRandom().shuffle(shuffled)
    survey = wave.survey
    return AnswerTable(
        name=f"{survey.slug}-wave-{wave.number}",
        title=f"{survey.title}: {wave}",
        columns=(
            Column("row", "A random name of the row, made for this file", ColumnKind.WORDS),
            *_columns(questions, known),
        ),
        rows=tuple((f"r{secrets.token_hex(6)}", *_values(questions, codes)) for codes in shuffled),
        licence=LICENCE,
        notice=NOTICE,
        methods=tuple(_methods(wave, known, left_out)),
    )


def _columns(questions: list[Question], known: list[Question]) -> Iterator[Column]:
    """A column for each question, called by its instrument and its own code."""
    taken: set[str] = {"row"}
    for question in questions:
        columns = columns_of(question.instrument, "en")
        column = next(each for each in columns if each.code == question.item.code)
        code = _free(re.sub(r"\W+", "_", question.key, flags=re.ASCII), taken)
        yield replace(column, code=code, is_quasi_identifier=question in known)


def _free(code: str, taken: set[str]) -> str:
    """A code that stands for one column alone, as short as SPSS has it."""
    stem = code if code[0].isalpha() else f"q_{code}"
    candidates = (f"{stem[: LONGEST_CODE - 4]}_{n}" for n in range(2, 1000))
    found = stem[:LONGEST_CODE]
    while found.lower() in taken:
        found = next(candidates)
    taken.add(found.lower())
    return found


def _values(questions: list[Question], codes: Ints) -> Iterator[Value]:
    return (value_of(int(codes[each.at]), each.item, each.instrument) for each in questions)


def _methods(wave: Wave, known: list[Question], left_out: int) -> Iterator[str]:
    survey = wave.survey
    yield f"Written by {survey.written_by}, asked {survey.get_purpose_display()}."
    yield CONSENT
    yield (
        "Rows stand in random order under names that are made anew for each file. Days, own words, "
        "and what somebody answered for another person are not in it. Rows of several waves cannot "
        "be put together."
    )
    yield _about_known(known)
    yield _left_out(left_out)


def _about_known(known: list[Question]) -> str:
    if not known:
        return "No question counts as one whose answer is known of somebody anyway."
    names = ", ".join(each.key for each in known)
    return (
        f"Taken as known of somebody: {names}. Each combination of answers to these is held by "
        f"{anonymity.FEWEST_ALIKE} rows or more, and whoever is alike in what is not sensitive "
        f"gave at least {anonymity.FEWEST_ANSWERS} different answers to what is."
    )


def _left_out(rows: int) -> str:
    if rows == 0:
        return "No row had to be left out for that."
    if rows < anonymity.FEWEST_ALIKE:
        return f"Fewer than {anonymity.FEWEST_ALIKE} rows were left out for that."
    return f"{rows} rows were left out for that."
