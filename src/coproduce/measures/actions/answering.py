"""What somebody does who is asked: begin, answer, send, take it back. Never under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from coproduce.measures import asked_in, codes, packing
from coproduce.measures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.measures.models import Came, Participant, Sheet, Survey, Wave
from coproduce.measures.models.sheets import opaque
from coproduce.measures.packing import Question
from coproduce.people.models import Person
from coproduce.trust import consent
from coproduce.trust.models import Consent, Where

COUNTED = (Where.WEB, Where.REPORT)  # as a number among others
OBTAINED = {
    Came.SCREEN: Consent.Obtained.SCREEN,
    Came.PAPER: Consent.Obtained.PAPER,
    Came.FILE: Consent.Obtained.PAPER,
}


@dataclass(frozen=True)
class How:
    """How a sheet is filled in."""

    language: str = "en"
    is_easy_read: bool = False
    is_helped: bool = False
    is_proxy: bool = False
    came: Came = Came.SCREEN


AS_USUAL = How()


def begin(wave: Wave, code: str, how: How = AS_USUAL, key: UUID | None = None) -> Sheet:
    """The sheet of whoever has this code, as far as it was filled in; a new one at first.

    Raises NotPossible where the wave is not open, or where they have sent this sheet already.
    """
    codes.check(code)
    with transaction.atomic():
        _check_open(wave)
        participant = participant_of(wave.survey, code)
        sheet, _ = Sheet.objects.get_or_create(
            wave=wave,
            participant=participant,
            is_proxy=how.is_proxy,
            defaults={
                "id": key or uuid4(),
                "answers": packing.empty(asked_in.asked(wave)),
                **{name: getattr(how, name) for name in ("language", "is_easy_read", "is_helped")},
                "came": how.came,
            },
        )
    if sheet.sent_on is not None:
        raise NotPossible(
            "A sheet with this code was sent already. If it is not yours, choose another code; if "
            "it is, you can look at it or take it back."
        )
    return sheet


def participant_of(survey: Survey, code: str) -> Participant:
    """Whoever has this code in this survey, there from now on. Taken back is as good as new."""
    found, _ = Participant.objects.get_or_create(
        survey=survey, code_hash=codes.hash_of(survey, code)
    )
    if found.taken_back_at is not None:
        found.taken_back_at = None
        found.save(update_fields=["taken_back_at"])
    return found


def answer(sheet: Sheet, question: Question, given: str) -> None:
    """Write one answer down; own words are sealed. Nothing is final before it is sent."""
    with transaction.atomic():
        sheet.refresh_from_db(from_queryset=Sheet.objects.select_for_update())
        if sheet.sent_on is not None:
            raise NotPossible("This sheet was sent already.")
        _check_open(sheet.wave)
        if question.item.kind == "words":
            sheet.words = asked_in.with_words(sheet.words, question, given)
        else:
            code = packing.code_of(question, given)
            sheet.answers = packing.with_answer(sheet.answers, question, code)
        sheet.save(update_fields=["answers", "words"])


def send(sheet: Sheet, *, may_be_researched: bool) -> None:
    """Hand it in: from now on it is counted, and the ledger of consents says what for."""
    with transaction.atomic():
        sheet.refresh_from_db(from_queryset=Sheet.objects.select_for_update())
        _check_open(sheet.wave)
        if sheet.sent_on is not None:
            return
        sheet.sent_on, sheet.may_be_researched = timezone.localdate(), may_be_researched
        sheet.save(update_fields=["sent_on", "may_be_researched"])
        _note_consent(sheet)


def _note_consent(sheet: Sheet) -> None:
    channels = [*COUNTED, Where.RESEARCH] if sheet.may_be_researched else [*COUNTED]
    consent.note(None, **consent_of(sheet, [each.value for each in channels]))


def consent_of(sheet: Sheet, channels: list[str]) -> dict[str, Any]:
    """The entry of the ledger for one sheet."""
    return {
        "person": opaque(sheet.participant_id),
        "thing": sheet.wave.thing,
        "channels": channels,
        "obtained": OBTAINED[Came(sheet.came)],
        "support": "with somebody's help" if sheet.is_helped else "",
    }


@dataclass(frozen=True)
class Held:
    """What is held under a code: which waves were answered, and which of them are published."""

    participant: Participant
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


def held_under(survey: Survey, code: str) -> Held | None:
    """What somebody with this code gave; None where nobody answered under it."""
    found = Participant.objects.filter(
        survey=survey, code_hash=codes.hash_of(survey, code), taken_back_at=None
    ).first()
    if found is None:
        return None
    sheets = found.sheets.select_related("wave__survey").order_by("wave__number")
    return Held(found, tuple(sheets))


def take_back(participant: Participant, by: UUID | None, obtained: str) -> int:
    """Every answer they gave is deleted; how many sheets those were.

    What is published already stands with a dated note, or is counted anew where that tells
    nothing about one person: the evidence sees to it.
    """
    survey = participant.survey
    with in_hand(survey):
        sheets = list(participant.sheets.select_related("wave"))
        things = [each.wave.thing for each in sheets]
        consent.take_back(participant.opaque, things, by=by, obtained=obtained)
        participant.sheets.all().delete()
        participant.taken_back_at = timezone.now()
        participant.save(update_fields=["taken_back_at"])
        record_deed("take back a sheet", survey.thing, None)
    return len(sheets)


def _check_open(wave: Wave) -> None:
    if not Wave.objects.open().filter(pk=wave.pk).exists():
        raise NotPossible(
            "This survey is not open now. Ask whoever gave you the link when it is asked again."
        )


def enter(
    wave: Wave,
    code: str,
    how: How,
    codes_given: bytes,
    by: Person | None,
    *,
    words: Mapping[str, str] | None = None,
    may_be_researched: bool = False,
    key: UUID | None = None,
) -> Sheet:
    """A sheet from paper or a file, whole and sent. A closed wave takes no more.

    `words`: own words by the key of the question. `key`: the id that the sheet is to have, so
    that it is known again when it is sent twice.
    """
    with transaction.atomic():
        sheet = begin(wave, code, how, key)
        sheet.answers, sheet.sent_on = codes_given, timezone.localdate()
        sheet.words, sheet.may_be_researched = asked_in.sealed(words or {}), may_be_researched
        sheet.is_helped, sheet.came, sheet.language = how.is_helped, how.came, how.language
        sheet.save()
        _note_consent(sheet)
        record_deed("enter a sheet", wave.thing, by)
    return sheet
