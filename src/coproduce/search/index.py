"""The one door in: put a thing where it can be found, take it out again.

Called by the rooms within the transaction of the deed that changed the thing, so that no page is
found that is not there, and none is there that is not found (decision 0014).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from coproduce.search import spelling
from coproduce.search.models import Findable, Seen, Words
from coproduce.search.tokens import clean, keys

LONGEST_TITLE, LONGEST_TEXT = 300, 60_000  # characters: a tsvector holds a megabyte
AT_ONCE = 250
FACTS = ("kind", "seen", "place", "at")
SHOWN = ("title", "text", "address", "where", "note")


@dataclass(frozen=True)
class Entry:
    """A thing as it is found. Nobody finds it unless `seen` says who may."""

    thing: str  # as the log names it
    kind: str
    title: str
    address: str  # where it leads
    text: str = ""
    seen: Seen = Seen.NOBODY
    place: int | None = None  # its key, where it is the members' of a place
    where: str = ""  # the place, in words
    note: str = ""  # how it is with it now: "open now"
    at: datetime | None = None


def put(entry: Entry) -> None:
    """Let it be found, as it is now; taken out where nobody may find it."""
    put_many([entry])


def put_many(entries: Iterable[Entry]) -> int:
    """The same for many; how many were not so before."""
    waiting, changed = iter(entries), 0
    while True:
        with transaction.atomic():
            some = list(islice(waiting, AT_ONCE))  # read and put in one transaction
            changed += _put_or_take_out(some)
        if len(some) < AT_ONCE:
            return changed


def take_out(*things: str) -> int:
    """Let it be found no more, not a word of it; how many could be found until now."""
    with transaction.atomic():
        return sum(
            _take_out(things[first : first + AT_ONCE]) for first in range(0, len(things), AT_ONCE)
        )


def sweep() -> None:
    """On SQLite, rewrite the index without what was taken out: until then it only says so.

    Newer ones (3.42) take words out at once, if told; ours has to run with older ones too.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('optimize')")


def _put_or_take_out(entries: Sequence[Entry]) -> int:
    shown = {entry.thing: entry for entry in entries if entry.seen != Seen.NOBODY}
    hidden = [entry.thing for entry in entries if entry.seen == Seen.NOBODY]
    return _put(shown) + _take_out(hidden)


def _put(entries: dict[str, Entry]) -> int:
    if not entries:
        return 0
    before = _held(entries)
    new = {thing: _words(entry) for thing, entry in entries.items()}
    changed = [
        thing
        for thing, words in new.items()
        if thing not in before or not _is_same(before[thing], entries[thing], words)
    ]
    if not changed:
        return 0
    rows = Findable.objects.bulk_create(
        [_findable(entries[thing]) for thing in changed],
        update_conflicts=True,
        unique_fields=["thing"],
        update_fields=FACTS,
    )
    for row in rows:
        new[row.thing].findable = row
    Words.objects.bulk_create(
        [new[thing] for thing in changed],
        update_conflicts=True,
        unique_fields=["findable"],
        update_fields=[*SHOWN, "title_keys", "text_keys"],
    )
    left = [before[thing].words for thing in changed if thing in before]
    _follow(left, [new[thing] for thing in changed])
    return len(changed)


def _take_out(things: Sequence[str]) -> int:
    held = _held(things) if things else {}
    if held:
        Findable.objects.filter(pk__in=[each.pk for each in held.values()]).delete()
        _follow([each.words for each in held.values()], ())
    return len(held)


def _held(things: Iterable[str]) -> dict[str, Findable]:
    found = Findable.objects.filter(thing__in=list(things)).order_by("thing")
    rows = found.select_for_update(of=("self",)).select_related("words")
    return {each.thing: each for each in rows}


def _follow(left: Iterable[Words], came: Iterable[Words]) -> None:
    """What the words do; swept at once where one is nowhere in a thing any more."""
    changes: Counter[str] = Counter()
    gone: set[str] = set()
    there: set[str] = set()
    for words in left:
        changes.subtract(spelling.vocabulary(f"{words.title} {words.text}"))
        gone.update(_all_keys(words))
    for words in came:
        changes.update(spelling.vocabulary(f"{words.title} {words.text}"))
        there.update(_all_keys(words))
    spelling.follow(changes)
    if gone - there:
        sweep()


def _all_keys(words: Words) -> Iterator[str]:
    yield from words.title_keys.split()
    yield from words.text_keys.split()


def _findable(entry: Entry) -> Findable:
    return Findable(thing=entry.thing, **{name: getattr(entry, name) for name in FACTS})


def _words(entry: Entry) -> Words:
    title, text = clean(entry.title)[:LONGEST_TITLE], clean(entry.text)[:LONGEST_TEXT]
    return Words(
        title=title,
        text=text,
        address=entry.address,
        where=clean(entry.where)[:200],
        note=clean(entry.note)[:80],
        title_keys=keys(title),
        text_keys=keys(text),
    )


def _is_same(row: Findable, entry: Entry, words: Words) -> bool:
    return all(getattr(row, name) == getattr(entry, name) for name in FACTS) and all(
        getattr(row.words, name) == getattr(words, name) for name in (*SHOWN, "text_keys")
    )
