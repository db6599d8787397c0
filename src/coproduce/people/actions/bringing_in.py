"""Bringing in the contacts that a coordinator has: looked at first, then all of them or none."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coproduce.formats.contacts import ContactTable, read_contacts
from coproduce.formats.errors import BadFile
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.contact_rows import Checked, Column, Found, Way, check
from coproduce.people.models import (
    Basis,
    Channel,
    Contact,
    ContactList,
    Hearing,
    Membership,
    Person,
    Place,
    Reach,
)
from coproduce.people.words import plain_words

LISTS_LAST = timedelta(days=1)  # what nobody brought in by then is thrown away


@dataclass(frozen=True)
class Brought:
    """How many people a list holds: new ones, and ones the place knew already."""

    new: int
    known: int


def hand_in(place: Place, file: str, raw: bytes, by: Person) -> ContactList:
    """Read a list and keep it sealed until it has been looked at."""
    try:
        table = read_contacts(file, raw)
    except BadFile as broken:
        raise NotPossible(str(broken)) from broken
    with transaction.atomic():
        throw_old_ones_away()
        sealed = json.dumps({"header": table.header, "rows": table.rows})
        kept = ContactList.objects.create(place=place, by=by, file=file[:120], table=sealed)
        record_deed("hand in contacts", place.thing, by, note=f"{len(table.rows)} rows")
    return kept


def table_of(handed_in: ContactList) -> ContactTable:
    kept = json.loads(handed_in.table)
    return ContactTable(handed_in.file, tuple(kept["header"]), tuple(map(tuple, kept["rows"])))


def try_out(handed_in: ContactList, kinds: Sequence[Column | None]) -> tuple[Checked, Brought]:
    """What would happen; nothing is changed."""
    table = table_of(handed_in)
    checked = check(table.header, table.rows, kinds)
    known = _known(handed_in.place)
    here = sum(_person_behind(found, known) is not None for found in checked.people)
    return checked, Brought(new=len(checked.people) - here, known=here)


def bring_in(
    handed_in: ContactList,
    kinds: Sequence[Column | None],
    *,
    basis: Basis,
    source: str,
    by: Person,
) -> Brought:
    """All of them in one transaction; nobody can be found in the directory by it."""
    with transaction.atomic():
        table = table_of(handed_in)
        checked = check(table.header, table.rows, kinds)
        if checked.problems:
            raise NotPossible("There are rows to be mended first, so nobody was brought in.")
        if not checked.people:
            raise NotPossible("There is nobody in this list. Say which column is what.")
        place, known = handed_in.place, _known(handed_in.place)
        pairs = [(found, _person_behind(found, known)) for found in checked.people]
        people = [_taken_over(found, person) for found, person in pairs]
        _keep(people, checked.people, place, basis, plain_words(source))
        new = sum(person is None for _, person in pairs)
        handed_in.delete()
        note = f"{new} new, {len(pairs) - new} known; {basis.value}"
        record_deed("bring in contacts", place.thing, by, note=note)
    return Brought(new=new, known=len(pairs) - new)


def throw_away(handed_in: ContactList, by: Person) -> None:
    with transaction.atomic():
        record_deed("throw contacts away", handed_in.place.thing, by)
        handed_in.delete()


def throw_old_ones_away() -> int:
    old = ContactList.objects.filter(handed_in_at__lt=timezone.now() - LISTS_LAST)
    if not old.exists():  # a look first: deleting locks SQLite
        return 0
    return old.delete()[0]


def _known(place: Place) -> dict[Way, Person]:
    """Whoever the place can reach already. People of other places are not looked at: whether they
    are in the network is not for this coordinator to learn."""
    places = place.with_parts()
    members = Membership.objects.current().filter(place__in=places).values("person")
    contacts = Contact.objects.filter(place__in=places).values("person")
    people = Person.objects.filter(pk__in=members.union(contacts))
    reaches = Reach.objects.filter(person__in=people).select_related("person")
    known = {(Channel(each.channel), each.address): each.person for each in reaches}
    for person in people.filter(user__isnull=False).select_related("user"):
        assert person.user is not None
        known.setdefault((Channel.EMAIL, person.user.email), person)
    return known


def _person_behind(found: Found, known: dict[Way, Person]) -> Person | None:
    shared = (way for way in found.ways if way[0] in (Channel.EMAIL, Channel.SMS))
    return next((known[way] for way in shared if way in known), None)


def _taken_over(found: Found, person: Person | None) -> Person:
    """The person with what the list knows; what they said themselves is not written over."""
    if person is None:
        return Person.objects.create(name=found.name, parts=sorted(found.parts))
    if found.name and not person.name:
        person.name = found.name
        person.save(update_fields=["name"])
    return person


def _keep(
    people: Sequence[Person], found: Sequence[Found], place: Place, basis: Basis, source: str
) -> None:
    reaches = [
        Reach(person=person, channel=channel, address=address)
        for person, each in zip(people, found, strict=True)
        for channel, address in each.ways
    ]
    Reach.objects.bulk_create(reaches, ignore_conflicts=True)
    contacts = [
        Contact(person=person, place=place, basis=basis, source=source) for person in people
    ]
    Contact.objects.bulk_create(contacts, ignore_conflicts=True)
    if basis is Basis.CONSENT:
        told_before = set(
            Hearing.objects.filter(place=place, person__in=people).values_list("person", flat=True)
        )  # whoever had enough once is not asked in again by a list
        Hearing.objects.bulk_create(
            Hearing(person=person, place=place, source=source)
            for person in people
            if person.pk not in told_before
        )
