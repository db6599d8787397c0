"""What somebody says about what they allowed: take all of it back; yes or no once they saw it."""

from django.db import transaction

from coproduce.people import everything
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.models import Person
from coproduce.trust import consent
from coproduce.trust.models import Consent


def take_back(
    person: Person, *, by: Person | None = None, obtained: str = Consent.Obtained.SCREEN
) -> int:
    """Nothing of theirs is shown any more, nor counted from now on; how much they had allowed."""
    word = everything.Word(by.id if by else None, obtained)
    with transaction.atomic():
        things = [entry.thing for entry in consent.entries_of(person.id)]
        taken = consent.take_back(person.id, things, by=word.by, obtained=obtained)
        for keeper in everything.keepers():
            keeper.take_back(person, word)
    return taken


def say_once_seen(person: Person, thing: str, yes: bool, *, by: Person | None = None) -> None:
    """Their word on one thing that they wanted to see first; `by`: who showed it to them."""
    waiting = {each.thing: each for each in everything.waiting_for(person)}
    if thing not in waiting:
        raise NotPossible("That does not wait to be seen any more. Look at what is left.")
    consent.note_seen(
        person.pk,
        waiting[thing].item,
        yes,
        by=by.pk if by else None,
        obtained=Consent.Obtained.SPOKEN if by else Consent.Obtained.SCREEN,
    )
