"""Say it in your own words, say who you are, take it all back."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.conversations import limits
from coproduce.conversations.limits import Limit
from coproduce.conversations.models import Conversation, Declaration, Phase, Statement, Vote
from coproduce.conversations.pseudonyms import DEVICE_COOKIE
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation()


@pytest.fixture
def phone(client: Client) -> Client:
    client.cookies[DEVICE_COOKIE] = "phone"
    return client


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Each test counts for itself: the counts outlive a rollback."""
    name = request.node.name
    monkeypatch.setattr(limits, "STATEMENTS", Limit(f"own {name}", most=10, seconds=3600))


def page_of(talk: Conversation, part: str = "") -> str:
    return f"/talk/{talk.slug}/{part}"


def said() -> Statement:
    return Statement.objects.get(is_seed=False)


def test_a_statement_waits_for_a_reader_and_its_author_is_told(client, talk):
    reply = client.post(page_of(talk, "say/"), {"words": "Pay for <b>travel</b>."}, follow=True)
    assertContains(reply, "A person reads each new statement first")
    assert (said().words, said().state) == ("Pay for travel.", Statement.State.WAITING)
    assert DEVICE_COOKIE in client.cookies


def test_where_moderation_comes_after_it_is_shown_at_once(client):
    talk = cast.an_open_conversation(moderation="after")
    reply = client.post(page_of(talk, "say/"), {"words": "Pay for travel."}, follow=True)
    assertContains(reply, "Your statement is now among the others.")
    assertContains(reply, "of about 6")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "Write what you would say, then send it."),
        ("<b></b>", "Write what you would say, in words."),
        ("x" * 281, "That is 281 characters; 280 fit."),
        (cast.SEEDS[1].upper(), "it is statement 2"),
    ],
)
def test_what_does_not_fit_is_said_and_the_words_are_kept(client, talk, words, reason):
    page = client.post(page_of(talk, "say/"), {"words": words})
    assertContains(page, reason)
    assertContains(page, "data-takes-focus")
    assert page.context["form"]["words"].value() == words
    assert not Statement.objects.filter(is_seed=False).exists()


def test_exactly_280_characters_fit(client, talk):
    client.post(page_of(talk, "say/"), {"words": "x" * 280})
    assert len(said().words) == 280


def test_the_eleventh_within_an_hour_is_answered_kindly_and_not_taken(phone, talk):
    for number in range(10):
        reply = phone.post(page_of(talk, "say/"), {"words": f"Thought number {number}."})
        assert reply.status_code == 302
    reply = phone.post(page_of(talk, "say/"), {"words": "One more."})
    assertContains(reply, "You have said ten things within an hour", status_code=429)
    assert int(reply.headers["Retry-After"]) == 3600
    assert Statement.objects.filter(is_seed=False).count() == 10
    somebody_else = Client().post(page_of(talk, "say/"), {"words": "My first."})
    assert somebody_else.status_code == 302


def test_a_name_is_offered_only_to_those_who_signed_in_and_given_only_by_a_tick(client, talk):
    assertNotContains(client.get(page_of(talk, "say/")), "with_my_name")
    cast.log_in(client, cast.member())
    assertContains(client.get(page_of(talk, "say/")), "Show my name with it: Amina")
    client.post(page_of(talk, "say/"), {"words": "Quietly."})
    assert said().author is None
    client.post(page_of(talk, "say/"), {"words": "Loudly.", "with_my_name": "on"})
    assert Statement.objects.get(words="Loudly.").author == cast.member()


def test_a_stranger_cannot_give_a_name(client, talk):
    client.post(page_of(talk, "say/"), {"words": "I am Amina.", "with_my_name": "on"})
    assert (said().author, said().author_may_be_named) == (None, False)


def test_a_word_about_oneself_can_be_given_changed_and_left_out(phone, talk):
    assertContains(phone.get(page_of(talk, "about-you/")), "I draw on lived experience")
    phone.post(page_of(talk, "about-you/"), {"part": "carer", "place": cast.manchester().pk})
    assert (Declaration.objects.get().part, Declaration.objects.get().place) == (
        "carer",
        cast.manchester(),
    )
    form = phone.get(page_of(talk, "about-you/")).context["form"]
    assert form.initial == {"part": "carer", "place": cast.manchester().pk}
    phone.post(page_of(talk, "about-you/"), {"part": "", "place": ""})
    assert not Declaration.objects.exists()


def test_a_part_that_is_not_on_the_list_is_not_taken(phone, talk):
    page = phone.post(page_of(talk, "about-you/"), {"part": "king"})
    assertContains(page, "Select a valid choice")
    assert not Declaration.objects.exists()


def test_all_answers_are_taken_back_after_one_question(phone, talk):
    for number in (1, 2):
        phone.post(page_of(talk, "answer/"), {"statement": number, "choice": 1})
    assertContains(phone.get(page_of(talk, "take-back/")), "Take them all back")
    assert Vote.objects.count() == 2, "asking takes nothing"
    assertContains(phone.post(page_of(talk, "take-back/")), "2 answers were taken out.")
    assert not Vote.objects.exists()
    assertContains(phone.get(page_of(talk)), "0 of about 5")


def test_somebody_without_answers_takes_nothing_from_anybody(phone, talk):
    phone.post(page_of(talk, "answer/"), {"statement": 1, "choice": 1})
    page = Client().post(page_of(talk, "take-back/"))
    assertContains(page, "There was nothing to take back")
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("part", ["say/", "about-you/", "take-back/"])
def test_once_it_is_closed_these_pages_lead_to_the_one_that_says_so(phone, talk, part):
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.CLOSED)
    assertRedirects(phone.get(page_of(talk, part)), page_of(talk))
    assertRedirects(phone.post(page_of(talk, part), {"words": "Late."}), page_of(talk))
    assert not Statement.objects.filter(is_seed=False).exists()


@pytest.mark.parametrize("part", ["say/", "about-you/", "take-back/"])
def test_who_was_not_invited_is_told_how_to_be(phone, part):
    talk = cast.an_open_conversation(electorate="invited")
    assertRedirects(phone.get(page_of(talk, part)), page_of(talk))


def test_the_thank_you_says_what_happens_next(phone, talk):
    page = phone.get(page_of(talk, "thanks/"))
    assertContains(page, "What happens next")
    assertContains(page, page_of(talk, "about-you/"))
