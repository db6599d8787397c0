"""What of conversations is to be found? The question and the statements that people are shown.

Never who said one, even where they are named on the page (decision 0014).
"""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from coproduce.conversations.models import Conversation, Phase, Statement
from coproduce.search.index import Entry, put
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Kind, Room, row_by_row

NOTES = {
    Phase.OPEN: "open now",
    Phase.CLOSED: "closed, being read",
    Phase.PUBLISHED: "what people found",
}


def conversation_changed(conversation: Conversation) -> None:
    """After each deed that changes its words, its statements or who may read them."""
    put(_of_conversation(conversation))


def everything() -> Iterator[Entry]:
    shown = Prefetch("statements", Statement.objects.shown(), to_attr="on_show")
    held = Conversation.objects.on_show().select_related("place").prefetch_related(shown)
    yield from map(_of_conversation, row_by_row(held))


def _of_conversation(conversation: Conversation) -> Entry:
    page = "common_ground" if conversation.is_published else "talk"
    is_draft = conversation.phase == Phase.DRAFT
    return Entry(
        thing=conversation.thing,
        kind="conversation",
        title=conversation.question,
        text="" if is_draft else "\n".join(_said_in(conversation)),
        address=reverse(f"conversations:{page}", args=[conversation.slug]),
        seen=Seen.NOBODY if is_draft else Seen.EVERYBODY,
        where=conversation.place.name,
        note=NOTES.get(Phase(conversation.phase), ""),
        at=conversation.published_at or conversation.opened_at,
    )


def _said_in(conversation: Conversation) -> Iterator[str]:
    if conversation.welcome:
        yield conversation.welcome
    for statement in getattr(conversation, "on_show", conversation.statements.shown()):
        ways = (statement.words, statement.plain_words, statement.easy_read)
        yield from dict.fromkeys(filter(None, ways))


ROOM = Room((Kind("conversation", "Conversation", "Conversations"),), everything)
