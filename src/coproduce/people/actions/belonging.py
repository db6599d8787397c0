"""To which organisations somebody belongs, and who spreads practice in a place."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from coproduce.people.actions import hearing
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.models import (
    Affiliation,
    Champion,
    Membership,
    Organisation,
    Person,
    Place,
    Reach,
)
from coproduce.people.to_be_found import person_changed
from coproduce.people.words import plain_words


def describe(person: Person, *, name: str, parts: list[str]) -> None:
    """Another name, or none; other parts."""
    with transaction.atomic():
        person.name, person.parts = plain_words(name), parts
        person.save(update_fields=["name", "parts"])
        person_changed(person)
        record_deed("describe oneself", f"person:{person.pk}", person)


def belong_to(person: Person, *, name: str, ror_id: str = "", since: date | None = None) -> None:
    """Say that one belongs to an organisation; one that nobody named yet is written down."""
    with transaction.atomic():
        organisation = _organisation(plain_words(name), ror_id)
        if person.affiliations.current().filter(organisation=organisation).exists():
            raise NotPossible(f"You have told us about {organisation} already.")
        Affiliation.objects.create(
            person=person, organisation=organisation, since=since or timezone.localdate()
        )
        record_deed("belong to an organisation", f"person:{person.pk}", person)


def leave(affiliation: Affiliation, by: Person) -> None:
    """It ends today, and stays known: they were there until now."""
    with transaction.atomic():
        affiliation.until = max(timezone.localdate(), affiliation.since)
        affiliation.save(update_fields=["until"])
        record_deed("leave an organisation", f"person:{by.pk}", by)


def reach_no_more(reach: Reach, by: Person) -> None:
    """This way of reaching them is forgotten."""
    with transaction.atomic():
        reach.delete()
        record_deed("forget a way to reach", f"person:{by.pk}", by)


def leave_place(membership: Membership, by: Person) -> None:
    """Membership ends today, and with it what they hear from the place."""
    with transaction.atomic():
        membership.until = max(timezone.localdate(), membership.since)
        membership.save(update_fields=["until"])
        hearing.stop(by, membership.place)
        person_changed(by)
        record_deed("leave a place", membership.place.thing, by)


def candidates(place: Place) -> QuerySet[Person]:
    """Members of a place with a name, who could be its champions and are not yet."""
    members = Membership.objects.current().filter(place__in=place.with_parts())
    already = Champion.objects.current().filter(place=place)
    named = Person.objects.exclude(name="").exclude(pk__in=already.values("person"))
    return named.filter(pk__in=members.values("person")).order_by("name")


def make_champion(place: Place, person: Person, by: Person) -> Champion:
    """Name a member; the page of the place shows them once they say yes themselves."""
    with transaction.atomic():
        if not candidates(place).filter(pk=person.pk).exists():
            raise NotPossible(f"{person} is a champion of {place} already, or no member of it.")
        champion = Champion.objects.create(place=place, person=person)
        record_deed("make a champion", place.thing, by)
    return champion


def end_champion(champion: Champion, by: Person) -> None:
    with transaction.atomic():
        champion.until = timezone.localdate()
        champion.save(update_fields=["until"])
        record_deed("end a champion", champion.place.thing, by)


def let_be_named(champion: Champion, yes: bool, by: Person) -> None:
    """Their own word, whether the page of the place names them."""
    with transaction.atomic():
        champion.may_be_named = yes
        champion.save(update_fields=["may_be_named"])
        record_deed("let be named" if yes else "rather not be named", champion.place.thing, by)


def _organisation(name: str, ror_id: str) -> Organisation:
    same = Q(name__iexact=name) | (Q(ror_id=ror_id) if ror_id else Q(pk=None))
    known = Organisation.objects.filter(same).order_by("-ror_id").first()
    if known is None:
        return Organisation.objects.create(name=name, ror_id=ror_id)
    if ror_id and known.ror_id and known.ror_id != ror_id:
        raise NotPossible(f"{known} goes by another identifier here: {known.ror_id}.")
    if ror_id and not known.ror_id:
        known.ror_id = ror_id
        known.save(update_fields=["ror_id"])
    return known
