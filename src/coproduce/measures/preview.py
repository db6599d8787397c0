"""How will it look? Questions as those see them who are asked; nothing of it is kept."""

from dataclasses import dataclass
from typing import Any

from coproduce.formats.instruments.record import Instrument, Item, Kind
from coproduce.measures.forms.answering import OneAnswer, wording
from coproduce.measures.packing import Question
from coproduce.measures.sheet_words import picture_of

LOOKS = {"phone": "on a phone", "paper": "on paper", "easy": "in Easy Read"}


@dataclass(frozen=True)
class Shown:
    """One question as it is shown: its form, as the answering page has it."""

    question: Question
    form: OneAnswer
    words: str
    picture: str

    @property
    def field(self) -> Any:
        return self.form["answer"]


def shown_as(record: Instrument, look: str, language: str) -> list[Shown]:
    """All questions that can be asked already: one without answers to choose from has to wait."""
    is_easy = look == "easy"
    every = [Question(at, record, item) for at, item in enumerate(record.items, start=1)]
    return [_shown(each, language, is_easy) for each in every if can_be_asked(each.item, record)]


def can_be_asked(item: Item, record: Instrument) -> bool:
    scales = {scale.code for scale in record.scales}
    return bool(item.wording) and (item.kind != Kind.SCALE or item.scale in scales)


def _shown(question: Question, language: str, is_easy: bool) -> Shown:
    form = OneAnswer(
        question=question, language=language, is_easy=is_easy, prefix=f"q{question.number}"
    )
    picture = picture_of(question) if is_easy else ""
    return Shown(question, form, wording(question, language, is_easy), picture)
