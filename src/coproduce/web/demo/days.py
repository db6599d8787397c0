"""The gatherings of the story: the day in Manchester that was, and an evening to register for.

Everything is made up: people, hall and programme; each page says so. Who was there are the same
invented people who answered the question of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from coproduce.conversations.actions import facilitating
from coproduce.conversations.models import Conversation
from coproduce.gatherings.actions import attending, hosting, registering
from coproduce.gatherings.actions.attending import Arrival
from coproduce.gatherings.actions.hosting import Details, Named
from coproduce.gatherings.actions.registering import Answers
from coproduce.gatherings.models import Gathering, Presence, Setting
from coproduce.gatherings.when import moment
from coproduce.people.models import Channel, Membership, Part, Person, Place, Role
from coproduce.web.demo.model import Invented
from coproduce.web.demo.pictures import tell_what_was_seen
from coproduce.web.demo.reports import tell_afterwards
from coproduce.web.demo.said import tell_what_was_said
from coproduce.web.demo.story import DAY

WEEKS_AGO, WEEKS_AHEAD = 3, 3
INVENTED = "This gathering, its hall and everybody named here are invented for the demo."


@dataclass(frozen=True)
class Member:
    """Somebody of the story who speaks or helps; the name says that there is no such person."""

    name: str
    place: str
    role: str  # as they say it themselves
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Item:
    """A part of the day: when by the clock, how long, who."""

    starts: time
    minutes: int
    title: str
    about: str = ""
    names: tuple[str, ...] = ()


BOTH = (Part.RESEARCHER, Part.LIVED)
MEMBERS = (
    Member("Made-up Maya", "Manchester", "lives with a long-term condition", (Part.LIVED,)),
    Member("Made-up Omar", "Manchester", "commissions services for adults", (Part.COMMISSIONER,)),
    Member("Made-up Tess", "Manchester", "trainer and carer", (Part.TRAINER, Part.CARER)),
    Member("Made-up Ines", "Oxfordshire", "cares for her son", (Part.CARER, Part.LIVED)),
    Member("Made-up Ravi", "Oxfordshire", "runs a county network", (Part.PRACTITIONER,)),
    Member("Made-up June", "Oxfordshire", "lives with dementia", (Part.LIVED,)),
    Member("Made-up Kofi", "Sheffield", "researcher with lived experience", BOTH),
    Member("Made-up Elsie", "Sheffield", "has used services for forty years", (Part.LIVED,)),
    Member("Made-up Bram", "South Yorkshire", "works in a hospital", (Part.PRACTITIONER,)),
    Member("Made-up Nell", "South Yorkshire", "facilitator", (Part.FACILITATOR,)),
    Member("Made-up Zola", "London", "learning disability self-advocate", (Part.LIVED,)),
    Member("Made-up Piet", "London", "pays for research", (Part.COMMISSIONER, Part.RESEARCHER)),
)
PROGRAMME = (
    Item(time(10), 30, "Arriving", "Tea, coffee, a seat where you want one. The line opens too."),
    Item(time(10, 30), 20, "Why we are here", names=("Made-up Maya", "Made-up Omar")),
    Item(
        time(10, 50),
        40,
        "Four places, four ways of doing it",
        "Ten minutes each: what they did, step by step, and what went wrong.",
        ("Made-up Ravi", "Made-up Elsie", "Made-up Bram", "Made-up Zola"),
    ),
    Item(
        time(11, 30),
        75,
        "Tables: what should a national network be and do?",
        "Eight to a table with somebody who takes notes; on the line in small rooms. Everybody "
        "answers the same question, on a phone or on paper.",
        ("Made-up Nell", "Made-up Tess"),
    ),
    Item(time(12, 45), 60, "Lunch", "The quiet room is open all day."),
    Item(
        time(13, 45),
        45,
        "What the room agrees on",
        "The map of the morning on the big screen, and what divides us.",
        ("Made-up Kofi", "Made-up June"),
    ),
    Item(
        time(14, 30),
        60,
        "What do we promise each other?",
        names=("Made-up Ines", "Made-up Piet"),
    ),
    Item(time(15, 30), 30, "Goodbye, and fares paid at the door"),
)
EVENING = (
    Item(time(18), 15, "Arriving in the hall and on the line"),
    Item(time(18, 15), 45, "What came of the day in Manchester", names=("Made-up Nell",)),
    Item(time(19), 45, "Where do we begin?", "You answer, we look at it together."),
)
# Who has registered for the evening: a name or none, how they are there, what they need.
COMING = (
    Answers(Presence.HALL, name="Made-up Maya", parts=[Part.LIVED]),
    Answers(Presence.HALL, name="Made-up Tess", diet="No nuts", parts=[Part.TRAINER]),
    Answers(
        Presence.LINE,
        name="Made-up June",
        need="Captions, and the questions beforehand.",
        need_may_be_shared=True,
    ),
    Answers(Presence.LINE, name="Made-up Ravi"),
    Answers(Presence.HALL, need="A seat near the door."),
    Answers(
        Presence.HALL,
        name="Made-up Elsie",
        channel=Channel.POST,
        address="9 Invented Lane\nSheffield",
        diet="Vegan",
    ),
)


def tell_days(
    by: Person, here: Place, day_talk: Conversation, next_talk: Conversation, people: list[Invented]
) -> None:
    """The day that was, with its people and numbers, and the evening to come."""
    known = {member.name: _join(member) for member in MEMBERS}
    was = _the_day(by, here, known, _thursday(-WEEKS_AGO))
    facilitating.meet_at(day_talk, was, by)
    attending.enter(was, [], [_arrival(number, one) for number, one in enumerate(people)], by)
    attending.tell_numbers(was, by)
    tell_what_was_said(was, known, by)
    tell_what_was_seen(was, known, by)
    tell_afterwards(was, known, by)
    comes = _the_evening(by, here, known, _thursday(WEEKS_AHEAD))
    facilitating.meet_at(next_talk, comes, by)
    for answers in COMING:
        registering.register(comes, answers)


def _join(member: Member) -> Person:
    person = Person.objects.create(name=member.name, parts=list(member.parts))
    Membership.objects.create(
        person=person, place=Place.objects.get(name=member.place), role=Role.MEMBER
    )
    return person


def _the_day(by: Person, here: Place, known: dict[str, Person], day: date) -> Gathering:
    details = Details(
        title="A day for co-production in England",
        purpose="People who use public services and people who run them looked at what works and "
        f"at what a national network should be and do.\n\n{INVENTED}",
        starts_at=moment(day, time(10)),
        ends_at=moment(day, time(16)),
        setting=Setting.BOTH,
        venue="Made-up Hall\n1 Invented Street\nManchester",
        getting_in="Five minutes from the station, all on the flat.\nThe door on the left has no "
        "step; somebody in a yellow shirt meets you.",
        provided=("hearing loop", "sign language", "captions", "quiet room", "expenses", "food"),
        provided_words="Water for assistance dogs",
        hosts="The made-up network in Manchester",
        supporters="An imaginary fund",
        hashtag="MadeUpDay",
    )
    return _held(details, PROGRAMME, by, here, known, day)


def _the_evening(by: Person, here: Place, known: dict[str, Person], day: date) -> Gathering:
    details = Details(
        title="Where do we begin? An evening in Manchester",
        purpose="The day found what we share. Now we choose what the network does first.\n\n"
        f"{INVENTED} You can register; nothing leaves this machine.",
        starts_at=moment(day, time(18)),
        ends_at=moment(day, time(20)),
        setting=Setting.BOTH,
        venue="Made-up Library\n2 Invented Street\nManchester",
        getting_in="The lift is beside the front desk; the hall is on the second floor.",
        join_link="https://meet.demo.example/made-up-evening",
        provided=("hearing loop", "captions", "quiet room", "expenses", "step-free"),
        hosts="The made-up network in Manchester",
        hashtag="MadeUpEvening",
        hall_capacity=30,
    )
    return _held(details, EVENING, by, here, known, day)


def _held(
    details: Details,
    programme: Sequence[Item],
    by: Person,
    here: Place,
    known: dict[str, Person],
    day: date,
) -> Gathering:
    roles = {member.name: member.role for member in MEMBERS}
    gathering = hosting.make(here, details, by)
    for item in programme:
        hosting.add_item(
            gathering,
            by,
            starts_at=moment(day, item.starts),
            minutes=item.minutes,
            title=item.title,
            about=item.about,
            speakers=[Named(name, roles[name], known[name]) for name in item.names],
        )
    hosting.publish(gathering, by)
    return gathering


def _arrival(number: int, invented: Invented) -> Arrival:
    """Those with a slip were in the hall, the others on the line; none of them has a name."""
    parts = [invented.part] if invented.part in Part.values else []
    in_hall = number < DAY.in_the_hall
    return Arrival(Presence.HALL if in_hall else Presence.LINE, parts=parts)


def _thursday(weeks: int) -> date:
    """The Thursday of the week so many weeks from now."""
    today = timezone.localdate()
    return today + timedelta(weeks=weeks, days=3 - today.weekday())
