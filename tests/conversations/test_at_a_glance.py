"""Many ask the same at once; one of them looks it up, and nobody waits for a recount."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from coproduce.conversations import at_a_glance
from coproduce.conversations.at_a_glance import ForAMoment
from coproduce.conversations.models import Conversation, Statement, Vote
from tests import cast


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(at_a_glance, "time", SimpleNamespace(monotonic=lambda: self.now))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_it_asks_once_a_second(clock):
    asked: list[str] = []
    note = ForAMoment(lambda key: asked.append(key) or len(asked))  # type: ignore[func-returns-value]
    assert [note("a"), note("a"), note("b")] == [1, 1, 2]
    clock.now += 1.1
    assert [note("a"), note("a")] == [3, 3]


def test_what_takes_long_is_asked_more_seldom(clock):
    def slow(key: str) -> float:
        clock.now += 0.2
        return clock.now

    note = ForAMoment(slow)
    first = note("a")
    clock.now += 3.9
    assert note("a") == first, "a fifth of a second, at most a twentieth of the time: four seconds"
    clock.now += 0.2
    assert note("a") != first


def test_while_one_asks_anew_the_others_take_the_last_answer(clock):
    begun, go_on = threading.Event(), threading.Event()
    answers = iter(["old", "new"])

    def ask(key: str) -> str:
        answer = next(answers)
        if answer == "new":
            begun.set()
            assert go_on.wait(10)
        return answer

    note = ForAMoment(ask)
    assert note("a") == "old"
    clock.now += 2
    with ThreadPoolExecutor(1) as one:
        asking = one.submit(note, "a")
        assert begun.wait(10)
        assert [note("a") for _ in range(3)] == ["old"] * 3
        go_on.set()
        assert asking.result() == "new"
    assert note("a") == "new"


def test_the_first_question_is_asked_once_however_many_ask_it():
    asked: list[str] = []

    def ask(key: str) -> int:
        asked.append(key)
        threading.Event().wait(0.05)
        return len(asked)

    note = ForAMoment(ask)
    with ThreadPoolExecutor(8) as many:
        assert set(many.map(note, ["a"] * 8)) == {1}


def test_a_failed_look_is_not_remembered():
    answers = iter([Conversation.DoesNotExist(), "there"])

    def ask(key: str) -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    note = ForAMoment(ask)
    with pytest.raises(Conversation.DoesNotExist):
        note("a")
    assert note("a") == "there"


def test_what_is_remembered_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(at_a_glance, "MOST_REMEMBERED", 10)
    note = ForAMoment(lambda key: key)
    for key in range(100):
        note(key)
    assert len(note._notes) <= 10


@pytest.mark.django_db
def test_a_statement_that_has_just_come_is_found_at_once():
    talk = cast.an_open_conversation()
    assert set(at_a_glance.board(talk.slug).statements) == {1, 2, 3, 4, 5}
    new = Statement.objects.create(
        conversation=talk, number=6, words="New.", state=Statement.State.SHOWN
    )
    assert at_a_glance.board(talk.slug, 6).statements[6] == new.id


@pytest.mark.django_db
def test_the_tally_counts_the_answers_of_each_statement_on_show():
    talk, other = cast.an_open_conversation(), cast.an_open_conversation()
    one, two, hidden = talk.statements.order_by("number")[:3]
    Statement.objects.filter(pk=hidden.pk).update(state=Statement.State.HIDDEN)
    for statement, people in ((one, 3), (two, 1), (hidden, 4), (other.statements.all()[0], 9)):
        Vote.objects.bulk_create(
            Vote(pseudonym=person, statement=statement, choice=0) for person in range(people)
        )
    assert at_a_glance.answers(talk) == {one.id: 3, two.id: 1}


@pytest.mark.django_db
def test_a_draft_is_on_no_board():
    draft = cast.a_draft()
    with pytest.raises(Conversation.DoesNotExist):
        at_a_glance.board(draft.slug)
