"""Members of the demo: nobody of this name exists, and each goes the way that a member goes."""

from dataclasses import dataclass

from coproduce.people import principles
from coproduce.people.actions import being_found, belonging, hearing, joining, needing, promising
from coproduce.people.actions.joining import Newcomer, Way
from coproduce.people.actions.promising import SaidPromise
from coproduce.people.models import Channel, Person, Place


@dataclass(frozen=True)
class Member:
    """An invented member, and what they told of themselves."""

    name: str
    place: str
    parts: tuple[str, ...]
    way: Way
    promise: str = ""
    is_kept: bool = False
    offer: str = ""  # with one they stand in the directory
    need: str = ""
    is_champion: bool = False


def _email(name: str) -> Way:
    return Way(Channel.EMAIL, f"{name}@demo.example")


MEMBERS = (
    Member(
        "Made-up Bea",
        "Manchester",
        ("carer", "lived experience"),
        _email("bea"),
        promise="I will bring one neighbour along.",
        is_kept=True,
        offer="I can help you hold your first gathering.",
        need="A seat near the door, and a break every hour.",
        is_champion=True,
    ),
    Member(
        "Made-up Otto",
        "Manchester",
        ("practitioner",),
        Way(Channel.SMS, "+447700900123"),
        promise="I will put the minutes into easy words within a week.",
        is_kept=True,
        offer="Minutes that are easy to read",
    ),
    Member(
        "Made-up Rosa",
        "Sheffield",
        ("commissioner",),
        _email("rosa"),
        promise="I will bring the budget to the table before it is decided.",
        offer="How we planned a budget together",
    ),
    Member(
        "Made-up Yusuf",
        "Oxfordshire",
        ("lived experience", "trainer"),
        Way(Channel.POST, "1 Made-up Lane\nOxford"),
        promise="I will call three people who have no internet.",
        is_kept=True,
        offer="Taking part by telephone",
        need="Large letters, on paper.",
        is_champion=True,
    ),
    Member(
        "Made-up Grace",
        "London",
        ("researcher", "carer"),
        _email("grace"),
        promise="I will send what I write to those it is about, before anybody else.",
    ),
    Member(
        "Made-up Sunil",
        "Leeds",
        ("facilitator",),
        Way(Channel.HELPER, "Through Rosa at the library, 0113 496 0000"),
        need="Somebody who tells me on the telephone what came by mail.",
    ),
)


def bring_members(coordinator: Person) -> None:
    """Let each of them join, promise, be found; the coordinator names the champions."""
    for member in MEMBERS:
        _bring(member, coordinator)


def _bring(member: Member, coordinator: Person) -> None:
    place = Place.objects.get(name=member.place)
    promise = SaidPromise(member.promise, may_be_told=True) if member.promise else None
    newcomer = Newcomer(member.name, member.parts, place, member.way, promise)
    person = joining.join(newcomer, principles.current(), signed_in=None)
    hearing.start(person, place, source="joined on this site")
    if member.is_kept:
        promising.keep(person.promises.get(), by=person)
    if member.offer:
        being_found.be_found(person, member.offer)
    if member.need:
        needing.tell(person, words=member.need, may_be_shared=True)
    if member.is_champion:
        champion = belonging.make_champion(place, person, by=coordinator)
        belonging.let_be_named(champion, True, by=person)
