"""Ways in without an account: the code on the screen, the code on the slip."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.conversations import limits
from coproduce.conversations.limits import Limit
from coproduce.conversations.models import Conversation, Phase, Vote
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    by_code,
    by_device,
    pseudonym_of,
    slip_codes,
)
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation(code="TRW45", slips=20)


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Each test counts for itself: the counts outlive a rollback."""
    name = request.node.name
    monkeypatch.setattr(limits, "WRONG_CODES", Limit(f"codes {name}", most=10, seconds=600))
    by_address = Limit(f"address {name}", most=30, seconds=3600)
    monkeypatch.setattr(limits, "WRONG_CODES_BY_ADDRESS", by_address)


def a_browser(name: str = "phone") -> Client:
    client = Client()
    client.cookies["csrftoken"] = (name * 32)[:32]
    return client


def wrong_slip(talk: Conversation) -> str:
    """Well formed, and yet not one of this conversation."""
    return slip_codes(cast.an_open_conversation(slips=1))[0]


def test_a_phone_in_the_room_is_at_the_first_statement_at_once(client, talk):
    for typed in ("TRW45", "trw45"):
        reply = client.get(f"/join/{typed}/")
        assertRedirects(reply, f"/talk/{talk.slug}/")
    assertContains(client.get("/join/TRW45/", follow=True), 'name="choice"')


def test_an_unknown_code_gets_a_kind_page_and_the_box_again(client):
    page = client.get("/join/QQQQQ/")
    assertContains(page, "No conversation goes by this code", status_code=404)
    assertContains(page, 'value="QQQQQ"', status_code=404)


def test_before_it_opens_the_code_is_right_and_the_question_stays_unknown(client):
    draft = cast.a_draft(code="DRF77", question="A secret question?")
    page = client.get("/join/drf77/")
    assertContains(page, "You are early")
    assertNotContains(page, draft.question)


def test_after_the_end_the_code_leads_to_the_page_that_says_so(client, talk):
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.CLOSED)
    assertContains(client.get("/join/TRW45/", follow=True), "This conversation has closed")


def test_the_box_takes_the_code_of_a_conversation_or_of_a_slip(client, talk):
    assertRedirects(
        client.post("/join/", {"code": " trw45 "}), "/join/TRW45/", fetch_redirect_response=False
    )
    slip = slip_codes(talk)[4]
    reply = client.post("/join/", {"code": slip.lower()}, follow=True)
    assertContains(reply, f"This phone now answers for slip {slip}.")


def test_a_scanned_slip_is_taken_only_after_one_says_it_is_ones_own(client, talk):
    slip = slip_codes(talk)[0]
    page = client.get("/join/TRW45/", {"slip": slip})
    assertContains(page, "Is it yours?")
    assertNotContains(page, 'name="choice"')
    client.post(f"/talk/{talk.slug}/code/", {"code": slip})
    client.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1})
    assert Vote.objects.get().pseudonym == pseudonym_of(talk, by_code(slip))
    again = client.get("/join/TRW45/", {"slip": slip})
    assertRedirects(again, f"/talk/{talk.slug}/")


def test_looking_at_a_scanned_slip_does_not_tell_whether_it_exists(client, talk):
    for slip in (slip_codes(talk)[0], wrong_slip(talk)):
        assertContains(client.get("/join/TRW45/", {"slip": slip}), "Is it yours?")


def test_what_the_phone_answered_before_goes_with_the_slip(client, talk):
    client.cookies[DEVICE_COOKIE] = "phone"
    client.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1})
    client.post(f"/talk/{talk.slug}/code/", {"code": slip_codes(talk)[0]})
    client.post(f"/talk/{talk.slug}/answer/", {"statement": 2, "choice": -1})
    mine = pseudonym_of(talk, by_code(slip_codes(talk)[0]))
    assert set(Vote.objects.values_list("pseudonym", flat=True)) == {mine}
    assert Vote.objects.count() == 2


def test_the_same_slip_on_paper_and_on_two_phones_counts_once(talk):
    slip = slip_codes(talk)[0]
    for browser in (a_browser("one"), a_browser("two")):
        browser.post(f"/talk/{talk.slug}/code/", {"code": slip})
        browser.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1})
    assert Vote.objects.count() == 1


def test_a_second_slip_on_a_shared_phone_is_a_second_person(client, talk):
    for slip in slip_codes(talk)[:2]:
        client.post(f"/talk/{talk.slug}/code/", {"code": slip})
        client.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1})
    assert Vote.objects.count() == 2
    device = client.cookies.get(DEVICE_COOKIE)
    assert device is None or not Vote.objects.filter(
        pseudonym=pseudonym_of(talk, by_device(device.value))
    )


def test_an_invited_conversation_opens_to_a_slip(client):
    talk = cast.an_open_conversation(electorate="invited", slips=3)
    assert (
        client.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1}).status_code == 409
    )
    client.post(f"/talk/{talk.slug}/code/", {"code": slip_codes(talk)[2]})
    assertContains(client.get(f"/talk/{talk.slug}/"), 'name="choice"')
    assert (
        client.post(f"/talk/{talk.slug}/answer/", {"statement": 1, "choice": 1}).status_code == 303
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the code that is printed on your slip."),
        ("BCD-FGHB", "This is not quite a code of ours."),
        ("another's", "This is not quite a code of ours."),
    ],
)
def test_what_was_mistyped_is_said_and_kept(client, talk, typed, said):
    page = client.post(f"/talk/{talk.slug}/code/", {"code": typed})
    assertContains(page, said)
    assertContains(page, "data-takes-focus")


def test_the_slip_of_another_conversation_is_not_taken(client, talk):
    page = client.post(f"/talk/{talk.slug}/code/", {"code": wrong_slip(talk)})
    assertContains(page, "not one of this conversation&#x27;s slips")


def test_after_ten_wrong_codes_a_browser_rests_and_another_does_not(talk):
    guesser, neighbour = a_browser("guess"), a_browser("next")
    wrong = wrong_slip(talk)
    for _ in range(10):
        assert guesser.post(f"/talk/{talk.slug}/code/", {"code": wrong}).status_code == 200
    reply = guesser.post(f"/talk/{talk.slug}/code/", {"code": slip_codes(talk)[0]})
    assertContains(reply, "takes a short rest", status_code=429)
    assert int(reply.headers["Retry-After"]) == 600
    assert guesser.post("/join/", {"code": "QQQQQ"}).status_code == 429
    taken = neighbour.post(f"/talk/{talk.slug}/code/", {"code": slip_codes(talk)[0]})
    assert taken.status_code == 302


def test_who_throws_away_their_cookies_is_counted_by_address(talk):
    wrong = wrong_slip(talk)
    for number in range(30):
        a_browser(f"b{number}").post(f"/talk/{talk.slug}/code/", {"code": wrong})
    assert a_browser("new").post(f"/talk/{talk.slug}/code/", {"code": wrong}).status_code == 429


def test_right_codes_are_never_counted(client, talk):
    for slip in slip_codes(talk)[:15]:
        reply = client.post(f"/talk/{talk.slug}/code/", {"code": slip})
        assert reply.status_code == 302
