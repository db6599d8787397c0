"""The worker lets the live counts follow, and asks once a night whether they are right."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.conversations import evidence, tasks
from coproduce.conversations.models import Conversation, LiveCount, Mark
from coproduce.search import tasks as search_tasks
from coproduce.web import upkeep
from tests import cast, crowds
from tests.homes import wait_for
from tests.web.test_background import a_worker

pytestmark = pytest.mark.django_db

MIDDAY = timezone.make_aware(datetime(2026, 11, 25, 12, 0))


def counted(talk: Conversation) -> int:
    return LiveCount.objects.get(conversation=talk).people


def asked_for() -> list[str]:
    checks = DBTaskResult.objects.filter(task_path=tasks.check_moments.module_path)
    return [check.args_kwargs["args"][0] for check in checks]


def opened(when: datetime) -> Conversation:
    talk = cast.an_open_conversation()
    Conversation.objects.filter(pk=talk.pk).update(opened_at=when)
    return talk


def test_every_open_conversation_is_kept_up() -> None:
    one, other = cast.an_open_conversation(), cast.an_open_conversation()
    crowds.crowd(one, 12, crowds.two_camps)
    crowds.crowd(other, 7, crowds.two_camps)
    upkeep.keep_up()
    assert (counted(one), counted(other)) == (12, 7)
    assert not Mark.objects.exists()


def test_where_one_cannot_be_counted_the_others_are_and_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    talks = [cast.an_open_conversation() for _ in range(2)]
    for talk in talks:
        crowds.crowd(talk, 5, crowds.two_camps)
    keep_up = evidence.keep_up

    def not_this_one(talk: Conversation) -> None:
        if talk == talks[0]:
            raise OSError("No space left on device")
        keep_up(talk)

    with monkeypatch.context() as broken:
        broken.setattr(evidence, "keep_up", not_this_one)
        upkeep.keep_up()
    assert f"{talks[0].thing} is not counted: OSError." in caplog.text
    assert not LiveCount.objects.filter(conversation=talks[0]).exists()
    assert counted(talks[1]) == 5
    upkeep.keep_up()
    assert counted(talks[0]) == 5


def test_rounds_are_made_when_they_are_due_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    now = [100.0]
    monkeypatch.setattr(upkeep.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(upkeep, "keep_up", lambda: made.append("count"))
    monkeypatch.setattr(upkeep, "ask_for_checks", lambda _: made.append("check"))
    rounds = upkeep.Rounds()
    for seconds in (0.0, 1.0, 4.0, 1.0, 54.0):
        now[0] += seconds
        rounds.make()
    assert made == ["count", "check", "count", "count", "check"]


def test_each_open_conversation_is_checked_once_a_night() -> None:
    talk = opened(MIDDAY - timedelta(days=2))
    upkeep.ask_for_checks(MIDDAY)
    upkeep.ask_for_checks(MIDDAY + timedelta(hours=1))
    assert asked_for() == [str(talk.id)]
    DBTaskResult.objects.update(enqueued_at=MIDDAY)
    upkeep.ask_for_checks(MIDDAY + timedelta(hours=14))
    assert len(asked_for()) == 1
    upkeep.ask_for_checks(MIDDAY + timedelta(hours=15))
    assert len(asked_for()) == 2


def test_what_opened_after_the_last_night_waits_for_the_next() -> None:
    opened(MIDDAY - timedelta(hours=1))
    upkeep.ask_for_checks(MIDDAY)
    assert asked_for() == []


def test_what_has_closed_is_not_checked() -> None:
    crowds.close_at_once(opened(MIDDAY - timedelta(days=2)))
    upkeep.ask_for_checks(MIDDAY)
    assert asked_for() == []


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_counts_whoever_answers_and_checks_at_night() -> None:
    talk = opened(timezone.now() - timedelta(days=2))
    crowds.crowd(talk, 12, crowds.two_camps)
    with a_worker():
        wait_for(lambda: LiveCount.objects.filter(conversation=talk, people=12).exists())
        crowds.crowd(talk, 3, crowds.two_camps, first=20)
        wait_for(lambda: LiveCount.objects.filter(conversation=talk, people=15).exists())
        wait_for(lambda: DBTaskResult.objects.successful().exists())
    assert asked_for() == [str(talk.id)]


def test_what_can_be_found_is_held_against_the_rooms_once_a_night() -> None:
    held = DBTaskResult.objects.filter(task_path=search_tasks.hold_against_rooms.module_path)
    upkeep.ask_for_search(MIDDAY)
    assert held.count() == 0  # nothing is there to be found
    cast.manchester()
    upkeep.ask_for_search(MIDDAY)
    upkeep.ask_for_search(MIDDAY)
    assert held.count() == 1
    held.update(enqueued_at=MIDDAY - timedelta(days=1))
    upkeep.ask_for_search(MIDDAY)
    assert held.count() == 2


def test_the_log_of_the_server_names_what_search_did_not_know(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cast.a_gathering()
    search_tasks.hold_against_rooms.call()
    assert "Search was mended" in caplog.text
    caplog.clear()
    search_tasks.hold_against_rooms.call()
    assert not caplog.text
