"""Somebody changes their mind: their answers go, and what rests on them is counted anew."""

from uuid import UUID

from coproduce.measures import tasks
from coproduce.measures.actions import answering
from coproduce.measures.models import Participant
from coproduce.trust.models import Consent


def take_back(participant: int, *, by: UUID | None = None, obtained: str = "") -> int:
    """How many sheets were taken back. What was published of them is seen to at once after."""
    found = Participant.objects.select_related("survey").get(pk=participant)
    waves = [str(each) for each in found.sheets.sent().values_list("wave", flat=True)]
    sheets = answering.take_back(found, by, obtained or Consent.Obtained.SCREEN)
    for wave in waves:
        tasks.count_anew.enqueue(wave)
    return sheets
