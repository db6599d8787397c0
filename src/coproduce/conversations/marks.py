"""Who has to be counted again? Whoever moves answers leaves a mark, in the same transaction.

So a mark is there exactly when the answers are, and the live count (`evidence.live`) can follow at
its own pace: it takes marks up later, together with what it made of them.
"""

import struct
from collections.abc import Collection, Iterable

from coproduce.conversations.models import Conversation, Mark

PEOPLE_A_MARK = 500  # more go on further marks, so that the count can take them in portions


def leave_marks(conversation: Conversation, people: Iterable[int]) -> None:
    """Have these people counted again."""
    everybody = sorted(set(people))
    Mark.objects.bulk_create(
        Mark(conversation=conversation, pseudonyms=packed(everybody[at : at + PEOPLE_A_MARK]))
        for at in range(0, len(everybody), PEOPLE_A_MARK)
    )


def packed(people: Collection[int]) -> bytes:
    """Pseudonyms in ascending order: which of them came first is nobody's business."""
    return struct.pack(f"<{len(people)}q", *sorted(people))


def unpacked(pseudonyms: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(pseudonyms) // 8}q", pseudonyms)
