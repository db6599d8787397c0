"""What is told of a picture: what it shows, whose it is, who is in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from coproduce.people.models import Person
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.pictures.actions.bringing_in import read_captions
from coproduce.pictures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.pictures.actions.throwing_away import drop_later
from coproduce.pictures.models import Kind, Licence, Picture, Shown
from coproduce.trust.models import Where

WHO_FIELDS = ("is_crowd", "somebody_left", "nobody_said_by", "nobody_said_on")
NO_WAY_OUT = {"decorative", "photo", "picture", "image", "a photo", "a picture", "n/a", "none"}


@dataclass(frozen=True)
class Details:
    """What a host tells of a picture."""

    description: str
    caption: str = ""
    credit: str = ""
    licence: str = ""  # a value of Licence
    made_on: date | None = None
    permitted_by: str = ""
    permitted_on: date | None = None
    permitted_where: Sequence[Where] = ()
    title: str = ""


@dataclass(frozen=True)
class InIt:
    """Who is in a picture: these people, a crowd besides, or nobody whom one can recognise."""

    people: Sequence[Person] = ()
    is_crowd: bool = False
    nobody: bool = False


def describe(picture: Picture, details: Details, by: Person | None) -> None:
    """What it shows in words, who made it, under which licence or whose permission."""
    if details.permitted_on and details.permitted_on > timezone.localdate():
        raise NotPossible("A permission was given on a day that has been. Check its date.")
    by_permission = details.licence == Licence.PERMISSION
    if by_permission and not (details.permitted_by.strip() and details.permitted_on):
        raise NotPossible("Say who permitted it, and on which day.")
    with in_hand(picture):
        picture.description = says_something(details.description)
        picture.caption = plain_words(details.caption)[:300]
        picture.credit = plain_words(details.credit)[:160]
        picture.licence = details.licence
        picture.made_on = details.made_on
        picture.permitted_by = plain_words(details.permitted_by)[:160]
        picture.permitted_on = details.permitted_on
        picture.permitted_where = [each.value for each in details.permitted_where]
        if picture.kind != Kind.PHOTO:
            picture.title = plain_words(details.title)[:160] or picture.title
        picture.save()
        if picture.kind == Kind.PAPER:
            picture.paper.title = picture.title  # what Wagtail's lists call it
            picture.paper.save()
        record_deed("describe a picture", picture, by)


def describe_many(
    described: Mapping[Picture, str], credit: str, licence: str, by: Person | None
) -> int:
    """A line for each of several photos, and for all of them who made them; how many had one."""
    told = {picture: words for picture, words in described.items() if words.strip()}
    with transaction.atomic():
        for picture in described:
            with in_hand(picture):
                if picture in told:
                    picture.description = says_something(told[picture])
                picture.credit = plain_words(credit)[:160] or picture.credit
                picture.licence = licence or picture.licence
                picture.save(update_fields=["description", "credit", "licence"])
                record_deed("describe a picture", picture, by)
    return len(told)


def says_something(description: str) -> str:
    """The words for those who cannot see it; no word for "nothing" will do."""
    words = plain_paragraphs(description)
    if words.casefold().strip(" .") in NO_WAY_OUT:
        raise NotPossible(
            f"“{words}” says nothing to somebody who cannot see it. Say what one sees: who or "
            "what, where, doing what."
        )
    return words


def say_who(picture: Picture, in_it: InIt, by: Person) -> None:
    """Who is in it. That nobody can be recognised is an answer too, and somebody stands by it."""
    if in_it.nobody and (in_it.people or in_it.is_crowd):
        raise NotPossible(
            "Either nobody in it can be recognised, or somebody is in it. Both cannot be."
        )
    if not (in_it.nobody or in_it.people or in_it.is_crowd):
        raise NotPossible("Say who is in it, or that nobody can be recognised.")
    with in_hand(picture):
        picture.is_crowd, picture.somebody_left = in_it.is_crowd, False
        picture.nobody_said_by = by.id if in_it.nobody else None
        picture.nobody_said_on = timezone.localdate() if in_it.nobody else None
        picture.save(update_fields=[*WHO_FIELDS])
        _name_people(picture, in_it.people)
        record_deed("say who is in a picture", picture, by, note=f"{len(in_it.people)} people")


def _name_people(picture: Picture, people: Iterable[Person]) -> None:
    wanted: dict[UUID, None] = dict.fromkeys(person.id for person in people)
    picture.shown.exclude(person__in=wanted).delete()
    for each in wanted:
        Shown.objects.get_or_create(picture=picture, person_id=each)


def say_what_is_said(
    picture: Picture,
    transcript: str,
    by: Person | None,
    *,
    captions: "UploadedFile[Any] | None" = None,
) -> None:
    """The words of a film: to read, and as captions."""
    words = read_captions(captions) if captions else None
    with in_hand(picture):
        film = picture.film
        film.transcript = plain_paragraphs(transcript)
        if words and film.file:
            drop_later(film.captions)
            film.captions = ContentFile(words, "captions.vtt")
        film.save()
        record_deed("say what is said in a film", picture, by)
