"""Who is coming, as the hosts may see it? Of access needs only those that are theirs to read."""

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


def guests_of(gathering: Gathering, *, sees_all_needs: bool) -> list[Guest]:
    """Everybody who comes or waits, in the order in which they asked."""
    standing = gathering.registrations.standing().select_related("person", "reach")
    return [
        _guest(one, sees_all_needs) for one in standing.prefetch_related("person__access_needs")
    ]


def diets_of(guests: list[Guest]) -> list[str]:
    """What cannot be eaten, without names and in an order that tells nobody."""
    return sorted(str(guest.registration.diet) for guest in guests if guest.registration.diet)


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
