"""One asks, another agrees; nobody does both, whichever way they try."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.trust import second_person
from coproduce.trust.models import LogEntry, Request
from coproduce.trust.second_person import STANDS_FOR, NeedsAnother

pytestmark = pytest.mark.django_db

CORA, COLIN = uuid4(), uuid4()
DEED, THING = "release rows of votes", "conversation:the-one"


def asked() -> Request:
    return second_person.ask(DEED, THING, why="A study of the university.", by=CORA)


def test_another_person_makes_it_two():
    request = second_person.agree(asked(), by=COLIN)

    assert second_person.is_agreed(request)
    assert (request.asked_by, request.agreed_by) == (CORA, COLIN)


def test_the_one_who_asked_cannot_agree():
    request = asked()

    with pytest.raises(NeedsAnother, match="another person"):
        second_person.agree(request, by=CORA)
    assert not second_person.is_agreed(Request.objects.get(pk=request.pk))


def test_the_database_holds_it_too():
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=asked().pk).update(agreed_by=CORA)


def test_asking_twice_is_asking_once():
    assert asked().pk == asked().pk
    assert Request.objects.count() == 1


def test_who_agreed_first_stays_the_second_person():
    request = second_person.agree(asked(), by=COLIN)

    assert second_person.agree(request, by=uuid4()).agreed_by == COLIN


def test_a_question_lapses():
    request = asked()
    Request.objects.filter(pk=request.pk).update(asked_at=timezone.now() - STANDS_FOR)

    with pytest.raises(NeedsAnother, match="lapsed"):
        second_person.agree(request, by=COLIN)
    assert not second_person.standing_requests(DEED, THING).exists()


def test_what_was_agreed_lapses_too():
    request = second_person.agree(asked(), by=COLIN)
    request.asked_at = timezone.now() - STANDS_FOR - timedelta(seconds=1)

    assert not second_person.is_agreed(request)


def test_both_deeds_are_in_the_log():
    second_person.agree(asked(), by=COLIN)

    assert list(LogEntry.objects.values_list("deed", "actor")) == [
        (f"asked to {DEED}", CORA),
        (f"agreed to {DEED}", COLIN),
    ]
