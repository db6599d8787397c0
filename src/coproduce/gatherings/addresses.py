"""Where is what, as it goes out in messages, calendars and on paper: whole addresses."""

from django.conf import settings
from django.urls import reverse

from coproduce.gatherings.models import Gathering, Registration


def of_gathering(gathering: Gathering) -> str:
    return _whole("gatherings:gathering", gathering.slug)


def of_registration(registration: Registration) -> str:
    """The page of one registration: whoever has this address has the code."""
    return _whole("gatherings:coming", registration.code)


def of_met_question(registration: Registration) -> str:
    return _whole("gatherings:need_met", registration.code)


def of_sign_in(gathering: Gathering) -> str:
    """Where a phone in the hall signs in on the day."""
    return _whole("gatherings:here", gathering.code)


def of_my_words(code: str) -> str:
    """What somebody said and allowed, by their code."""
    return _whole("gatherings:my_words", code)


def typed(address: str) -> str:
    """An address as it is read aloud and typed."""
    return address.partition("://")[2].rstrip("/")


def _whole(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)
