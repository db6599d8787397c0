"""What share of what people said was answered in time? The only file here that calls arithmetic.

Of the points of a place that everybody may read and whose sixty days are over: how many had an
answer within sixty days, how many later, how many none. All of that stands on public pages
already, so a later figure beside an earlier one tells nothing that they do not. What is kept is
the base: nothing is told of fewer than ten people, for a share of a few points is none. Whoever
said something without anybody noting who they were cannot be counted as a person, and is not.
"""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import numpy as np
from django.db import transaction

from coproduce import __version__
from coproduce.analysis.disclosure import DEFAULT_POLICY, has_base
from coproduce.gatherings.models import Voice
from coproduce.people.models import Place
from coproduce.reports import owed
from coproduce.reports.owed import DAYS_TO_ANSWER, Owed
from coproduce.trust import figures, releases
from coproduce.trust.figures import Basis, Content, Entry
from coproduce.trust.gate import Admitted, Bar, admit
from coproduce.trust.models import Figure
from coproduce.trust.releases import Blocked, Snapshot

KIND = "answered"
METHOD = "points answered within sixty days, counted"
CONSENT = "Points and answers that everybody can read; nobody's words are used."
HOW = (
    f"Whoever says something at a gathering hears what came of it within {DAYS_TO_ANSWER} days of "
    "that day; a no with its reason is an answer too. Counted are the points that everybody may "
    f"read and whose {DAYS_TO_ANSWER} days are over. The first answer to each of them decides.",
    "Behind the points stand voices. Where nobody noted who spoke, the voice stands behind the "
    "point all the same, but is not counted as a person.",
)
UNKNOWN = -1


def thing_of(place: Place) -> str:
    """How the ledger of releases names it."""
    return f"{place.thing} answered"


def told(place: Place) -> Figure | None:
    """The newest figure of a place, if there is one."""
    newest = Figure.objects.filter(release__thing=thing_of(place), kind=KIND)
    return newest.select_related("release").order_by("-release__number").first()


def tell(place: Place) -> Figure | Blocked:
    """Count anew, and write it down if it says something new; or why nothing can be told."""
    ripe = [each for each in owed.in_place(place) if each.is_ripe]
    admitted = _admitted(ripe)
    people = admitted.manifest.people
    if not ripe:
        return Blocked(f"No point that was made here is {DAYS_TO_ANSWER} days old yet.")
    if not has_base(people):
        return Blocked(
            f"Behind these points stand {people} people whom somebody noted; the share is told "
            f"from {DEFAULT_POLICY.smallest_public_base} on."
        )
    content, before = _content(place, ripe, people), told(place)
    if before is not None and before.sentence == content.sentence:
        return before
    return _record(place, admitted, Entry(KIND, "", content, _basis(admitted)))


def _admitted(ripe: Sequence[Owed]) -> Admitted:
    """A row for each voice that may be counted: whose, behind which point, answered in time."""
    numbers = {each.insight.pk: number for number, each in enumerate(ripe)}
    behind = Voice.objects.listed().filter(insights__in=numbers).order_by("pk")
    rows = [
        (
            said_by.int >> 65 if said_by else UNKNOWN,
            numbers[point],
            ripe[numbers[point]].was_in_time,
        )
        for said_by, point in behind.values_list("said_by", "insights")
        if point in numbers
    ]
    person, item, value = zip(*rows, strict=True) if rows else ((), (), ())
    nobody = np.asarray(person, dtype=np.int64) == UNKNOWN
    bars = [Bar(nobody, "voices of which nobody noted who spoke")]
    return admit(person, item, value, consent_basis=CONSENT, bars=bars)


def _opaque(person: UUID | None) -> int:
    """The person as a whole number of 63 bits; nobody where it was not noted who spoke."""
    return UNKNOWN if person is None else person.int >> 65


def _content(place: Place, ripe: Sequence[Owed], people: int) -> Content:
    counts = {
        f"within {DAYS_TO_ANSWER} days": sum(each.was_in_time for each in ripe),
        "later": sum(each.is_answered and not each.was_in_time for each in ripe),
        "not yet": sum(not each.is_answered for each in ripe),
    }
    parts = [f"{number} {label}" for label, number in counts.items()]
    points = f"{len(ripe)} points" if len(ripe) > 1 else "1 point"
    return Content(
        title="Answered in time",
        sentence=f"Of {points} made in {place} more than {DAYS_TO_ANSWER} days ago, we answered "
        f"{parts[0]}, {parts[1]} and {parts[2]}.",
        about=f"{people} people whom somebody noted stand behind them.",
        columns=("Answered", "Points"),
        rows=tuple(counts.items()),
        facts={"stands": True, "points": len(ripe), "in_time": next(iter(counts.values()))},
        limits=("It counts answers, not whether they were good ones.",),
    )


def _basis(admitted: Admitted) -> Basis:
    rows = sorted(
        zip(
            admitted.person.tolist(),
            admitted.item.tolist(),
            admitted.value.tolist(),
            strict=True,
        )
    )
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Basis.of(
        admitted, method=METHOD, version=__version__, seed=0, input_digest=digest, how=HOW
    )


def _record(place: Place, admitted: Admitted, entry: Entry) -> Figure:
    """One release more. The ledger need not remember who was in it: see above."""
    before = releases.newest(thing_of(place))
    number = before.number + 1 if before else 1
    with transaction.atomic():
        snapshot = Snapshot(thing_of(place), number, admitted.people, is_last=False)
        release = releases.put_out(snapshot)
        releases.forget_people(thing_of(place))
        [figure] = figures.record(release, [entry])
    return figure
