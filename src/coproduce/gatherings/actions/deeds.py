"""What every deed in a gathering shares: one transaction, the row in hand, one log entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.trust.log import record


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


@contextmanager
def in_hand(gathering: Gathering) -> Iterator[None]:
    """One transaction with the gathering's row locked, and everything read afresh."""
    with transaction.atomic():
        gathering.refresh_from_db(from_queryset=Gathering.objects.select_for_update())
        yield


def record_deed(deed: str, gathering: Gathering, by: Person | None, note: str = "") -> None:
    record(deed, gathering.thing, by=by.id if by else None, note=note[:200])
