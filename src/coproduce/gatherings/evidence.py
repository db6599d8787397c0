"""How many were there, and what did they bring with them? The only file here that calls arithmetic.

Told once, when everybody is entered: told twice, the difference would be single people. Nothing is
told of fewer than ten people; counts of 1 to 4 are hidden, and what they could be worked out from.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from coproduce import __version__
from coproduce.analysis.disclosure import DEFAULT_POLICY, HIDDEN, shown_counts
from coproduce.gatherings.models import Attendance, Gathering, Presence
from coproduce.people.models import Part
from coproduce.trust import figures, releases
from coproduce.trust.consent import refusers_of
from coproduce.trust.figures import Basis, Content, Entry
from coproduce.trust.gate import Admitted, admit
from coproduce.trust.models import Figure, Release
from coproduce.trust.releases import Blocked

METHOD = "counts of people who signed in"
CONSENT = "Said when signing in, to be counted for this gathering."
HOW = (
    "People signed in by themselves, were signed in by a host, or were entered from the paper "
    "list. Everybody is counted once. What they bring with them is as they said it; nobody was "
    "asked to prove it, and nobody had to say anything.",
    "Whoever took back what they gave before this was counted is not in it.",
)
SMALL = DEFAULT_POLICY.smallest_count
WHY_HIDDEN = (
    f"{HIDDEN} stands for fewer than {SMALL} people, for all but fewer than {SMALL}, or hides a "
    "number from which such a one could be worked out. Nought is shown as nought."
)
SAID_NOTHING = "Said nothing"
NOTHING = len(Part)  # the item of those who said nothing, after the parts


@dataclass(frozen=True)
class Told:
    """A figure as a page shows it."""

    figure: Figure
    content: Content

    @property
    def corrections(self) -> list[str]:
        return self.figure.correction.splitlines()


def thing_of(gathering: Gathering) -> str:
    """How the ledger of releases names who was there."""
    return f"{gathering.thing} attendance"


def is_told(gathering: Gathering) -> bool:
    return releases.newest(thing_of(gathering)) is not None


def told(gathering: Gathering) -> list[Told]:
    """What was told of who was there, in its order; nothing before it is told."""
    found = Figure.objects.filter(release__thing=thing_of(gathering)).select_related("release")
    return [Told(figure, figures.content_of(figure)) for figure in found]


def tell(gathering: Gathering) -> Release | Blocked:
    """Write the counts down as figures, once and for all; or why they cannot be told."""
    came = counted(gathering)
    admitted = _admitted(came)
    snapshot = releases.closing(thing_of(gathering), admitted.people)
    if isinstance(snapshot, Blocked):
        return snapshot
    basis = _basis(admitted)
    entries = [
        Entry("attendance", key, content, basis)
        for key, content in _contents(gathering, came, admitted)
        if content is not None
    ]
    with transaction.atomic():
        release = releases.put_out(snapshot)
        figures.record(release, entries)
    return release


def counted(gathering: Gathering) -> list[Attendance]:
    """Who was there, without those who took it back.

    They stay outside before the gate: how many rows it kept back would tell what one brings.
    """
    refused = refusers_of(thing_of(gathering))
    return [one for one in gathering.attendances.all() if one.person_id not in refused]


def _admitted(came: list[Attendance]) -> Admitted:
    """A row for each part of each person; whoever said nothing has one row too."""
    numbers = {part.value: number for number, part in enumerate(Part)}
    rows = [
        (_opaque(one), numbers[part])
        for one in came
        for part in dict.fromkeys(one.parts)
        if part in numbers
    ]
    said = {person for person, _ in rows}
    rows += [(_opaque(one), NOTHING) for one in came if _opaque(one) not in said]
    person, item = zip(*rows, strict=True) if rows else ((), ())
    return admit(person, item, np.ones(len(rows)), consent_basis=CONSENT)


def _opaque(attendance: Attendance) -> int:
    """The person as a whole number of 63 bits."""
    return attendance.person_id.int >> 65


def _contents(
    gathering: Gathering, came: list[Attendance], admitted: Admitted
) -> list[tuple[str, Content | None]]:
    people = admitted.manifest.people
    counted = np.bincount(admitted.item, minlength=NOTHING + 1)
    labels = [*(part.label for part in Part), SAID_NOTHING]
    parts = dict(zip(labels, map(int, counted), strict=True))
    ways = {way.label.lower(): sum(one.presence == way for one in came) for way in Presence}
    brought = _table("What people brought with them", "Brings", parts, people, "{} said “{}”")
    there = _table("How people were there", "There", ways, people, "{} were {}")
    is_both = gathering.has_hall and gathering.has_line
    return [("", _turnout(people)), ("part", brought), ("presence", there if is_both else None)]


def _turnout(people: int) -> Content:
    return Content(
        title="How many were there",
        sentence=f"{people} people were there.",
        about="Everybody who signed in, in the hall or on the line.",
        columns=("What", "How many"),
        rows=(("people", people),),
        facts={"people": people},
    )


def _table(
    title: str, column: str, counts: dict[str, int], people: int, wording: str
) -> Content | None:
    """Counts beside the known number of all; None where none of them may be told."""
    shown = shown_counts(counts, people=people) or {}
    said = [wording.format(number, label) for label, number in shown.items() if _is_number(number)]
    if not said:
        return None
    return Content(
        title=title,
        sentence=f"Of {people} people who were there, {', '.join(said)}.",
        about="As people said it themselves. Many bring several things and are in several counts.",
        columns=(column, "People"),
        rows=tuple(shown.items()),
        limits=(WHY_HIDDEN,) if HIDDEN in shown.values() else (),
    )


def _is_number(shown: str) -> bool:
    return shown not in ("0", HIDDEN)


def _basis(admitted: Admitted) -> Basis:
    rows = sorted(zip(admitted.person.tolist(), admitted.item.tolist(), strict=True))
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Basis.of(
        admitted, method=METHOD, version=__version__, seed=0, input_digest=digest, how=HOW
    )
