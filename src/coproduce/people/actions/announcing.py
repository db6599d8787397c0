"""Telling something to everybody who agreed to hear from a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from coproduce.people import tasks, ways
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.models import (
    Announcement,
    Channel,
    Dispatch,
    Hearing,
    Person,
    Place,
    Reach,
)
from coproduce.people.words import plain_paragraphs, plain_words


@dataclass(frozen=True)
class Became:
    """How many people something became of an announcement, by channel."""

    channel: str
    state: str
    people: int


def write(place: Place, by: Person, *, subject: str, words: str) -> Announcement:
    with transaction.atomic():
        announcement = Announcement.objects.create(
            place=place, by=by.id, subject=plain_words(subject), words=plain_paragraphs(words)
        )
        record_deed("write an announcement", announcement.thing, by)
    return announcement


def reword(announcement: Announcement, by: Person, *, subject: str, words: str) -> None:
    with transaction.atomic():
        unsent = Announcement.objects.filter(pk=announcement.pk, sent_at=None)
        if not unsent.update(subject=plain_words(subject), words=plain_paragraphs(words)):
            raise NotPossible("It is sent already, so its words stay. Write another one.")
        record_deed("reword an announcement", announcement.thing, by)


def audience(place: Place) -> list[Person]:
    """Everybody who hears from this place now, once."""
    hearing = Hearing.objects.current().filter(place=place)
    return list(Person.objects.filter(pk__in=hearing.values("person")).order_by("pk"))


def send(announcement: Announcement, by: Person, to: Iterable[Person] | None = None) -> int:
    """Begin to send it, once; the sending itself goes on in the background.

    `to`: these alone, of those who hear from the place.
    """
    with transaction.atomic():
        people = audience(announcement.place)
        if to is not None:
            wanted = {each.pk for each in to}
            people = [each for each in people if each.pk in wanted]
        if not people:
            raise NotPossible("Nobody has agreed to hear from this place yet.")
        unsent = Announcement.objects.filter(pk=announcement.pk, sent_at=None)
        if not unsent.update(sent_at=timezone.now()):
            raise NotPossible("It is sent already; nobody gets it twice.")
        Dispatch.objects.bulk_create(
            Dispatch(announcement=announcement, person=person) for person in people
        )
        record_deed("send an announcement", announcement.thing, by, note=f"{len(people)} people")
        tasks.send_announcement.enqueue(str(announcement.pk))
    return len(people)


def send_the_rest(announcement: Announcement, by: Person) -> None:
    """Try once more with those whose service was away."""
    with transaction.atomic():
        if not announcement.dispatches.waiting().exists():
            raise NotPossible("Nobody is left who waits for it.")
        record_deed("send the rest", announcement.thing, by)
        tasks.send_announcement.enqueue(str(announcement.pk))


def what_became(announcement: Announcement) -> list[Became]:
    """The log of what was sent: counts, and nobody by name."""
    counted = announcement.dispatches.values_list("channel", "state").annotate(n=Count("pk"))
    return [
        Became(Channel(channel).label if channel else "–", Dispatch.State(state).label, people)
        for channel, state, people in counted.order_by("channel", "state")
    ]


def mark_came_back(place: Place, addresses: Iterable[str], by: Person) -> int:
    """Addresses whose messages came back later: not tried again until they are given anew."""
    spelled = set()
    for typed in filter(None, map(str.strip, addresses)):
        channel = Channel.EMAIL if "@" in typed else Channel.SMS
        try:
            spelled.add(ways.one_spelling(channel, typed))
        except ways.NoSuchWay as wrong:
            raise NotPossible(f"{typed[:60]}: {wrong}") from wrong
    with transaction.atomic():
        people = Hearing.objects.filter(place=place).values("person")
        theirs = Reach.objects.working().filter(person__in=people, address__in=spelled)
        marked = theirs.fail()
        record_deed("mark what came back", place.thing, by, note=f"{marked} addresses")
    return marked


def nobody_has(addresses: Iterable[str]) -> int:
    """E-mail addresses that mail servers say nobody has, wherever somebody gave them."""
    known = {address.lower() for address in addresses}
    with transaction.atomic():
        given = Reach.objects.working().filter(channel=Channel.EMAIL)
        theirs = [reach.pk for reach in given if reach.address.lower() in known]
        marked = Reach.objects.filter(pk__in=theirs).fail()
        if marked:
            record_deed("mark what came back", "mailbox", None, note=f"{marked} addresses")
    return marked
