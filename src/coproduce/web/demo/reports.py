"""What was told of the day afterwards: decisions, our report, a guest's, and a withdrawal.

Nobody decided or wrote any of this; it is written for the demo, in our own words.
"""

from collections.abc import Mapping
from datetime import timedelta

from coproduce.conversations.models import Conversation
from coproduce.gatherings.actions import deciding, reporting_back
from coproduce.gatherings.actions.deciding import Decided
from coproduce.gatherings.models import Gathering, Insight, ReportBack
from coproduce.gatherings.when import day_of
from coproduce.people.actions import taking_back
from coproduce.people.models import Person
from coproduce.pictures.models import Licence
from coproduce.reports.actions import publishing, tidying, writing
from coproduce.reports.actions.writing import Guest
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Line, Tick
from coproduce.reports.rich import from_typed

TOOK_IT_BACK = "Made-up Elsie"
HALL_AND_LINE = "everybody in the hall and on the line, by show of hands; nobody was against it"
THANKS = (
    "Thank you to everybody who came, in the hall and on the line, and to those who poured the "
    "tea. What you said stands below, where you allowed it; if you change your mind, the code on "
    "your card takes it out of this page and of every file."
)
GUEST = Guest(
    author="Made-up Wren",
    organisation="The Imaginary Gazette",
    address="https://gazette.demo.example/between-the-tea-urn-and-the-microphone",
    licence=Licence.CC_BY_ND,
    permission_from="The Imaginary Gazette",
    permission_scope="on this website and in its files, unchanged.",
)
GUEST_TITLE = "Between the tea urn and the microphone"
GUEST_TEXT = """
I had been asked to write about a network that does not exist yet, on a day when it rained. By ten
the hall smelled of wet coats and oranges, and somebody had put the chairs in a circle and then,
after a short debate, in several.

What I remember first is a silence. A man who buys services for a county had just said that he
consults late because he is afraid of an empty agenda. Nobody clapped and nobody groaned. A woman
across from him wrote it down, word for word, and read it back to him. “Yes,” he said. “That.”

On the screen at the end of the hall were small boxes with people in them, on the line from
kitchens and one parked car. I had expected them to be forgotten by eleven. They were not: the
same question lay before them, they answered it as the tables did, and when the map of the morning
came up nobody could tell which of the dots had come by bus.

- There was a quiet room, and it was used.
- There was a tin for fares at the door, and it was used too.
- There were four stories of how something was done, each with the part that went wrong.

I went home with a list of people to ring, which is more than I can say of most days about
**working together**. They promised to tell us what came of it. I have kept the afternoon free.
"""


def tell_afterwards(day: Gathering, known: Mapping[str, Person], by: Person) -> None:
    """Decisions, two reports, and a withdrawal after which the first of them stands corrected."""
    _decide(day, by)
    _report(day, by)
    _take_in(day, by)
    taking_back.take_back(known[TOOK_IT_BACK])
    for report in day.reports.all():
        publishing.current(report)
    _answer_the_conversation(day, by)
    tidying.tick(day, Line.PAPER, Tick.State.DONE, by)


def _answer_the_conversation(day: Gathering, by: Person) -> None:
    """What came of the question of the day: nobody knows who answered, so it stands on its page."""
    for conversation in Conversation.objects.filter(gathering=day):
        reporting_back.answer_thing(
            conversation.thing,
            ReportBack.Kind.DOING,
            "The network begins with what all groups agreed on: stories of how it was done, with "
            "what went wrong left in. The first four are being written.",
            by,
        )


def _decide(day: Gathering, by: Person) -> None:
    """Three, of which the last takes the place of the one before it."""
    when = day_of(day.starts_at)
    paid = Insight.objects.filter(gathering=day, words__startswith="Paying people late")
    told = Insight.objects.filter(gathering=day, words__startswith="People want to hear")
    deciding.decide(
        day,
        Decided(
            "Fares and time are paid at the door, on the day.",
            HALL_AND_LINE,
            when,
            why="People told us that they stay away because money comes late or as vouchers.",
            insights=list(paid),
            what_next="The hosts buy a tin, and write the sheet that goes with it.",
            by_when=when + timedelta(weeks=4),
        ),
        by,
    )
    first = deciding.decide(
        day,
        Decided("The network meets on the first Thursday of a month, at ten.", "the hosts", when),
        by,
    )
    deciding.decide(
        day,
        Decided(
            "The network meets as often in the evening as in the daytime.",
            "the hosts, after what the hall and the line had answered",
            when + timedelta(days=7),
            why="Those who work in the day would never have been there.",
            insights=list(told),
            what_next="The next gathering is an evening.",
            by_when=when + timedelta(weeks=6),
        ),
        by,
        instead_of=first,
    )


def _report(day: Gathering, by: Person) -> None:
    report = writing.begin(day, by)
    thanks = Block(Kind.TEXT, from_typed(THANKS))
    writing.add(report, thanks, by, after=writing.FIRST)
    publishing.publish(report, by)


def _take_in(day: Gathering, by: Person) -> None:
    permitted = day_of(day.starts_at) + timedelta(days=9)
    guest = Guest(**{**vars(GUEST), "permission_on": permitted})
    report = writing.take_in(day, GUEST_TITLE, GUEST_TEXT, guest, by)
    publishing.publish(report, by)
