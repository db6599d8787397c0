"""Before the doors open, keys and conversations are of one mind."""

import pytest
from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase
from coproduce.trust.keys import destroy_key, has_key, make_key
from coproduce.trust.models import LogEntry
from coproduce.web import background
from coproduce.web.keeping.settling import settle
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_open_conversation_without_its_key_is_closed_once() -> None:
    conversation = cast.an_open_conversation()
    destroy_key(conversation.id)
    assert settle() == [conversation]
    conversation.refresh_from_db()
    assert conversation.phase == Phase.CLOSED
    deeds = list(LogEntry.objects.filter(thing=conversation.thing).values_list("deed", flat=True))
    assert deeds == ["find without its key", "close"]
    assert settle() == []


def test_an_open_conversation_with_its_key_is_left_alone() -> None:
    conversation = cast.an_open_conversation()
    assert settle() == []
    conversation.refresh_from_db()
    assert conversation.is_open


def closed_by_a_machine_that_died() -> Conversation:
    """Closed, its key still there, its closing work never queued."""
    conversation = cast.an_open_conversation()
    fields = {"phase": Phase.CLOSED, "closed_at": timezone.now()}
    Conversation.objects.filter(pk=conversation.pk).update(**fields)
    make_key(conversation.id)
    return conversation


def test_the_key_of_a_closed_conversation_is_destroyed() -> None:
    conversation = closed_by_a_machine_that_died()
    settle()
    assert not has_key(conversation.id)


def test_closing_work_that_was_never_done_is_done() -> None:
    conversation = closed_by_a_machine_that_died()
    settle()
    settle()
    background.work_off()
    entries = LogEntry.objects.filter(thing=conversation.thing, deed="finish")
    assert entries.count() == 1
