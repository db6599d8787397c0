"""What every deed of this room shares: one transaction, the row in hand, one log entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from coproduce.measures.models import Instrument, Survey, Wave
from coproduce.people.models import Person
from coproduce.trust.log import record


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


@contextmanager
def in_hand(row: Survey | Wave | Instrument) -> Iterator[None]:
    """One transaction with the row locked, and everything read afresh."""
    with transaction.atomic():
        if isinstance(row, Survey):
            row.refresh_from_db(from_queryset=Survey.objects.select_for_update())
        elif isinstance(row, Instrument):
            row.refresh_from_db(from_queryset=Instrument.objects.select_for_update())
        else:
            row.refresh_from_db(from_queryset=Wave.objects.select_for_update())
        yield


def record_deed(deed: str, thing: str, by: Person | None, note: str = "") -> None:
    record(deed, thing, by=by.id if by else None, note=note[:200])
