"""What a whole hall may know of a conversation now: how many took part, and the common ground.

The picture comes in steps, at the facilitator's word: everybody, groups, common ground, divides.

Hundreds of screens may ask every second; each process looks into the database once a second for
all of them. The head count is a count of people and nothing else. The common ground comes from
released figures only, so it moves in steps of ten people and more.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.utils.safestring import SafeString

from coproduce.conversations import evidence, tasks
from coproduce.conversations.at_a_glance import ForAMoment
from coproduce.conversations.evidence import Line, PublishedMap
from coproduce.conversations.models import Conversation, RoomStep
from coproduce.trust import releases

LINES_ON_SCREEN, CHARACTERS_IN_A_LINE = 16, 50  # at a size that the back row can read
MOST_LISTED = 4  # more at once nobody takes in
PEOPLE_FOR_A_PICTURE = releases.people_for_next(0)
SECONDS_BETWEEN_REQUESTS = 5


@dataclass(frozen=True)
class Listed:
    """The first lines of a list, whole, as many as fit on a screen; and how many more there are."""

    lines: tuple[Line, ...]
    more: int

    @classmethod
    def fitting(cls, lines: Sequence[Line]) -> "Listed":
        chosen: list[Line] = []
        left = float(LINES_ON_SCREEN)
        for line in lines[:MOST_LISTED]:
            left -= 1.5 + math.ceil(len(line.words) / CHARACTERS_IN_A_LINE)
            if chosen and left < 0:
                break
            chosen.append(line)
        return cls(tuple(chosen), len(lines) - len(chosen))


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
    def step(self) -> RoomStep:
        """What the screen shows; people arriving until there is a picture that may be seen."""
        if self.published is None or not self.may_see:
            return RoomStep.ARRIVING
        return RoomStep(self.conversation.room_step)

    @property
    def listed(self) -> Listed:
        """What this step lists: common ground, divides, or what everybody is split on."""
        if self.published is None:
            return Listed((), 0)
        if self.step == RoomStep.COMMON_GROUND:
            return Listed.fitting(self.published.common_ground)
        return Listed.fitting(self.published.divides or self.published.splits)

    @property
    def drawn(self) -> SafeString:
        """The map as this step shows it."""
        if self.published is None or not self.published.picture.dots:
            return SafeString("")
        picture = self.published.picture
        if self.step == RoomStep.EVERYBODY:
            return picture.together
        if self.step == RoomStep.GROUPS:
            return picture.forming
        if self.step == RoomStep.DIVIDES and self.published.divides:
            return picture.drawn(pins=[line.number for line in self.listed.lines])
        return picture.svg


@dataclass(frozen=True)
class Stepping:
    """The step that is on the screen, and where one can go from there."""

    now: RoomStep

    @property
    def steps(self) -> tuple[RoomStep, ...]:
        return tuple(RoomStep)

    @property
    def back(self) -> RoomStep:
        return RoomStep(max(self.now - 1, min(RoomStep)))

    @property
    def next(self) -> RoomStep:
        return RoomStep(min(self.now + 1, self.last))

    @property
    def last(self) -> RoomStep:
        return max(RoomStep)

    @property
    def is_first(self) -> bool:
        return self.back == self.now

    @property
    def is_last(self) -> bool:
        return self.now == self.last


def head_count(conversation: Conversation) -> int:
    """How many have answered something, at most a second ago."""
    return _head_counts(conversation.id)


def now(conversation: Conversation) -> Now:
    """What the room may see; asks for the next snapshot when enough people have joined since."""
    people = head_count(conversation)
    may_see = conversation.room_may_see
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
    if people >= releases.people_for_next(newest.people if newest else 0):
        tasks.refresh_room.enqueue(str(conversation.id))


_head_counts: ForAMoment[UUID, int] = ForAMoment(evidence.head_count)


def forget() -> None:
    """Begin anew: between two tests, conversations are counted afresh."""
    _head_counts.forget()
