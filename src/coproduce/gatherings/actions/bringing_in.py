"""Voices from a file: paper that was typed up, or posts under a hashtag. All of it, or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coproduce.formats.errors import BadFile
from coproduce.formats.posts import Post
from coproduce.formats.said import Read, Said, read_said
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.noting import MOST_AT_ONCE, Note, take_notes
from coproduce.gatherings.models import Gathering, Theme, Voice
from coproduce.people.models import Part, Person

ALLOWED = {
    "part": Part.values,
    "source": Voice.Source.values,
    "wording": Voice.Wording.values,
    "permission": Voice.Permission.values,
}


def look_into(file: BinaryIO, gathering: Gathering) -> Read:
    """What would be brought in, and what is wrong with the other rows; nothing is written."""
    read = read_said(file, allowed=ALLOWED)
    known = {theme.name.casefold() for theme in Theme.objects.usable_in(gathering.place)}
    name = str(getattr(file, "name", "the file"))
    unknown = tuple(
        BadFile(name, said.row, "themes", f"There is no theme “{theme}” here. Add it first.")
        for said in read.said
        for theme in said.themes
        if theme.casefold() not in known
    )
    return Read(read.said, (*read.problems, *unknown))


def bring_in(file: BinaryIO, gathering: Gathering, by: Person | None) -> int:
    """Every row becomes a voice; a file brought in twice adds nothing the second time."""
    read = look_into(file, gathering)
    if read.problems:
        raise NotPossible(
            f"{len(read.problems)} row{'s' if len(read.problems) > 1 else ''} cannot be taken in, "
            "so nothing was. Mend the file and bring it in again."
        )
    themes = {theme.name.casefold(): theme for theme in Theme.objects.usable_in(gathering.place)}
    notes = [_note(said, gathering, themes) for said in read.said]
    with transaction.atomic():
        return sum(
            len(take_notes(gathering, notes[first : first + MOST_AT_ONCE], by))
            for first in range(0, len(notes), MOST_AT_ONCE)
        )


def bring_in_posts(
    posts: Sequence[tuple[Post, Voice.Permission]], gathering: Gathering, by: Person | None
) -> int:
    """Posts that were pasted and looked at; one that is here already is not brought in again."""
    here = gathering.voices.filter(address__in=[post.address for post, _ in posts])
    known = set(here.values_list("address", flat=True))
    notes = [
        Note(
            words=post.words,
            key=_post_key(post, gathering),
            source=Voice.Source.SOCIAL,
            wording=Voice.Wording.VERBATIM,
            author=post.author,
            address=post.address,
            permission=permission,
        )
        for post, permission in posts
        if post.address not in known
    ]
    return len(take_notes(gathering, notes, by))


def _post_key(post: Post, gathering: Gathering) -> UUID:
    """The same address in the same gathering is the same voice."""
    told = f"{gathering.id}\x1f{post.address}"
    return UUID(bytes=hashlib.sha256(told.encode()).digest()[:16])


def _note(said: Said, gathering: Gathering, themes: Mapping[str, Theme]) -> Note:
    is_post = bool(said.cells.get("author") or said.cells.get("address"))
    told = said.cells.get("source") or Voice.Source.PAPER
    at = said.said_at
    return Note(
        words=said.words,
        key=_key(said, gathering),
        source=Voice.Source.SOCIAL if is_post else Voice.Source(told),
        wording=Voice.Wording(said.cells.get("wording") or Voice.Wording.VERBATIM),
        question=said.cells.get("question", ""),
        part=said.cells.get("part", ""),
        language=said.cells.get("language") or "en",
        said_at=timezone.make_aware(at) if at and at.tzinfo is None else at,
        themes=[themes[each.casefold()] for each in said.themes],
        author=said.cells.get("author", ""),
        address=said.cells.get("address", ""),
        permission=Voice.Permission(said.cells.get("permission") or Voice.Permission.NOT_ASKED),
    )


def _key(said: Said, gathering: Gathering) -> UUID:
    """The same row of the same file is the same voice, however often it is brought in."""
    told = "\x1f".join([str(gathering.id), str(said.row), *map(str, sorted(said.cells.items()))])
    return UUID(bytes=hashlib.sha256(told.encode()).digest()[:16])
