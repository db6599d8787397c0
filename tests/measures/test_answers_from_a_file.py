"""Answers from a file: columns are guessed, mistakes are told row by row, all of it or nothing."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from coproduce.measures import answer_rows, asked_in
from coproduce.measures.actions import closing, taking_in
from coproduce.measures.models import AnswersFile, Came, Linking, Sheet, Wave
from coproduce.people.models import Person
from tests import cast, measured

pytestmark = pytest.mark.django_db
GOOD = (
    "Participant,q1,My voice counts here; way 2.,voice.why,Proxy,Research\n"
    "AN07NE,4,Fully,They ask me,no,yes\n"
    "BE12LK,I would rather not say,,,,\n"
    "AN07NE,2,1,,yes,\n"
)
BAD = "code,q1,q2\nAN07NE,9,2\nBE,1,2\nCE33MM,1,often\nCE33MM,2,2\n"


def address(name: str, wave: Wave, *more: object) -> str:
    return reverse(f"measures:{name}", args=[wave.survey.slug, wave.number, *more])


@pytest.fixture
def eve(client: Client) -> Client:
    return cast.log_in(client, cast.evaluator())


def hand_in(eve: Client, wave: Wave, text: str | bytes, name: str = "answers.csv") -> AnswersFile:
    raw = text.encode() if isinstance(text, str) else text
    answer = eve.post(address("answers_file_new", wave), {"file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.context["form"].errors
    return AnswersFile.objects.get()


def as_guessed(eve: Client, file: AnswersFile) -> dict[str, str]:
    """What the mapping page would send as it stands."""
    page = eve.get(address("answers_file", file.wave, file.pk))
    return {field.html_name: str(field.value() or "") for field, _ in page.context["columns"]}


def check(eve: Client, file: AnswersFile, **buttons: str) -> Any:
    fields = as_guessed(eve, file) | buttons
    return eve.post(address("answers_file", file.wave, file.pk), fields)


def take_in(eve: Client, wave: Wave, text: str | bytes, name: str = "answers.csv") -> Any:
    return check(eve, hand_in(eve, wave, text, name), take_in="yes")


def test_columns_are_guessed_by_code_wording_and_heading(eve: Client) -> None:
    file = hand_in(eve, measured.an_open_wave(), GOOD)
    expected = ["code", "voice.q1", "voice.q2", "voice.why", "proxy", "research"]
    assert list(as_guessed(eve, file).values()) == expected


def test_a_column_is_guessed_by_the_words_of_its_answers_where_they_fit_one_question() -> None:
    wave = measured.an_open_wave(instruments=[measured.an_instrument(items=1)])
    rows = [("Mostly", "3"), ("not at all", "4")]
    guessed = answer_rows.guess(asked_in.asked(wave), ("Unknown", "Number"), rows)
    assert guessed == ["voice.q1", ""]


def test_a_whole_file_is_taken_in_and_forgotten(eve: Client) -> None:
    wave = measured.an_open_wave()
    take_in(eve, wave, GOOD)
    first, second = Sheet.objects.filter(is_proxy=False).order_by("-may_be_researched")
    assert measured.codes_on(first) == [4, 5, 0]
    assert asked_in.words_of(first.words) == {"voice.why": "They ask me"}
    assert measured.codes_on(second) == [65_535, 0, 0]
    assert measured.codes_on(Sheet.objects.get(is_proxy=True)) == [2, 1, 0]
    assert {each.came for each in Sheet.objects.sent()} == {Came.FILE}
    assert not AnswersFile.objects.exists()


def test_a_workbook_is_read_as_well(eve: Client) -> None:
    book = Workbook()
    book.active.append(["code", "q1", "q2"])
    book.active.append(["AN07NE", 4, 5])
    raw = io.BytesIO()
    book.save(raw)
    wave = measured.an_open_wave()
    take_in(eve, wave, raw.getvalue(), "answers.xlsx")
    assert measured.codes_on(Sheet.objects.get()) == [4, 5, 0]


def test_mistakes_are_told_by_row_and_column_and_nothing_is_taken_in(eve: Client) -> None:
    wave = measured.an_open_wave()
    page = take_in(eve, wave, BAD)
    told = [(each.row, each.column) for each in page.context["problems"]]
    assert told == [(2, "q1"), (3, "code"), (4, "q2"), (5, "code")]
    assert page.context["good"] == 0
    assert not Sheet.objects.exists()
    assert AnswersFile.objects.exists()


def test_the_list_of_mistakes_can_be_downloaded_and_runs_no_formula(eve: Client) -> None:
    wave = measured.an_open_wave()
    answer = check(eve, hand_in(eve, wave, "=code,q1\nAN07NE,9\n"), errors="yes")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "row,column,what to do",
        '2,q1,"“9” is no answer here. Type 1 to 5, or x."',
    ]


def test_the_same_file_twice_is_known_by_its_codes(eve: Client) -> None:
    wave = measured.an_open_wave()
    take_in(eve, wave, GOOD)
    page = take_in(eve, wave, GOOD)
    assert len(page.context["problems"]) == 3
    assert "is in already" in page.context["problems"][0].what
    assert Sheet.objects.count() == 3


def test_the_same_file_twice_is_known_where_nobody_has_a_code(eve: Client) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.NONE))
    text = "q1,q2\n4,4\n4,4\n"
    take_in(eve, wave, text)
    assert Sheet.objects.count() == 2
    take_in(eve, wave, text)
    assert Sheet.objects.count() == 2


def test_a_column_for_the_code_is_asked_for_where_sheets_are_linked(eve: Client) -> None:
    file = hand_in(eve, measured.an_open_wave(), "q1,q2\n4,4\n")
    page = check(eve, file)
    assert "which column has the person's code" in page.context["form"].non_field_errors()[0]


def test_a_closed_wave_takes_no_file(eve: Client) -> None:
    wave = measured.an_open_wave()
    file = hand_in(eve, wave, GOOD)
    closing.close_wave(wave, None)
    check(eve, file, take_in="yes")
    assert not Sheet.objects.exists()


def test_a_file_that_breaks_half_way_leaves_nothing(
    eve: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = measured.an_open_wave()
    file = hand_in(eve, wave, GOOD)
    enter, taken = taking_in.entering.enter, []

    def break_at_the_second(*given: object) -> bool:
        taken.append(given)
        if len(taken) == 2:
            raise RuntimeError("The disk is full.")
        return enter(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking_in.entering, "enter", break_at_the_second)
    with pytest.raises(RuntimeError):
        check(eve, file, take_in="yes")
    assert not Sheet.objects.exists()


def test_what_waits_is_sealed_and_gone_after_a_day(eve: Client) -> None:
    file = hand_in(eve, measured.an_open_wave(), GOOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM measures_answersfile")
        assert not any(b"AN07NE" in str(cell).encode() for cell in cursor.fetchone())
    assert taking_in.throw_old_ones_away() == 0
    AnswersFile.objects.update(handed_in_at=timezone.now() - timedelta(days=1, minutes=1))
    assert taking_in.throw_old_ones_away() == 1
    assert not AnswersFile.objects.filter(pk=file.pk).exists()


def test_what_waits_is_for_nobody_else(eve: Client, other: Client) -> None:
    file = hand_in(eve, measured.an_open_wave(), GOOD)
    assert other.get(address("answers_file", file.wave, file.pk)).status_code == 404


@pytest.fixture
def other() -> Client:
    coordinator: Person = cast.coordinator()
    return cast.log_in(Client(), coordinator)


def test_a_file_can_be_thrown_away(eve: Client) -> None:
    file = hand_in(eve, measured.an_open_wave(), GOOD)
    eve.post(address("answers_file_gone", file.wave, file.pk))
    assert not AnswersFile.objects.exists()


def test_a_sheet_from_a_file_does_not_carry_its_code_in_its_id(eve: Client) -> None:
    """The same row under another project's key has another id."""
    one = measured.an_open_wave()
    two = measured.an_open_wave(measured.a_survey(measured.a_project("Another hall")))
    keys = []
    for wave in (one, two):
        asked = asked_in.asked(wave)
        kinds = ["code", "voice.q1"]
        wave.pk = one.pk
        [row] = answer_rows.check(
            wave, asked, ("code", "q1"), [("AN07NE", "4")], kinds, "en"
        ).sheets
        keys.append(row.key)
    assert keys[0] != keys[1]
