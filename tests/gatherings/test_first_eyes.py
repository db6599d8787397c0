"""Somebody wants to see it first, says yes aloud, or is under 18: what then may be shown."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import consenting
from coproduce.gatherings.models import ConsentCard, Gathering, Voice, pictures_of, voices_of
from coproduce.people.models import Channel, Person, Reach
from coproduce.trust.models import Consent
from tests import cast
from tests.gatherings.test_what_may_be_shown import (
    SAID,
    a_card,
    at,
    shown_with_a_card,
    what_everybody_reads,
)

pytestmark = pytest.mark.django_db

ON_A_CARD = {"channels": ["web"], "named": "not"}


@pytest.fixture
def gathering() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def by_code(name: str, card: ConsentCard) -> str:
    return reverse(f"gatherings:{name}", args=[card.code])


def the_voice() -> Voice:
    return Voice.objects.get(words=SAID)


def test_it_waits_for_their_eyes_and_is_shown_once_they_said_yes(
    host: Client, gathering: Gathering
) -> None:
    card = shown_with_a_card(host, gathering, show_me_first="on")
    assert SAID not in what_everybody_reads()
    own = Client().get(by_code("my_words", card)).content.decode()
    assert "For your eyes first" in own
    Client().post(by_code("my_seen", card), {"thing": the_voice().thing, "show": "yes"})
    assert SAID in what_everybody_reads()
    assert "For your eyes first" not in Client().get(by_code("my_words", card)).content.decode()


def test_their_no_to_one_thing_leaves_the_rest_as_it_was(
    host: Client, gathering: Gathering
) -> None:
    card = shown_with_a_card(host, gathering, show_me_first="on")
    Client().post(by_code("my_seen", card), {"thing": the_voice().thing, "show": "no"})
    assert SAID not in what_everybody_reads()
    kind = Consent.objects.filter(thing=voices_of(gathering)).last()
    assert kind is not None
    assert kind.is_given


def test_nobody_says_yes_for_what_is_not_theirs(host: Client, gathering: Gathering) -> None:
    shown_with_a_card(host, gathering, show_me_first="on")
    other = a_card(gathering)
    consenting.enter(other, consenting.Answer(channels=()), None)
    Client().post(by_code("my_seen", other), {"thing": the_voice().thing, "show": "yes"})
    assert SAID not in what_everybody_reads()


def test_a_host_shows_it_to_them_and_stands_as_the_witness(
    host: Client, gathering: Gathering
) -> None:
    card = shown_with_a_card(host, gathering, show_me_first="on")
    card.refresh_from_db()
    assert "They want to see it first" in host.get(at("consents")).content.decode()
    typed = {"person": str(card.person_id), "thing": the_voice().thing, "show": "yes"}
    host.post(at("shown_to_them"), typed)
    entry = Consent.objects.get(thing=the_voice().thing)
    assert (entry.obtained, entry.witness) == (Consent.Obtained.SPOKEN, cast.facilitator().pk)
    assert SAID in what_everybody_reads()


def test_whoever_can_be_reached_is_asked_to_look_without_a_word_of_it(
    host: Client, gathering: Gathering, deliver: Callable[[], list[str]]
) -> None:
    card = shown_with_a_card(host, gathering, show_me_first="on")
    card.refresh_from_db()
    assert card.person is not None
    Reach.objects.create(person=card.person, channel=Channel.EMAIL, address="b@example.org")
    host.post(at("ask_to_look"))
    deliver()
    [sent] = mail.outbox
    assert by_code("my_words", card) in sent.body
    assert SAID not in sent.body


def test_what_is_said_aloud_has_a_witness_and_gives_them_a_code(
    host: Client, gathering: Gathering
) -> None:
    done = host.post(at("spoken"), ON_A_CARD | {"pictures": ["report"]}, follow=True)
    [card] = gathering.consent_cards.all()
    assert card.code in done.content.decode()
    said, seen = (
        Consent.objects.get(thing=thing) for thing in (voices_of(gathering), pictures_of(gathering))
    )
    assert {said.obtained, seen.obtained} == {Consent.Obtained.SPOKEN}
    assert {said.witness, seen.witness} == {cast.facilitator().pk}
    assert (said.channels, seen.channels) == (["web"], ["report"])


def test_whoever_registered_is_chosen_from_the_list(host: Client, gathering: Gathering) -> None:
    nadia = cast.a_registration(gathering).person
    host.post(at("spoken"), ON_A_CARD | {"who": str(nadia.pk)})
    assert Consent.objects.get(thing=voices_of(gathering)).person == nadia.pk


def test_nobody_of_another_gathering_is_on_the_list(host: Client, gathering: Gathering) -> None:
    stranger = cast.a_registration(cast.a_gathering(slug="another-day")).person
    page = host.post(at("spoken"), ON_A_CARD | {"who": str(stranger.pk)}).content.decode()
    assert "error-summary" in page
    assert not Consent.objects.exists()


def test_under_18_somebody_says_yes_with_them(host: Client, gathering: Gathering) -> None:
    card = a_card(gathering)
    page = host.post(at("card", card.code), ON_A_CARD | {"is_under_18": "on"}).content.decode()
    assert "a parent or guardian has to say yes as well" in page
    assert not Consent.objects.exists()
    with_them = {"is_under_18": "on", "guardian": "Ruth Made-up"}
    host.post(at("card", card.code), ON_A_CARD | with_them)
    for entry in Consent.objects.all():
        assert Person.objects.get(pk=entry.guardian).name == "Ruth Made-up"


def test_the_name_of_a_guardian_is_shown_to_nobody(host: Client, gathering: Gathering) -> None:
    typed = {"is_under_18": "on", "guardian": "Ruth Made-up", "named": "first", "name": "Tia"}
    shown_with_a_card(host, gathering, **typed)
    page = what_everybody_reads()
    assert "Tia" in page
    assert "Ruth" not in page
