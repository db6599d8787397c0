"""What members say they will do; they alone say whether they did."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.models import Person, Place, Promise
from coproduce.people.words import plain_words


@dataclass(frozen=True)
class SaidPromise:
    """What somebody says they will do."""

    words: str
    by_when: date | None = None
    may_be_told: bool = False


def promise(person: Person, said: SaidPromise, place: Place | None) -> Promise:
    """Write down what they say they will do. The log says that they promised, never what."""
    with transaction.atomic():
        made = Promise.objects.create(
            person=person,
            place=place,
            words=plain_words(said.words),
            by_when=said.by_when,
            may_be_told=said.may_be_told,
        )
        record_deed("promise", f"promise:{made.pk}", person)
    return made


def keep(made: Promise, by: Person) -> None:
    """Say that it is done."""
    with transaction.atomic():
        if not Promise.objects.open().filter(pk=made.pk).update(kept_at=timezone.now()):
            raise NotPossible("You have said already that this promise is kept.")
        record_deed("keep a promise", f"promise:{made.pk}", by)


def take_back(made: Promise, by: Person) -> None:
    """It goes without a trace of its words: plans change."""
    with transaction.atomic():
        record_deed("take back a promise", f"promise:{made.pk}", by)
        made.delete()
