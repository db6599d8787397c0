"""Under which pseudonym does somebody answer, so that each counts once and nobody is known?

A pseudonym is an HMAC of an identifier under the key of the conversation. The identifier is
whatever somebody holds: a paper code, an account, a browser. With the key, the same holder always
comes back to their own answers; once the key is destroyed, nobody can go that way again. "One
each" therefore means one per identifier, and the pages say so.
"""

import hmac
import secrets
from typing import Literal, NewType, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coproduce.conversations.models import Conversation
from coproduce.gatherings.codes import CODE_LETTERS
from coproduce.people.models import Person
from coproduce.people.rights import person_of
from coproduce.trust.keys import read_key, recent_key

Identifier = NewType("Identifier", str)
Purpose = Literal["vote", "declaration"]

DEVICE_COOKIE = "device"
DEVICE_BYTES = 16
COOKIE_SECONDS = 180 * 24 * 3600  # longer than a conversation; the browser forgets it by itself

SLIP_LETTERS = 6
# Coprime to 27 letters, and so are neighbours' differences: one wrong letter or two swapped ones
# are always noticed.
SLIP_WEIGHTS = (1, 2, 4, 5, 7, 8)
CHECK_WEIGHT_INVERSE = pow(10, -1, len(CODE_LETTERS))  # the check letter weighs 10


class CookieRules(TypedDict):
    max_age: int
    httponly: bool
    samesite: Literal["Lax"]
    secure: bool


def pseudonym_of(
    conversation: Conversation, identifier: Identifier, *, purpose: Purpose = "vote"
) -> int:
    """The signed 64-bit number that stands for this holder in this conversation, for one purpose.

    Answers and declarations are different purposes: without the key, nothing leads from one to
    the other. Raises `trust.keys.KeyIsGone` once the conversation is closed.
    """
    digest = _keyed(recent_key(conversation.id), f"{purpose}:{identifier}")
    return int.from_bytes(digest[:8], "big", signed=True)


def identifier_of(request: HttpRequest, conversation: Conversation) -> Identifier | None:
    """Who is answering: the slip they typed in here, else their account, else their browser."""
    if code := remembered_code(request, conversation):
        return by_code(code)
    if person := signed_in(request):
        return by_person(person)
    if token := request.COOKIES.get(DEVICE_COOKIE):
        return by_device(token)
    return None


def by_code(code: str) -> Identifier:
    return Identifier(f"code:{code}")


def by_person(person: Person) -> Identifier:
    return Identifier(f"person:{person.id}")


def by_device(token: str) -> Identifier:
    # Cut: a browser may send whatever it likes, and this goes through the HMAC each time.
    return Identifier(f"device:{token[:64]}")


def signed_in(request: HttpRequest) -> Person | None:
    """The person who signed in; a browser without a session costs no look into the database."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return person_of(request.user)


def new_token() -> str:
    """What a browser is recognised by; it means nothing anywhere else."""
    return secrets.token_urlsafe(DEVICE_BYTES)


def remember_device(response: HttpResponse, token: str) -> None:
    response.set_cookie(DEVICE_COOKIE, token, **_cookie())


def remember_code(response: HttpResponse, conversation: Conversation, code: str) -> None:
    """From now on this browser answers as the holder of that slip, in this conversation only."""
    name = _code_cookie(conversation)
    response.set_signed_cookie(name, code, salt=name, **_cookie())


def forget_code(response: HttpResponse, conversation: Conversation) -> None:
    """Put the slip down again, for the next person on a shared phone."""
    response.delete_cookie(_code_cookie(conversation), samesite="Lax")


def remembered_code(request: HttpRequest, conversation: Conversation) -> str | None:
    name = _code_cookie(conversation)
    if name not in request.COOKIES:
        return None
    return request.get_signed_cookie(name, None, salt=name, max_age=COOKIE_SECONDS)


def slip_codes(conversation: Conversation) -> list[str]:
    """The codes of all slips given out so far, "BCD-FGHJ" each, in the order of printing.

    They follow from the key, so they are stored nowhere and die with it. More slips later leave
    the first ones as they were.
    """
    key = read_key(conversation.id)
    codes: dict[str, None] = {}
    turn = 0
    while len(codes) < conversation.slips:
        codes[_slip(key, turn)] = None  # two turns with one code: the next turn stands in
        turn += 1
    return list(codes)


def is_slip_of(conversation: Conversation, code: str) -> bool:
    """Whether this code stands on one of the slips of this conversation."""
    return code in slip_codes(conversation)


def read_code(text: str) -> str | None:
    """A slip's code as it is printed, from what somebody typed; nothing if it cannot be one."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(letters) != SLIP_LETTERS + 1 or not set(letters) <= set(CODE_LETTERS):
        return None
    if letters[-1] != _check_letter(letters[:-1]):
        return None
    return _shown(letters)


def _slip(key: bytes, turn: int) -> str:
    number = int.from_bytes(_keyed(key, f"slip:{turn}"), "big")
    letters = ""
    for _ in range(SLIP_LETTERS):
        number, place = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[place]
    return _shown(letters + _check_letter(letters))


def _check_letter(letters: str) -> str:
    """The letter that brings the weighted sum of all seven to a multiple of 27."""
    total = sum(
        weight * CODE_LETTERS.index(letter)
        for weight, letter in zip(SLIP_WEIGHTS, letters, strict=True)
    )
    return CODE_LETTERS[-total * CHECK_WEIGHT_INVERSE % len(CODE_LETTERS)]


def _shown(letters: str) -> str:
    return f"{letters[:3]}-{letters[3:]}"


def _keyed(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _code_cookie(conversation: Conversation) -> str:
    return f"slip-{conversation.id.hex}"


def _cookie() -> CookieRules:
    return {
        "max_age": COOKIE_SECONDS,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.SESSION_COOKIE_SECURE,
    }
