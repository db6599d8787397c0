"""What of people and places is to be found? Places, the principles, and whoever let themselves be.

A name leads to somebody only here, by their own word, and only for those who may look into the
directory (decision 0014).
"""

from collections.abc import Iterator
from textwrap import shorten
from urllib.parse import urlencode

from django.urls import reverse

from coproduce.people.models import Listing, Membership, Person, Place, Principles
from coproduce.search.index import Entry, put, take_out
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Kind, Room, row_by_row

PRINCIPLES = "principles"  # only the newest are to be found


def person_changed(person: Person) -> None:
    """After each deed that changes what the directory says of somebody, or whether it does."""
    listing = Listing.objects.found().select_related("person").filter(person=person).first()
    if listing is None:
        take_out(_thing(person))
    else:
        put(_of_person(listing))


def place_changed(place: Place) -> None:
    put(_of_place(place))


def principles_changed(newest: Principles) -> None:
    put(_of_principles(newest))


def everything() -> Iterator[Entry]:
    yield from map(_of_place, row_by_row(Place.objects.all()))
    yield from map(_of_person, row_by_row(Listing.objects.found().select_related("person")))
    if newest := Principles.objects.newest():
        yield _of_principles(newest)


def _thing(person: Person) -> str:
    return f"person:{person.pk}"


def _of_person(listing: Listing) -> Entry:
    person = listing.person
    held = Membership.objects.current().filter(person=person).select_related("place")
    return Entry(
        thing=_thing(person),
        kind="person",
        title=person.name,
        text="\n".join(filter(None, (listing.offer, person.parts_in_words))),
        address=_in_the_directory(listing),
        seen=Seen.DIRECTORY,
        where=", ".join(sorted({membership.place.name for membership in held})),
    )


def _in_the_directory(listing: Listing) -> str:
    """Nobody has a page of their own: they stand in the directory, by what they offer."""
    page = reverse("people:directory")
    offer = shorten(listing.offer, 80, placeholder="")  # as much as one can type there
    return f"{page}?{urlencode({'offer': offer})}" if offer else page


def _of_place(place: Place) -> Entry:
    return Entry(
        thing=place.thing,
        kind="place",
        title=place.name,
        text="\n".join(filter(None, (place.about, place.offers, place.needs))),
        address=reverse("people:place", args=[place.slug]),
        seen=Seen.EVERYBODY,
        where=place.within.name if place.within else "",
    )


def _of_principles(newest: Principles) -> Entry:
    return Entry(
        thing=PRINCIPLES,
        kind="principles",
        title="What we all agree to: the principles",
        text=newest.words,
        address=reverse("people:principles"),
        seen=Seen.EVERYBODY,
        at=newest.written_at,
    )


ROOM = Room(
    (
        Kind("place", "Place", "Places"),
        Kind("person", "Member", "Members"),
        Kind("principles", "Principles", "Principles"),
    ),
    everything,
)
