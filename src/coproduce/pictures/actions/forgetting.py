"""Taking somebody out of every picture, as their erasure asks for."""

from dataclasses import dataclass

from django.db import transaction

from coproduce.people.models import Person
from coproduce.pictures.actions.deeds import record_deed
from coproduce.pictures.actions.throwing_away import throw_away
from coproduce.pictures.models import Picture, Shown


@dataclass(frozen=True)
class TakenOut:
    """What became of the pictures that showed somebody, by id."""

    deleted: tuple[str, ...]  # they were the only one in it: its files are gone
    taken_off: tuple[str, ...]  # others are in it too: a host has to decide


def take_person_out(person: Person, by: Person | None = None) -> TakenOut:
    """No picture shows them any more: theirs alone are deleted, others are taken off.

    In a picture with others they are still to be seen, so no host can let it be shown again as it
    is: it stands among what may not be shown, with the reason. The words beside pictures are
    swept with all others (`trust.sweeping`); a film's file of captions is not.
    """
    deleted, taken_off = [], []
    with transaction.atomic():
        theirs = Picture.objects.select_for_update().filter(
            pk__in=Shown.objects.filter(person=person).values("picture")
        )
        for picture in theirs.order_by("brought_at", "pk"):
            if _is_theirs_alone(picture, person):
                throw_away(picture)
                deleted.append(str(picture.pk))
            else:
                _take_off_without(picture, person)
                taken_off.append(str(picture.pk))
            record_deed("take somebody out of a picture", picture, by)
        Picture.objects.filter(brought_by=person).update(brought_by=None)
    return TakenOut(tuple(deleted), tuple(taken_off))


def _is_theirs_alone(picture: Picture, person: Person) -> bool:
    return not picture.is_crowd and not picture.shown.exclude(person=person).exists()


def _take_off_without(picture: Picture, person: Person) -> None:
    Shown.objects.filter(picture=picture, person=person).delete()
    picture.shown_at, picture.somebody_left = None, True
    picture.save(update_fields=["shown_at", "somebody_left"])
