"""What of this room is to be found? Sets of questions that are ready, by what they measure."""

from collections.abc import Iterator

from django.urls import reverse

from coproduce.formats.instruments.record import Instrument as Record
from coproduce.measures.models import Instrument
from coproduce.search import rebuilding
from coproduce.search.index import Entry, put, take_out
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Room


def instrument_changed(code: str) -> None:
    """After a version became ready: the newest one is found, the ones before it no more."""
    *before, newest = Instrument.objects.ready().filter(code=code).order_by("made_at", "pk")
    take_out(*(each.thing for each in before))
    put(_of_instrument(newest))


def everything() -> Iterator[Entry]:
    newest: dict[str, Instrument] = {}
    ready = Instrument.objects.ready().select_related("place").order_by("made_at", "pk")
    for each in ready.iterator():
        newest[each.code] = each
    yield from map(_of_instrument, newest.values())


def _of_instrument(instrument: Instrument) -> Entry:
    record = instrument.read()
    return Entry(
        thing=instrument.thing,
        kind="instrument",
        title=str(instrument),
        text="\n".join(_said_in(record)),
        address=reverse("measures:instrument", args=[instrument.code, instrument.version]),
        seen=Seen.EVERYBODY,
        where=instrument.place.name if instrument.place else "",
        note=record.status,
        at=instrument.made_at,
    )


def _said_in(record: Record) -> Iterator[str]:
    """What it measures and for whom; its questions only where the holder lets them be read."""
    yield from record.purpose.values()
    yield from record.outcomes
    yield record.population
    if record.licence.may_ship:
        for item in record.items:
            yield from item.wording.values()


ROOM = Room((rebuilding.Kind("instrument", "Set of questions", "Sets of questions"),), everything)
