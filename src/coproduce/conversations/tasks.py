"""What is worked out in the background, so that nobody who votes or reads ever waits for it."""

import logging
from uuid import UUID

from django_tasks import task

from coproduce.conversations import evidence, report
from coproduce.conversations.forgetting import forget
from coproduce.conversations.models import Conversation, Phase
from coproduce.trust import log, releases
from coproduce.trust.keys import destroy_key
from coproduce.trust.models import LogEntry
from coproduce.trust.releases import Blocked, SomebodyWasFaster

FINISHED = "finish"

logger = logging.getLogger(__name__)


@task()
def refresh_room(conversation_id: str) -> str:
    """Draw the next interim picture, where the facilitator wants one and the ledger allows it."""
    conversation = Conversation.objects.get(pk=UUID(conversation_id))
    if not conversation.is_open or not conversation.room_shows_results:
        return "Nobody asked for a picture now."
    try:
        drawn = evidence.draw_interim(conversation)
    except SomebodyWasFaster:
        return "Another run has just drawn it."
    if isinstance(drawn, Blocked):
        return drawn.why
    log.record("show an interim picture", conversation.thing, by=None, note=f"no. {drawn.number}")
    return f"Picture {drawn.number} is out."


@task()
def finish(conversation_id: str) -> str:
    """Draw the closing picture, empty the ledger of people, and cut the way back to them.

    Run twice, or by two workers at once, it does the same as once.
    """
    conversation = Conversation.objects.get(pk=UUID(conversation_id))
    if conversation.phase not in (Phase.CLOSED, Phase.PUBLISHED):
        return "It is still going on."
    destroy_key(conversation.id)  # gone already, unless the server died just after the close
    said = _draw_last(conversation)
    forget(conversation)
    if releases.newest(conversation.thing) is not None:
        draw_report.enqueue(conversation_id)
    if not is_finished(conversation):
        log.record(FINISHED, conversation.thing, by=None, note=said[:200])
    return said


@task()
def check_moments(conversation_id: str) -> str:
    """Hold the live count against all votes, and count everybody again where they differ."""
    conversation = Conversation.objects.get(pk=UUID(conversation_id))
    if not conversation.is_open:
        return "It is over, so nothing is kept of the count."
    found = evidence.recount(conversation)
    if not found.is_fine:
        logger.error("The live count of %s was wrong: %s.", conversation.thing, found)
    return str(found)


@task()
def draw_report(conversation_id: str) -> str:
    """Draw the report as it will be once published, so that no reader waits for it."""
    conversation = Conversation.objects.select_related("place").get(pk=UUID(conversation_id))
    published = evidence.latest(conversation)
    if published is None:
        return "There is nothing to report."
    report.keep(conversation, published)
    return "The report is drawn."


def _draw_last(conversation: Conversation) -> str:
    newest = releases.newest(conversation.thing)
    if newest is not None and newest.is_last:
        return "The last picture is out."
    try:
        drawn = evidence.draw_last(conversation)
    except SomebodyWasFaster:
        return "Another run has drawn the last picture."
    if isinstance(drawn, Blocked):
        stands = releases.let_newest_stand(conversation.thing)
        return f"{drawn.why} The last picture from the room stands." if stands else drawn.why
    return "The last picture is out."


def is_finished(conversation: Conversation) -> bool:
    """Whether everything has been worked out that will ever be."""
    return LogEntry.objects.filter(thing=conversation.thing, deed=FINISHED).exists()


def why_nothing(conversation: Conversation) -> str:
    """Why a finished conversation shows what it shows, in a sentence."""
    entry = LogEntry.objects.filter(thing=conversation.thing, deed=FINISHED).first()
    return entry.note if entry else ""
