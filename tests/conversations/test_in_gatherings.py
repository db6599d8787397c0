"""A conversation inside a gathering: the same one in the hall and on the line."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from coproduce.conversations.actions import facilitating
from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.models import State
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi() -> Client:
    return cast.log_in(Client(), cast.facilitator())


def typed(**changes: str) -> dict[str, str]:
    return {
        "question": cast.QUESTION,
        "statements": "\n".join(cast.SEEDS),
        "place": str(cast.manchester().pk),
        "electorate": "open",
        "moderation": "before",
    } | changes


def test_it_is_made_as_part_of_a_gathering(femi):
    gathering = cast.a_gathering()
    page = femi.get(f"/facilitate/new/?gathering={gathering.pk}")
    assertContains(page, f'value="{gathering.pk}" selected')

    femi.post("/facilitate/new/", typed(gathering=str(gathering.pk)))

    assert Conversation.objects.get().gathering == gathering


def test_it_offers_gatherings_of_their_own_places_that_may_still_hold_it(femi):
    cast.a_gathering(title="Ours")
    cast.a_gathering(title="Elsewhere", place=cast.oxfordshire())
    cast.a_gathering(title="Off", state=State.CANCELLED, cancelled_at=timezone.now())
    cast.a_gathering(title="Long ago", starts_at=timezone.now() - timedelta(days=200))

    page = femi.get("/facilitate/new/")

    assertContains(page, "Ours")
    for other in ("Elsewhere", "Off (", "Long ago"):
        assertNotContains(page, other)
    elsewhere = cast.a_gathering(place=cast.oxfordshire())
    femi.post("/facilitate/new/", typed(gathering=str(elsewhere.pk)))
    assert not Conversation.objects.exists()


def test_one_that_is_open_joins_a_gathering_and_leaves_it_and_keeps_its_words(femi):
    gathering, talk = cast.a_gathering(), cast.an_open_conversation()
    page = f"/facilitate/{talk.slug}/words/"
    assertContains(femi.get(page), "People have seen the question")

    femi.post(page, {"gathering": str(gathering.pk), "question": "Other?", "welcome": ""})
    talk.refresh_from_db()
    assert (talk.gathering, talk.question) == (gathering, cast.QUESTION)
    femi.post(page, {"gathering": "", "sent": "yes"})

    talk.refresh_from_db()
    assert talk.gathering is None
    deeds = LogEntry.objects.filter(thing=talk.thing, deed="meet at")
    assert [entry.note for entry in deeds] == [gathering.thing, "no gathering"]


def test_everybody_finds_it_on_the_page_of_the_gathering_and_back(client):
    gathering = cast.a_gathering()
    talk = cast.an_open_conversation(gathering=gathering)

    page = client.get(f"/gatherings/{gathering.slug}/")

    assertContains(page, talk.question)
    assertContains(page, f"/talk/{talk.slug}/")
    assertContains(client.get(f"/talk/{talk.slug}/"), f"/gatherings/{gathering.slug}/")


def test_a_draft_is_nowhere_to_be_seen(client):
    gathering = cast.a_gathering()
    cast.a_draft(gathering=gathering, question="A secret question?")
    talk = cast.an_open_conversation(gathering=cast.a_gathering(title="Hush", state=State.DRAFT))

    assertNotContains(client.get(f"/gatherings/{gathering.slug}/"), "A secret question?")
    assertNotContains(client.get(f"/talk/{talk.slug}/"), "Hush")


def test_what_was_found_is_what_stands_there_afterwards(client):
    gathering = cast.a_gathering(starts_at=timezone.now() - timedelta(days=2))
    talk = cast.an_open_conversation(gathering=gathering)
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)

    page = client.get(f"/gatherings/{gathering.slug}/")

    assertContains(page, f"/talk/{talk.slug}/common-ground/")
    assertContains(page, "What people found together")


def test_whoever_signs_in_at_the_door_or_is_on_the_line_lands_in_the_same_one(client):
    gathering = cast.a_gathering(setting="both", starts_at=timezone.now() - timedelta(hours=1))
    talk = cast.an_open_conversation(gathering=gathering)
    on_line = cast.a_registration(gathering, presence="line")

    at_door = client.post(f"/here/{gathering.code}/", {"key": "k", "presence": "hall"})
    at_home = client.get(f"/coming/{on_line.code}/")

    assertContains(at_door, f"/talk/{talk.slug}/")
    assertContains(at_home, f"/talk/{talk.slug}/")


def test_a_gathering_that_goes_leaves_the_conversation():
    gathering = cast.a_gathering()
    talk = cast.an_open_conversation(gathering=gathering)

    gathering.delete()

    talk.refresh_from_db()
    assert talk.gathering is None


def test_it_is_no_deed_to_stay_where_one_is():
    gathering = cast.a_gathering()
    talk = cast.an_open_conversation(gathering=gathering)

    facilitating.meet_at(talk, gathering, by=None)

    assert not LogEntry.objects.filter(deed="meet at").exists()
