"""Being asked: no account, no name; one question a page; taken back by one's own code."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.measures import asked_in, packing
from coproduce.measures.actions import answering
from coproduce.measures.actions.answering import How
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.models import Linking, Sheet, Wave
from coproduce.trust import consent
from coproduce.trust.models import Consent
from tests import measured

pytestmark = pytest.mark.django_db
MINE = "AN07NE"


def address(name: str, wave: Wave, *more: object) -> str:
    return reverse(f"measures:{name}", args=[wave.survey.code, *more])


def begin(client: Client, wave: Wave, **typed: str) -> str:
    """Where somebody lands who has begun."""
    fields = {"code": MINE, "who": "self"} | typed
    answer = client.post(address("ask", wave), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def test_a_sheet_is_filled_in_question_by_question_and_sent(client: Client) -> None:
    wave = measured.an_open_wave()
    assert begin(client, wave) == address("question", wave, 1)
    client.post(address("question", wave, 1), {"answer": "4"})
    client.post(address("question", wave, 2), {"answer": "rather-not"})
    client.post(address("question", wave, 3), {"answer": "Because they ask me first."})
    checked = client.get(address("check", wave)).content.decode()
    for told in ("Mostly", "I would rather not say", "Because they ask me first."):
        assert told in checked
    assert not Sheet.objects.sent().exists()
    sent = client.post(address("check", wave), {"research": "no"})
    assert sent["Location"] == address("sent", wave)
    [sheet] = Sheet.objects.sent()
    assert measured.codes_on(sheet) == [4, 65_535, 0]
    assert asked_in.words_of(sheet.words) == {"voice.why": "Because they ask me first."}


def test_every_question_can_be_left_out(client: Client) -> None:
    wave = measured.an_open_wave()
    begin(client, wave)
    for number in (1, 2, 3):
        assert client.post(address("question", wave, number), {"answer": ""}).status_code == 302
    client.post(address("check", wave), {"research": "no"})
    assert measured.codes_on(Sheet.objects.sent().get()) == [0, 0, 0]


def test_whoever_comes_back_with_their_code_goes_on_where_they_stopped() -> None:
    wave = measured.an_open_wave()
    first, second = Client(), Client()
    begin(first, wave)
    first.post(address("question", wave, 1), {"answer": "2"})
    assert begin(second, wave, code="an 07 ne") == address("question", wave, 2)


def test_a_sent_sheet_is_not_filled_in_again(client: Client) -> None:
    wave = measured.an_open_wave()
    measured.a_sheet(wave, MINE, [1, 1])
    again = client.post(address("ask", wave), {"code": MINE, "who": "self"})
    assert again.status_code == 200
    assert "was sent already" in again.content.decode()


def test_neither_name_nor_code_is_kept() -> None:
    wave = measured.an_open_wave()
    sheet = measured.a_sheet(wave, MINE, [1, 1])
    assert MINE not in sheet.participant.code_hash
    assert len(sheet.participant.code_hash) == 64


def test_the_same_code_is_somebody_else_in_another_project() -> None:
    one = measured.a_sheet(measured.an_open_wave(), MINE, [1, 1])
    other_survey = measured.a_survey(measured.a_project("Another hall"))
    other = measured.a_sheet(measured.an_open_wave(other_survey), MINE, [1, 1])
    assert one.participant.code_hash != other.participant.code_hash


def test_an_answer_that_is_none_is_told_in_words(client: Client) -> None:
    wave = measured.an_open_wave()
    begin(client, wave)
    page = client.post(address("question", wave, 1), {"answer": "9"})
    assert page.status_code == 200
    assert "Choose one of the answers, or none." in page.content.decode()


def test_whoever_answers_for_somebody_is_kept_apart() -> None:
    wave = measured.an_open_wave()
    measured.a_sheet(wave, MINE, [1, 1])
    proxy = measured.a_sheet(wave, MINE, [5, 5], How(is_proxy=True))
    assert proxy.is_proxy
    assert wave.sheets.count() == 2


def test_without_linking_a_code_is_given_out_to_take_it_back(client: Client) -> None:
    wave = measured.an_open_wave(measured.a_survey(linking=Linking.NONE))
    client.post(address("ask", wave), {"who": "self"})
    client.post(address("check", wave), {"research": "no"})
    given = client.get(address("sent", wave)).context["given"]
    found = answering.held_under(wave.survey, given)
    assert found is not None
    assert len(found.sheets) == 1


def test_sending_says_what_for_in_the_ledger() -> None:
    sheet = measured.a_sheet(measured.an_open_wave(), MINE, [1, 2])
    [entry] = Consent.objects.filter(person=sheet.participant.opaque)
    assert entry.thing == sheet.wave.thing
    assert set(entry.channels) == {"web", "report", "research"}


def test_somebody_sees_what_they_gave_and_takes_it_back_by_their_code(client: Client) -> None:
    wave = measured.an_open_wave()
    sheet = measured.a_sheet(wave, MINE, [2, 5])
    shown = client.post(address("mine", wave), {"code": MINE})
    assert "A little" in shown.content.decode()
    client.post(address("mine", wave), {"code": MINE, "take-back": "1"})
    assert not Sheet.objects.exists()
    assert consent.has_refused(sheet.participant.opaque, wave.thing)
    assert answering.held_under(wave.survey, MINE) is None


def test_a_wrong_code_shows_nothing(client: Client) -> None:
    wave = measured.an_open_wave()
    measured.a_sheet(wave, MINE, [2, 5])
    shown = client.post(address("mine", wave), {"code": "BE12LM"}).content.decode()
    assert "Nobody answered under this code" in shown
    assert "A little" not in shown


def test_codes_cannot_be_tried_out(client: Client) -> None:
    wave = measured.an_open_wave()
    client.get(address("mine", wave))  # brings the cookie that tells browsers apart
    heard = {
        client.post(address("mine", wave), {"code": f"WRONG{number}"}).status_code
        for number in range(12)
    }
    assert heard == {200, 429}


def test_a_short_code_is_refused_since_others_have_it_too(client: Client) -> None:
    wave = measured.an_open_wave()
    page = client.post(address("ask", wave), {"code": "AN7", "who": "self"})
    assert "fewer than 5 letters" in page.content.decode()


def test_nobody_answers_a_wave_that_is_closed(client: Client) -> None:
    wave = measured.an_open_wave()
    begin(client, wave)
    measured.close(wave)
    answer = client.post(address("question", wave, 1), {"answer": "1"})
    assert answer["Location"] == address("ask", wave)
    with pytest.raises(NotPossible, match="not open now"):
        answering.begin(wave, MINE)


def test_packed_answers_are_two_bytes_each() -> None:
    assert packing.unpack(packing.pack([0, 5, 65_535])).tolist() == [0, 5, 65_535]
    assert len(packing.pack([0, 5, 65_535])) == 6
