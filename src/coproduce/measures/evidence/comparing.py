"""Whose answers of two waves belong together, and which scores can be compared at all?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coproduce.formats.instruments.record import Instrument, Kind, Score
from coproduce.measures.evidence.reading import Floats, Ints, Rows, read
from coproduce.measures.evidence.scoring import score_of
from coproduce.measures.models import Moment, Survey, Wave
from coproduce.measures.packing import values_of
from coproduce.trust.gate import Admitted, admit

CONSENT = (
    "Sent by people who were told beforehand that their answers are counted together with those "
    "of others, and who have not taken them back."
)


@dataclass(frozen=True)
class Pair:
    """Two waves that are set beside each other."""

    before: Wave
    after: Wave

    @property
    def looks_back(self) -> bool:
        """Whether what was before was asked afterwards only."""
        return self.before.moment == Moment.THEN


@dataclass(frozen=True, eq=False)
class Scored:
    """One score of everybody who has it in either wave; NaN where there is none."""

    instrument: Instrument
    score: Score
    people: Ints
    before: Floats
    after: Floats

    @property
    def key(self) -> str:
        return f"{self.instrument.name}:{self.score.code}"

    @property
    def linked(self) -> Ints:
        """Whoever has it in both."""
        return self.people[~(np.isnan(self.before) | np.isnan(self.after))]


def pairs_of(survey: Survey) -> list[Pair]:
    """Each closed wave after the first with what it is compared with.

    That is what was asked before; only where nobody was asked then, what was asked afterwards
    about before.
    """
    closed = list(survey.waves.closed())
    before = [each for each in closed if each.moment == Moment.BEFORE]
    then = [each for each in closed if each.moment == Moment.THEN]
    baseline = next(iter([*before, *then]), None)
    if baseline is None or not survey.is_linked:
        return []
    later = (each for each in closed if each.moment in (Moment.AFTER, Moment.LATER))
    return [Pair(baseline, each) for each in later]


@dataclass(frozen=True, eq=False)
class Both:
    """What two waves hold, without what others answered for somebody."""

    pair: Pair
    before: Rows
    after: Rows

    @classmethod
    def read(cls, pair: Pair) -> "Both":
        return cls(pair, read(pair.before).own, read(pair.after).own)

    @property
    def linked(self) -> Ints:
        return np.intersect1d(self.before.people, self.after.people)

    def shared(self) -> list[Instrument]:
        """The instruments that both asked in the same version."""
        after = {each.name for each in self.after.asked.instruments}
        return [each for each in self.before.asked.instruments if each.name in after]

    def reworded(self) -> list[Instrument]:
        """The instruments of the later wave that were asked before in another version."""
        versions = {each.code: each.version for each in self.before.asked.instruments}
        return [
            each
            for each in self.after.asked.instruments
            if versions.get(each.code, each.version) != each.version
        ]

    def scored(self) -> Iterator[Scored]:
        """Every score that both waves have, of everybody who has it in either."""
        people = np.union1d(self.before.people, self.after.people)
        for instrument in self.shared():
            before = values_of(instrument, self.before.of(instrument))
            after = values_of(instrument, self.after.of(instrument))
            for score in instrument.scores:
                yield Scored(
                    instrument,
                    score,
                    people,
                    _placed(people, self.before.people, score_of(instrument, score, before)),
                    _placed(people, self.after.people, score_of(instrument, score, after)),
                )

    def admitted(self) -> Admitted:
        """The answers that are counted, past the gate: of everybody who answered both waves.

        The others stay outside before it: how many rows it kept back would tell about a few.
        """
        columns = [_long(rows, self.linked) for rows in (self.before, self.after)]
        person, item, value = (np.concatenate(each) for each in zip(*columns, strict=True))
        return admit(person, item, value, consent_basis=CONSENT)


def _placed(everybody: Ints, people: Ints, values: Floats) -> Floats:
    placed = np.full(everybody.size, np.nan)
    placed[np.searchsorted(everybody, people)] = values
    return placed


def _long(rows: Rows, linked: Ints) -> tuple[Ints, Ints, Ints]:
    """A row for each answer: whose, to what, which. Own words are not counted and not taken."""
    is_counted = [each.item.kind != Kind.WORDS for each in rows.asked.questions]
    is_there = (rows.codes != 0) & is_counted & np.isin(rows.people, linked)[:, np.newaxis]
    sheets, items = np.nonzero(is_there)
    return rows.people[sheets], items, rows.codes[sheets, items].astype(np.int64)
