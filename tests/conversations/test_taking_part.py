"""What somebody adds, takes back, or brings along when they sign in: exactly, while it is open."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from coproduce.conversations.actions import taking_part
from coproduce.conversations.ballot_rows import MOST_CHANGES, NotTaken, Reason
from coproduce.conversations.models import (
    Conversation,
    Declaration,
    Phase,
    Showing,
    Statement,
    Vote,
)
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    Identifier,
    by_code,
    by_device,
    by_person,
    pseudonym_of,
)
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

PHONE, SLIP = by_device("phone"), by_code("BCD-FGHJ")


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation()


def answer(talk: Conversation, who: Identifier, answers: dict[int, int], changes: int = 0) -> None:
    for number, choice in answers.items():
        Vote.objects.create(
            pseudonym=pseudonym_of(talk, who),
            statement=talk.statements.get(number=number),
            choice=choice,
            changes=changes,
        )


def answers_of(talk: Conversation, who: Identifier) -> dict[int, int]:
    votes = Vote.objects.filter(pseudonym=pseudonym_of(talk, who)).order_by("statement__number")
    return {vote.statement.number: vote.choice for vote in votes}


def at(phase: Phase) -> Conversation:
    if phase == Phase.DRAFT:
        return cast.a_draft()
    talk = cast.an_open_conversation()
    Conversation.objects.filter(pk=talk.pk).update(phase=phase)
    return talk


@pytest.mark.parametrize(
    ("moderation", "state"),
    [("before", Statement.State.WAITING), ("after", Statement.State.SHOWN)],
)
def test_a_statement_is_read_before_or_after_as_the_conversation_says(moderation, state):
    talk = cast.an_open_conversation(moderation=moderation)
    said = taking_part.say(talk, "  Pay <b>travel</b> first & in cash. ")
    assert (said.words, said.number, said.state) == ("Pay travel first & in cash.", 6, state)
    assert (said.author, said.author_may_be_named, said.is_seed) == (None, False, False)


def test_whoever_is_not_to_be_named_is_not_even_in_the_log(talk):
    taking_part.say(talk, "Say it quietly.")
    assert LogEntry.objects.get().actor is None
    taking_part.say(talk, "Say it loudly.", named=cast.member())
    assert LogEntry.objects.filter(actor=cast.member().id).count() == 1
    assert Statement.objects.get(number=7).author == cast.member()


def test_what_somebody_says_of_themselves_is_one_row_apart_from_their_answers(talk):
    answer(talk, PHONE, {1: 1})
    taking_part.declare(talk, PHONE, part="carer", place=None)
    taking_part.declare(talk, PHONE, part="carer", place=cast.manchester())
    said = Declaration.objects.get()
    assert (said.part, said.place) == ("carer", cast.manchester())
    assert said.pseudonym != Vote.objects.get().pseudonym


def test_saying_nothing_any_more_takes_the_row_out(talk):
    taking_part.declare(talk, PHONE, part="carer", place=None)
    taking_part.declare(talk, PHONE, part="", place=None)
    assert not Declaration.objects.exists()


def test_taking_back_leaves_nothing_of_mine_and_everything_of_others(talk):
    for who in (PHONE, SLIP):
        answer(talk, who, {1: 1, 2: -1})
        Showing.objects.create(
            pseudonym=pseudonym_of(talk, who),
            statement=talk.statements.get(number=1),
            probability=0.2,
        )
        taking_part.declare(talk, who, part="carer", place=None)
    assert taking_part.take_back(talk, PHONE) == 2
    assert answers_of(talk, PHONE) == {}
    assert answers_of(talk, SLIP) == {1: 1, 2: -1}
    assert [model.objects.count() for model in (Vote, Showing, Declaration)] == [2, 1, 1]


@pytest.mark.parametrize(
    ("phase", "reason"),
    [
        (Phase.DRAFT, Reason.NOT_OPEN_YET),
        (Phase.CLOSED, Reason.CLOSED),
        (Phase.PUBLISHED, Reason.CLOSED),
    ],
)
def test_nothing_is_added_or_taken_back_unless_it_is_open(phase, reason):
    talk = at(phase)
    for deed in (
        lambda: taking_part.say(talk, "Too late."),
        lambda: taking_part.declare(talk, PHONE, part="carer", place=None),
        lambda: taking_part.take_back(talk, PHONE),
    ):
        with pytest.raises(NotTaken) as refusal:
            deed()
        assert refusal.value.reason == reason


def test_signing_in_brings_the_answers_of_this_browser_along(talk):
    amina = cast.member()
    other = cast.an_open_conversation()
    answer(talk, PHONE, {1: 1, 2: -1})
    answer(other, PHONE, {3: 0})
    request = RequestFactory().get("/")
    request.COOKIES[DEVICE_COOKIE] = "phone"
    taking_part.merge_identity(request, amina)
    assert answers_of(talk, by_person(amina)) == {1: 1, 2: -1}
    assert answers_of(other, by_person(amina)) == {3: 0}
    assert answers_of(talk, PHONE) == answers_of(other, PHONE) == {}


def test_signing_in_at_the_door_does_the_same(talk, client):
    amina = cast.member()
    answer(talk, PHONE, {1: 1})
    client.cookies[DEVICE_COOKIE] = "phone"
    client.get("/talk/")
    request = client.get("/talk/").wsgi_request
    taking_part.after_sign_in(type(amina.user), request, amina.user)
    assert answers_of(talk, by_person(amina)) == {1: 1}


def test_where_both_have_answered_the_newer_answer_stays_and_the_change_is_counted(talk):
    amina = by_person(cast.member())
    answer(talk, amina, {1: 1, 2: 1, 3: 1}, changes=2)
    answer(talk, PHONE, {1: -1, 2: 1, 4: 0}, changes=1)
    taking_part.merge(talk, PHONE, amina)
    assert answers_of(talk, amina) == {1: -1, 2: 1, 3: 1, 4: 0}
    changes = {vote.statement.number: vote.changes for vote in Vote.objects.all()}
    assert changes == {1: 4, 2: 3, 3: 2, 4: 1}


def test_changes_stop_counting_where_the_column_ends(talk):
    answer(talk, SLIP, {1: 1}, changes=MOST_CHANGES)
    answer(talk, PHONE, {1: -1}, changes=3)
    taking_part.merge(talk, PHONE, SLIP)
    assert Vote.objects.get().changes == MOST_CHANGES


def test_showings_and_declarations_come_along_too(talk):
    before, after = pseudonym_of(talk, PHONE), pseudonym_of(talk, SLIP)
    one, two = talk.statements.order_by("number")[:2]
    Showing.objects.create(pseudonym=before, statement=one, probability=0.5)
    Showing.objects.create(pseudonym=before, statement=two, probability=0.4)
    Showing.objects.create(pseudonym=after, statement=two, probability=0.1)
    taking_part.declare(talk, PHONE, part="carer", place=None)
    taking_part.declare(talk, SLIP, part="other", place=None)
    taking_part.merge(talk, PHONE, SLIP)
    rows = Showing.objects.values_list("pseudonym", "statement", "probability")
    assert set(rows) == {(after, one.id, 0.5), (after, two.id, 0.1)}
    assert Declaration.objects.get().part == "carer"


def test_in_a_closed_conversation_there_is_nothing_to_bring_along():
    talk = cast.an_open_conversation()
    answer(talk, PHONE, {1: 1})
    mine = pseudonym_of(talk, PHONE)
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.CLOSED)
    taking_part.merge(talk, PHONE, SLIP)
    assert Vote.objects.get().pseudonym == mine


some_answers = st.dictionaries(st.integers(1, 5), st.sampled_from([-1, 0, 1]))


@given(some_answers, some_answers)
def test_after_a_merge_there_is_one_answer_a_statement_and_none_is_lost(mine, theirs):
    talk = cast.an_open_conversation()
    answer(talk, PHONE, mine)
    answer(talk, SLIP, theirs)
    taking_part.merge(talk, PHONE, SLIP)
    assert answers_of(talk, SLIP) == dict(sorted((theirs | mine).items()))
    assert answers_of(talk, PHONE) == {}
    talk.delete()
