"""What do we hold about somebody, what changes when they take it back, and how does it go?

Each room answers for what it holds: it leaves a keeper here when the site starts, so that this
page, the download, taking back and erasing are whole although `people` knows none of those rooms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from coproduce.people.models import Person
from coproduce.trust import consent
from coproduce.trust.consent import Item

Cell = str | int | bool | date | datetime | None


NOT_HERE = "kept sealed: sign in to read it, or ask your coordinator"


class Sealed(str):
    """Words that are sealed at rest; whoever has only a code does not get to read them."""

    __slots__ = ()


@dataclass(frozen=True)
class Chapter:
    """One kind of thing that we hold about somebody: its columns and its rows.

    `of`: the tables that it tells from; a test holds that no table with people in it is missing.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    of: tuple[type[Model], ...]

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each row with the name of its column beside each cell: a phone stacks them."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def without_sealed(self) -> "Chapter":
        rows = tuple(
            tuple(NOT_HERE if isinstance(cell, Sealed) else cell for cell in row)
            for row in self.rows
        )
        return replace(self, rows=rows)

    def as_json(self) -> dict[str, object]:
        rows = [dict(zip(self.columns, map(_plain, row), strict=True)) for row in self.rows]
        return {"what": self.heading, "rows": rows}


@dataclass(frozen=True)
class Change:
    """What becomes of one thing when somebody takes it back."""

    what: str
    becomes: str
    address: str = ""


@dataclass(frozen=True)
class Contribution:
    """Something somebody said, who may read it, and what came of it."""

    words: str
    where: str
    standing: str  # "shown on the page of the day", "not shown to anybody"
    address: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToSee:
    """Something that somebody wants to see before anybody else does: its words, or its picture."""

    item: Item
    what: str
    where: str
    picture: str = ""  # the address of its file, which they may open

    @property
    def thing(self) -> str:
        return self.item.thing


def _no_name(thing: str) -> str:
    return ""


def _nothing_to_see(person: Person) -> list[ToSee]:
    return []


def _nothing_said(person: Person) -> list[Contribution]:
    return []


def _nowhere(person: Person) -> set[int]:
    return set()


def _nobodys(code: str) -> Person | None:
    return None


def _nothing(person: Person) -> list[Change]:
    return []


def _no_words(person: Person) -> list[str]:
    return []


def _nobody(person: Person) -> None:
    return None


@dataclass(frozen=True)
class Word:
    """How somebody took it back: by themselves on a screen, or said to a coordinator."""

    by: UUID | None
    obtained: str


def _nothing_more(person: Person, word: Word) -> None:
    return None


@dataclass(frozen=True)
class Keeper:
    """One room's answers. Whatever it does not hold, it need not answer for.

    - `tell`: the chapters, also those without rows; `said`: what they said, the newest first
    - `to_see`: what is theirs to see before it may be shown, whether they asked for that or not
    - `would_change`: a preview of `take_back`
    - `take_back`: beyond the ledger of consents, which is seen to already
    - `words`: what they said, word for word, to be looked for wherever it was quoted
    - `let_go`: called before the person's row and all that hangs on it is deleted
    - `name_of`: what a thing of the ledger of consents is called, where it is this room's
    - `places`: where they are known, by id; `whose`: the person that a code of this room belongs to
    """

    tell: Callable[[Person], list[Chapter]]
    said: Callable[[Person], list[Contribution]] = _nothing_said
    to_see: Callable[[Person], list[ToSee]] = _nothing_to_see
    would_change: Callable[[Person], list[Change]] = _nothing
    take_back: Callable[[Person, Word], None] = _nothing_more
    words: Callable[[Person], list[str]] = _no_words
    let_go: Callable[[Person], None] = _nobody
    places: Callable[[Person], set[int]] = _nowhere
    whose: Callable[[str], Person | None] = _nobodys
    name_of: Callable[[str], str] = _no_name


_keepers: dict[str, Keeper] = {}


def leave_keeper(room: str, keeper: Keeper) -> None:
    """Let a room answer for what it holds about people; called when the site starts."""
    _keepers[room] = keeper


def chapters_about(person: Person, *, with_sealed: bool = True) -> list[Chapter]:
    """Everything, room by room, with the chapters that have nothing in them."""
    told = [chapter for keeper in _keepers.values() for chapter in keeper.tell(person)]
    return told if with_sealed else [chapter.without_sealed() for chapter in told]


def changes_for(person: Person) -> list[Change]:
    """What would change if they took everything back now."""
    return [change for keeper in _keepers.values() for change in keeper.would_change(person)]


def said_by(person: Person) -> list[Contribution]:
    return [each for keeper in _keepers.values() for each in keeper.said(person)]


def waiting_for(person: Person) -> list[ToSee]:
    """What they allowed to be shown, and want to see before anybody else does."""
    theirs = [each for keeper in _keepers.values() for each in keeper.to_see(person)]
    waits = consent.waits_to_be_seen(person.pk, [each.item for each in theirs])
    return [each for each in theirs if each.item in waits]


def words_of(person: Person) -> list[str]:
    return [words for keeper in _keepers.values() for words in keeper.words(person)]


def places_of(person: Person) -> set[int]:
    """Every place where they are known, by id: whose coordinators may act when they ask."""
    return set().union(*(keeper.places(person) for keeper in _keepers.values()))


def whose(code: str) -> Person | None:
    """The person that a code belongs to, whichever room gave it out."""
    found = (keeper.whose(code) for keeper in _keepers.values())
    return next((person for person in found if person is not None), None)


def name_of(thing: str) -> str:
    """What a person would call a thing that the ledger of consents speaks of."""
    found = (keeper.name_of(thing) for keeper in _keepers.values())
    return next(filter(None, found), thing)


def keepers() -> Iterable[Keeper]:
    return _keepers.values()


def _plain(cell: Cell) -> str | int | bool | None:
    match cell:
        case datetime():
            return timezone.localtime(cell).isoformat(timespec="minutes")
        case date():
            return cell.isoformat()
    return cell
