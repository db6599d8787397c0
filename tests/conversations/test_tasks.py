"""What is worked out in the background: it may run twice, at once, or be cut off."""

import threading

import pytest
from django.db import connection

from coproduce.conversations import evidence, forgetting, tasks
from coproduce.conversations.models import Conversation, Declaration, Showing, Vote
from coproduce.trust import releases
from coproduce.trust.models import Figure, LogEntry, Release
from tests import cast, crowds

WORDS = [f"Statement number {number} of this talk." for number in range(1, 10)]


def an_open_talk(people: int = 40, **fields) -> Conversation:
    talk = cast.an_open_conversation(WORDS, **fields)
    for pseudonym in crowds.crowd(talk, people, crowds.two_camps):
        Showing.objects.create(
            pseudonym=pseudonym, statement=talk.statements.get(number=1), probability=0.5
        )
    crowds.declare(talk, carer=12)
    return talk


def matrix(talk: Conversation) -> list[list[tuple[int, int]]]:
    """Who answered what, without who: everybody's answers, in an order of their own."""
    by_person: dict[int, list[tuple[int, int]]] = {}
    votes = Vote.objects.filter(statement__conversation=talk)
    for who, number, choice in votes.values_list("pseudonym", "statement__number", "choice"):
        by_person.setdefault(who, []).append((number, choice))
    return sorted(sorted(answers) for answers in by_person.values())


def keys_and_pseudonyms() -> set[int]:
    return {
        number
        for table in (Vote, Showing, Declaration)
        for row in table.objects.values_list("pk", "pseudonym")
        for number in row
    }


@pytest.mark.django_db
def test_finishing_draws_the_last_picture_and_says_that_it_is_done():
    talk = crowds.close_at_once(an_open_talk())
    assert not tasks.is_finished(talk)

    tasks.finish.call(str(talk.id))

    assert tasks.is_finished(talk)
    assert evidence.latest(talk).is_last
    assert evidence.latest(talk).people == 40


@pytest.mark.django_db
def test_finishing_keeps_every_answer_and_leaves_no_number_by_which_to_find_it():
    talk = crowds.close_at_once(an_open_talk())
    before, numbers = matrix(talk), keys_and_pseudonyms()

    tasks.finish.call(str(talk.id))

    assert matrix(talk) == before
    assert keys_and_pseudonyms().isdisjoint(numbers)
    assert Showing.objects.count() == 40
    assert Declaration.objects.filter(part="carer").count() == 12


@pytest.mark.django_db
def test_answers_and_showings_of_one_person_still_belong_together():
    talk = crowds.close_at_once(an_open_talk())
    tasks.finish.call(str(talk.id))

    votes = set(Vote.objects.values_list("pseudonym", flat=True))
    assert set(Showing.objects.values_list("pseudonym", flat=True)) == votes


@pytest.mark.django_db
def test_changes_of_mind_and_assistance_stay_with_their_answers():
    talk = an_open_talk()
    Vote.objects.filter(statement__number=3).update(changes=2, is_assisted=True)
    tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert Vote.objects.filter(statement__number=3, changes=2, is_assisted=True).count() == 40
    assert Vote.objects.exclude(statement__number=3).filter(changes=0).count() == 8 * 40


@pytest.mark.django_db
def test_another_conversation_is_left_alone():
    other = an_open_talk(slug="another")
    before = keys_and_pseudonyms()
    talk = crowds.close_at_once(an_open_talk(slug="the-one"))
    tasks.finish.call(str(talk.id))

    assert before <= keys_and_pseudonyms()
    assert evidence.latest(other) is None


@pytest.mark.django_db
def test_finishing_twice_is_finishing_once():
    talk = crowds.close_at_once(an_open_talk())
    tasks.finish.call(str(talk.id))
    first = list(Figure.objects.values_list("id", "value"))
    before = matrix(talk)

    tasks.finish.call(str(talk.id))

    assert list(Figure.objects.values_list("id", "value")) == first
    assert Release.objects.count() == 1
    assert LogEntry.objects.filter(deed=tasks.FINISHED).count() == 1
    assert matrix(talk) == before


@pytest.mark.django_db
def test_a_run_cut_off_while_forgetting_is_completed_by_the_next(monkeypatch):
    talk = crowds.close_at_once(an_open_talk())
    before, numbers = matrix(talk), keys_and_pseudonyms()
    monkeypatch.setattr(forgetting, "PEOPLE_AT_ONCE", 7)
    rewritten = []

    def cut_off(table, fresh):
        if len(rewritten) == 4:
            raise ConnectionError("The power went.")
        rewritten.append(table)
        forgetting_as_it_is(table, fresh)

    forgetting_as_it_is = forgetting._rewrite
    with monkeypatch.context() as power:
        power.setattr(forgetting, "_rewrite", cut_off)
        with pytest.raises(ConnectionError):
            tasks.finish.call(str(talk.id))
    assert not tasks.is_finished(talk)

    tasks.finish.call(str(talk.id))

    assert tasks.is_finished(talk)
    assert matrix(talk) == before
    assert keys_and_pseudonyms().isdisjoint(numbers)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_finish_once_and_lose_nothing():
    talk = crowds.close_at_once(an_open_talk())
    before, numbers = matrix(talk), keys_and_pseudonyms()
    failures = []

    def work() -> None:
        try:
            tasks.finish.call(str(talk.id))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert not failures
    assert Release.objects.filter(thing=talk.thing).count() == 1
    assert matrix(talk) == before
    assert keys_and_pseudonyms().isdisjoint(numbers)


@pytest.mark.django_db
def test_an_open_conversation_is_not_finished():
    talk = an_open_talk()
    before = keys_and_pseudonyms()
    tasks.finish.call(str(talk.id))

    assert keys_and_pseudonyms() == before
    assert Release.objects.count() == 0


@pytest.mark.django_db
def test_the_ledger_remembers_nobody_once_the_last_picture_is_out():
    talk = an_open_talk(room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))
    assert any(bytes(release.pseudonyms) for release in Release.objects.all())

    tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert Release.objects.count() == 2
    assert not any(bytes(release.pseudonyms) for release in Release.objects.all())


@pytest.mark.django_db
def test_where_the_last_picture_would_single_out_a_few_the_one_from_the_room_stands():
    talk = an_open_talk(30, room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))
    from_the_room = evidence.latest(talk)
    shown = set(releases.people_of(Release.objects.get()).tolist())
    stayed_back = set(Vote.objects.values_list("pseudonym", flat=True)) - shown
    Vote.objects.filter(pseudonym__in=sorted(stayed_back)[:7]).delete()  # they took theirs back

    said = tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert "would single out 3 people" in said
    assert evidence.latest(talk).release == from_the_room.release
    assert evidence.latest(talk).is_last
    assert tasks.is_finished(talk)


@pytest.mark.django_db
def test_the_room_sees_nothing_without_the_facilitators_word():
    talk = an_open_talk()
    tasks.refresh_room.call(str(talk.id))

    assert evidence.latest(talk) is None


@pytest.mark.django_db
def test_a_picture_in_the_room_moves_only_when_ten_more_can_come_in():
    talk = an_open_talk(30, room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))
    crowds.crowd(talk, 9, crowds.two_camps, first=500)
    said = tasks.refresh_room.call(str(talk.id))

    assert evidence.latest(talk).number == 1
    assert "19 new people so far" in said

    crowds.crowd(talk, 1, crowds.two_camps, first=900)
    tasks.refresh_room.call(str(talk.id))
    assert evidence.latest(talk).number == 2
    assert evidence.latest(talk).people == 30
