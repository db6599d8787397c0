"""What changed in a thousand projects at once? One look at the database, one pass over the people.

The same numbers as project by project, near the data: sheets are read as they are packed, paired by
their drawn numbers, scored instrument by instrument and summed up group by group.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

import numpy as np
from django.db import connection

from coproduce.analysis.effects import ChangeOfMany, change_of_many
from coproduce.formats.instruments.record import Instrument, Score
from coproduce.measures import asked_in
from coproduce.measures.evidence.comparing import Pair
from coproduce.measures.evidence.reading import Floats, Ints
from coproduce.measures.evidence.scoring import score_of
from coproduce.measures.models import Sheet
from coproduce.measures.packing import PACKED, Asked, values_of

AT_ONCE = 500  # waves in one question: SQLite takes 32,766 values, older ones 999


@dataclass(frozen=True, eq=False)
class Packed:
    """Sheets as they lie in the database: which wave of the list, whose, and what is packed."""

    wave: Ints
    person: Ints
    answers: Sequence[bytes]


@dataclass(frozen=True, eq=False)
class Across:
    """One score of one instrument: what changed, with a row for each pair in `pairs`."""

    instrument: Instrument
    score: Score
    pairs: tuple[Pair, ...]
    change: ChangeOfMany


def changes(pairs: Sequence[Pair]) -> list[Across]:
    """Every score that pairs of waves share, counted for all of them together.

    Pairs are taken together where both waves asked the same sets of questions in the same order,
    which is what most projects of a network do. What was asked before may be in several pairs of
    a survey: these are taken one after the other.
    """
    turns = Counter[UUID]()
    keyed = []
    for pair in pairs:
        keyed.append(((turns[pair.before.pk], *_asked_by(pair)), pair))
        turns[pair.before.pk] += 1
    keyed.sort(key=itemgetter(0))
    alike = groupby(keyed, key=itemgetter(0))
    return [found for _, group in alike for found in _changes_of(tuple(p for _, p in group))]


def _asked_by(pair: Pair) -> tuple[str, ...]:
    asked = (asked_in.asked(wave) for wave in (pair.before, pair.after))
    return tuple(name for each in asked for name in (*(i.name for i in each.instruments), ""))


def _changes_of(pairs: tuple[Pair, ...]) -> Iterator[Across]:
    before, after = (
        read([getattr(pair, when).pk for pair in pairs]) for when in ("before", "after")
    )
    first, second = (asked_in.asked(getattr(pairs[0], when)) for when in ("before", "after"))
    where = _linked(before, after)
    for instrument in first.instruments:
        if instrument.name not in {each.name for each in second.instruments}:
            continue
        values = [
            values_of(instrument, _codes(asked, packed)[rows][:, asked.of(instrument)])
            for asked, packed, rows in zip((first, second), (before, after), where, strict=True)
        ]
        for score in instrument.scores:
            scores = (score_of(instrument, score, each) for each in values)
            group = before.wave[where[0]]
            yield Across(
                instrument, score, pairs, change_of_many(group, *scores, groups=len(pairs))
            )


def read(waves: Sequence[UUID]) -> Packed:
    """The sheets of many waves that people sent for themselves; a wave is its place in the list."""
    rows = [row for some in _in_parts(waves) for row in _rows(some)]
    of_wave, persons, answers = zip(*rows, strict=True) if rows else ((), (), ())
    places = _places(waves)
    return Packed(
        np.fromiter((places[wave] for wave in of_wave), dtype=np.int64, count=len(rows)),
        np.array(persons, dtype=np.int64),
        answers,
    )


def _in_parts(waves: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (waves[start : start + AT_ONCE] for start in range(0, len(waves), AT_ONCE))


def _rows(waves: Sequence[UUID]) -> list[tuple[object, int, bytes]]:
    """Straight from the driver: a model for each of 100,000 rows would take ten times as long."""
    sent = Sheet.objects.sent().filter(wave__in=waves, is_proxy=False)
    compiled, given = sent.values("wave", "participant", "answers").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(compiled, given)
        return list(cursor.fetchall())


def _places(waves: Sequence[UUID]) -> Mapping[object, int]:
    """Where a wave stands in the list, by its id as either driver gives it back."""
    return {name: at for at, wave in enumerate(waves) for name in (wave, wave.hex)}


def _codes(asked: Asked, packed: Packed) -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    codes = np.frombuffer(b"".join(packed.answers), dtype=PACKED)
    return codes.reshape(len(packed.answers), len(asked))


def _linked(before: Packed, after: Packed) -> tuple[Ints, Ints]:
    """The rows of those who sent both; a participant is of one survey, so no number comes twice."""
    _, first, second = np.intersect1d(
        before.person, after.person, assume_unique=True, return_indices=True
    )
    return first, second


def by_pair(found: Iterable[Across]) -> Iterator[tuple[Pair, Across, int, Floats]]:
    """Each pair with each of its scores: which one, how many people, and the mean change."""
    for across in found:
        for at, pair in enumerate(across.pairs):
            yield pair, across, int(across.change.n[at]), across.change.mean_change[at]
