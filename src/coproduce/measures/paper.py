"""What does a wave look like on paper: the sheet to fill in, and slips with a code for each person?

Every box stands beside the number that is typed in for it, so that whoever types looks at nothing
else. No slip is kept: its code is made, printed once, and known to its owner alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from coproduce.formats.instruments.record import Item, Kind, Point, Words, in_language
from coproduce.formats.qr import qr_code
from coproduce.gatherings.telling import spelled
from coproduce.measures import asked_in, codes
from coproduce.measures.forms.answering import HOW_TO_MAKE, RATHER_NOT_WORDS
from coproduce.measures.models import Linking, Survey, Wave
from coproduce.measures.packing import Asked, Question
from coproduce.measures.sheet_words import RIGHT_TO_LEFT, languages_of
from coproduce.people.pdf import pdf_from

SHEET_STYLE, SLIP_STYLE = "survey-paper.css", "paper.css"
SLIPS_ON_A_PAGE, LARGE_SLIPS_ON_A_PAGE = 8, 3
MOST_SLIPS = 240  # a file that a small machine draws within seconds
MOST_IN_A_LIST = 7  # points below each other; of more, only the ends have words
BOXES_OF_OWN, BOXES_OF_SLIP = range(10), range(8)
LINES_FOR_WORDS = range(3)
PICTURES = "easyread"  # the folder of the open set


class Look(StrEnum):
    """How a sheet is set."""

    PLAIN = "plain"
    LARGE = "large"
    EASY = "easy"


@dataclass(frozen=True)
class Box:
    """One answer to tick, and what is typed in for it."""

    typed: str
    words: str
    picture: str = ""


@dataclass(frozen=True)
class Printed:
    """One question as it stands on the sheet."""

    number: int
    code: str
    words: str
    kind: Kind
    boxes: tuple[Box, ...] = ()
    rather_not: str = ""
    range: str = ""  # of a whole number
    picture: str = ""

    @property
    def is_line(self) -> bool:
        """So many points that they stand side by side."""
        return len(self.boxes) > MOST_IN_A_LIST

    @property
    def ends(self) -> tuple[str, str]:
        return self.boxes[0].words, self.boxes[-1].words


def address_of(survey: Survey) -> str:
    return settings.BASE_URL + reverse("measures:ask", args=[survey.code])


def has_easy_read(asked: Asked) -> bool:
    return any(each.item.easy_read for each in asked.questions)


def looks_of(asked: Asked) -> list[Look]:
    """In which looks it can be printed: Easy Read only where somebody wrote it."""
    return [each for each in Look if each is not Look.EASY or has_easy_read(asked)]


def sheet_pdf(wave: Wave, language: str, look: Look = Look.PLAIN) -> bytes:
    """The sheet of a wave, empty."""
    survey, asked = wave.survey, asked_in.asked(wave)
    own = survey.linking == Linking.OWN
    context: dict[str, object] = {
        "survey": survey,
        "wave": wave,
        "questions": printed(asked, language, look),
        "count": len(asked),
        "instruments": asked.instruments,
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "look": look,
        "is_large": look != Look.PLAIN,
        "has_code": survey.is_linked,
        "is_own": own,
        "hint": HOW_TO_MAKE,
        "boxes": BOXES_OF_OWN if own else BOXES_OF_SLIP,
        "lines": LINES_FOR_WORDS,
        "address": address_of(survey).partition("://")[2].rstrip("/"),
        "qr": qr_code(address_of(survey)),
    }
    return pdf_from("measures/paper/sheet.html", context, style=SHEET_STYLE)


def printed(asked: Asked, language: str, look: Look) -> list[Printed]:
    """Its questions in one language and look."""
    return [_printed(each, language, look) for each in asked.questions]


def _printed(question: Question, language: str, look: Look) -> Printed:
    item = question.item
    return Printed(
        number=question.number,
        code=question.key,
        words=_said(item, language, look),
        kind=item.kind,
        boxes=_boxes(question, language, look),
        rather_not=in_language(RATHER_NOT_WORDS, language),
        range=f"A whole number from {item.low} to {item.high}" if item.kind == Kind.NUMBER else "",
        picture=_picture(item.image) if look is Look.EASY else "",
    )


def _boxes(question: Question, language: str, look: Look) -> tuple[Box, ...]:
    if question.scale is None:
        return ()
    return tuple(_box(point, language, look) for point in question.scale.points)


def _box(point: Point, language: str, look: Look) -> Box:
    picture = _picture(point.image) if look is Look.EASY else ""
    return Box(f"{point.value:g}", _said(point, language, look), picture)


def _said(of: Item | Point, language: str, look: Look) -> str:
    plain: Words = of.wording if isinstance(of, Item) else of.label
    return in_language(of.easy_read if look is Look.EASY and of.easy_read else plain, language)


def _picture(name: str) -> str:
    """Where its file lies; nothing where it is not here."""
    if not name or ".." in name:
        return ""
    found = finders.find(f"{PICTURES}/{name}") or finders.find(name)
    return f"file://{found}" if isinstance(found, str) else ""


def slips_pdf(survey: Survey, count: int, *, large: bool = False) -> bytes:
    """So many new codes, each on a slip. Nothing is kept of them: another file has other codes.

    A code becomes known here when its owner uses it, and then as a hash alone.
    """
    on_a_page = LARGE_SLIPS_ON_A_PAGE if large else SLIPS_ON_A_PAGE
    made = new_codes(count)
    pages = [made[at : at + on_a_page] for at in range(0, count, on_a_page)]
    context: dict[str, object] = {
        "survey": survey,
        "pages": pages,
        "address": address_of(survey).partition("://")[2].rstrip("/"),
        "qr": qr_code(address_of(survey)),
        "large": large,
    }
    return pdf_from("measures/paper/slips.html", context, style=SLIP_STYLE)


def new_codes(count: int) -> list[str]:
    """Different from each other, in two halves so that they are copied without a slip."""
    made: set[str] = set()
    while len(made) < count:
        made.add(codes.make_code())
    return [spelled(each) for each in sorted(made)]


def languages_on_paper(wave: Wave) -> list[tuple[str, str]]:
    return languages_of(asked_in.asked(wave))
