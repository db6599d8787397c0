"""Paper out and in: what is printed can be typed, each sheet is kept once, and can be taken out."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.formats.instruments.record import Kind
from coproduce.measures import asked_in, paper, typed
from coproduce.measures.actions import answering, closing
from coproduce.measures.models import Came, Linking, Participant, Sheet, Wave
from coproduce.measures.paper import Look
from coproduce.trust import consent
from tests import cast, measured

pytestmark = pytest.mark.django_db
MINE = "AN07NE"


def address(name: str, wave: Wave) -> str:
    return reverse(f"measures:{name}", args=[wave.survey.slug, wave.number])


@pytest.fixture
def eve(client: Client) -> Client:
    return cast.log_in(client, cast.evaluator())


def type_in(eve: Client, wave: Wave, **cells: str) -> list[str]:
    """Type in one sheet; what is wrong with it, or nothing."""
    fields = {"key": str(uuid4()), "code": MINE} | cells
    answer = eve.post(address("enter", wave), fields)
    return [] if answer.status_code == 302 else answer.context["form"].sentences


def sync(eve: Client, wave: Wave, *sheets: dict[str, str]) -> dict[str, Any]:
    answer = eve.post(address("enter_sync", wave), json.dumps({"sheets": sheets}), "text/json")
    assert answer.status_code == 200
    return dict(answer.json())


def test_a_typed_sheet_is_sent_as_paper_with_its_own_words(eve: Client) -> None:
    wave = measured.an_open_wave()
    assert type_in(eve, wave, q1="4", q2="x", q3="They ask me first.", research="y") == []
    [sheet] = Sheet.objects.sent()
    assert measured.codes_on(sheet) == [4, 65_535, 0]
    assert asked_in.words_of(sheet.words) == {"voice.why": "They ask me first."}
    assert (sheet.came, sheet.may_be_researched) == (Came.PAPER, True)


def test_what_may_be_researched_stands_in_the_ledger_only_where_they_said_so(eve: Client) -> None:
    wave = measured.an_open_wave()
    type_in(eve, wave, q1="1", code="FIRST1")
    type_in(eve, wave, q1="1", code="SECOND2", research="y")
    allowed = [
        "research" in consent.entries_of(each.participant_id)[0].channels
        for each in Sheet.objects.order_by("may_be_researched")
    ]
    assert allowed == [False, True]


def test_a_wrong_value_is_told_in_words_and_nothing_is_kept(eve: Client) -> None:
    wave = measured.an_open_wave()
    [sentence] = type_in(eve, wave, q1="9", q2="3")
    assert sentence == "Question 1: “9” is no answer here. Type 1 to 5, or x."
    assert not Sheet.objects.exists()


def test_a_sheet_without_a_code_or_an_answer_is_not_kept(eve: Client) -> None:
    wave = measured.an_open_wave()
    assert type_in(eve, wave, code="", q1="3") == ["Code: Type the code first."]
    assert "No answer stands on this sheet" in type_in(eve, wave)[0]


def test_help_is_marked_and_a_proxy_is_kept_apart(eve: Client) -> None:
    wave = measured.an_open_wave()
    assert type_in(eve, wave, q1="3", who="h") == []
    assert type_in(eve, wave, q1="5", who="P") == []
    marks = Sheet.objects.order_by("is_proxy").values_list("is_helped", "is_proxy")
    assert list(marks) == [(True, False), (False, True)]


def test_the_same_sheet_sent_twice_is_kept_once(eve: Client) -> None:
    wave = measured.an_open_wave()
    sheet = {"key": str(uuid4()), "code": MINE, "q1": "2"}
    for _ in range(2):
        answer = sync(eve, wave, sheet)
        assert answer["kept"] == [sheet["key"]]
    assert Sheet.objects.count() == 1


def test_another_sheet_with_the_same_code_is_refused_with_a_reason(eve: Client) -> None:
    wave = measured.an_open_wave()
    type_in(eve, wave, q1="2")
    key = str(uuid4())
    answer = sync(eve, wave, {"key": key, "code": "an 07-ne", "q1": "5"})
    assert answer["kept"] == []
    assert "is in already" in answer["refused"][key]
    assert measured.codes_on(Sheet.objects.get())[0] == 2


def test_of_many_sheets_the_good_ones_are_kept_and_the_others_come_back(eve: Client) -> None:
    wave = measured.an_open_wave()
    good = {"key": str(uuid4()), "code": "GOOD01", "q1": "2"}
    bad = {"key": str(uuid4()), "code": "BAD001", "q1": "7"}
    answer = sync(eve, wave, good, bad)
    assert answer["kept"] == [good["key"]]
    assert list(answer["refused"]) == [bad["key"]]
    assert answer["count"] == 1


@pytest.mark.parametrize("sent", ["", "[]", '{"sheets": [1]}', '{"sheets": [{"key": "x"}]}'])
def test_what_is_no_sheet_is_refused(eve: Client, sent: str) -> None:
    wave = measured.an_open_wave()
    assert eve.post(address("enter_sync", wave), sent, "text/json").status_code == 400


def test_paper_takes_the_place_of_what_was_begun_on_a_screen_and_never_sent(eve: Client) -> None:
    wave = measured.an_open_wave()
    answering.begin(wave, MINE)
    assert type_in(eve, wave, q1="4") == []
    assert measured.codes_on(Sheet.objects.get())[0] == 4


def test_a_sheet_is_taken_out_with_what_it_allowed(eve: Client) -> None:
    wave = measured.an_open_wave()
    type_in(eve, wave, q1="4")
    [sheet] = Sheet.objects.all()
    assert "4 ." in eve.get(address("enter", wave)).content.decode()
    eve.post(address("enter_take_out", wave), {"key": str(sheet.pk)})
    assert not Sheet.objects.exists()
    assert not any(each.is_given for each in consent.entries_of(sheet.participant_id))


def test_what_somebody_sent_from_a_screen_cannot_be_taken_out_by_a_helper(eve: Client) -> None:
    wave = measured.an_open_wave()
    sheet = measured.a_sheet(wave, MINE, [1, 1])
    eve.post(address("enter_take_out", wave), {"key": str(sheet.pk)})
    assert Sheet.objects.filter(pk=sheet.pk).exists()


def test_a_closed_wave_takes_no_sheet(eve: Client) -> None:
    wave = measured.an_open_wave()
    closing.close_wave(wave, None)
    page = eve.post(address("enter", wave), {"key": str(uuid4()), "code": MINE, "q1": "1"})
    assert "no sheet is added" in page.content.decode()
    key = str(uuid4())
    assert key in sync(eve, wave, {"key": key, "code": MINE, "q1": "1"})["refused"]
    assert not Sheet.objects.exists()


def test_without_linking_a_sheet_needs_no_code(eve: Client) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.NONE))
    assert type_in(eve, wave, code="", q1="1") == []
    assert type_in(eve, wave, code="", q1="1") == []
    assert Participant.objects.count() == 2


def test_no_code_stays_in_the_helpers_session(eve: Client) -> None:
    wave = measured.an_open_wave()
    type_in(eve, wave, q1="1")
    assert MINE not in json.dumps(dict(eve.session.items()))
    assert MINE not in eve.get(address("enter", wave)).content.decode()


# What is printed


def test_every_box_has_what_is_typed_for_it_and_reads_back_as_the_same_answer() -> None:
    wave = measured.an_open_wave()
    asked = asked_in.asked(wave)
    for question, on_paper in zip(
        asked.questions, paper.printed(asked, "en", Look.PLAIN), strict=True
    ):
        assert on_paper.code == question.key
        read = [typed.read_answer(question, box.typed) for box in on_paper.boxes]
        assert read == list(range(1, len(on_paper.boxes) + 1))
        assert bool(on_paper.boxes) == (question.item.kind == Kind.SCALE)


@pytest.mark.parametrize("look", ["plain", "large"])
def test_the_sheet_is_a_pdf_that_is_kept_nowhere(eve: Client, look: str) -> None:
    wave = measured.an_open_wave()
    answer = eve.get(address("paper_sheet_pdf", wave), {"look": look, "language": "en"})
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"


def test_easy_read_is_offered_only_where_somebody_wrote_it(eve: Client) -> None:
    wave = measured.an_open_wave()
    assert "Easy Read" not in eve.get(address("paper", wave)).content.decode()
    assert eve.get(address("paper_sheet_pdf", wave), {"look": "easy"}).status_code == 404


def test_slips_hold_different_codes_and_nothing_is_kept_of_them(eve: Client) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.PAPER))
    codes = paper.new_codes(100)
    assert len(set(codes)) == 100
    answer = eve.post(address("paper_slips_pdf", wave), {"count": "9"})
    assert answer.content.startswith(b"%PDF")
    assert not Participant.objects.exists()


def test_too_many_slips_are_refused_in_words(eve: Client) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.PAPER))
    page = eve.post(address("paper_slips_pdf", wave), {"count": "5000"}).content.decode()
    assert "Type a number from 1 to 240." in page


def test_taking_out_says_so_where_the_key_is_none(eve: Client) -> None:
    wave = measured.an_open_wave()
    page = eve.post(address("enter_take_out", wave), {"key": "none"}, follow=True)
    assert "Choose a sheet of the list" in page.content.decode()
    page = eve.post(address("enter_take_out", wave), {"key": str(UUID(int=1))}, follow=True)
    assert "is not here any more" in page.content.decode()
