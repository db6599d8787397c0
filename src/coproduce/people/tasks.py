"""What is sent and counted in the background, so that nobody who types ever waits for it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from coproduce.people import channels
from coproduce.people.channels import Message, Outcome
from coproduce.people.limits import Limit
from coproduce.people.models import Channel, Promise

# Whoever types other people's addresses must not be able to fill their boxes.
WELCOMES = Limit("welcomes", most=2, seconds=86_400)


@task()
def welcome(channel: str, address: str) -> str:
    """Say hello to whoever joined; the same words to a known address and to an unknown one."""
    if not WELCOMES.take(address):
        return "This address was written to already today."
    return channels.send(Channel(channel), address, _welcome()).value


def _welcome() -> Message:
    way_in = f"{settings.BASE_URL}{reverse('account_request_login_code')}"
    return Message(
        f"You joined the {settings.WAGTAIL_SITE_NAME}",
        f"Hello,\n\nsomebody joined the {settings.WAGTAIL_SITE_NAME} with this address. If it was "
        f"you: welcome! If you gave an email address, you can sign in with it, without a password:"
        f"\n{way_in}\n\nIf it was not you, you need not do anything. Nobody can read or change "
        "anything of yours with it.\n",
    )


@task()
def remind_of_promises() -> str:
    """Ask whoever promised something half a year ago how it went; each of them once."""
    reminded = sum(_remind(promise) for promise in Promise.objects.to_remind())
    return f"Reminders sent: {reminded}"


def _remind(promise: Promise) -> bool:
    """Say that it was done before doing it: cut off in between, nobody is reminded twice."""
    before = promise.reminded_at
    due = Promise.objects.to_remind().filter(pk=promise.pk)
    if not due.update(reminded_at=timezone.now()):
        return False
    outcome = channels.tell(promise.person, _reminder(promise))
    if outcome is Outcome.NOT_NOW:
        Promise.objects.filter(pk=promise.pk).update(reminded_at=before)
    return outcome is Outcome.SENT


def _reminder(promise: Promise) -> Message:
    page = f"{settings.BASE_URL}{reverse('people:you_promises')}"
    return Message(
        "How did your promise go?",
        f"Hello,\n\non {promise.made_at:%-d %B %Y} you said: “{promise.words}”\n\nDid it work out? "
        f"Tell us here, or take it back; both are fine:\n{page}\n",
    )
