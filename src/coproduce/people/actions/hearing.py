"""Hearing from a place, and having enough of it."""

from django.db import transaction
from django.utils import timezone

from coproduce.people.actions.deeds import record_deed
from coproduce.people.models import Channel, Hearing, Person, Place, Reach


def start(person: Person, place: Place, *, source: str) -> None:
    with transaction.atomic():
        _, is_new = Hearing.objects.current().get_or_create(
            person=person, place=place, until=None, defaults={"source": source}
        )
        if is_new:
            record_deed("hear from a place", place.thing, person)


def start_by_own_page(person: Person, place: Place) -> None:
    """Their own yes; who gave no other way is reached where their sign-in code goes."""
    with transaction.atomic():
        if person.user is not None and not person.reaches.working().exists():
            Reach.objects.update_or_create(
                person=person,
                channel=Channel.EMAIL,
                address=person.user.email,
                defaults={"failed_at": None},
            )
        start(person, place, source="said yes on their own page")


def stop(person: Person, place: Place) -> None:
    with transaction.atomic():
        current = Hearing.objects.current().filter(person=person, place=place)
        if current.update(until=timezone.now()):
            record_deed("stop hearing from a place", place.thing, person)
