"""How does a gathering stand, in a line? For the hosts' list and the head of their page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from coproduce.gatherings.models import Attendance, Gathering, Presence, Registration


@dataclass(frozen=True)
class Counts:
    """How many come, wait and came; for the hosts alone."""

    in_hall: int = 0
    on_line: int = 0
    waiting: int = 0
    came: int = 0

    @property
    def coming(self) -> int:
        return self.in_hall + self.on_line


@dataclass(frozen=True)
class Line:
    """One gathering in a list."""

    gathering: Gathering
    counts: Counts


def lines_of(gatherings: Iterable[Gathering]) -> list[Line]:
    """Each with its counts, in two queries however many there are."""
    found = list(gatherings)
    counts = _counts([one.pk for one in found])
    return [Line(one, counts[one.pk]) for one in found]


def counts_of(gathering: Gathering) -> Counts:
    return _counts([gathering.pk])[gathering.pk]


def _counts(keys: list[UUID]) -> dict[UUID, Counts]:
    standing = Registration.objects.standing().filter(gathering__in=keys)
    rows = standing.values_list("gathering", "state", "presence").annotate(people=Count("id"))
    registered = {
        (key, state, presence): people for key, state, presence, people in rows.order_by()
    }
    came: dict[UUID, int] = dict(
        Attendance.objects.filter(gathering__in=keys)
        .values_list("gathering")
        .annotate(people=Count("id"))
        .order_by()
    )

    def of(key: UUID, state: str, *presences: Presence) -> int:
        return sum(registered.get((key, state, presence), 0) for presence in presences)

    coming, waiting = Registration.State.COMING, Registration.State.WAITING
    return {
        key: Counts(
            in_hall=of(key, coming, Presence.HALL),
            on_line=of(key, coming, Presence.LINE),
            waiting=of(key, waiting, *Presence),
            came=came.get(key, 0),
        )
        for key in keys
    }
