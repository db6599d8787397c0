"""Surveys for stories: some questions, a project, a wave that is open, people's sheets."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import (
    Instrument as Record,
)
from coproduce.formats.instruments.record import (
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
)
from coproduce.measures import asked_in, packing
from coproduce.measures.actions import answering, closing, surveying, telling_stories
from coproduce.measures.actions.answering import AS_USUAL, How
from coproduce.measures.actions.telling_stories import Telling
from coproduce.measures.models import (
    Instrument,
    Linking,
    Moment,
    Purpose,
    Sheet,
    Story,
    Survey,
    Wave,
)
from coproduce.measures.models import (
    Kind as StoryKind,
)
from coproduce.people.models import Place
from coproduce.projects import actions as projects
from coproduce.projects.models import Project
from coproduce.trust.models import Where
from tests import cast

OWN = Licence("CC-BY-4.0", "Written for these tests.", "https://example.org/", True, True)
FIVE = Scale(
    "agree",
    tuple(
        Point(value, {"en": words})
        for value, words in enumerate(
            ("Not at all", "A little", "In part", "Mostly", "Fully"), start=1
        )
    ),
)


def a_record(code: str = "voice", version: str = "1", items: int = 2) -> Record:
    """Some questions on a scale from 1 to 5, one score made of them, and one for own words."""
    asked = tuple(
        Item(f"q{number}", {"en": f"My voice counts here, way {number}."}, scale="agree")
        for number in range(1, items + 1)
    )
    words = Item("why", {"en": "Why is that so?"}, kind=Kind.WORDS)
    names = tuple(item.code for item in asked)
    return Record(
        code=code,
        version=version,
        title={"en": "My voice counts"},
        purpose={"en": "To know whether people are heard."},
        licence=OWN,
        languages=("en",),
        items=(*asked, words),
        scales=(FIVE,),
        scores=(Score("heard", {"en": "My voice counts"}, names, low=1, high=5),),
    )


def an_instrument(code: str = "voice", version: str = "1", items: int = 2) -> Instrument:
    record = a_record(code, version, items)
    found, _ = Instrument.objects.get_or_create(
        code=code, version=version, defaults={"record": write_instrument(record)}
    )
    return found


def a_draft(place: Place | None = None, code: str = "draft") -> Instrument:
    """The same questions, still being worded."""
    record = replace(a_record(code), languages=("en", "cy"))
    return Instrument.objects.create(
        code=code,
        version="1",
        place=place or cast.manchester(),
        record=write_instrument(record),
        is_draft=True,
    )


def a_project(title: str = "A warm hall", place: Place | None = None) -> Project:
    """A project on show."""
    made = projects.make(
        place or cast.manchester(), projects.Details(title, aim="That people are heard."), None
    )
    projects.publish(made, None)
    return made


def a_survey(project: Project | None = None, linking: str = Linking.OWN) -> Survey:
    details = surveying.Details(
        title="How heard do you feel?",
        written_by="Four members and the evaluator",
        seen_first_by="Those who answered",
        purpose=Purpose.IMPROVE,
        linking=linking,
    )
    return surveying.make(project or a_project(), details, None)


def an_open_wave(
    survey: Survey | None = None,
    moment: Moment = Moment.BEFORE,
    instruments: Sequence[Instrument] = (),
) -> Wave:
    wave = surveying.add_wave(
        survey or a_survey(), moment, list(instruments) or [an_instrument()], None
    )
    surveying.open_wave(wave, None)
    return wave


def a_sheet(wave: Wave, code: str, values: Sequence[int | None], how: How = AS_USUAL) -> Sheet:
    """Somebody with this code answers the questions on a scale in their order, and sends it."""
    sheet = answering.begin(wave, code, how)
    on_scales = [each for each in asked_in.asked(wave).questions if each.scale is not None]
    for question, value in zip(on_scales, values, strict=False):
        answering.answer(sheet, question, "" if value is None else f"{value:g}")
    answering.send(sheet, may_be_researched=True)
    return sheet


def everybody(wave: Wave, rows: Sequence[Sequence[int | None]], first: int = 0) -> None:
    """Many sheets at once, of persons number `first` and on."""
    for number, values in enumerate(rows, start=first):
        a_sheet(wave, code_of(number), values)


def code_of(person: int) -> str:
    return f"PERSON{person:04d}"


def a_story(project: Project | None = None, **told: Any) -> Story:
    """A story that may be shown on this website, without a name."""
    words = {
        "kind": StoryKind.PERSON,
        "words": "I hold the key of the hall now.",
        "channels": [Where.WEB],
    }
    return telling_stories.tell(project or a_project(), Telling(**words | told))


def close(wave: Wave) -> None:
    closing.close_wave(wave, None)


def codes_on(sheet: Sheet) -> list[int]:
    return [int(code) for code in packing.unpack(sheet.answers)]
