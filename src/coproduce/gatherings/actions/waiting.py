"""Who gets a place that has become free? Whoever has waited longest, in the hall or on the line."""

from coproduce.gatherings import tasks
from coproduce.gatherings.models import Gathering, Notice, Presence, Registration


def is_full(gathering: Gathering, presence: Presence) -> bool:
    """Whether whoever comes now has to wait; behind people who wait, everybody waits."""
    of_this = gathering.registrations.filter(presence=presence)
    return free_places(gathering, presence) == 0 or of_this.waiting().exists()


def free_places(gathering: Gathering, presence: Presence) -> int | None:
    """How many may still come this way; None where there is no limit."""
    is_hall = presence == Presence.HALL
    capacity = gathering.hall_capacity if is_hall else gathering.line_capacity
    if capacity is None:
        return None
    return max(capacity - gathering.registrations.coming().filter(presence=presence).count(), 0)


def let_in_from_waiting(gathering: Gathering) -> list[Registration]:
    """Everybody for whom there is room now comes, in the order in which they asked; they are told.

    The gathering's row is in hand, so that a place goes to one person.
    """
    if not gathering.is_published or gathering.is_over():
        return []
    promoted = [one for presence in Presence for one in _next_ones(gathering, presence)]
    for registration in promoted:
        registration.state = Registration.State.COMING
        registration.save(update_fields=["state"])
        tasks.tell_one.enqueue(str(registration.id), Notice.About.PROMOTED.value)
    return promoted


def _next_ones(gathering: Gathering, presence: Presence) -> list[Registration]:
    waiting = gathering.registrations.waiting().filter(presence=presence)
    return list(waiting[: free_places(gathering, presence)])
