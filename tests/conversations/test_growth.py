"""How common ground grew: from one picture to the next, by what each of them published."""

import pytest
from django.test import Client

from coproduce.conversations import evidence, tasks
from coproduce.conversations.actions import facilitating
from coproduce.conversations.models import Conversation, Phase
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Sentence number {number} of this talk." for number in range(1, 13)]


def drawn_twice() -> Conversation:
    """Thirty people, twenty of them in the first picture; then thirty more and the end."""
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, 30, crowds.two_camps)
    facilitating.let_room_see(talk, None)
    tasks.refresh_room.call(str(talk.id))
    crowds.crowd(talk, 30, crowds.two_camps, first=100)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)
    return talk


def test_each_picture_is_a_step_with_its_people_and_what_was_new():
    first, last = evidence.growth_of(drawn_twice()).steps

    assert (first.people, last.people) == (20, 60)
    assert (first.stood_before, first.new) == (0, first.lines)
    assert last.lines == last.stood_before + last.new == 2


def test_it_says_in_a_sentence_what_stood_throughout():
    growth = evidence.growth_of(drawn_twice())

    stood = {0: "None of them", 1: "One of them"}.get(
        growth.stood_throughout, f"{growth.stood_throughout} of them"
    )
    assert growth.sentence.endswith(f"2 lines among 60. {stood} stood in every picture.")


def test_one_picture_alone_did_not_grow():
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, 30, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert evidence.growth_of(talk) is None


def test_the_page_has_the_strip_its_sentence_and_its_table(client: Client):
    talk = drawn_twice()

    page = client.get(f"/talk/{talk.slug}/common-ground/").content.decode()

    assert 'class="strip"' in page
    assert evidence.growth_of(talk).sentence in page
    assert "How common ground grew, picture by picture" in page
