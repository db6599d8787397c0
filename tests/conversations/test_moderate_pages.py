"""Reading what people added: show, leave out, merge, and each undone by its opposite."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from coproduce.conversations.models import Conversation, Statement, Vote
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


@pytest.fixture
def talk() -> Conversation:
    talk = cast.an_open_conversation()
    for number, words in ((6, "Meet in the evening."), (7, "Begin with food.")):
        Statement.objects.create(conversation=talk, number=number, words=words)
    return talk


def post(client: Client, talk: Conversation, number: int, **typed: str):
    return client.post(f"/facilitate/{talk.slug}/moderate/{number}/", typed, follow=True)


def state(talk: Conversation, number: int) -> str:
    return talk.statements.get(number=number).state


def test_it_puts_what_waits_on_top_with_its_keys(femi, talk):
    page = femi.get(f"/facilitate/{talk.slug}/moderate/")

    assertContains(page, "2 statements to read")
    assertContains(page, 'data-key="s"', count=2)
    assertContains(page, 'data-key="l"', count=2)
    assertContains(page, 'data-key="m"', count=2)


def test_it_shows_and_leaves_out_and_back(femi, talk):
    assertContains(post(femi, talk, 6, deed="show"), "Statement 6 is shown now.")
    assert state(talk, 6) == "shown"
    assertContains(post(femi, talk, 6, deed="hide"), "Statement 6 is left out.")
    assert state(talk, 6) == "hidden"
    post(femi, talk, 6, deed="show")
    assert state(talk, 6) == "shown"


@pytest.mark.parametrize("into", ["3", " 3 ", "3: Meet in the evening as", "evening daytime"])
def test_it_merges_by_number_or_by_words_that_find_one(femi, talk, into):
    page = post(femi, talk, 6, deed="merge", into=into)

    assertContains(page, "Statement 6 is now part of statement 3.")
    assert talk.statements.get(number=6).merged_into == talk.statements.get(number=3)


@pytest.mark.parametrize(
    ("into", "said", "choices"),
    [("the", "3 statements have “the” in them", 3), ("unicorn", "No shown statement", 5)],
)
def test_it_asks_which_one_is_meant(femi, talk, into, said, choices):
    page = post(femi, talk, 6, deed="merge", into=into)

    assertContains(page, said)
    assertContains(page, 'type="radio"', count=choices)
    assert state(talk, 6) == "waiting"


def test_it_moves_the_votes_when_it_merges(femi, talk):
    first, second = talk.statements.filter(number__in=(1, 2))
    Vote.objects.create(statement=first, pseudonym=1, choice=1)

    post(femi, talk, 1, deed="merge", into="2")

    assert list(second.votes.values_list("pseudonym", "choice")) == [(1, 1)]


def test_it_finds_only_what_is_shown_and_never_itself(femi, talk):
    assertContains(post(femi, talk, 6, deed="merge", into="6"), "No shown statement is number")
    assertContains(post(femi, talk, 6, deed="merge", into="7"), "No shown statement is number")
    assert state(talk, 6) == "waiting"


def test_it_does_nothing_without_a_deed(femi, talk):
    assertContains(post(femi, talk, 6), "Choose what to do")
    assert state(talk, 6) == "waiting"


def test_it_knows_no_statement_of_another_conversation(femi, talk):
    other = cast.an_open_conversation(place=cast.oxfordshire())

    assert post(femi, talk, 99, deed="show").status_code == 404
    assert post(femi, other, 1, deed="hide").status_code == 404
    assert state(other, 1) == "shown"


def test_it_writes_peoples_words_as_words(femi, talk):
    Statement.objects.filter(number=6).update(words="<script>alert(1)</script>")

    page = femi.get(f"/facilitate/{talk.slug}/moderate/")

    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(page, "<script>alert(1)")


def test_it_reads_a_long_queue_with_few_queries(femi, talk, django_assert_max_num_queries):
    for number in range(8, 60):
        Statement.objects.create(conversation=talk, number=number, words=f"Number {number}.")

    with django_assert_max_num_queries(14):
        femi.get(f"/facilitate/{talk.slug}/moderate/")
