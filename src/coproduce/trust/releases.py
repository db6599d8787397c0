"""What has gone out before, and may this go out too? The ledger of snapshots of one thing.

Every release remembers whom it covered, so that no two of them, laid side by side, single out a
few people. Once the last one is out nothing can follow, and the memory is emptied.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from numpy.typing import ArrayLike, NDArray

from coproduce.analysis import disclosure
from coproduce.trust.models import Release

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Blocked:
    """Nothing goes out now, and the reason in a sentence for the facilitator."""

    why: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """People who may go out together, as release `number` of a thing."""

    thing: str
    number: int
    people: Ints
    is_last: bool


class SomebodyWasFaster(Exception):
    """Another run put out a release with this number first; theirs stands."""


def releases_of(thing: str) -> QuerySet[Release]:
    return Release.objects.filter(thing=thing).order_by("number")


def by_id(releases: Iterable[str]) -> QuerySet[Release]:
    return Release.objects.filter(pk__in=list(releases))


def newest(thing: str) -> Release | None:
    return releases_of(thing).last()


def people_of(release: Release) -> Ints:
    """Whom a release covered, in ascending order; nobody once the ledger has been emptied."""
    return np.frombuffer(bytes(release.pseudonyms), dtype="<i8").astype(np.int64)


def people_for_next(shown: int) -> int:
    """How many must have answered before a picture can follow one of `shown` people."""
    held_back = disclosure.DEFAULT_POLICY.smallest_difference
    return shown + disclosure.smallest_step(shown) + held_back


def next_interim(thing: str, now: ArrayLike) -> Snapshot | Blocked:
    """The next picture while people still answer: ten stay back, drawn by chance.

    The seed of that draw is thrown away: whoever knew it could tell who is held back.
    """
    earlier = list(releases_of(thing))
    if any(release.is_last for release in earlier):
        return Blocked("The last picture of this is out; nothing can follow it.")
    shown = [people_of(release) for release in earlier]
    previous = shown[-1] if shown else np.zeros(0, dtype=np.int64)
    people = disclosure.next_release(previous, now, seed=secrets.randbits(63))
    if people is None:
        return Blocked(_still_waiting(previous, np.asarray(now)))
    answer = disclosure.may_release(shown, people)
    if isinstance(answer, disclosure.Blocked):
        return Blocked(_too_close(answer))
    return Snapshot(thing, len(earlier) + 1, people, is_last=False)


def closing(thing: str, now: ArrayLike) -> Snapshot | Blocked:
    """The last picture, with everybody in it; blocked where it would single out a few."""
    earlier = list(releases_of(thing))
    shown = [people_of(release) for release in earlier]
    people = np.unique(np.asarray(now, dtype=np.int64))
    if not disclosure.has_base(int(people.size)):
        return Blocked(
            f"{_so_many(int(people.size))} took part; results are shown from "
            f"{disclosure.DEFAULT_POLICY.smallest_public_base} people on."
        )
    answer = disclosure.may_release(shown, people)
    if isinstance(answer, disclosure.Blocked):
        return Blocked(_too_close(answer))
    if any(np.array_equal(each, people) for each in shown):
        return Blocked(
            "The same people are in a picture that is already out: "
            "a second one would show who of them changed their mind."
        )
    return Snapshot(thing, len(earlier) + 1, people, is_last=True)


def is_out(thing: str, now: ArrayLike) -> bool:
    """Whether exactly these people are in a release already."""
    people = np.unique(np.asarray(now, dtype=np.int64))
    return any(np.array_equal(people_of(each), people) for each in releases_of(thing))


def standing(thing: str, now: ArrayLike, *, team: bool = False) -> Snapshot | Blocked:
    """A picture that stands until so many have left it that another one tells on nobody.

    `team`: for the eyes of those alone who run the thing.
    """
    shown = [people_of(release) for release in releases_of(thing)]
    people = np.unique(np.asarray(now, dtype=np.int64))
    if not disclosure.has_base(int(people.size), team=team):
        least = disclosure.DEFAULT_POLICY
        needed = least.smallest_team_base if team else least.smallest_public_base
        return Blocked(f"Too few people: this is shown from {needed} on.")
    if is_out(thing, people):
        return Blocked("The same people are in a picture that is already out.")
    answer = disclosure.may_release(shown, people) if shown else None
    if isinstance(answer, disclosure.Blocked):
        return Blocked(_too_close(answer))
    return Snapshot(thing, len(shown) + 1, people, is_last=False)


def put_out(snapshot: Snapshot) -> Release:
    """Enter a snapshot in the ledger; call it in the transaction that records its figures."""
    try:
        with transaction.atomic():
            _check_nothing_was_last(snapshot.thing)
            release = Release.objects.create(
                thing=snapshot.thing,
                number=snapshot.number,
                people=int(snapshot.people.size),
                is_last=snapshot.is_last,
                pseudonyms=b"" if snapshot.is_last else snapshot.people.astype("<i8").tobytes(),
            )
    except IntegrityError as taken:
        raise SomebodyWasFaster(f"Release {snapshot.number} of {snapshot.thing} is out.") from taken
    if snapshot.is_last:
        forget_people(snapshot.thing)
    return release


def _check_nothing_was_last(thing: str) -> None:
    """Locks the newest release, so that nobody makes it the last one meanwhile."""
    newest_one = releases_of(thing).select_for_update().last()
    if newest_one is not None and newest_one.is_last:
        raise SomebodyWasFaster(f"The last release of {thing} is out.")


def let_newest_stand(thing: str) -> Release | None:
    """Make the newest release the last one, where no other may follow; None where none is out."""
    with transaction.atomic():
        list(releases_of(thing).select_for_update())
        release = newest(thing)
        if release is None or release.is_last:
            return release
        forget_people(thing)
        Release.objects.filter(pk=release.pk).update(is_last=True)
    release.refresh_from_db()
    return release


def forget_people(thing: str) -> None:
    """Empty the ledger's memory of who was in which release."""
    releases_of(thing).update(pseudonyms=b"")


def _so_many(people: int) -> str:
    return {0: "Nobody", 1: "One person"}.get(people, f"{people} people")


def _still_waiting(previous: Ints, now: Ints) -> str:
    needed = people_for_next(int(previous.size)) - int(previous.size)
    new = int(np.setdiff1d(now, previous).size)
    kind = "new people" if previous.size else "people"
    return f"{new} {kind} so far; a picture is drawn from {needed} on."


def _too_close(answer: disclosure.Blocked) -> str:
    if answer.against is None:
        return "Too few people: shown alone they could be made out."
    return (
        f"Set beside picture {answer.against + 1}, this one would single out "
        f"{answer.differing} people, so it stays back."
    )
