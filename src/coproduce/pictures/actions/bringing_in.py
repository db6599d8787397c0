"""Bringing in photos, films and papers: cleaned at the door, shown to nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from wagtail.models import Collection

from coproduce.people.models import Person, Place
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.pictures import captions, moving, office
from coproduce.pictures.actions.deeds import NotPossible, record_deed
from coproduce.pictures.models import Film, Kind, Paper, Photo, Picture

MOST_AT_ONCE = 12
WIDTHS = (400, 800, 1600)
FORMATS = ("webp", "jpeg")


@dataclass(frozen=True)
class Belongs:
    """What a picture belongs to, and whose hosts look after it."""

    place: Place
    about: str = ""  # "gathering:<id>"
    made_on: date | None = None


def bring_in_photos(
    belongs: Belongs, files: Sequence[SimpleUploadedFile], by: Person | None
) -> list[Picture]:
    """Keep these photos, drawn afresh already, each in every size that a page shows."""
    if not 1 <= len(files) <= MOST_AT_ONCE:
        raise NotPossible(
            f"Choose between 1 and {MOST_AT_ONCE} photos at once; you chose {len(files)}."
        )
    with transaction.atomic():
        return [_photo(belongs, file, by) for file in files]


def _photo(belongs: Belongs, file: SimpleUploadedFile, by: Person | None) -> Picture:
    picture = _keep(Kind.PHOTO, belongs, by)
    photo = Photo(picture=picture, title="Photo", file=file, collection=_collection())
    photo._set_image_file_metadata()
    photo.save()
    photo.get_renditions(*_sizes(photo.width))
    record_deed("bring in a photo", picture, by)
    return picture


def _sizes(width: int) -> list[str]:
    """What Wagtail calls each size and format of a photo so wide; none is drawn larger than it."""
    narrower = [each for each in WIDTHS if each < width]
    widths = [*narrower, *WIDTHS[len(narrower) : len(narrower) + 1]]
    return [f"width-{each}|format-{kind}" for kind in FORMATS for each in widths]


def bring_in_paper(
    belongs: Belongs, title: str, file: "UploadedFile[Any]", by: Person | None
) -> Picture:
    """Keep a paper without its authors' names in its properties."""
    try:
        cleaned = office.clean(file, file.name or "")
    except office.NotAPaper as why:
        raise NotPossible(str(why)) from why
    with transaction.atomic():
        picture = _keep(Kind.PAPER, belongs, by, title)
        paper = Paper(
            picture=picture,
            title=picture.title,
            collection=_collection(),
            file=ContentFile(cleaned.content, f"{picture.id.hex}.{cleaned.kind}"),
        )
        paper._set_document_file_metadata()
        paper.save()
        record_deed("bring in a paper", picture, by)
    return picture


def link_film(
    belongs: Belongs, title: str, address: str, transcript: str, by: Person | None
) -> Picture:
    """A film that stays where it is; a link leads there, and nothing is fetched."""
    host = (urlsplit(address).hostname or "").lower()
    if urlsplit(address).scheme != "https" or host not in settings.FILM_HOSTS:
        allowed = ", ".join(settings.FILM_HOSTS) or "none so far"
        raise NotPossible(
            f"Films are linked only from sites that are allowed here: {allowed}. Whoever runs this "
            "site can allow another one. You can also add the film as a file."
        )
    with transaction.atomic():
        picture = _keep(Kind.FILM, belongs, by, title)
        Film.objects.create(
            picture=picture, address=address, transcript=plain_paragraphs(transcript)
        )
        record_deed("link a film", picture, by)
    return picture


def bring_in_film(
    belongs: Belongs,
    title: str,
    file: "UploadedFile[Any]",
    transcript: str,
    by: Person | None,
    *,
    captions: "UploadedFile[Any] | None" = None,
) -> Picture:
    """Keep a film of ours, without where and by whom it was made."""
    words = read_captions(captions) if captions else None
    try:
        kind = moving.kind_of(file, file.name or "", file.size or 0)
        if kind == "mp4":
            moving.forget_where_and_who(file)
    except moving.NotAFilm as why:
        raise NotPossible(str(why)) from why
    file.flush()
    file.name = f"film.{kind}"
    with transaction.atomic():
        picture = _keep(Kind.FILM, belongs, by, title)
        film = Film(picture=picture, file=file, transcript=plain_paragraphs(transcript))
        if words:
            film.captions = ContentFile(words, "captions.vtt")
        film.save()
        record_deed("bring in a film", picture, by)
    return picture


def read_captions(file: "UploadedFile[Any]") -> bytes:
    """Captions as they are kept; whatever is none is refused with its line."""
    try:
        return captions.read_captions(file.read(captions.LARGEST + 1)).encode()
    except captions.NotCaptions as why:
        raise NotPossible(str(why)) from why


def _keep(kind: Kind, belongs: Belongs, by: Person | None, title: str = "") -> Picture:
    words = plain_words(title)[:160]
    if kind != Kind.PHOTO and not words:
        raise NotPossible(f"Give the {kind.label} a title.")
    return Picture.objects.create(
        kind=kind,
        place=belongs.place,
        about=belongs.about,
        made_on=belongs.made_on,
        title=words,
        brought_by=by,
    )


def _collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")
