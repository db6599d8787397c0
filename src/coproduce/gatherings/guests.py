"""Who is coming, as the hosts may see it? Of access needs only those that are theirs to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from coproduce.gatherings.models import Gathering, Notice, Registration
from coproduce.gatherings.telling import spelled
from coproduce.people.channels import Outcome


@dataclass(frozen=True)
class Guest:
    """Somebody registered, in a list."""

    registration: Registration
    name: str
    code: str
    reached: str
    needs: tuple[str, ...]  # those that whoever looks may read
    locked: int  # how many others they told to coordinators alone


def guests_of(registrations: Iterable[Registration], *, sees_all_needs: bool) -> list[Guest]:
    """These people as a list shows them; read them `with_people`, or each is asked for alone."""
    return [_guest(one, sees_all_needs) for one in registrations]


def diets_of(gathering: Gathering) -> list[str]:
    """What cannot be eaten, without names and in an order that tells nobody."""
    told = gathering.registrations.standing().exclude(diet=None)
    return sorted(str(diet) for diet in told.values_list("diet", flat=True))


def not_reached(gathering: Gathering) -> list[str]:
    """Who was to be told something and may not have heard it, for the hosts to ring."""
    heard = (Outcome.SENT.value, Outcome.TO_PRINT.value, Outcome.NO_WAY.value)
    open_ones = Notice.objects.filter(registration__gathering=gathering).exclude(outcome__in=heard)
    return [
        f"{notice.registration.person} was to hear {notice.get_about_display()}: "
        f"{notice.outcome or 'begun, and then something broke'}."
        for notice in open_ones.select_related("registration__person")
    ]


def _guest(registration: Registration, sees_all_needs: bool) -> Guest:
    needs = list(registration.person.access_needs.all())
    seen = [need for need in needs if sees_all_needs or need.may_be_shared]
    reach = registration.reach
    return Guest(
        registration,
        registration.person.name or "Somebody without a name",
        spelled(registration.code),
        reach.get_channel_display() if reach else "Not at all",
        tuple(str(need.words) for need in seen),
        len(needs) - len(seen),
    )
