"""Typing paper in: each sheet once, however often it is sent; taken out again while it is open."""

from uuid import UUID

from django.db import transaction

from coproduce.measures import asked_in, packing
from coproduce.measures.actions import answering
from coproduce.measures.actions.deeds import NotPossible, record_deed
from coproduce.measures.models import Came, Sheet, Wave
from coproduce.measures.typed import Typed, as_typed
from coproduce.people.models import Person
from coproduce.trust import consent
from coproduce.trust.models import Consent

TYPED_IN = (Came.PAPER, Came.FILE)
MOST_AT_ONCE = 200
IN_ALREADY = (
    "A sheet with this code is in already. If it is the same sheet, leave this one; if it is "
    "another person, their codes are the same: add their initials to one of them on the paper."
)


def enter(wave: Wave, key: UUID, typed: Typed, by: Person | None) -> bool:
    """Keep one sheet; False where this very one is here already.

    A sheet of a survey that links nobody has no code: it lies under its own key, which tells
    nobody anything.
    """
    if Sheet.objects.filter(pk=key).exists():
        return False
    with transaction.atomic():
        code = typed.code or key.hex
        _make_room(wave, code, typed)
        answering.enter(
            wave,
            code,
            typed.how,
            typed.answers,
            by,
            words=typed.words,
            may_be_researched=typed.may_be_researched,
            key=key,
        )
    return True


def _make_room(wave: Wave, code: str, typed: Typed) -> None:
    """What was begun on a screen and never sent gives way to the paper; what was sent stays."""
    held = answering.held_under(wave.survey, code)
    for sheet in held.sheets if held else ():
        if sheet.wave_id == wave.pk and sheet.is_proxy == typed.how.is_proxy:
            if sheet.sent_on is not None:
                raise NotPossible(IN_ALREADY)
            sheet.delete()


def take_out(wave: Wave, key: UUID, by: Person | None) -> None:
    """A sheet that was typed in wrongly goes, with what it allowed; the person's others stay."""
    with transaction.atomic():
        sheet = Sheet.objects.filter(pk=key, wave=wave, came__in=TYPED_IN).first()
        if sheet is None:
            raise NotPossible("This sheet is not here any more.")
        if not wave.is_open:
            raise NotPossible("The wave is closed: its sheets stand as they are.")
        participant = sheet.participant
        sheet.delete()
        if not participant.sheets.filter(wave=wave).exists():
            obtained = Consent.Obtained.PAPER
            who = by.id if by else None
            consent.take_back(participant.opaque, [wave.thing], by=who, obtained=obtained)
        record_deed("take a sheet out", wave.thing, by)


def row_of(sheet: Sheet) -> str:
    """What stands on a sheet, as it was typed in: how a helper knows it again."""
    answers = packing.unpack(sheet.answers)
    asked = asked_in.asked(sheet.wave)
    cells = (as_typed(each, int(answers[each.at])) for each in asked.questions)
    kinds = (each.item.kind != "words" for each in asked.questions)
    return " ".join(cell for cell, counts in zip(cells, kinds, strict=True) if counts)
