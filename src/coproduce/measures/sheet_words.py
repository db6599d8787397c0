"""A sheet in words: what was asked, what was answered, in which languages it can be had."""

from dataclasses import dataclass

from django.templatetags.static import static

from coproduce.formats.instruments.record import NOT_ANSWERED, RATHER_NOT_SAY, Kind, in_language
from coproduce.measures import asked_in, packing
from coproduce.measures.models import Sheet
from coproduce.measures.packing import Asked, Question

# How languages that are asked for in England call themselves.
LANGUAGES = {
    "en": "English",
    "cy": "Cymraeg",
    "pl": "Polski",
    "pa": "ਪੰਜਾਬੀ",
    "ur": "اردو",
    "bn": "বাংলা",
    "gu": "ગુજરાતી",
    "ro": "Română",
    "ar": "العربية",
    "pt": "Português",
    "so": "Soomaali",
    "fa": "فارسی",
    "uk": "Українська",
}
RIGHT_TO_LEFT = ("ar", "fa", "ur")


def languages_of(asked: Asked) -> list[tuple[str, str]]:
    """The languages in which all of it can be asked: their code and their own name."""
    first, *others = asked.instruments
    shared = [each for each in first.languages if all(each in other.languages for other in others)]
    return [(each, LANGUAGES.get(each, each)) for each in shared or first.languages[:1]]


def picture_of(question: Question) -> str:
    """The address of the picture that stands beside it in Easy Read, if it has one."""
    return static(f"easyread/{question.item.image}") if question.item.image else ""


def introduction_of(question: Question, language: str) -> str:
    """What a set says before its first question; nothing before the others."""
    is_first = question.item == question.instrument.items[0]
    return in_language(question.instrument.introduction, language) if is_first else ""


@dataclass(frozen=True)
class Line:
    """One question and what was answered to it."""

    number: int
    asked: str
    answered: str


def said_on(sheet: Sheet) -> list[Line]:
    """Every question of a sheet with its answer, in the sheet's language."""
    given = packing.unpack(sheet.answers)
    words = asked_in.words_of(sheet.words)
    return [
        Line(
            question.number,
            in_language(question.item.wording, sheet.language),
            words.get(question.key, "") or NO_ANSWER
            if question.item.kind == Kind.WORDS
            else answer_in_words(question, int(given[question.at]), sheet.language),
        )
        for question in asked_in.asked(sheet.wave).questions
    ]


NO_ANSWER = "left out"


def answer_in_words(question: Question, code: int, language: str) -> str:
    if code == NOT_ANSWERED:
        return NO_ANSWER
    if code == RATHER_NOT_SAY:
        return "I would rather not say"
    if question.scale is None:
        return str(code - 1)
    return in_language(question.answers[code - 1].label, language)
