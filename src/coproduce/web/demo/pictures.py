"""Pictures of the day of the story: drawn, with consents in every state, brought in as hosts do.

One was shown until somebody took back their yes, one until the time that was allowed was over: the
old addresses of both say that they are gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, Voice
from coproduce.people.models import Person
from coproduce.pictures import shown
from coproduce.pictures.actions import bringing_in, showing, telling
from coproduce.pictures.actions.bringing_in import Belongs
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.models import Licence, Picture
from coproduce.trust.models import Consent, Where
from coproduce.web.demo.drawings import DRAWINGS, LINES

ILLUSTRATOR = "Drawn by the made-up illustrator Made-up Ida"
DAYS_ALLOWED = 10  # for the one whose time is over: from the day on


@dataclass(frozen=True)
class Drawn:
    """One drawing: what it shows, what stands under it, who is in it."""

    name: str
    description: str
    caption: str = ""
    people: tuple[str, ...] = ()
    is_crowd: bool = False


PICTURES = (
    Drawn(
        "hall",
        "A small brick hall with a clock and lit windows. A ramp leads to the open door; somebody "
        "in a yellow shirt stands on the path.",
        "The door on the left has no step.",
    ),
    Drawn(
        "table",
        "Three people side by side at a round table with sheets, cups of tea and a plate of "
        "biscuits. A sheet with three lines hangs behind them.",
        "One of fifteen tables.",
        ("Made-up Maya", "Made-up Omar", "Made-up Tess"),
    ),
    Drawn(
        "flipchart",
        "A flipchart headed “Where do we begin?” with five lines: ring first, write later; fares "
        "at the door; one page, plain words; who is missing? Ask them; say what came of it.",
        "What one table wrote down.",
    ),
    Drawn(
        "crowd",
        "A full hall seen from behind. Many have a hand up; on the screen in front are two groups "
        "of dots.",
        "The room looks at what it said.",
        is_crowd=True,
    ),
    Drawn(
        "microphone",
        "A woman with grey curls and a purple jumper at a microphone.",
        "Forty years of using services, in ten minutes.",
        ("Made-up Elsie",),
    ),
    Drawn(
        "wall",
        "Somebody in a green jumper puts a sticky note on a wall with about thirty of them.",
        "Gathering what stands on the wall.",
        ("Made-up Nell",),
    ),
    Drawn(
        "tea",
        "Two people talk beside a tea urn, each with a cup.",
        "The tea break was where it happened.",
        ("Made-up Bram", "Made-up Zola"),
    ),
    Drawn(
        "line",
        "A man in a blue shirt beside a large screen on which six people take part from home.",
        "In the hall and on the line.",
        ("Made-up Ravi",),
    ),
)
ENDED = "line"
TRANSCRIPT = """\
A bell rings. The hall fills with talk.

First voice: We put the tea first, then the talk.

Second voice: Somebody asked me what I would do, and then did it.

Third voice: On the line we heard every word. The captions were a minute behind the jokes.

The bell rings again. Chairs are stacked."""
GUESTS_REPORT = (
    "I came as a guest, with a notebook and no badge. What follows is what I saw.",
    "Before anybody spoke, somebody asked who could not hear. Two hands went up, and the loop was "
    "switched on. It took a minute. I have been to large meetings where nobody had asked in a day.",
    "The map on the screen put us in two groups. Then it showed what both said: tell us what came "
    "of it. The room went quiet, and then it laughed.",
    "This report is invented for the demo, like the day it tells of.",
)


def tell_what_was_seen(day: Gathering, known: Mapping[str, Person], by: Person) -> None:
    """Photos, a film elsewhere and a guest's report; shown as far as everybody allowed it."""
    belongs = Belongs(day.place, day.thing, timezone.localtime(day.starts_at).date())
    brought = {drawn.name: _photo(drawn, belongs, known, by) for drawn in PICTURES}
    _type_the_flipchart(brought["flipchart"], day, by)
    for picture in (*brought.values(), _film(belongs, by), _report(belongs, day, by)):
        fresh = Picture.objects.with_files().get(pk=picture.pk)
        if not shown.why_not(fresh):
            showing.let_be_shown(fresh, by)
    _let_time_run_out(brought[ENDED], known["Made-up Ravi"], day)


def _photo(drawn: Drawn, belongs: Belongs, known: Mapping[str, Person], by: Person) -> Picture:
    file = SimpleUploadedFile(f"{drawn.name}.jpg", DRAWINGS[drawn.name](), "image/jpeg")
    [photo] = bringing_in.bring_in_photos(belongs, [file], by)
    details = Details(
        drawn.description, drawn.caption, ILLUSTRATOR, Licence.CC_BY, made_on=belongs.made_on
    )
    telling.describe(photo, details, by)
    people = [known[name] for name in drawn.people]
    in_it = InIt(people, drawn.is_crowd, nobody=not people and not drawn.is_crowd)
    telling.say_who(photo, in_it, by)
    return photo


def _type_the_flipchart(photo: Picture, day: Gathering, by: Person) -> None:
    notes = [
        Note(words, source=Voice.Source.FLIPCHART, wording=Voice.Wording.VERBATIM, picture=photo)
        for words in LINES
    ]
    noting.take_notes(day, notes, by)


def _film(belongs: Belongs, by: Person) -> Picture:
    film = bringing_in.link_film(
        belongs,
        "The day in five minutes",
        "https://films.demo.example/made-up-day",
        TRANSCRIPT,
        by,
    )
    details = Details(
        "Paper people fill a hall, talk at tables, and look at a map together. Animated, five "
        "minutes, with captions.",
        credit="Animated by the made-up illustrator Made-up Ida",
        licence=Licence.CC_BY,
        made_on=belongs.made_on,
        title=film.title,
    )
    telling.describe(film, details, by)
    telling.say_who(film, InIt(nobody=True), by)
    return film


def _report(belongs: Belongs, day: Gathering, by: Person) -> Picture:
    """A guest's own report, which the guest let the network show again."""
    paper = docx.Document()
    paper.add_heading("What I saw in Manchester", level=1)
    for words in GUESTS_REPORT:
        paper.add_paragraph(words)
    file = BytesIO()
    paper.save(file)
    upload = SimpleUploadedFile("report.docx", file.getvalue())
    report = bringing_in.bring_in_paper(belongs, "What I saw in Manchester", upload, by)
    details = Details(
        "A guest's report of the day, in one page.",
        credit="A made-up guest",
        licence=Licence.PERMISSION,
        made_on=belongs.made_on,
        permitted_by="a made-up guest of the Imaginary Review",
        permitted_on=timezone.localtime(day.starts_at).date() + timedelta(days=8),
        permitted_where=(Where.WEB, Where.REPORT),
        title=report.title,
    )
    telling.describe(report, details, by)
    telling.say_who(report, InIt(nobody=True), by)
    return report


def _let_time_run_out(picture: Picture, person: Person, day: Gathering) -> None:
    """What they had said of this one picture on the day: until a day that is over by now.

    Written down as of the day itself; today the ledger would take no consent that has ended.
    """
    until = timezone.localtime(day.starts_at).date() + timedelta(days=DAYS_ALLOWED)
    Consent.objects.create(
        person=person.id,
        thing=picture.thing,
        channels=[Where.WEB.value],
        until=until,
        obtained=Consent.Obtained.PAPER,
        at=day.starts_at,
    )
