"""Six projects that do not exist, and how the people in them answered: a stated model, one seed.

A person stands somewhere on each question before: a draw around the project's own middle. After,
they stand where they stood, moved by what the project is said to move, and by chance. What they
tick is the nearest point of the scale from 1 to 5. How many do not come back is stated too; those
who leave stood a little lower before.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import (
    Instrument as Record,
)
from coproduce.formats.instruments.record import (
    Item,
    Licence,
    Point,
    Scale,
    Score,
)
from coproduce.measures import asked_in, bank, packing, to_be_found
from coproduce.measures.actions import answering, closing, surveying, telling_stories
from coproduce.measures.actions.answering import How
from coproduce.measures.actions.telling_stories import Telling
from coproduce.measures.models import (
    Came,
    Instrument,
    Kind,
    Linking,
    Moment,
    Purpose,
    Survey,
    Wave,
)
from coproduce.people.models import Person, Place
from coproduce.projects import actions as projects
from coproduce.projects.models import Project
from coproduce.trust.models import Where
from coproduce.web import background
from coproduce.web.demo.story import SEED

STARTER = ("coproduce-starter", "1")
SPREAD = 0.9  # how far people stand from each other before, in points of the scale
WOBBLE = 0.6  # how far chance moves somebody between the waves
LEAVERS_LOWER = 0.3  # those who do not come back stood so much lower
MIDDLE = (3.0, 3.4, 2.7, 3.6, 3.9)  # where people stand on the five questions before


@dataclass(frozen=True)
class Invented:
    """One project: where, what for, how many answer before and after, and what it moves."""

    place: str
    title: str
    aim: str
    fixed: str
    flexible: str
    before: int
    again: int
    moves: tuple[float, ...]  # how far, on each of the five questions
    decided: str = ""
    is_reworded: bool = False  # its own set of questions changed between the waves
    reports: bool = True
    asks_later: bool = False
    stories: tuple[tuple[Kind, str, str], ...] = ()  # what changed, and why it matters

    @property
    def said_so(self) -> str:
        return (
            "This project, its people and their answers are invented. A random generator (seed "
            f"{SEED}) drew how {self.before} people answered before and {self.again} of them "
            "afterwards. It shows how the site works; it says nothing about real people."
        )


PROJECTS = (
    Invented(
        "Manchester",
        "The warm hall",
        "That people who are alone in winter have a hall to come to, and run it themselves.",
        "The building and its opening hours\nThe budget of the first year",
        "What happens in it\nWho holds the key\nHow newcomers are met",
        60,
        44,
        (0.6, 0.4, 0.7, 0.2, 0.1),
        "The hall opens on Sundays\nTwo of those who come now hold a key",
        asks_later=True,
        stories=(
            (
                Kind.PERSON,
                "In January I came because it was warm. In March I was asked to hold the key, and "
                "now I open on Sundays.",
                "I had not been asked for anything since I stopped working.",
            ),
            (
                Kind.PERSON,
                "I know four people by name now who live in my street.",
                "If I fall, somebody will notice.",
            ),
            (
                Kind.WORSE,
                "The forms got longer when the council came in. I fill in two where I filled in "
                "none.",
                "It keeps new people away.",
            ),
        ),
    ),
    Invented(
        "Sheffield",
        "Lunch that listens",
        "That carers say over lunch what would make their week lighter, and that it is done.",
        "How much respite care costs",
        "When it can be had\nWho is asked first",
        36,
        25,
        (0.5, 0.1, 0.6, 0.3, 0.0),
        "Respite can be booked on the telephone",
        stories=(
            (
                Kind.SERVICE,
                "I said over lunch that I cannot use the website at night with him in my arms. Six "
                "weeks later there was a number to ring.",
                "It was the first time that a sentence of mine came back as something real.",
            ),
        ),
    ),
    Invented(
        "Oxfordshire",
        "Who gets on the bus",
        "That people in villages decide with the council where the small bus stops.",
        "One bus, two drivers",
        "The stops\nThe times",
        48,
        33,
        (0.3, 0.2, 0.4, 0.0, 0.2),
        "It stops at the surgery at nine",
    ),
    Invented(
        "Leeds",
        "A board with two chairs",
        "That every board of the neighbourhood network is led by two, one of whom lives it.",
        "What the law asks of a board",
        "How it is led\nHow papers are written",
        30,
        21,
        (0.7, 0.3, 0.3, 0.4, 0.3),
        is_reworded=True,
    ),
    Invented(
        "Birmingham",
        "Young and paid",
        "That young people who advise the clinic are paid on the day.",
        "The hourly rate",
        "What they advise on",
        12,
        8,
        (0.9, 0.5, 0.8, 0.6, 0.4),
    ),
    Invented(
        "Sheffield",
        "The garden behind the surgery",
        "That patients and nurses plant a garden and keep it.",
        "The plot",
        "What grows there",
        28,
        0,
        (0.0, 0.0, 0.0, 0.0, 0.0),
        reports=False,
    ),
)


def tell_projects(places: dict[str, Place], evaluator: Person) -> None:
    """Every project with its survey, its waves and what they showed."""
    bank.keep_shipped()
    for number, invented in enumerate(PROJECTS):
        _tell(invented, places[invented.place], evaluator, random.Random(SEED + number))  # noqa: S311
    background.work_off()


def _tell(invented: Invented, place: Place, by: Person, chance: random.Random) -> None:
    project = _project(invented, place, by)
    survey = _survey(project, invented, by)
    people = list(_people(invented, chance))
    first = _wave(survey, Moment.BEFORE, _asked(invented, "1"), by)
    _answer(first, [before for before, _ in people], invented)
    closing.close_wave(first, by)
    if not invented.reports:
        return
    second = _wave(survey, Moment.AFTER, _asked(invented, "2"), by)
    _answer(second, [after for _, after in people[: invented.again]], invented)
    closing.close_wave(second, by)
    _tell_stories(project, invented, by)
    if invented.asks_later:
        _wave(survey, Moment.LATER, _asked(invented, "2"), by)


def _tell_stories(project: Project, invented: Invented, by: Person) -> None:
    """What invented people tell, allowed on this website; a panel chooses where there are two."""
    for kind, words, why in invented.stories:
        telling = Telling(kind, words, why, channels=[Where.WEB, Where.REPORT])
        telling_stories.let_out(telling_stories.tell(project, telling), by)
    chosen = project.stories.filter(kind=Kind.PERSON).order_by("pk")
    if chosen.count() > 1:
        told = telling_stories.Chosen(
            kind=Kind.PERSON,
            held_on=timezone.localdate(),
            panel="three invented members, a nurse and the commissioner",
            criteria="what would still be there if the money stopped",
            reasons="Whoever holds a key does not have to be asked in.",
            story=chosen.filter(words__contains="hold the key").first(),
        )
        telling_stories.choose(project, told, by)


def _project(invented: Invented, place: Place, by: Person) -> Project:
    details = projects.Details(
        title=invented.title,
        aim=f"{invented.aim}\n\n{invented.said_so}",
        commissioned_by="a commissioner who does not exist",
        fixed=invented.fixed,
        flexible=invented.flexible,
        decided_because=invented.decided,
    )
    project = projects.make(place, details, by)
    projects.publish(project, by)
    return project


def _survey(project: Project, invented: Invented, by: Person) -> Survey:
    details = surveying.Details(
        title=f"How is it for you in “{invented.title}”?",
        about=invented.said_so,
        written_by="Four people of the project and the evaluator, all of them invented",
        seen_first_by="Those who answered",
        purpose=Purpose.IMPROVE,
        linking=Linking.OWN,
    )
    return surveying.make(project, details, by)


def _wave(survey: Survey, moment: Moment, asked: Sequence[Instrument], by: Person) -> Wave:
    wave = surveying.add_wave(survey, moment, asked, by)
    surveying.open_wave(wave, by)
    return wave


def _asked(invented: Invented, version: str) -> list[Instrument]:
    code, first = STARTER
    starter = Instrument.objects.get(code=code, version=first)
    return [starter, _own(version)] if invented.is_reworded else [starter]


def _people(invented: Invented, chance: random.Random) -> Iterator[tuple[list[int], list[int]]]:
    """What each person ticks before and after; those who come back are the first."""
    for person in range(invented.before):
        lower = LEAVERS_LOWER if person >= invented.again else 0.0
        stands = [chance.gauss(middle - lower, SPREAD) for middle in MIDDLE]
        moved = [
            at + by + chance.gauss(0, WOBBLE) for at, by in zip(stands, invented.moves, strict=True)
        ]
        yield [_tick(at) for at in stands], [_tick(at) for at in moved]


def _tick(stands: float) -> int:
    return min(5, max(1, round(stands)))


def _answer(wave: Wave, sheets: Sequence[Sequence[int]], invented: Invented) -> None:
    asked = asked_in.asked(wave)
    for person, ticks in enumerate(sheets):
        given = [*ticks, ticks[0]] if invented.is_reworded else ticks
        codes = [
            packing.code_of(question, str(tick))
            for question, tick in zip(asked.questions, given, strict=True)
        ]
        came = Came.PAPER if person % 3 == 0 else Came.SCREEN
        answering.enter(wave, f"INVENTED{person:03d}", How(came=came), packing.pack(codes), None)
    surveying.say_invited(wave, len(sheets) + invented.before // 4, None)


def _own(version: str) -> Instrument:
    """One question of the board's own, and how it was worded anew."""
    words = {
        "1": "The papers come early enough for me to read them.",
        "2": "The papers come early enough, and I can understand them.",
    }
    points = ("Never", "Seldom", "Sometimes", "Often", "Always")
    scale = Scale(
        "often", tuple(Point(value, {"en": word}) for value, word in enumerate(points, start=1))
    )
    record = Record(
        code="board-papers",
        version=version,
        title={"en": "Papers for a board"},
        purpose={"en": "To know whether everybody on a board can prepare."},
        licence=Licence("CC0-1.0", "Invented for the demo.", "The demo", True, True),
        languages=("en",),
        items=(Item("papers", {"en": words[version]}, scale="often"),),
        scales=(scale,),
        scores=(Score("papers", {"en": "Papers in time"}, ("papers",), low=1, high=5),),
        minutes=1,
    )
    found, is_new = Instrument.objects.get_or_create(
        code=record.code, version=version, defaults={"record": write_instrument(record)}
    )
    if is_new:
        to_be_found.instrument_changed(record.code)
    return found
