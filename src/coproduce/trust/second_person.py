"""Some deeds need two people: one asks and says why, another agrees. The database holds it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coproduce.trust import log
from coproduce.trust.models import Request

STANDS_FOR = timedelta(days=14)  # long enough for a holiday, short enough to be remembered


class NeedsAnother(ValueError):
    """The one who asked cannot also be the one who agrees."""


def ask(deed: str, thing: str, *, why: str, by: UUID) -> Request:
    """Put the question to a second person; what was asked before and still stands is given back."""
    with transaction.atomic():
        standing = standing_requests(deed, thing).filter(asked_by=by).first()
        if standing is not None:
            return standing
        request = Request.objects.create(deed=deed, thing=thing, why=why, asked_by=by)
        log.record(f"asked to {deed}", thing, by=by)
        return request


def agree(request: Request, *, by: UUID) -> Request:
    """Say yes as the second person, once; `NeedsAnother` if it is the first one again."""
    with transaction.atomic():
        fresh = Request.objects.select_for_update().get(pk=request.pk)
        if fresh.asked_by == by:
            raise NeedsAnother("You asked for this yourself: another person has to agree to it.")
        if not stands(fresh):
            raise NeedsAnother("This question has lapsed. It can be asked again, with its reason.")
        if fresh.agreed_by is None:
            fresh.agreed_by, fresh.agreed_at = by, timezone.now()
            fresh.save()
            log.record(f"agreed to {fresh.deed}", fresh.thing, by=by)
        return fresh


def standing_requests(deed: str, thing: str, *, now: datetime | None = None) -> QuerySet[Request]:
    """What has been asked about this thing and has not lapsed."""
    since = (now or timezone.now()) - STANDS_FOR
    return Request.objects.filter(deed=deed, thing=thing, asked_at__gt=since)


def stands(request: Request, *, now: datetime | None = None) -> bool:
    return request.asked_at > (now or timezone.now()) - STANDS_FOR


def is_agreed(request: Request) -> bool:
    """Whether two people stand behind this, and it has not lapsed."""
    return request.agreed_by is not None and stands(request)
