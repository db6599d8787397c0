"""Which pictures may be shown, where, and on what does it rest? Judged anew each time.

A picture is shown where a host let it, where all that belongs to it is there (what it shows in
words, a licence or a permission, captions), and where everybody seen in it allowed it for today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coproduce.people.models import Person
from coproduce.pictures.models import Kind, Licence, Picture
from coproduce.trust.consent import Basis, NotCovered, bases_for
from coproduce.trust.models import Named, Where

JUDGED = Basis | NotCovered


@dataclass(frozen=True)
class ShownPicture:
    """A picture as it is shown: with those who want to be named, and on what it rests."""

    picture: Picture
    who: str
    basis: str


@dataclass(frozen=True)
class NotYet:
    """A picture that may not be shown there, and why not, in sentences for its host."""

    picture: Picture
    why: tuple[str, ...]


def of(about: str, where: Where = Where.WEB) -> list[ShownPicture]:
    """What everybody may see of the pictures of something, the oldest first."""
    return shown_of(list(Picture.objects.about(about).with_files()), where)


def shown_of(pictures: Sequence[Picture], where: Where = Where.WEB) -> list[ShownPicture]:
    """Those of these that may be shown there today."""
    return [
        ShownPicture(picture, _who(picture, judged), judged.sentence)
        for picture, judged in _judged(pictures, where)
        if isinstance(judged, Basis) and picture.shown_at and not lacks(picture, where)
    ]


def is_shown(picture: Picture, where: Where = Where.WEB) -> bool:
    return bool(shown_of([picture], where))


def not_yet(pictures: Sequence[Picture], where: Where = Where.WEB) -> list[NotYet]:
    """Those of these that nobody else may see, each with its reasons."""
    found = []
    for picture, judged in _judged(pictures, where):
        why = [*lacks(picture, where), *_whose_answer(picture, judged)]
        if why or not picture.shown_at:
            found.append(NotYet(picture, tuple(why)))
    return found


def why_not(picture: Picture, where: Where = Where.WEB) -> list[str]:
    """What has to be done or asked before everybody may see it; nothing, if a host may let it."""
    [(_, judged)] = _judged([picture], where)
    return [*lacks(picture, where), *_whose_answer(picture, judged)]


def lacks(picture: Picture, where: Where = Where.WEB) -> list[str]:
    """What is missing besides anybody's answer."""
    told = []
    if not picture.description:
        told.append("Say in words what it shows, for people who cannot see it.")
    told += _lacks_permission(picture, where)
    if picture.kind == Kind.FILM:
        told += _lacks_for_a_film(picture)
    if picture.somebody_left:
        told.append(
            "Somebody in it wants to be in no picture any more. Delete it; or cut them out, bring "
            "it in anew, and say who is in that one."
        )
    elif not picture.of_whom_is_told:
        told.append("Say who is in it, or that nobody can be recognised.")
    return told


def _lacks_permission(picture: Picture, where: Where) -> list[str]:
    if not picture.licence:
        return ["Choose its licence, or say who permitted it."]
    if not picture.credit and picture.licence != Licence.CC0:
        return ["Say who made it."]
    by_permission = picture.licence == Licence.PERMISSION
    if by_permission and not (picture.permitted_by and picture.permitted_on):
        return ["Say who permitted it, and on which day."]
    if by_permission and where not in picture.permitted_where:
        return [f"{picture.permitted_by} did not permit it {where.label}."]
    return []


def _lacks_for_a_film(picture: Picture) -> list[str]:
    told = []
    if not picture.film.transcript:
        told.append("Write down what is said in it, for people who cannot hear it.")
    if picture.film.file and not picture.film.captions:
        told.append("Add captions to it.")
    return told


def _judged(pictures: Sequence[Picture], where: Where) -> Iterable[tuple[Picture, JUDGED]]:
    """What the ledger says of each, with one question to it."""
    asked = bases_for([picture.item for picture in pictures], where)
    return [
        (picture, _nobody(picture) if picture.has_nobody and not picture.shown.all() else judged)
        for picture, judged in zip(pictures, asked, strict=True)
    ]


def _nobody(picture: Picture) -> Basis:
    """Where nobody can be recognised, nobody has to be asked; somebody stands by that answer."""
    day = f"{picture.nobody_said_on:%-d %B %Y}"
    who = "A host" if picture.place_id else "Whoever looks after this site"
    return Basis((), {}, None, f"{who} looked at it on {day}: nobody in it can be recognised.")


def _whose_answer(picture: Picture, judged: JUDGED) -> list[str]:
    if isinstance(judged, Basis) or not picture.of_whom_is_told:
        return []
    names = {each.person_id: each.person.name for each in picture.shown.all()}
    return [_sentence(names, missing.person, missing.why) for missing in judged.missing]


def _sentence(names: Mapping[UUID, str], person: UUID | None, why: str) -> str:
    who = names.get(person) or "Somebody in it" if person else "The room"
    return f"{who} {why}."


def _who(picture: Picture, basis: Basis) -> str:
    """Those in it who want to be named, as each wished."""
    names = [_name(each.person, basis.named.get(each.person_id)) for each in picture.shown.all()]
    return ", ".join(filter(None, names))


def _name(person: Person, wish: Named | None) -> str:
    match wish:
        case Named.FULL:
            return person.name
        case Named.FIRST:
            return person.name.split(" ")[0]
        case _:
            return ""
