"""What is sent and counted in the background, so that nobody who types ever waits for it."""

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from coproduce.people import channels
from coproduce.people.channels import Message
from coproduce.people.limits import Limit
from coproduce.people.models import Channel

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
