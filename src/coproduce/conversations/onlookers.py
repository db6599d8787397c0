"""Who may see what a conversation found, and when?"""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from coproduce.conversations.models import Conversation, Phase
from coproduce.people.rights import Deed, may, person_of

KIND = "conversation"


def may_see(request: HttpRequest, conversation: Conversation) -> bool:
    """Everybody once it is published or the room was given the word; facilitators always."""
    if conversation.phase == Phase.DRAFT:
        return False
    if conversation.room_may_see:
        return True
    return is_facilitating(request, conversation)


def is_facilitating(request: HttpRequest, conversation: Conversation) -> bool:
    """Whether whoever looks may publish here."""
    return may(person_of(request.user), Deed.PUBLISH, conversation.place)


def may_ask_for_rows(request: HttpRequest, conversation: Conversation) -> bool:
    """Whether whoever looks is one of those who may release rows of votes, two together."""
    return may(person_of(request.user), Deed.RELEASE_ROWS, conversation.place)


def page_of(request: HttpRequest, thing: str) -> str | None:
    """The common-ground page of a thing, for whoever may see it: the rule left with trust."""
    conversation_id = UUID(thing.partition(":")[2])
    conversation = Conversation.objects.select_related("place").filter(pk=conversation_id).first()
    if conversation is None or not may_see(request, conversation):
        return None
    return reverse("conversations:common_ground", args=[conversation.slug])
