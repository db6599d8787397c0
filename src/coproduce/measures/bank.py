"""The sets of questions that come along: kept as rows, so that waves can point at them; and what
of all sets everybody finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from coproduce.formats.instruments import native
from coproduce.formats.instruments.bank import bank
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.measures import to_be_found
from coproduce.measures.models import Instrument


def keep_shipped() -> int:
    """Take in every shipped version that is not here yet; how many were new."""
    here = set(Instrument.objects.values_list("code", "version"))
    new = [each for each in bank() if (each.code, each.version) not in here]
    if not new:
        return 0
    with transaction.atomic():
        Instrument.objects.bulk_create(
            (
                Instrument(
                    code=each.code, version=each.version, record=native.write_instrument(each)
                )
                for each in new
            ),
            ignore_conflicts=True,  # another process may take them in at the same moment
        )
        for code in {each.code for each in new}:
            to_be_found.instrument_changed(code)
    return len(new)


@dataclass(frozen=True)
class Entry:
    """A set in the bank: its newest version."""

    instrument: Instrument
    record: Record


def entries() -> list[Entry]:
    """The newest ready version of every set, by title."""
    keep_shipped()
    found = [Entry(each, each.read()) for each in _newest()]
    return sorted(found, key=lambda entry: str(entry.instrument).lower())


def _newest() -> Iterator[Instrument]:
    by_code = Instrument.objects.ready().select_related("place").order_by("code", "made_at", "pk")
    for _, versions in groupby(by_code, key=lambda each: each.code):
        *_, newest = versions
        yield newest


def versions_of(code: str) -> list[Instrument]:
    """All ready versions of a set, the newest first."""
    return list(Instrument.objects.ready().filter(code=code).order_by("-made_at", "-pk"))


def outcomes_in(found: list[Entry]) -> list[str]:
    """Everything that the sets measure, once each."""
    return sorted({outcome for entry in found for outcome in entry.record.outcomes})


def matching(found: list[Entry], words: str, outcome: str) -> list[Entry]:
    """Those that measure this outcome and hold all these words somewhere."""
    wanted = words.lower().split()
    return [
        entry
        for entry in found
        if (not outcome or outcome in entry.record.outcomes)
        and all(word in _said_in(entry.record) for word in wanted)
    ]


def _said_in(record: Record) -> str:
    texts = [
        *record.title.values(),
        *record.purpose.values(),
        *record.outcomes,
        record.population,
        *(text for item in record.items for text in item.wording.values()),
    ]
    return " ".join(texts).lower()
