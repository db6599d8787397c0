"""Who is at the door of a conversation, and may they answer?"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from coproduce.conversations.models import Conversation
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    Identifier,
    identifier_of,
    new_token,
    pseudonym_of,
    remembered_code,
    signed_in,
)
from coproduce.people.rights import Deed, belonged, may
from coproduce.trust.keys import KeyIsGone, read_key


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. Who has never answered holds nothing that could be recognised."""

    conversation: Conversation
    identifier: Identifier | None
    may_answer: bool

    @property
    def pseudonym(self) -> int | None:
        if self.identifier is None:
            return None
        return pseudonym_of(self.conversation, self.identifier)


def visitor(request: HttpRequest, conversation: Conversation) -> Visitor:
    """Who is there. In an invited conversation a browser by itself is nobody."""
    if may_answer(request, conversation):
        return Visitor(conversation, identifier_of(request, conversation), True)
    return Visitor(conversation, None, False)


def may_answer(request: HttpRequest, conversation: Conversation) -> bool:
    """Anyone, or whoever was invited: by a slip, or as a member of the place when it opened.

    Anybody may join a place; nobody joins it to answer a question that is already put to others.
    """
    if conversation.electorate == Conversation.Electorate.OPEN:
        return True
    if remembered_code(request, conversation):
        return True
    person = signed_in(request)
    if person is None or conversation.opened_at is None:
        return False
    is_member = may(person, Deed.TAKE_PART_INVITED, conversation.place)
    opened_on = timezone.localdate(conversation.opened_at)
    return is_member and belonged(person, conversation.place, opened_on)


def is_answerable(conversation: Conversation) -> bool:
    """Open, and its key is here; a restored copy without keys counts as closed."""
    if not conversation.is_open:
        return False
    try:
        read_key(conversation.id)
    except KeyIsGone:
        return False
    return True


def first_token(request: HttpRequest) -> str:
    """The token of a browser that answers for the first time.

    It follows from the cookie that came with the form, so that a double tap, sent before the
    first answer came back, is still one and the same browser.
    """
    form_cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME) or new_token()
    return salted_hmac("coproduce.device", form_cookie).hexdigest()[:32]


def browser_of(request: HttpRequest) -> str:
    """What tells one browser from another before it has answered anything."""
    form_cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return request.COOKIES.get(DEVICE_COOKIE) or form_cookie
