"""What may be used, for what, and what stays back? The one door from stored rows to arithmetic.

Rows come in as three columns of whole numbers (whose, about what, which answer). What consent or
a rule does not cover stays outside, is counted, and the reason is told in words.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Bar:
    """Rows that may not pass (one flag a row), and why, as a sentence can end."""

    rows: Flags
    why: str


@dataclass(frozen=True)
class KeptBack:
    """How many rows one reason kept outside."""

    rows: int
    why: str


@dataclass(frozen=True)
class Manifest:
    """What passed the gate, and what did not."""

    rows: int
    people: int
    items: int
    kept_back: tuple[KeptBack, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "kept_back": [asdict(each) for each in self.kept_back]}


@dataclass(frozen=True, eq=False)
class Admitted:
    """Rows that may be used: columns of one length that nobody can write to any more."""

    person: Ints
    item: Ints
    value: Ints
    consent_basis: str
    manifest: Manifest

    @property
    def people(self) -> Ints:
        """Everybody who is in it, once each, in ascending order."""
        return np.unique(self.person)


def admit(
    person: ArrayLike,
    item: ArrayLike,
    value: ArrayLike,
    *,
    consent_basis: str,
    bars: Sequence[Bar] = (),
) -> Admitted:
    """Let through what no bar stops; a row that two bars stop counts under the first of them."""
    if not consent_basis:
        raise ValueError("Nothing passes the gate without a consent basis: say what allows it.")
    columns = [np.asarray(column, dtype=np.int64) for column in (person, item, value)]
    passing = np.ones(columns[0].size, dtype=np.bool_)
    kept_back = []
    for bar in bars:
        stopped = passing & bar.rows
        if stopped.any():
            kept_back.append(KeptBack(rows=int(stopped.sum()), why=bar.why))
        passing &= ~bar.rows
    who, what, answer = (_frozen(column[passing]) for column in columns)
    return Admitted(who, what, answer, consent_basis, _manifest(who, what, tuple(kept_back)))


def only(admitted: Admitted, people: ArrayLike, *, why: str) -> Admitted:
    """The same rows for these people alone; `why` says what becomes of the others."""
    others = ~np.isin(admitted.person, np.asarray(people, dtype=np.int64))
    narrowed = admit(
        admitted.person,
        admitted.item,
        admitted.value,
        consent_basis=admitted.consent_basis,
        bars=[Bar(others, why)],
    )
    kept_back = admitted.manifest.kept_back + narrowed.manifest.kept_back
    manifest = _manifest(narrowed.person, narrowed.item, kept_back)
    return Admitted(
        narrowed.person, narrowed.item, narrowed.value, admitted.consent_basis, manifest
    )


def _manifest(person: Ints, item: Ints, kept_back: tuple[KeptBack, ...]) -> Manifest:
    return Manifest(
        rows=int(person.size),
        people=int(np.unique(person).size),
        items=int(np.unique(item).size),
        kept_back=kept_back,
    )


def _frozen(column: Ints) -> Ints:
    column.setflags(write=False)
    return column
