"""How often may somebody register or guess a code before we ask them to wait?

By browser; by address only far above the size of a hall, which shares one.
"""

from django.conf import settings
from django.http import HttpRequest

from coproduce.people.limits import Limit, address_of

REGISTRATIONS = Limit("registrations", most=10, seconds=3600)
REGISTRATIONS_BY_ADDRESS = Limit("registrations by address", most=2_000, seconds=3600)
# 27^8 codes: a thousand guesses an hour find one of 2,000 in some sixteen thousand years.
WRONG_CODES = Limit("wrong codes of registrations", most=10, seconds=600)
WRONG_CODES_BY_ADDRESS = Limit("wrong codes of registrations by address", most=1_000, seconds=3600)
MESSAGES_TO_ONE = Limit("registrations reached by one address", most=10, seconds=3600)
SIGN_INS = Limit("sign-ins", most=20, seconds=3600)  # a phone that goes round a table
SIGN_INS_BY_ADDRESS = Limit("sign-ins by address", most=4_000, seconds=3600)


def browser_of(request: HttpRequest) -> str:
    """What tells one browser from another without an account: the cookie its forms carry."""
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def may_register(request: HttpRequest, reached_by: str) -> bool:
    """`reached_by`: where a message would go; a family may share it, a flood may not reach it."""
    address = address_of(request)
    return (
        REGISTRATIONS.take(browser_of(request))
        and REGISTRATIONS_BY_ADDRESS.take(address)
        and (not reached_by or MESSAGES_TO_ONE.take(reached_by))
    )


def may_sign_in(request: HttpRequest) -> bool:
    return SIGN_INS.take(browser_of(request)) and SIGN_INS_BY_ADDRESS.take(address_of(request))


def has_guessed_too_often(request: HttpRequest) -> bool:
    """By browser where it holds a cookie: those without one are many, and not one of them."""
    browser = browser_of(request)
    is_one_browser = bool(browser) and WRONG_CODES.is_reached(browser)
    return is_one_browser or WRONG_CODES_BY_ADDRESS.is_reached(address_of(request))


def note_wrong_code(request: HttpRequest) -> None:
    if browser := browser_of(request):
        WRONG_CODES.take(browser)
    WRONG_CODES_BY_ADDRESS.take(address_of(request))
