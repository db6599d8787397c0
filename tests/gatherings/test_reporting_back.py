"""Whoever said something hears what came of it, once, by their own way; everybody can read it."""

import html

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from coproduce.conversations.models import Conversation, Phase
from coproduce.conversations.tasks import finish
from coproduce.gatherings import tasks
from coproduce.gatherings.actions import consenting, noting, reporting_back
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Insight, ReportBack, ToldBack, Voice
from coproduce.people.models import Channel, Person, Reach
from coproduce.trust import consent
from coproduce.trust.models import Named, Where
from tests import cast, crowds

pytestmark = pytest.mark.django_db

SAID = "My fare came back after three months."
DID = ReportBack.Kind.DID


def somebody(channel: Channel | None, address: str = "") -> Person:
    person = Person.objects.create(name="Made-up Mo")
    if channel:
        Reach.objects.create(person=person, channel=channel, address=address)
    return person


def insight_of(*people: Person) -> Insight:
    insight = cast.an_insight(cast.a_gathering(slug="the-day"), "Paid too late.", SAID)
    for person, voice in zip(people, insight.voices.all(), strict=False):
        noting.attribute(voice, person, None)
    return insight


def answered(insight: Insight, words: str = "Fares are paid at the door now.") -> ReportBack:
    answer = reporting_back.report_back(insight, DID, words, cast.facilitator())
    tasks.tell_back.call(answer.pk)
    return answer


def test_whoever_said_it_is_told_by_their_own_way(mailoutbox: list[EmailMessage]) -> None:
    answered(insight_of(somebody(Channel.EMAIL, "mo@example.org"), somebody(Channel.POST, "1 St")))
    assert [mail.to for mail in mailoutbox] == [["mo@example.org"]]
    assert "Fares are paid at the door now." in mailoutbox[0].body
    assert set(ToldBack.objects.values_list("outcome", flat=True)) == {"sent", "to be printed"}


def test_their_own_words_are_not_in_the_message(mailoutbox: list[EmailMessage]) -> None:
    answered(insight_of(somebody(Channel.EMAIL, "mo@example.org")))
    assert SAID not in mailoutbox[0].body


def test_somebody_with_two_voices_behind_it_hears_once(mailoutbox: list[EmailMessage]) -> None:
    person = somebody(Channel.EMAIL, "mo@example.org")
    answer = answered(insight_of(person, person))
    tasks.tell_back.call(answer.pk)  # a worker that died is begun again
    assert len(mailoutbox) == 1


def test_what_did_not_get_through_is_tried_again(settings: object) -> None:
    answer = answered(insight_of(somebody(Channel.SMS, "07700 900123")))  # no service is set up
    assert ToldBack.objects.get().outcome == "not sent yet"
    tasks.tell_back.call(answer.pk)
    assert ToldBack.objects.count() == 1


def test_an_answer_without_words_is_none() -> None:
    with pytest.raises(NotPossible, match="why it cannot be"):
        reporting_back.report_back(insight_of(), DID, " ", None)


def test_everybody_reads_it_beside_the_insight(client: Client) -> None:
    insight = insight_of()
    answered(insight)
    consenting.show_insights(insight.gathering, None)  # type: ignore[arg-type]
    page = client.get(reverse("gatherings:gathering", args=["the-day"])).content.decode()
    assert "<b>We did it.</b> Fares are paid at the door now." in page


def test_it_stands_beside_ones_own_words(client: Client) -> None:
    insight = insight_of()
    card = consenting.print_cards(insight.gathering, 1, None)[0]  # type: ignore[arg-type]
    person = consenting.enter(card, Answer([Where.WEB], Named.NOT), None)
    noting.attribute(insight.voices.all()[0], person, None)
    answered(insight)
    page = client.get(reverse("gatherings:my_words", args=[card.code])).content.decode()
    assert "Fares are paid at the door now." in page


def test_a_host_answers_on_the_page(client: Client) -> None:
    insight = insight_of()
    cast.log_in(client, cast.facilitator())
    page = reverse("gatherings:answer", args=["the-day", insight.id])
    assert "Say whether you did it" in client.post(page, {"words": "x"}).content.decode()
    client.post(page, {"kind": "cannot", "words": "The law forbids it."})
    assert str(ReportBack.objects.get()) == "We cannot do it: The law forbids it."


# A single voice, a whole conversation


def voice_of(person: Person | None) -> Voice:
    voice = insight_of().voices.all()[0]
    noting.attribute(voice, person, None)
    return voice


def answered_voice(voice: Voice) -> ReportBack:
    answer = reporting_back.answer_voice(voice, DID, "We paid you on Monday.", None)
    tasks.tell_back.call(answer.pk)
    return answer


def test_whoever_said_one_thing_is_told_what_came_of_it(mailoutbox: list[EmailMessage]) -> None:
    voice = voice_of(somebody(Channel.EMAIL, "mo@example.org"))
    answer = answered_voice(voice)
    tasks.tell_back.call(answer.pk)  # a worker that died is begun again
    assert [mail.to for mail in mailoutbox] == [["mo@example.org"]]
    assert "We paid you on Monday." in mailoutbox[0].body
    assert "You told us something at “What we want from a network”." in mailoutbox[0].body
    assert voice.words not in mailoutbox[0].body


def test_where_nobody_knows_who_said_it_nobody_is_told(mailoutbox: list[EmailMessage]) -> None:
    answered_voice(voice_of(None))
    assert mailoutbox == []
    assert not ToldBack.objects.exists()


def test_what_was_taken_back_is_not_answered() -> None:
    voice = voice_of(None)
    noting.take_back(voice, None)
    with pytest.raises(NotPossible, match="nothing to answer"):
        answered_voice(voice)


def test_an_answer_to_a_voice_stands_beside_it_only_where_it_is_shown(client: Client) -> None:
    voice = voice_of(somebody(None))
    answered_voice(voice)
    consenting.show_insights(voice.gathering, None)
    page = reverse("gatherings:gathering", args=["the-day"])
    assert "We paid you on Monday." not in client.get(page).content.decode()
    consent.note(
        None, person=voice.said_by_id, thing=voice.thing, channels=["web"], obtained="screen"
    )
    assert "We paid you on Monday." in client.get(page).content.decode()


def test_an_answer_to_a_voice_stands_beside_ones_own_words(client: Client) -> None:
    voice = voice_of(None)
    card = consenting.print_cards(voice.gathering, 1, None)[0]
    person = consenting.enter(card, Answer([], Named.NOT), None)
    noting.attribute(voice, person, None)
    answered_voice(voice)
    page = client.get(reverse("gatherings:my_words", args=[card.code])).content.decode()
    assert "We paid you on Monday." in page


def test_a_host_answers_one_voice_on_its_page(client: Client) -> None:
    voice = voice_of(somebody(None))
    cast.log_in(client, cast.facilitator())
    page = reverse("gatherings:answer_voice", args=["the-day", voice.id])
    assert "Say whether you did it" in client.post(page, {"words": "x"}).content.decode()
    client.post(page, {"kind": "doing", "words": "The tin is ordered."})
    seen = client.get(reverse("gatherings:voice", args=["the-day", voice.id])).content.decode()
    assert "The tin is ordered." in seen


def test_what_came_of_a_conversation_stands_on_its_page_and_nobody_is_written_to(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    talk = cast.an_open_conversation(slug="the-talk")
    crowds.crowd(talk, 30, crowds.two_camps)
    crowds.close_at_once(talk)
    finish.call(str(talk.id))
    Conversation.objects.update(phase=Phase.PUBLISHED)
    host = cast.log_in(Client(), cast.facilitator())
    form = reverse("conversations:facilitate_answer", args=["the-talk"])
    host.post(form, {"kind": "cannot", "words": "The law forbids it."})
    page = client.get(reverse("conversations:common_ground", args=["the-talk"])).content.decode()
    assert "<b>We cannot do it.</b> The law forbids it." in page
    assert "Nobody knows who answered, so nobody could be written to." in page
    words = host.get(form).content.decode()
    assert "Write an announcement" in words
    assert f"“{talk.question}” What came of it so far: We cannot do it." in html.unescape(words)
    assert mailoutbox == []
    assert not DBTaskResult.objects.filter(task_path=tasks.tell_back.module_path).exists()


def test_an_answer_answers_exactly_one_thing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportBack.objects.create(kind=DID, words="To nobody.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportBack.objects.create(kind=DID, words="To two.", thing="x", insight=insight_of())
