"""What does a cell say that somebody typed from paper, or that stands in a file?

Each sheet is read on its own; what is wrong names its field and says what to do. An answer is the
number beside its box, `x` for "I would rather not say", nothing where it was left out. A file may
have the words of an answer instead, in any language of the questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from coproduce.formats.instruments.record import NOT_ANSWERED, RATHER_NOT_SAY, Kind, Scale
from coproduce.measures import codes, packing
from coproduce.measures.actions.answering import How
from coproduce.measures.asked_in import LONGEST_WORDS
from coproduce.measures.forms.answering import RATHER_NOT, RATHER_NOT_WORDS
from coproduce.measures.models import Came
from coproduce.measures.packing import Asked, NotAnAnswer, Question

RATHER_NOT_TYPED = ("x", RATHER_NOT, *(words.casefold() for words in RATHER_NOT_WORDS.values()))
LEFT_OUT_TYPED = ("", ".", "-", "na", "n/a")
YES, NO = ("y", "yes", "1", "true"), ("", "n", "no", "0", "false")
HELPED, PROXY = "h", "p"
MOST_IN_A_SENTENCE = 12  # values that are told one by one


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one field of a sheet, and what to do about it."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Typed:
    """One sheet as it was typed: ready to be kept where nothing is wrong with it."""

    code: str
    how: How
    answers: bytes
    words: Mapping[str, str]
    may_be_researched: bool
    wrong: tuple[Wrong, ...] = ()

    @property
    def says_something(self) -> bool:
        return any(self.answers) or bool(self.words)


def read_sheet(
    asked: Asked,
    fields: Mapping[str, str],
    *,
    needs_code: bool,
    came: Came = Came.PAPER,
    language: str = "en",
) -> Typed:
    """A sheet from its fields: `code`, the key of each question, `who` (h, p), `research` (y)."""
    given = {name: value.strip() for name, value in fields.items()}
    wrong: list[Wrong] = []
    code = _code(given.get("code", ""), needs_code, wrong)
    who = _who(given.get("who", ""), wrong)
    may = _yes(given.get("research", ""), wrong)
    answers, words = _answers(asked, given, wrong)
    how = How(language, is_helped=who == HELPED, is_proxy=who == PROXY, came=came)
    typed = Typed(code, how, packing.pack(answers), words, may, tuple(wrong))
    if not wrong and not typed.says_something:
        nothing = Wrong("code", "No answer stands on this sheet, so there is nothing to keep.")
        return Typed(code, how, typed.answers, words, may, (nothing,))
    return typed


def _code(given: str, needs_code: bool, wrong: list[Wrong]) -> str:
    if not given and not needs_code:
        return ""
    try:
        codes.check(given)
    except codes.CodeTooShort:
        sentence = (
            f"A code has at least {codes.FEWEST_LETTERS} letters and digits. Compare it with the "
            "sheet."
        )
        wrong.append(Wrong("code", sentence if given else "Type the code first."))
    if len(given) > codes.MOST_LETTERS:
        wrong.append(Wrong("code", f"A code has at most {codes.MOST_LETTERS} letters and digits."))
    return given


def _who(given: str, wrong: list[Wrong]) -> str:
    said = given.casefold()
    if said not in ("", HELPED, PROXY):
        wrong.append(
            Wrong("who", f"“{given[:20]}” says nothing here. Type h for help, p for a proxy.")
        )
    return said


def _yes(given: str, wrong: list[Wrong]) -> bool:
    said = given.casefold()
    if said not in (*YES, *NO):
        wrong.append(Wrong("research", f"“{given[:20]}” is neither y nor n."))
    return said in YES


def _answers(
    asked: Asked, given: Mapping[str, str], wrong: list[Wrong]
) -> tuple[list[int], dict[str, str]]:
    answers, words = [NOT_ANSWERED] * len(asked), {}
    for question in asked.questions:
        said = given.get(question.key, "")
        if question.item.kind == Kind.WORDS:
            if len(said) > LONGEST_WORDS:
                sentence = f"These are {len(said)} characters; {LONGEST_WORDS} fit."
                wrong.append(Wrong(question.key, sentence))
            elif said:
                words[question.key] = said
            continue
        try:
            answers[question.at] = read_answer(question, said)
        except NotAnAnswer as reason:
            wrong.append(Wrong(question.key, str(reason)))
    return answers, words


def read_answer(question: Question, said: str) -> int:
    """The packed code of one cell; NotAnAnswer where it is none of the answers."""
    plain = said.strip().casefold()
    if plain in RATHER_NOT_TYPED:
        return RATHER_NOT_SAY
    if plain in LEFT_OUT_TYPED:
        return NOT_ANSWERED
    if question.scale is None:
        return packing.code_of(question, plain.removesuffix(".0"))
    known = _known(question.scale)
    if plain in known:
        return known[plain]
    raise NotAnAnswer(f"“{said[:20]}” is no answer here. Type {what_fits(question)}.")


def _known(scale: Scale) -> dict[str, int]:
    """Everything that stands for an answer on this scale. A value wins over words that look like
    one."""
    known: dict[str, int] = {}
    for point in scale.missing:
        said = (f"{point.value:g}", *point.label.values())
        known |= dict.fromkeys((each.casefold() for each in said), NOT_ANSWERED)
    for at, point in enumerate(scale.points, start=1):
        for words in (*point.label.values(), *point.easy_read.values()):
            known.setdefault(words.casefold(), at)
    return known | {f"{point.value:g}": at for at, point in enumerate(scale.points, start=1)}


def values_of(question: Question) -> list[str]:
    """What is typed for each answer of a scale."""
    return [f"{each.value:g}" for each in question.scale.points] if question.scale else []


def what_fits(question: Question) -> str:
    """What can be typed, as a part of a sentence."""
    if question.scale is None:
        return f"a whole number from {question.item.low} to {question.item.high}, or x"
    values = values_of(question)
    if values == [str(each) for each in range(int(float(values[0])), int(float(values[-1])) + 1)]:
        return f"{values[0]} to {values[-1]}, or x"
    shown = ", ".join(values[:MOST_IN_A_SENTENCE])
    return f"{shown}, or x"


def as_typed(question: Question, code: int) -> str:
    """The way back: what a helper would type for this answer."""
    given = packing.given_by(question, code)
    return "x" if given == RATHER_NOT else given or "."
