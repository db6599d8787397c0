"""What keeps a draft from being ready? Each fault in words, with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from coproduce.formats.instruments.checks import faults
from coproduce.formats.instruments.faults import Fault
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.formats.instruments.record import Kind
from coproduce.measures.instrument_words import long_sentences
from coproduce.measures.models import Instrument
from coproduce.measures.sheet_words import LANGUAGES

PARTS = {"item": "desk_item", "scale": "desk_scale", "score": "desk_score"}
FIELDS = {
    "wording": "wording",
    "easy_read": "Easy Read",
    "image_alt": "what the picture shows",
    "label": "an answer",
    "scale": "answers",
    "scores": "how it is counted",
    "items": "questions",
}


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, and where it is put right."""

    where: str
    message: str
    address: str


def lacks(instrument: Instrument) -> list[Lack]:
    """All that keeps it from being ready; nothing where it may be asked."""
    record = instrument.read()
    return [_lack(fault, instrument, record) for fault in faults(record)]


def _lack(fault: Fault, instrument: Instrument, record: Record) -> Lack:
    message = fault.message
    if fault.part == "item" and fault.field == "scale" and "names no scale" in message:
        message = "It has no answers to choose from. Choose some, or word your own."
    return Lack(_where(fault, record), message, _address(fault, instrument, record))


def _where(fault: Fault, record: Record) -> str:
    field = FIELDS.get(fault.field, fault.field.replace("_", " "))
    if fault.part == "item":
        codes = [item.code for item in record.items]
        part = f"Question {codes.index(fault.code) + 1}" if fault.code in codes else "A question"
        return f"{part}, {field}"
    if fault.part == "scale":
        return f"Answers “{fault.code}”, {field}"
    if fault.part == "score":
        return f"Score “{fault.code}”, {field}"
    return field.capitalize()


def _address(fault: Fault, instrument: Instrument, record: Record) -> str:
    known = {
        "item": {item.code for item in record.items},
        "scale": {scale.code for scale in record.scales},
        "score": {score.code for score in record.scores},
    }
    if fault.code in known.get(fault.part, ()):
        return reverse(f"measures:{PARTS[fault.part]}", args=[instrument.pk, fault.code])
    if fault.part == "instrument" and fault.field == "items":
        return reverse("measures:desk_item_new", args=[instrument.pk])
    if fault.part == "instrument" and fault.field == "scores":
        return reverse("measures:desk_score_new", args=[instrument.pk])
    return reverse("measures:desk_about", args=[instrument.pk])


def worth_a_look(instrument: Instrument) -> list[Lack]:
    """What may be meant, and may be a slip: pointed out, never in the way."""
    return list(_worth_a_look(instrument, instrument.read()))


def _worth_a_look(instrument: Instrument, record: Record) -> Iterator[Lack]:
    counted = {code for score in record.scores for code in score.items}
    for number, item in enumerate(record.items, start=1):
        address = reverse("measures:desk_item", args=[instrument.pk, item.code])
        for sentence in long_sentences(" ".join(item.easy_read.values())):
            words = len(sentence.split())
            yield Lack(f"Question {number}, Easy Read", f"“{sentence}” has {words} words.", address)
        if item.easy_read and not item.image:
            yield Lack(f"Question {number}, Easy Read", "It has no picture.", address)
        if record.scores and item.kind != Kind.WORDS and item.code not in counted:
            yield Lack(f"Question {number}", "No score counts it.", address)
    for language in record.languages[1:]:
        if left := sum(not item.wording.get(language) for item in record.items):
            yield Lack(
                f"In {LANGUAGES.get(language, language)}",
                f"{left} of {len(record.items)} questions are not translated.",
                reverse("measures:desk_translate", args=[instrument.pk, language]),
            )
