"""Taking somebody out of every picture, as their erasure asks for."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from coproduce.people.models import Person
from coproduce.pictures.actions.deeds import record_deed
from coproduce.pictures.actions.throwing_away import throw_away
from coproduce.pictures.models import Film, Picture, Shown

WORDS = ("title", "description", "caption", "credit", "permitted_by")
SHORTEST = 3  # letters of a name that is looked for; "Al" is in every other word


@dataclass(frozen=True)
class TakenOut:
    """What became of the pictures that showed somebody, by id."""

    deleted: tuple[str, ...]  # they were the only one in it: its files are gone
    taken_off: tuple[str, ...]  # others are in it too: a host has to decide


def take_person_out(person: Person, by: Person | None = None) -> TakenOut:
    """No picture shows or names them any more: theirs alone are deleted, others are taken off.

    In a picture with others they are still to be seen, so no host can let it be shown again as it
    is: it stands among what may not be shown, with the reason. The file of captions of a film is
    not searched for their name; its transcript is.
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
        _forget_the_name(person.name.strip())
    return TakenOut(tuple(deleted), tuple(taken_off))


def _is_theirs_alone(picture: Picture, person: Person) -> bool:
    return not picture.is_crowd and not picture.shown.exclude(person=person).exists()


def _take_off_without(picture: Picture, person: Person) -> None:
    Shown.objects.filter(picture=picture, person=person).delete()
    picture.shown_at, picture.somebody_left = None, True
    picture.save(update_fields=["shown_at", "somebody_left"])


def _forget_the_name(name: str) -> None:
    """Where their whole name stands beside a picture, "somebody" stands instead."""
    if len(name) < SHORTEST:
        return
    found = re.compile(re.escape(name), re.IGNORECASE)
    named = [Q(**{f"{field}__icontains": name}) for field in WORDS]
    for picture in Picture.objects.filter(_any(named)):
        for field in WORDS:
            setattr(picture, field, found.sub("somebody", getattr(picture, field)))
        picture.save(update_fields=WORDS)
    for film in Film.objects.filter(transcript__icontains=name):
        film.transcript = found.sub("somebody", film.transcript)
        film.save(update_fields=["transcript"])


def _any(of: list[Q]) -> Q:
    whole = Q()
    for each in of:
        whole |= each
    return whole
