"""Erasing somebody: all that is theirs, and their name and words wherever others wrote them down.

One transaction: rooms let go of what they hold, the person's rows go, what is left is swept, the
opaque id goes on the list that every restore replays. What stays is told by `what_stays`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coproduce.people import everything
from coproduce.people.actions.deeds import record_deed
from coproduce.people.models import Channel, Person, Reach, User
from coproduce.search import rebuilding
from coproduce.trust import erasures, sweeping, traces
from coproduce.trust.sweeping import Needle


@dataclass(frozen=True)
class Erased:
    """What an erasure did. `left`: files that still hold something, and nobody may open here."""

    rows: int  # written by others, in which something was replaced
    is_log_empty: bool
    left: tuple[Path, ...]


def erase(person: Person, *, by: Person | None = None) -> Erased:
    """Nothing is left of them but an opaque id on the list of those who were erased."""
    looked_for = needles_of(person)
    opaque = person.id
    with transaction.atomic():
        for keeper in everything.keepers():
            keeper.let_go(person)
        Person.objects.filter(pk=opaque).delete()
        rows = sweeping.take_out(looked_for)
        sweeping.build_indexes_anew()
        erasures.note(opaque, by=by.id if by and by.id != opaque else None)
        record_deed("erase a person", f"person:{opaque}", by if by and by.id != opaque else None)
    if rows:
        rebuilding.rebuild()  # what can be found was made of the sentences as they were
    throw_away_letters(looked_for)
    is_empty = traces.empty_the_log()
    left = tuple(still_there(looked_for))
    if left:
        named = ", ".join(str(file).removeprefix(f"{settings.HOME}/") for file in left)
        record_deed("leave files to remove by hand", f"person:{opaque}", None, note=named)
    return Erased(rows, is_empty, left)


def needles_of(person: Person) -> list[Needle]:
    """What to look for. Nothing that is somebody else's as well: their rows have to stay right."""
    own = Reach.objects.filter(person=person).exclude(channel=Channel.HELPER)
    addresses = {reach.address for reach in own}
    if person.user:
        addresses.add(person.user.email)
    names = [person.name] if _is_theirs_alone(person.name, person) else []
    return sweeping.needles(
        names=names,
        addresses=[each for each in addresses if not _is_shared(each, person)],
        quotes=everything.words_of(person),
    )


def _is_theirs_alone(name: str, person: Person) -> bool:
    """Read one by one: SQLite takes "Ë" and "ë" for two letters."""
    others = Person.objects.exclude(name="").exclude(pk=person.pk)
    names = (_as_heard(each) for each in others.values_list("name", flat=True).iterator())
    return bool(name) and _as_heard(name) not in names


def _as_heard(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_shared(address: str, person: Person) -> bool:
    """A household has one phone, a helper one address for many."""
    others = Reach.objects.filter(address__iexact=address).exclude(person=person)
    users = User.objects.filter(email__iexact=address).exclude(person=person)
    return others.exists() or users.exists()


def what_stays(person: Person) -> list[str]:
    """What an erasure does not reach, in sentences, before somebody decides."""
    told = [
        "Your answers in conversations that are closed: nobody can find out which are yours.",
        "Statements you wrote in conversations: they keep their answers, and lose your name.",
        "Paper and files that were handed out, and copies others made.",
        "Backups made until now. Whoever puts one back erases you again before the site opens.",
        "A note that somebody was worried for anybody's safety, until a human has looked at it.",
        "Numbers that were told already. They get a dated note that somebody asked to be erased.",
    ]
    if person.name and len(person.name.split()) < 2:
        told.append(
            f"“{person.name}” in sentences of others: a name of one word may be somebody else's, "
            "so it is taken out only where we know that it is you."
        )
    elif person.name and not _is_theirs_alone(person.name, person):
        told.append(
            f"“{person.name}” in sentences of others: somebody else here has the same name."
        )
    return told


def replay(listed: Iterable[UUID] = ()) -> int:
    """Erase again whoever came back with a backup; how many came."""
    wanted = erasures.everybody() | set(listed)
    back = list(Person.objects.filter(pk__in=wanted))
    for person in back:
        erase(person)
    for opaque in wanted:
        with transaction.atomic():
            erasures.note(opaque, by=None)
    return len(back)


def throw_away_letters(looked_for: Iterable[Needle]) -> None:
    """What the demo keeps in folders instead of sending it."""
    folders = [Path(settings.EMAIL_FILE_PATH), Path(settings.SMS_FOLDER)]
    for file in traces.files_with([needle.words for needle in looked_for], folders):
        file.unlink()


def still_there(looked_for: Iterable[Needle]) -> list[Path]:
    """Files of this home that still hold one of the words: the database, uploads, copies."""
    home = Path(settings.HOME)
    places = [*traces.files_of_the_database(), Path(settings.MEDIA_ROOT)]
    places += sorted(home.glob("before-restore-*"))
    return traces.files_with([needle.words for needle in looked_for], places)
