"""Reminders: a week and a day before, once each, whatever breaks, and never at night."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.gatherings import reminding, tasks, telling
from coproduce.gatherings.models import Gathering, Notice, Registration
from coproduce.gatherings.when import moment
from coproduce.people.channels import Outcome
from coproduce.people.models import Channel
from tests import cast

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 31)  # the clocks went forward on the 28th
WEEK, TOMORROW = Notice.About.WEEK, Notice.About.DAY


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return moment(day, time(hour, minute))


def the_day(**fields: object) -> Gathering:
    return cast.a_gathering(starts_at=on(DAY, 18), **fields)


def somebody(gathering: Gathering, name: str = "nadia", **fields: object) -> Registration:
    fields.setdefault("registered_at", datetime(2020, 1, 1, tzinfo=UTC))
    return cast.a_registration(gathering, reach=(Channel.EMAIL, f"{name}@example.org"), **fields)


def due(now: datetime) -> list[Notice.About]:
    return [each.about for each in reminding.due(now)]


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (on(DAY - timedelta(days=7), 8, 59), []),
        (on(DAY - timedelta(days=7), 9), [WEEK]),  # in winter time, a week before in summer time
        (on(DAY - timedelta(days=4), 12), [WEEK]),  # the machine was off for three days
        (on(DAY - timedelta(days=2), 12), []),  # too late to say that it is in a week
        (on(DAY - timedelta(days=1), 8, 59), []),
        (on(DAY - timedelta(days=1), 9), [TOMORROW]),
        (on(DAY, 17, 59), [TOMORROW]),
        (on(DAY, 18, 1), []),
    ],
)
def test_it_is_due_from_nine_in_the_morning_by_the_clocks_here(now, wanted):
    somebody(the_day())

    assert due(now) == wanted


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_whoever_does_not_come_is_not_reminded(state):
    somebody(the_day(), state=state)

    assert due(on(DAY - timedelta(days=1), 12)) == []


def test_a_gathering_that_does_not_take_place_reminds_nobody():
    gathering = the_day()
    somebody(gathering)
    Gathering.objects.update(state="cancelled", cancelled_at=timezone.now())

    assert due(on(DAY - timedelta(days=1), 12)) == []


def test_whoever_registered_since_knows_it_already():
    somebody(the_day(), registered_at=on(DAY - timedelta(days=1), 10))

    assert due(on(DAY - timedelta(days=1), 12)) == []


@pytest.fixture
def tomorrow() -> Gathering:
    """A gathering within a day: its reminder is due whatever the hour."""
    return cast.a_gathering(starts_at=timezone.now() + timedelta(hours=8))


def test_everybody_is_reminded_once_however_often_it_runs(tomorrow, mailoutbox):
    for name in ("ann", "bo", "cy"):
        somebody(tomorrow, name)
    mailoutbox.clear()

    said = [tasks.send_what_is_due.call() for _ in range(3)]

    assert said == ["3 people were told.", "0 people were told.", "0 people were told."]
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "ann@example.org",
        "bo@example.org",
        "cy@example.org",
    ]
    assert "A reminder" in mailoutbox[0].body


def test_it_goes_on_where_a_killed_worker_stopped(tomorrow, mailoutbox, monkeypatch):
    for day, name in enumerate(("ann", "bo", "cy"), start=1):
        somebody(tomorrow, name, registered_at=datetime(2020, 1, day, tzinfo=UTC))
    mailoutbox.clear()
    send = EmailMessage.send

    class Killed(BaseException):
        pass

    def die_at_the_second(self: EmailMessage, fail_silently: bool = False) -> int:
        if mailoutbox:
            raise Killed
        return send(self, fail_silently)

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", die_at_the_second)
        with pytest.raises(Killed):
            tasks.send_what_is_due.call()

    tasks.send_what_is_due.call()

    # The second one may have been on its way when the worker died: not sent a second time.
    assert sorted(mail.to[0] for mail in mailoutbox) == ["ann@example.org", "cy@example.org"]
    assert Notice.objects.get(about=TOMORROW, outcome="").registration.person.reaches.filter(
        address="bo@example.org"
    )


def test_two_workers_at_once_do_not_tell_anybody_twice(tomorrow, mailoutbox):
    registration = somebody(tomorrow)
    mailoutbox.clear()
    seen_by_both = [list(reminding.due(timezone.now())) for _ in range(2)]

    told = [telling.tell(each.registration, each.about) for due in seen_by_both for each in due]

    assert told == [Outcome.SENT, None]
    assert [mail.to for mail in mailoutbox] == [[registration.reach.address]]


def test_what_did_not_get_through_is_tried_again_after_ten_minutes(
    tomorrow, mailoutbox, monkeypatch
):
    registration = somebody(tomorrow)
    mailoutbox.clear()

    def away(self: EmailMessage, fail_silently: bool = False) -> int:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", away)
        tasks.send_what_is_due.call()
    assert not reminding.is_anybody_due()
    assert reminding.is_anybody_due(timezone.now() + timedelta(minutes=11))
    Notice.objects.filter(about=TOMORROW).update(at=timezone.now() - timedelta(minutes=11))

    tasks.send_what_is_due.call()

    assert [mail.to for mail in mailoutbox] == [[registration.reach.address]]
    assert not reminding.is_anybody_due(timezone.now() + timedelta(minutes=11))


def test_the_worker_queues_it_once_and_only_if_somebody_is_due(tomorrow):
    tasks.see_to_reminders()
    assert not DBTaskResult.objects.exists()
    somebody(tomorrow)

    for _ in range(3):
        tasks.see_to_reminders()

    assert DBTaskResult.objects.count() == 1


def test_a_way_that_came_back_is_left_for_another_one_of_theirs(tomorrow, mailoutbox):
    registration = somebody(tomorrow)
    registration.person.reaches.fail()
    registration.person.reaches.create(channel=Channel.EMAIL, address="new@example.org")
    mailoutbox.clear()

    tasks.send_what_is_due.call()

    assert mailoutbox[0].to == ["new@example.org"]


def test_the_hosts_see_whom_nobody_could_tell(tomorrow, client):
    registration = somebody(tomorrow)
    Notice.objects.create(registration=registration, about=TOMORROW, outcome="")
    cast.log_in(client, cast.facilitator())

    page = client.get(f"/host/{tomorrow.slug}/people/").content.decode()

    assert "Nadia was to hear that it is tomorrow: begun, and then something broke." in page


def test_the_looks_do_not_grow_with_the_people(tomorrow, django_assert_max_num_queries):
    for number in range(30):
        somebody(tomorrow, f"n{number}")

    with django_assert_max_num_queries(4):
        assert len(list(reminding.due(timezone.now()))) == 30
