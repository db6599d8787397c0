"""May this be shown, where, and under which name? The ledger of what people allowed.

A thing that needs consent names everybody whose answer it needs. It may be shown on a channel
only where all of them said yes to that channel, for today, and saw it first where they asked to.
Nobody's silence is a yes. An answer about one item overrules an answer about the kind of items it
is of, but whoever takes back the kind later takes back the item as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coproduce.trust import log
from coproduce.trust.models import Consent, Named, Where

RANK = (Named.NOT, Named.PLACE, Named.FIRST, Named.FULL)  # from the least that is told


@dataclass(frozen=True)
class Item:
    """Something that may be shown: its name, the kinds it is of, and whose answer it needs.

    `is_crowd`: people in it cannot be told apart; a procedure followed beforehand is its basis.
    """

    thing: str
    kinds: tuple[str, ...] = ()
    people: frozenset[UUID] = frozenset()
    is_crowd: bool = False


@dataclass(frozen=True)
class Missing:
    """Whose answer is missing, and why what they said does not cover this."""

    person: UUID | None
    why: str


@dataclass(frozen=True)
class Basis:
    """What stands behind a shown item: the entries, and how each person is named."""

    entries: tuple[UUID, ...]
    named: Mapping[UUID, Named]
    until: date | None
    sentence: str


@dataclass(frozen=True)
class NotCovered:
    """It may not be shown there now."""

    missing: tuple[Missing, ...]


def note(by: UUID | None, **fields: Any) -> Consent:
    """Write down an answer: given, refused or taken back."""
    entry = Consent(by=by, **fields)
    if entry.until is not None and entry.until < timezone.localdate():
        raise ValueError("This consent would end before it begins. Check the last day it holds.")
    with transaction.atomic():
        entry.save(force_insert=True)
        deed = "give consent" if entry.is_given else "refuse consent"
        log.record(deed, entry.thing, by=by)
    return entry


def take_back(person: UUID, things: Iterable[str], *, by: UUID | None, obtained: str) -> int:
    """Take back every consent of a person about these things; how many there were to take back."""
    standing = {e.thing: e for e in entries_of(person) if e.is_given}
    taken = [standing[thing] for thing in things if thing in standing]
    with transaction.atomic():
        for entry in taken:
            note(by, person=person, thing=entry.thing, obtained=obtained, witness=by)
    return len(taken)


def entries_of(person: UUID) -> list[Consent]:
    """The newest entry of a person about each thing, oldest first."""
    newest: dict[str, Consent] = {}
    for entry in Consent.objects.filter(person=person):
        newest[entry.thing] = entry
    return list(newest.values())


def has_refused(person: UUID, thing: str) -> bool:
    """Whether their newest word about a thing is a no."""
    return person in refusers_of(thing)


def refusers_of(thing: str) -> frozenset[UUID]:
    """Everybody whose newest word about a thing is a no, or who took their yes back."""
    newest = {entry.person: entry for entry in Consent.objects.filter(thing=thing)}
    return frozenset(who for who, entry in newest.items() if who and not entry.is_given)


def waits_to_be_seen(person: UUID, items: Sequence[Item]) -> list[Item]:
    """Those of these items that they allowed, and want to see before anybody else does."""
    newest = _newest_of(person)
    return [
        item
        for item in items
        if person in item.people
        and (entry := _entry(item, person, newest)) is not None
        and entry.is_given
        and entry.show_me_first
        and entry.seen_at is None
    ]


def note_seen(
    person: UUID, item: Item, yes: bool, *, by: UUID | None, obtained: str = Consent.Obtained.SCREEN
) -> Consent:
    """They have seen it: what they allowed holds for this item, or it stays unseen by others."""
    newest = _newest_of(person)
    entry = _entry(item, person, newest)
    if entry is None or item not in waits_to_be_seen(person, [item]):
        raise ValueError("This does not wait to be seen by them. Look at the list again.")
    return note(
        by,
        person=person,
        thing=item.thing,
        channels=entry.channels if yes else [],
        named=entry.named,
        until=entry.until,
        show_me_first=True,
        seen_at=timezone.now(),
        guardian=entry.guardian,
        obtained=obtained,
        witness=by,
    )


def basis_for(item: Item, where: Where, *, today: date | None = None) -> Basis | NotCovered:
    """Whether the item may be shown there today: on what it rests, or whose answer is missing."""
    return bases_for([item], where, today=today)[0]


def bases_for(
    items: Sequence[Item], where: Where, *, today: date | None = None
) -> list[Basis | NotCovered]:
    """The same for many items, with one question to the database."""
    day = today or timezone.localdate()
    named = {name for item in items for name in (item.thing, *item.kinds)}
    newest: dict[tuple[UUID | None, str], Consent] = {}
    for entry in Consent.objects.filter(thing__in=named):
        newest[entry.person, entry.thing] = entry
    return [_judge(item, where, newest, day) for item in items]


def _judge(
    item: Item, where: Where, newest: Mapping[tuple[UUID | None, str], Consent], day: date
) -> Basis | NotCovered:
    asked: list[UUID | None] = [*sorted(item.people)] + ([None] if item.is_crowd else [])
    found = [(person, _entry(item, person, newest)) for person in asked]
    missing = tuple(
        Missing(person, why) for person, entry in found if (why := _why_not(entry, where, day))
    )
    if missing or not asked:
        return NotCovered(missing or (Missing(None, "nobody was named whose answer it needs"),))
    entries = [entry for _, entry in found if entry is not None]
    ends = [entry.until for entry in entries if entry.until is not None]
    return Basis(
        entries=tuple(entry.id for entry in entries),
        named={e.person: Named(e.named) for e in entries if e.person is not None},
        until=min(ends, default=None),
        sentence=_sentence(entries, where, min(ends, default=None)),
    )


def _newest_of(person: UUID) -> dict[tuple[UUID | None, str], Consent]:
    return {(person, entry.thing): entry for entry in entries_of(person)}


def _entry(
    item: Item, person: UUID | None, newest: Mapping[tuple[UUID | None, str], Consent]
) -> Consent | None:
    """Their answer about the item itself, else about the kind of items that it is of."""
    own = newest.get((person, item.thing))
    of_kind = [entry for name in item.kinds if (entry := newest.get((person, name)))]
    later_no = [e for e in of_kind if not e.is_given and (own is None or e.at >= own.at)]
    return next(iter([*later_no, *filter(None, [own]), *of_kind]), None)


def _why_not(entry: Consent | None, where: Where, day: date) -> str:
    if entry is None:
        return "has not been asked, or has not answered"
    if not entry.is_given:
        return "said no, or took it back"
    if where not in entry.channels:
        return f"did not allow it {where.label}"
    if entry.until is not None and entry.until < day:
        return f"allowed it until {entry.until:%d %B %Y}"
    if entry.show_me_first and entry.seen_at is None:
        return "wants to see it first"
    return ""


def _sentence(entries: Sequence[Consent], where: Where, until: date | None) -> str:
    people = sum(entry.person is not None for entry in entries)
    who = {0: "A room that was told beforehand", 1: "The person"}.get(
        people, f"All {people} people"
    )
    ways = sorted({entry.get_obtained_display() for entry in entries if entry.person})
    how = f" ({', '.join(ways)})" if ways else ""
    end = f", until {until:%d %B %Y}" if until else ""
    return f"{who} allowed this {where.label}{how}{end}."
