"""What somebody needs to take part: told, changed, reviewed and taken back by themselves.

The log says that something was told or looked at, never what.
"""

from django.db import transaction
from django.utils import timezone

from coproduce.people.actions.deeds import record_deed
from coproduce.people.models import AccessNeed, Membership, Person, Place
from coproduce.people.words import plain_paragraphs
from coproduce.trust.keys import KeyIsGone
from coproduce.trust.sealing import CannotBeOpened


def tell(person: Person, *, words: str, may_be_shared: bool) -> AccessNeed:
    with transaction.atomic():
        need = AccessNeed.objects.create(
            person=person, words=plain_paragraphs(words), may_be_shared=may_be_shared
        )
        record_deed("tell an access need", f"person:{person.pk}", person)
    return need


def change(need: AccessNeed, by: Person, *, words: str, may_be_shared: bool) -> None:
    """Other words, or another choice of who sees them; that is a review as well."""
    with transaction.atomic():
        need.words, need.may_be_shared = plain_paragraphs(words), may_be_shared
        need.reviewed_at = timezone.now()
        need.save(update_fields=["words", "may_be_shared", "reviewed_at"])
        record_deed("change an access need", f"person:{by.pk}", by)


def review(person: Person) -> None:
    """All of it is still right."""
    with transaction.atomic():
        person.access_needs.update(reviewed_at=timezone.now())
        record_deed("review access needs", f"person:{person.pk}", person)


def take_back(person: Person, need_id: int) -> bool:
    """Gone; also where the key is lost and nobody can read it any more."""
    with transaction.atomic():
        gone, _ = person.access_needs.filter(pk=need_id).delete()
        if gone:
            record_deed("take back an access need", f"person:{person.pk}", person)
    return bool(gone)


def own_needs(person: Person) -> list[AccessNeed]:
    """Everything they told, in words where it can still be opened, else without them."""
    try:
        return list(person.access_needs.all())
    except (CannotBeOpened, KeyIsGone):
        return list(person.access_needs.defer("words"))


def can_be_read(need: AccessNeed) -> bool:
    return "words" not in need.get_deferred_fields()


def look(place: Place, by: Person) -> list[AccessNeed]:
    """What members of the place allow to be shared; each look is written in the log."""
    with transaction.atomic():
        members = Membership.objects.current().filter(place__in=place.with_parts())
        shared = AccessNeed.objects.filter(
            may_be_shared=True, person__in=members.values("person")
        ).select_related("person")
        record_deed("see access needs", place.thing, by, note=f"{shared.count()} told")
        return list(shared.order_by("person__name", "told_at"))
