"""Letting a picture be shown, and taking it off again."""

from django.utils import timezone

from coproduce.people.models import Person
from coproduce.pictures import shown
from coproduce.pictures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.pictures.models import Picture


def let_be_shown(picture: Picture, by: Person | None) -> None:
    """From now on everybody sees it, as long as everybody in it allows that."""
    with in_hand(picture):
        why = shown.why_not(picture)
        if why:
            raise NotPossible(f"It cannot be shown yet. {' '.join(why)}")
        picture.shown_at = timezone.now()
        picture.first_shown_at = picture.first_shown_at or picture.shown_at
        picture.save(update_fields=["shown_at", "first_shown_at"])
        record_deed("show a picture", picture, by)


def take_off(picture: Picture, by: Person | None) -> None:
    """It leaves every page at once; its address says that it is gone. A host can show it again."""
    with in_hand(picture):
        if picture.shown_at is None:
            raise NotPossible("It is not shown anyway.")
        picture.shown_at = None
        picture.save(update_fields=["shown_at"])
        record_deed("take a picture off", picture, by)
