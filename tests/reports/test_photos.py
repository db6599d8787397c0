"""A photo stands in a report where all in it allowed it there, and is gone once one does not."""

import io
import zipfile

import docx
import pptx
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.pictures.models import Picture
from coproduce.reports import checklist, missing
from coproduce.reports.actions import publishing, writing
from coproduce.reports.body import Block, Kind
from coproduce.reports.checklist import State
from coproduce.reports.draft import draft
from coproduce.reports.models import Line, Version
from coproduce.trust.models import Where
from tests import cast, pictured
from tests.reports import days

pytestmark = pytest.mark.django_db

SHOWS = "Two people at a table."
ENDINGS = ("pdf", "pptx", "docx")


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def a_photo(day: Gathering, *where: Where) -> tuple[Picture, Person]:
    """A photo of somebody that everybody may see on this website, and where else they allowed."""
    person = Person.objects.create(name="Made-up Mo")
    picture = pictured.a_shown_photo(day, person)
    pictured.allow(day, person, *where)
    return pictured.again(picture), person


def published(day: Gathering) -> Version:
    return publishing.publish(writing.begin(day, None), None)


def file(client: Client, ending: str, number: int = 1) -> bytes:
    answer = client.get(reverse("reports:file", args=["the-day", number, ending]))
    assert answer.status_code == 200
    return bytes(answer.content)


def pictures_in(ending: str, content: bytes) -> int:
    """How many photos a file carries (a PDF also has its QR code)."""
    if ending == "pdf":
        return content.count(b"/DCTDecode")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(
            name.endswith((".jpg", ".jpeg")) and "media" in name for name in packed.namelist()
        )


def test_the_draft_begins_with_photos_that_a_report_may_show() -> None:
    day = days.a_day()
    shown, _ = a_photo(day, Where.WEB, Where.REPORT)
    a_photo(day, Where.WEB)
    found = [block for block in draft(day) if block.kind == Kind.PHOTO]
    assert [block.value for block in found] == [{"photo": str(shown.pk)}]


def test_it_stands_on_the_page_with_what_it_shows_and_whose_it_is(client: Client) -> None:
    day = days.a_day()
    picture, _ = a_photo(day, Where.WEB, Where.REPORT)
    version = published(day)
    page = client.get(reverse("reports:report", args=["the-day"])).content.decode()
    assert f'alt="{SHOWS}"' in page
    assert "Femi" in page
    assert "The person allowed this in the report of the day" in page
    assert version.held == [str(picture.pk)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_in_every_file_until_it_is_taken_back(client: Client, ending: str) -> None:
    day = days.a_day()
    _, person = a_photo(day, Where.WEB, Where.REPORT)
    published(day)
    assert pictures_in(ending, file(client, ending)) == 1
    pictured.refuse(day, person)
    old = client.get(reverse("reports:file", args=["the-day", 1, ending]))
    assert old.status_code == 410
    assert "A photo was taken back on" in old.content.decode()
    assert pictures_in(ending, file(client, ending, 2)) == 0
    page = client.get(reverse("reports:report", args=["the-day"])).content.decode()
    assert SHOWS not in page
    assert "1 photo was taken out." in page


def test_it_is_told_to_whoever_cannot_see_it_in_documents_and_slides(client: Client) -> None:
    day = days.a_day()
    a_photo(day, Where.WEB, Where.REPORT)
    published(day)
    document = docx.Document(io.BytesIO(file(client, "docx")))
    assert f'descr="{SHOWS}"' in document.element.xml
    deck = pptx.Presentation(io.BytesIO(file(client, "pptx")))
    drawn = [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Photo"]
    assert [shape._element._nvXxPr.cNvPr.get("descr") for shape in drawn] == [SHOWS]
    assert drawn[0].left >= 0
    assert drawn[0].top + drawn[0].height <= deck.slide_height


def test_one_that_a_host_takes_off_is_not_shown_and_no_reason_is_told(client: Client) -> None:
    day = days.a_day()
    picture, _ = a_photo(day, Where.WEB, Where.REPORT)
    published(day)
    Picture.objects.filter(pk=picture.pk).update(shown_at=None)
    page = client.get(reverse("reports:version", args=["the-day", 1])).content.decode()
    assert SHOWS not in page
    assert "The photo that stood here is not shown at the moment." in page


def test_what_is_missing_says_whose_answer() -> None:
    day = days.a_day()
    picture, _ = a_photo(day, Where.WEB)
    report = writing.begin(day, None)
    writing.add(report, Block(Kind.PHOTO, {"photo": str(picture.pk)}), None)
    [lack] = [each for each in missing.missing(report) if each.block]
    assert lack.about == SHOWS
    assert lack.whose == ("Made-up Mo did not allow it in the report of the day.",)


def test_only_one_that_is_allowed_can_be_chosen(client: Client) -> None:
    day = days.a_day()
    report = writing.begin(day, None)
    quiet, _ = a_photo(day, Where.WEB)
    loud, _ = a_photo(day, Where.WEB, Where.REPORT)
    cast.log_in(client, cast.facilitator())
    address = reverse("reports:add", args=["the-day", report.pk, "photo"])
    for picture in (quiet, loud):
        client.post(address, {"photo": str(picture.pk)})
    report.refresh_from_db()
    assert [b.value["photo"] for b in report.blocks if b.kind == Kind.PHOTO] == [str(loud.pk)]


def test_a_photo_of_another_day_is_not_shown(client: Client) -> None:
    other, _ = a_photo(days.a_day("another-day"), Where.WEB, Where.REPORT)
    report = writing.begin(days.a_day(), None)
    writing.add(report, Block(Kind.PHOTO, {"photo": str(other.pk)}), None)
    publishing.publish(report, None)
    assert SHOWS not in client.get(reverse("reports:report", args=["the-day"])).content.decode()


def test_the_checklist_says_how_many_have_their_basis() -> None:
    day = days.a_day()
    a_photo(day, Where.WEB)
    pictured.a_photo(day)

    def line() -> checklist.Item:
        items = checklist.items_of(day, cast.coordinator())
        return next(each for each in items if each.line == Line.PICTURES)

    assert line().state is State.OPEN
    assert "1 of 2 may be shown, and say why. 1 waits" in line().found.says
    Picture.objects.filter(shown_at=None).delete()
    assert line().state is State.DONE
