"""What a whole hall may know of a conversation now: how many took part, and the common ground.

Hundreds of screens may ask every second; each process looks into the database once a second for
all of them. The head count is a count of people and nothing else. The common ground comes from
released figures only, so it moves in steps of ten people and more.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache

from coproduce.conversations import evidence, tasks
from coproduce.conversations.at_a_glance import ForAMoment
from coproduce.conversations.evidence import PublishedMap
from coproduce.conversations.models import Conversation
from coproduce.trust import releases

PEOPLE_FOR_A_PICTURE = 20  # ten who go out and ten who stay back; as many again for the next one
SECONDS_BETWEEN_REQUESTS = 5


@dataclass(frozen=True)
class Now:
    """A conversation as the room may see it, a moment ago."""

    conversation: Conversation
    people: int
    published: PublishedMap | None
    may_see: bool  # the facilitator's word, or everybody may

    @property
    def still_needed(self) -> int:
        """How many more people before there can be a first picture; 0 once there are enough."""
        return max(0, PEOPLE_FOR_A_PICTURE - self.people)

    @property
    def scene(self) -> str:
        """What stands on the screen apart from the numbers; a new scene is a new page."""
        return f"{self.conversation.phase}-{'open' if self.may_see else 'shut'}"


def head_count(conversation: Conversation) -> int:
    """How many have answered something, at most a second ago."""
    return _head_counts(conversation.id)


def now(conversation: Conversation) -> Now:
    """What the room may see; asks for the next snapshot when enough people have joined since."""
    people = head_count(conversation)
    may_see = conversation.room_shows_results or conversation.is_published
    if not may_see:
        return Now(conversation, people, None, may_see)
    _ask_for_picture(conversation, people)
    return Now(conversation, people, evidence.latest(conversation), may_see)


def _ask_for_picture(conversation: Conversation, people: int) -> None:
    """Have the next picture drawn once enough people have come since the last."""
    asked = f"picture-asked-for-{conversation.id}"
    if not conversation.is_open or not cache.add(asked, True, SECONDS_BETWEEN_REQUESTS):
        return
    newest = releases.newest(conversation.thing)
    if people >= (newest.people if newest else 0) + PEOPLE_FOR_A_PICTURE:
        tasks.refresh_room.enqueue(str(conversation.id))


_head_counts: ForAMoment[UUID, int] = ForAMoment(evidence.head_count)


def forget() -> None:
    """Begin anew: between two tests, conversations are counted afresh."""
    _head_counts.forget()
