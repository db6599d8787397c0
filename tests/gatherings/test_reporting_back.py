"""Whoever said something hears what came of it, once, by their own way; everybody can read it."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from coproduce.gatherings import tasks
from coproduce.gatherings.actions import consenting, noting, reporting_back
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Insight, ReportBack, ToldBack
from coproduce.people.models import Channel, Person, Reach
from coproduce.trust.models import Named, Where
from tests import cast

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
