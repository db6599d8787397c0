"""Standing in the directory, and leaving it: each by one's own word alone."""

from django.db import transaction

from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.models import Listing, Person
from coproduce.people.to_be_found import person_changed
from coproduce.people.words import plain_words


def be_found(person: Person, offer: str) -> None:
    """From now on other members can find this person, and read what they offer."""
    with transaction.atomic():
        if not person.name:
            raise NotPossible("Give yourself a name first, so that others know whom they found.")
        fields = {"offer": plain_words(offer)}
        Listing.objects.update_or_create(person=person, defaults=fields)
        person_changed(person)
        record_deed("be found", f"person:{person.pk}", person)


def be_found_no_more(person: Person) -> None:
    with transaction.atomic():
        Listing.objects.filter(person=person).delete()
        person_changed(person)
        record_deed("be found no more", f"person:{person.pk}", person)
