"""What is wrong with a part of an instrument, and with words and pictures anywhere in it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coproduce.formats.instruments.record import Words

_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(svg|png|jpg|jpeg)")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one part of an instrument, and what to do about it."""

    part: str  # "instrument", "licence", "item", "scale" or "score"
    code: str  # which of them; empty where there is one only
    field: str
    message: str
    answer: int = 0  # which answer of a scale, from 1; those that count as none come last

    @property
    def where(self) -> str:
        """The place in words: "item satisfied, scale"."""
        part = f"{self.part} {self.code}" if self.code else self.part
        part = f"{part}, answer {self.answer}" if self.answer else part
        return self.field if self.part == "instrument" else f"{part}, {self.field}"


Place = Callable[[Fault], tuple[int | None, str]]  # the row and the field of a file


def in_words(fault: Fault) -> tuple[None, str]:
    """The place of a fault in a file that has no rows."""
    return None, fault.where


def words_faults(
    part: str,
    code: str,
    field: str,
    words: Words,
    languages: tuple[str, ...],
    *,
    asked: bool = False,
) -> Iterator[Fault]:
    if asked and languages and not words.get(languages[0]):
        yield Fault(part, code, field, f"There are no words for it in “{languages[0]}”. Add them.")
    for language, text in words.items():
        if language not in languages:
            yield Fault(
                part,
                code,
                field,
                f"“{language}” is not among the languages of the instrument. Add it there.",
            )
        if not text:
            yield Fault(part, code, field, f"The words in “{language}” are empty. Leave them out.")
        yield from text_faults(part, code, field, text)


def text_faults(part: str, code: str, field: str, text: str) -> Iterator[Fault]:
    if text != text.strip():
        yield Fault(part, code, field, "There are blanks around the words. Take them out.")
    if any(_is_control(character) for character in text):
        yield Fault(part, code, field, "There is a character in it that cannot be shown.")


def _is_control(character: str) -> bool:
    """What neither XML nor a spreadsheet can hold; a new line they can."""
    kind = unicodedata.category(character)
    return (kind in ("Cc", "Cs") and character != "\n") or character in "\ufffe\uffff"


def image_faults(part: str, code: str, image: str) -> Iterator[Fault]:
    if image and not _IMAGE.fullmatch(image):
        yield Fault(
            part,
            code,
            "image",
            "Name the picture's file without folders: letters, digits, - and _, "
            "ending in .svg, .png or .jpg.",
        )
