"""Counting anew how much of what was said was answered in time: when asked, and every night."""

from django.db import transaction

from coproduce.people.models import Person, Place
from coproduce.reports import evidence
from coproduce.reports.actions.deeds import NotPossible
from coproduce.trust import log
from coproduce.trust.models import Figure
from coproduce.trust.releases import Blocked


def count_answers(place: Place, by: Person | None) -> Figure:
    """The share as it is today; where nothing has changed, the figure that stands."""
    with transaction.atomic():
        found = evidence.tell(place)
        if isinstance(found, Blocked):
            raise NotPossible(found.why)
        log.record("count what was answered", place.thing, by=by.id if by else None)
    return found
