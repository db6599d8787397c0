"""What every deed on a report shares: one transaction, the row in hand, one log entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.people.models import Person
from coproduce.reports.models import Report
from coproduce.trust import log

__all__ = ["NotPossible", "in_hand", "record_deed"]


@contextmanager
def in_hand(report: Report) -> Iterator[None]:
    """One transaction with the report's row locked, and everything read afresh."""
    with transaction.atomic():
        report.refresh_from_db(from_queryset=Report.objects.select_for_update())
        yield
        report.changed_at = timezone.now()
        report.save()


def record_deed(deed: str, report: Report, by: Person | None, note: str = "") -> None:
    log.record(deed, report.thing, by=by.id if by else None, note=note[:200])
