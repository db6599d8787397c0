"""A message goes the way that somebody chose, and what became of it is told."""

import json
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage

from coproduce.people import channels
from coproduce.people.channels import AddressUnknown, Attachment, Message, Outcome
from coproduce.people.models import Channel, Person, Reach
from tests import cast

pytestmark = pytest.mark.django_db

HELLO = Message("You are coming", "We look forward to seeing you.")


def amina(*ways: tuple[Channel, str]) -> Person:
    person = cast.member()
    for channel, address in ways:
        Reach.objects.create(person=person, channel=channel, address=address)
    return person


def nobody_has_it(number: str, words: str) -> None:
    raise AddressUnknown


def test_an_email_carries_its_attachments(mailoutbox: list[EmailMessage]) -> None:
    file = Attachment("day.ics", b"BEGIN:VCALENDAR", "text/calendar")
    way = (Channel.EMAIL, "amina@example.org")
    assert channels.tell(amina(way), Message("A", "B", (file,))) is Outcome.SENT
    assert mailoutbox[0].to == ["amina@example.org"]
    assert [each[0] for each in mailoutbox[0].attachments] == ["day.ics"]


def test_the_first_way_that_works_is_used(mailoutbox: list[EmailMessage]) -> None:
    person = amina((Channel.EMAIL, "old@example.org"), (Channel.EMAIL, "new@example.org"))
    person.reaches.filter(address="old@example.org").fail()
    channels.tell(person, HELLO)
    assert mailoutbox[0].to == ["new@example.org"]


@pytest.mark.parametrize("channel", [Channel.POST, Channel.HELPER])
def test_a_letter_waits_to_be_printed(channel: Channel) -> None:
    assert channels.tell(amina((channel, "1 High Street")), HELLO) is Outcome.TO_PRINT


def test_whoever_gave_no_way_cannot_be_reached() -> None:
    assert channels.tell(cast.member(), HELLO) is Outcome.NO_WAY


def test_an_address_that_nobody_has_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    person = amina((Channel.EMAIL, "gone@example.org"))
    assert channels.tell(person, HELLO) is Outcome.CAME_BACK
    assert channels.tell(person, HELLO) is Outcome.NO_WAY


def test_a_mail_server_that_is_away_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang_up(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", hang_up)
    person = amina((Channel.EMAIL, "amina@example.org"))
    assert channels.tell(person, HELLO) is Outcome.NOT_NOW
    assert person.reaches.working().exists()


def test_without_a_service_for_texts_nothing_is_sent() -> None:
    assert channels.send(Channel.SMS, "07700 900123", HELLO) is Outcome.NOT_NOW


def test_the_demo_keeps_texts_in_a_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.SMS_SERVICE = "coproduce.people.texting.into_a_folder"
    settings.SMS_FOLDER = tmp_path / "texts"
    assert channels.send(Channel.SMS, "07700 900123", HELLO) is Outcome.SENT
    [text] = settings.SMS_FOLDER.glob("*.json")
    assert json.loads(text.read_text()) == {"to": "07700 900123", "words": HELLO.words}


def test_a_number_that_nobody_has_comes_back(settings: LazySettings) -> None:
    settings.SMS_SERVICE = f"{__name__}.nobody_has_it"
    assert channels.send(Channel.SMS, "07700 900123", HELLO) is Outcome.CAME_BACK


def test_a_gateway_without_https_is_refused(settings: LazySettings) -> None:
    settings.SMS_SERVICE = "coproduce.people.texting.through_a_gateway"
    settings.SMS_URL = "http://gateway.example.org"
    assert channels.send(Channel.SMS, "07700 900123", HELLO) is Outcome.NOT_NOW
