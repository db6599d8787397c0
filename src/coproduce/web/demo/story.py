"""Who met, what was asked, and how the answers were invented. Everything here is made up.

Each statement carries how three invented viewpoints lean on it, as the log-odds of agreeing
rather than disagreeing: +2 is about 9 in 10 for it, 0 is evenly torn, -2 about 9 in 10 against.
"""

from dataclasses import dataclass
from enum import Enum

from coproduce.web.demo.first_year import FIRST_YEAR
from coproduce.web.demo.network import NETWORK
from coproduce.web.demo.words import Said

SEED = 20190328  # the day of the story


class Viewpoint(Enum):
    """Three ways of seeing a network, invented for the demo, with their share of the people."""

    LED_BY_EXPERIENCE = "those who live it should lead it"
    SHOW_WHAT_CHANGES = "show what changes, with numbers and one message"
    GROW_FROM_PLACES = "keep it local, practical and light"


SHARES = {
    Viewpoint.LED_BY_EXPERIENCE: 0.40,
    Viewpoint.SHOW_WHAT_CHANGES: 0.32,
    Viewpoint.GROW_FROM_PLACES: 0.28,
}

# Which part people say they have, by viewpoint; the rest say nothing about themselves.
PARTS = {
    Viewpoint.LED_BY_EXPERIENCE: {
        "lived experience": 0.46,
        "carer": 0.16,
        "practitioner": 0.12,
        "other": 0.04,
    },
    Viewpoint.SHOW_WHAT_CHANGES: {
        "commissioner": 0.28,
        "practitioner": 0.22,
        "researcher": 0.20,
        "lived experience": 0.10,
    },
    Viewpoint.GROW_FROM_PLACES: {
        "practitioner": 0.36,
        "lived experience": 0.20,
        "carer": 0.14,
        "commissioner": 0.06,
    },
}

# Places of `places.PLACES`; who came from where is invented. The rest do not say.
HOMES = {
    "manchester": 0.30,
    "oxfordshire": 0.17,
    "sheffield": 0.16,
    "london": 0.12,
}


@dataclass(frozen=True)
class Figurant:
    """Somebody one can sign in as: the name says that there is no such person."""

    name: str
    email: str
    role: str  # "" for the one who looks after the machine
    place: str


CAST = (
    Figurant("Made-up Morgan", "member@demo.example", "member", "Manchester"),
    Figurant("Made-up Farah", "facilitator@demo.example", "facilitator", "Manchester"),
    Figurant("Made-up Esra", "evaluator@demo.example", "evaluator", "Manchester"),
    Figurant("Made-up Colin", "coordinator@demo.example", "coordinator", "Manchester"),
    Figurant("Made-up Cleo", "coordinator2@demo.example", "coordinator", "Manchester"),
    Figurant("Made-up Connie", "convenor@demo.example", "convenor", "England"),
    Figurant("Made-up Adeola", "admin@demo.example", "", "England"),
)


@dataclass(frozen=True)
class Talk:
    """One conversation of the story, and how many invented people answer it."""

    question: str
    welcome: str
    statements: tuple[Said, ...]
    people: int
    in_the_hall: int  # with a paper code each; the others answer from home
    on_paper: int  # of those in the hall: typed in by a helper
    fewest: int
    most: int
    afterword: str = ""

    @property
    def provenance(self) -> str:
        return (
            f"These people and their answers are invented. {self.people} people who do not exist "
            f"were given one of three made-up viewpoints, and a random generator (seed {SEED}) "
            f"drew how each of them answered {self.fewest} to {self.most} of the statements. "
            f"It shows how the site works; it says nothing about real people.{self.afterword}"
        )


DAY = Talk(
    question="What should a national co-production network be and do?",
    welcome=(
        "We are in Manchester for the day, and some of us are at home. Answer as many statements "
        "as you like, in any order, and add your own if something is missing."
    ),
    statements=NETWORK,
    people=220,
    in_the_hall=140,
    on_paper=36,
    fewest=10,
    most=30,
)

NEXT = Talk(
    question="What should the network do first, in its first year?",
    welcome=(
        "The day in Manchester found what we share. Now we choose where to begin. "
        "Three minutes are enough."
    ),
    statements=FIRST_YEAR,
    people=40,
    in_the_hall=0,
    on_paper=0,
    fewest=5,
    most=12,
    afterword=" What you answer yourself is added to theirs, on this machine alone.",
)

# What came in during the open conversation and waits for a facilitator to read it.
WAITING = (
    "Make sure that somebody is paid to answer the telephone.",
    "Fare money must be there on the day, not after a form.",
    "Pay people's fares on the day.",
)
