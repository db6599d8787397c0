"""Deleting pictures: row, file and every rendition, in one deed."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from coproduce.people.models import Person
from coproduce.pictures.actions.deeds import in_hand, record_deed
from coproduce.pictures.models import Kind, Picture


def delete(picture: Picture, by: Person | None) -> None:
    """Nothing of it stays but an empty row, if it was shown: its address then says "gone"."""
    with in_hand(picture):
        throw_away(picture)
        record_deed("delete a picture", picture, by)


def throw_away(picture: Picture) -> None:
    """Take the picture out of the database now, and its files off the disk once that is certain."""
    files = list(files_of(picture))
    if picture.first_shown_at is None:
        for_the_log = picture.pk
        picture.delete()
        picture.pk = for_the_log  # its log entry still names it
    else:
        _leave_an_empty_row(picture)
    for file in files:
        drop_later(file)


def _leave_an_empty_row(picture: Picture) -> None:
    file = getattr(picture, picture.kind, None)
    if file is not None:
        file.delete()
    picture.shown.all().delete()
    Picture.objects.filter(pk=picture.pk).update(
        **dict.fromkeys(
            ("about", "title", "description", "caption", "credit", "licence", "permitted_by"), ""
        ),
        **dict.fromkeys(
            ("place", "made_on", "permitted_on", "nobody_said_by", "nobody_said_on"), None
        ),
        permitted_where=[],
        is_crowd=False,
        brought_by=None,
        shown_at=None,
        gone_at=timezone.now(),
    )


def files_of(picture: Picture) -> Iterator[FieldFile]:
    """Every file on the disk that belongs to it."""
    match picture.kind:
        case Kind.PHOTO if hasattr(picture, "photo"):
            yield picture.photo.file
            yield from (each.file for each in picture.photo.renditions.all())
        case Kind.PAPER if hasattr(picture, "paper"):
            yield picture.paper.file
        case Kind.FILM if hasattr(picture, "film"):
            yield from filter(None, (picture.film.file, picture.film.captions))


def drop_later(file: FieldFile) -> None:
    """Off the disk once the transaction stands. Wagtail would leave it to a task, some time."""
    if file:
        storage, name = file.storage, str(file.name)
        transaction.on_commit(lambda: storage.delete(name))
