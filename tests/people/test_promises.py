"""A promise is its maker's: they keep it, take it back, and say whether others may read it."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.people import tasks
from coproduce.people.channels import Outcome
from coproduce.people.models import Channel, Person, Promise, Reach
from coproduce.web import upkeep
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/me/promises/"


def promise_of(
    person: Person, words: str = "I will bring a neighbour.", **fields: object
) -> Promise:
    fields.setdefault("place", cast.manchester())
    return Promise.objects.create(person=person, words=words, **fields)


def long_ago(promise: Promise) -> Promise:
    Promise.objects.filter(pk=promise.pk).update(made_at=timezone.now() - timedelta(days=200))
    promise.refresh_from_db()
    return promise


def place_page(client: Client) -> str:
    return client.get(reverse("people:place", args=["manchester"])).content.decode()


def test_a_member_promises_something(client: Client) -> None:
    cast.log_in(client, cast.member())
    place = cast.manchester()
    client.post(PAGE, {"promise": "I will <b>call</b> Farah.", "place": place.pk})
    promise = Promise.objects.get()
    assert (promise.words, promise.place) == ("I will call Farah.", place)
    assert not promise.may_be_told


def test_a_promise_needs_words(client: Client) -> None:
    cast.log_in(client, cast.member())
    for typed in ("", "  ", "<b></b>"):
        assert "Write what you will do" in client.post(PAGE, {"promise": typed}).content.decode()
    assert not Promise.objects.exists()


def test_a_kept_promise_counts_on_the_page_of_its_place(client: Client) -> None:
    amina = cast.member()
    promise = promise_of(amina)
    promise_of(amina, "I will sing.")
    assert "promise kept" not in place_page(client)
    cast.log_in(client, amina)
    client.post(reverse("people:promise_kept", args=[promise.pk]))
    assert "1 promise kept" in place_page(client)
    assert promise.words not in place_page(client)
    assert "I will sing." not in place_page(client)


def test_its_words_are_told_where_their_maker_allowed_it_and_without_a_name(client: Client) -> None:
    promise_of(cast.member(), may_be_told=True, kept_at=timezone.now())
    assert "I will bring a neighbour." in place_page(client)
    assert "Amina" not in place_page(client)


def test_a_promise_taken_back_is_gone(client: Client) -> None:
    promise = promise_of(cast.member())
    cast.log_in(client, cast.member())
    client.post(reverse("people:promise_gone", args=[promise.pk]))
    assert not Promise.objects.exists()


@pytest.mark.parametrize("deed", ["promise_kept", "promise_gone"])
def test_nobody_keeps_or_takes_back_the_promise_of_another(client: Client, deed: str) -> None:
    promise = promise_of(cast.member())
    cast.log_in(client, cast.coordinator())
    assert client.post(reverse(f"people:{deed}", args=[promise.pk])).status_code == 404
    assert Promise.objects.open().count() == 1


def test_after_half_a_year_its_maker_is_asked_once(mailoutbox: list[EmailMessage]) -> None:
    amina = cast.member()
    Reach.objects.create(person=amina, channel=Channel.EMAIL, address="amina@example.org")
    promise = long_ago(promise_of(amina))
    promise_of(amina, "A new one.")
    long_ago(promise_of(amina, "A kept one.", kept_at=timezone.now()))
    assert tasks.remind_of_promises.call() == "Reminders sent: 1"
    assert tasks.remind_of_promises.call() == "Reminders sent: 0"
    [letter] = mailoutbox
    assert promise.words in letter.body


def test_half_a_year_later_they_are_asked_again(mailoutbox: list[EmailMessage]) -> None:
    amina = cast.member()
    Reach.objects.create(person=amina, channel=Channel.EMAIL, address="amina@example.org")
    promise = long_ago(promise_of(amina))
    tasks.remind_of_promises.call()
    before = timezone.now() - timedelta(days=200)
    Promise.objects.filter(pk=promise.pk).update(reminded_at=before)
    tasks.remind_of_promises.call()
    assert len(mailoutbox) == 2


def test_a_reminder_that_could_not_be_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago(promise_of(cast.member()))
    monkeypatch.setattr(tasks.channels, "tell", lambda *_: Outcome.NOT_NOW)
    assert tasks.remind_of_promises.call() == "Reminders sent: 0"
    assert Promise.objects.to_remind().count() == 1


def test_the_worker_asks_for_reminders_once_a_night() -> None:
    now = timezone.localtime()
    upkeep.ask_for_reminders(now)
    assert not DBTaskResult.objects.exists()
    long_ago(promise_of(cast.member()))
    upkeep.ask_for_reminders(now)
    upkeep.ask_for_reminders(now)
    assert DBTaskResult.objects.count() == 1
