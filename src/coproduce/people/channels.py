"""How does a message get to somebody? By the channel they chose, or onto paper.

`send` tells what became of it, and never who it was: addresses do not enter any log.
"""

from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from coproduce.people.models import Channel, Person, Reach


class Outcome(Enum):
    """What became of one message."""

    SENT = "sent"
    TO_PRINT = "to be printed"  # by post, or for a helper to tell
    CAME_BACK = "came back"  # nobody has this address
    NOT_NOW = "not sent yet"  # the service is away or not set up: worth another try
    NO_WAY = "cannot be reached"  # no way of reaching them is known


class NoService(Exception):
    """There is no service for this channel here; the sentence says how to get one."""


class AddressUnknown(Exception):
    """The service says that nobody has this address."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with an e-mail."""

    name: str
    content: bytes
    kind: str  # "text/calendar"


@dataclass(frozen=True)
class Message:
    """What is to be said. A text message has no subject and no attachments: say it in `words`."""

    subject: str
    words: str
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()  # of an e-mail: how its program can unsubscribe


def send(channel: Channel, address: str, message: Message) -> Outcome:
    """Put one message on its way."""
    match channel:
        case Channel.EMAIL:
            return _by_email(address, message)
        case Channel.SMS:
            return _by_text(address, message)
        case _:
            return Outcome.TO_PRINT


def tell(person: Person, message: Message) -> Outcome:
    """Put a message on its way by the first channel of theirs that works."""
    reach = person.reaches.working().first()
    return Outcome.NO_WAY if reach is None else through(reach, message)


def through(reach: Reach, message: Message) -> Outcome:
    """Put a message on its way by this channel; one that came back is not tried again."""
    outcome = send(Channel(reach.channel), reach.address, message)
    if outcome is Outcome.CAME_BACK:
        Reach.objects.filter(pk=reach.pk).fail()
    return outcome


def _by_email(address: str, message: Message) -> Outcome:
    mail = EmailMessage(message.subject, message.words, to=[address], headers=dict(message.headers))
    for each in message.attachments:
        mail.attach(each.name, each.content, each.kind)
    try:
        mail.send()
    except SMTPRecipientsRefused:
        return Outcome.CAME_BACK
    except (SMTPException, OSError):
        return Outcome.NOT_NOW
    return Outcome.SENT


def _by_text(number: str, message: Message) -> Outcome:
    try:
        import_string(settings.SMS_SERVICE)(number, message.words)
    except AddressUnknown:
        return Outcome.CAME_BACK
    except (NoService, OSError):
        return Outcome.NOT_NOW
    return Outcome.SENT
