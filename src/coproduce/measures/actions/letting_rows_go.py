"""Letting rows of answers go: one person asks and says why, another agrees, both may have them."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from coproduce.measures.actions.deeds import NotPossible, in_hand
from coproduce.measures.evidence import rows
from coproduce.measures.files.rows import rows_zip
from coproduce.measures.models import RowsAsked, Wave
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may
from coproduce.trust import log, releases, second_person
from coproduce.trust.models import Request
from coproduce.trust.releases import Blocked
from coproduce.trust.second_person import NeedsAnother

RELEASE_ROWS = "release rows of a survey"


def ask(wave: Wave, *, why: str, marked: Collection[str], by: Person) -> Request:
    """Put it to a second person; `NotPossible` where there are no rows that could go."""
    _check_may(by, wave)
    _check_closed(wave)
    found = rows.choose(wave, marked)
    if isinstance(found, Blocked):
        raise NotPossible(found.why)
    with transaction.atomic():
        request = second_person.ask(RELEASE_ROWS, wave.thing, why=why, by=by.id)
        RowsAsked.objects.get_or_create(
            request=request, defaults={"wave": wave, "marked": sorted(marked)}
        )
    return request


def agree(wave: Wave, request_id: UUID, *, by: Person) -> Request:
    """Say yes as the second person; `NotPossible` for the one who asked."""
    _check_may(by, wave)
    try:
        return second_person.agree(_asked(wave, request_id).request, by=by.id)
    except NeedsAnother as refusal:
        raise NotPossible(str(refusal)) from refusal


def hand_out(wave: Wave, request_id: UUID, *, by: Person) -> bytes:
    """The rows as a zip, for one of the two who stand behind it; written in the log each time.

    They are chosen anew: whoever took their answers back meanwhile is not in it.
    """
    _check_may(by, wave)
    asked = _asked(wave, request_id)
    request = asked.request
    if not second_person.is_agreed(request):
        raise NotPossible("This takes two people: somebody else has to agree first.")
    if by.id not in (request.asked_by, request.agreed_by):
        raise NotPossible("These rows go to the two people who asked and agreed. Ask for your own.")
    with in_hand(wave):
        _check_closed(wave)
        chosen = rows.choose(wave, asked.marked)
        if isinstance(chosen, Blocked):
            raise NotPossible(chosen.why)
        snapshot = rows.may_leave(wave, chosen)
        if isinstance(snapshot, Blocked):
            raise NotPossible(snapshot.why)
        if snapshot is not None:
            releases.put_out(snapshot)
        log.record(RELEASE_ROWS, wave.thing, by=by.id, note=f"request {request.id}")
    return rows_zip(chosen.table, why=request.why)


def asked_for(wave: Wave) -> list[RowsAsked]:
    """What has been asked and still stands, newest first."""
    standing = second_person.standing_requests(RELEASE_ROWS, wave.thing)
    found = RowsAsked.objects.filter(request__in=standing).select_related("request")
    return list(found.order_by("-request__asked_at"))


def _asked(wave: Wave, request_id: UUID) -> RowsAsked:
    found = next((each for each in asked_for(wave) if each.pk == request_id), None)
    if found is None:
        raise NotPossible("This question has lapsed. It can be asked again, with its reason.")
    return found


def _check_may(person: Person, wave: Wave) -> None:
    if not may(person, Deed.MEASURE, wave.survey.place):
        raise NotPossible(f"In {wave.survey.place} that is up to evaluators.")


def _check_closed(wave: Wave) -> None:
    if not wave.is_closed:
        raise NotPossible("Rows can only go once the wave is closed.")
