"""Taking back what one allowed: everything, in one step, by oneself or through a helper."""

from django.db import transaction

from coproduce.people import everything
from coproduce.people.models import Person
from coproduce.trust import consent
from coproduce.trust.models import Consent


def take_back(
    person: Person, *, by: Person | None = None, obtained: str = Consent.Obtained.SCREEN
) -> int:
    """Nothing of theirs is shown any more, nor counted from now on; how much they had allowed."""
    with transaction.atomic():
        things = [entry.thing for entry in consent.entries_of(person.id)]
        taken = consent.take_back(person.id, things, by=by.id if by else None, obtained=obtained)
        for keeper in everything.keepers():
            keeper.take_back(person)
    return taken
