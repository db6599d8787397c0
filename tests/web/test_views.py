"""The front page: a question to answer right there, and nothing that is not so."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase, Vote
from coproduce.gatherings.models import State
from coproduce.trust.models import Figure, Release
from tests import cast
from tests.web.test_accounts import ASK, CONFIRM, code_in

pytestmark = pytest.mark.django_db(transaction=True)  # votes are written by a thread of their own


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


def words(client: Client, path: str = "/") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).content.decode()).split())


def press(client: Client, label: str) -> Any:
    """Send the form of the front page as a browser would, with this button."""
    page = client.get("/").content.decode()
    form = re.search(r'<form class="statement".*?</form>', page, re.S)
    assert form, "there is no statement to answer"
    action = re.search(r'action="([^"]+)"', form[0])
    button = re.search(rf'name="(\w+)" value="([^"]+)">{label}<', form[0])
    assert action
    assert button
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    return client.post(action[1], hidden | {button[1]: button[2]})


def a_finding(sentences: list[str], **fields: Any) -> Conversation:
    """A published conversation and what its newest release says, in order."""
    conversation = cast.an_open_conversation(**fields)
    Conversation.objects.filter(pk=conversation.pk).update(phase=Phase.PUBLISHED)
    release = Release.objects.create(thing=conversation.thing, number=1, people=40)
    for position, sentence in enumerate(sentences):
        Figure.objects.create(
            release=release,
            kind="common_ground",
            key=str(position),
            position=position,
            sentence=sentence,
            value={},
            method="a method",
            version="1",
            seed=0,
            input_digest="0" * 64,
            people=40,
            consent_basis="answers given to be counted",
        )
    return conversation


def test_it_says_so_where_nothing_is_open(client: Client) -> None:
    page = words(client)
    assert "No question is open just now" in page
    assert "Nothing has been published yet" in page
    assert "No place has an open question" in page


def test_it_puts_a_statement_of_the_newest_question_before_a_stranger(client: Client) -> None:
    cast.an_open_conversation(question="How did it begin?")
    cast.an_open_conversation(question="How does it go on?", place=cast.oxfordshire())
    page = client.get("/").content.decode()
    assert re.search(r"<h1[^>]*>How does it go on\?</h1>", page)
    assert "Also open" in page
    assert "How did it begin?" in page


def test_it_takes_the_answer_right_there_and_goes_on_to_the_next(client: Client) -> None:
    conversation = cast.an_open_conversation()
    answered = press(client, "Disagree")
    assert answered.status_code == 303
    assert answered.headers["Location"].startswith(f"/talk/{conversation.slug}/")
    assert [vote.choice for vote in Vote.objects.all()] == [-1]


def test_it_puts_the_next_statement_before_somebody_who_comes_back(client: Client) -> None:
    cast.an_open_conversation(statements=["One.", "Two."])
    press(client, "Agree")
    press(client, "Agree")
    assert Vote.objects.count() == 2
    assert "You have answered everything there is so far" in words(client)


def test_it_keeps_for_members_what_only_members_may_answer(client: Client) -> None:
    cast.an_open_conversation(electorate=Conversation.Electorate.INVITED)
    assert 'class="statement"' not in client.get("/").content.decode()
    assert "Go to this question" in words(client)
    cast.log_in(client, cast.member())
    assert 'class="statement"' in client.get("/").content.decode()


def test_it_would_rather_ask_what_anyone_may_answer(client: Client) -> None:
    cast.an_open_conversation(question="For anyone?")
    invited = Conversation.Electorate.INVITED
    cast.an_open_conversation(question="For some?", electorate=invited)
    assert re.search(r"<h1[^>]*>For anyone\?</h1>", client.get("/").content.decode())


def test_it_never_shows_a_draft(client: Client) -> None:
    cast.a_draft(question="Not ready?")
    assert "Not ready?" not in words(client)


def test_it_says_what_was_found_in_the_words_of_the_first_figure(client: Client) -> None:
    a_finding(["People should hear back.", "Pay on the day."], question="What matters?")
    page = words(client)
    assert "What matters?" in page
    assert "People should hear back." in page
    assert "Pay on the day." not in page


def test_it_says_where_questions_are_open_and_how_many(client: Client) -> None:
    cast.an_open_conversation()
    cast.an_open_conversation()
    cast.an_open_conversation(place=cast.oxfordshire())
    cast.greater_manchester()
    page = words(client)
    assert "Manchester: 2 open questions" in page
    assert "Oxfordshire: 1 open question " in page
    assert "Greater Manchester" not in page


def test_it_keeps_what_was_answered_before_signing_in_as_one_answer_each(client: Client) -> None:
    cast.an_open_conversation(statements=["One."])
    cast.member()
    press(client, "Agree")
    client.post(ASK, {"email": "amina@example.org"})
    client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})

    assert "You have answered everything" in words(client)
    assert Vote.objects.count() == 1


def test_it_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        cast.an_open_conversation(question=f"Number {number}?")
        a_finding(["It was so."], question=f"Found {number}?")
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")


def test_it_shows_the_way_to_facilitating_only_to_who_facilitates(client: Client) -> None:
    assert "Facilitate" not in words(client)
    cast.log_in(client, cast.member())
    assert "Facilitate" not in words(client)
    cast.log_in(client, cast.facilitator())
    assert "Facilitate" in words(client)


def test_it_tells_robots_what_is_not_for_them(client: Client) -> None:
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_the_front_page_leads_to_the_next_gatherings_and_to_no_draft(client: Client) -> None:
    cast.a_gathering(title="An evening in the library")
    cast.a_gathering(title="Not yet announced", state=State.DRAFT)
    page = client.get("/").content.decode()
    assert "An evening in the library" in page
    assert "Not yet announced" not in page


def test_a_place_shows_its_gatherings_the_next_one_first(client: Client) -> None:
    cast.a_gathering(title="Last month", starts_at=timezone.now() - timedelta(days=30))
    cast.a_gathering(title="Next month")
    cast.a_gathering(title="Elsewhere", place=cast.oxfordshire())
    page = client.get("/places/manchester/").content.decode()
    assert page.index("Next month") < page.index("Last month")
    assert "Elsewhere" not in page
