"""Who comes: register, wait for a place, cancel. With or without an account, by oneself or helped.

Whoever has no account becomes a person of their own, also where the address they typed is one that
we know: nobody has shown yet that it is theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone

from coproduce.gatherings import tasks
from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.actions.waiting import is_full, let_in_from_waiting
from coproduce.gatherings.models import (
    Gathering,
    Notice,
    PersonalPlan,
    Presence,
    Registration,
)
from coproduce.people.models import AccessNeed, Channel, Person, Reach
from coproduce.people.to_be_found import person_changed

State = Registration.State


@dataclass(frozen=True)
class Answers:
    """What somebody says when they register. All but how they come can be left out."""

    presence: Presence
    name: str = ""
    channel: Channel | None = None
    address: str = ""
    parts: Sequence[str] = ()
    need: str = ""
    need_may_be_shared: bool = False
    diet: str = ""


def register(
    gathering: Gathering,
    answers: Answers,
    *,
    person: Person | None = None,
    assisted_by: Person | None = None,
    key: UUID | None = None,
) -> Registration:
    """Put somebody down for a place, or on the waiting list behind those who asked before.

    `person`: who they are, where they have shown it by signing in. `key`: names this one sending
    of the form, so that a double tap is one registration.
    """
    with in_hand(gathering):
        _only_while_open(gathering)
        if (known := _already(gathering, person, key)) is not None:
            return known
        person = _remember(person, answers)
        waits = is_full(gathering, answers.presence)
        registration = Registration.objects.create(
            id=key or uuid4(),
            gathering=gathering,
            person=person,
            state=State.WAITING if waits else State.COMING,
            presence=answers.presence,
            reach=_way(person, answers),
            diet=answers.diet or None,
            assisted_by=assisted_by,
        )
        record_deed("register", gathering, assisted_by or person)
        if registration.reach is not None:
            tasks.tell_one.enqueue(str(registration.id), Notice.About.CONFIRMED.value)
    return registration


@dataclass(frozen=True)
class Changes:
    """What somebody wants to be different. A field that is None stays as it is; "" takes it out."""

    channel: Channel | None = None
    address: str = ""
    diet: str | None = None
    name: str | None = None
    need: str | None = None
    need_may_be_shared: bool = False


def change(registration: Registration, changes: Changes) -> None:
    """Another way to reach them, another name, need or diet; by whoever has the code.

    Of somebody with an account the code changes this registration alone: who they are and what
    they need is theirs to change, signed in.
    """
    gathering, person = registration.gathering, registration.person
    with in_hand(gathering):
        registration.refresh_from_db(fields=["state"])
        if registration.is_cancelled or gathering.is_over():
            raise NotPossible("There is nothing to change any more.")
        before = registration.reach
        registration.reach = _reach(person, changes.channel, changes.address)
        if changes.diet is not None:
            registration.diet = changes.diet or None
        registration.save(update_fields=["reach", "diet"])
        if person.user_id is None:
            _change_person(person, changes)
            _forget_way(before, registration.reach)
        record_deed("change a registration", gathering, person)


def _change_person(person: Person, changes: Changes) -> None:
    if changes.name is not None and changes.name != person.name:
        person.name = changes.name
        person.save(update_fields=["name"])
        person_changed(person)
    if changes.need is None:
        return
    if not changes.need:
        person.access_needs.all().delete()
        return
    told = {"words": changes.need, "may_be_shared": changes.need_may_be_shared}
    newest = person.access_needs.order_by("-told_at").defer("words").first()
    if newest is None:
        AccessNeed.objects.create(person=person, **told)
        return
    for name, value in {**told, "reviewed_at": timezone.now()}.items():
        setattr(newest, name, value)
    newest.save(update_fields=[*told, "reviewed_at"])


def _forget_way(before: Reach | None, now: Reach | None) -> None:
    """An address that nothing else goes to is not kept for its own sake."""
    if before is None or before == now:
        return
    is_used = Registration.objects.filter(reach=before).exists()
    if not is_used and not before.person.hearings.current().exists():
        before.delete()


def cancel(registration: Registration, by: Person | None = None) -> None:
    """Take a registration back; whoever has waited longest comes instead, and is told."""
    gathering = registration.gathering
    with in_hand(gathering):
        registration.refresh_from_db(fields=["state"])
        if registration.is_cancelled:
            raise NotPossible("This registration is cancelled already.")
        if gathering.is_over():
            raise NotPossible("This gathering is over.")
        registration.state = State.CANCELLED
        registration.cancelled_at = timezone.now()
        registration.save(update_fields=["state", "cancelled_at"])
        PersonalPlan.objects.filter(registration=registration).delete()  # nobody needs it now
        record_deed("cancel a registration", gathering, by or registration.person)
        let_in_from_waiting(gathering)


def _only_while_open(gathering: Gathering) -> None:
    if gathering.is_cancelled:
        raise NotPossible("This gathering is cancelled, so nobody can register for it.")
    if not gathering.is_published:
        raise NotPossible("This gathering has not been announced yet.")
    if gathering.is_over():
        raise NotPossible("This gathering is over. The next ones stand in the list.")


def _already(gathering: Gathering, person: Person | None, key: UUID | None) -> Registration | None:
    of_this = gathering.registrations
    if key and (sent_before := of_this.filter(pk=key).first()):
        return sent_before
    return of_this.standing().filter(person=person).first() if person else None


def _remember(person: Person | None, answers: Answers) -> Person:
    if person is None:
        person = Person.objects.create(name=answers.name, parts=list(answers.parts))
    else:
        person.name = person.name or answers.name
        person.parts = list(answers.parts) or person.parts
        person.save(update_fields=["name", "parts"])
    if answers.need:
        AccessNeed.objects.create(
            person=person, words=answers.need, may_be_shared=answers.need_may_be_shared
        )
    return person


def _way(person: Person, answers: Answers) -> Reach | None:
    return _reach(person, answers.channel, answers.address)


def _reach(person: Person, channel: Channel | None, address: str) -> Reach | None:
    if channel is None:
        return None
    reach, is_new = Reach.objects.get_or_create(person=person, channel=channel, address=address)
    if not is_new and reach.failed_at is not None:  # given anew, so it is tried anew
        reach.failed_at = None
        reach.save(update_fields=["failed_at"])
    return reach
