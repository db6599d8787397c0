"""What does the room say now? A count that follows the votes and never reads the past ones again.

Whoever moves answers leaves a mark. A refresh looks at the marked people alone: what was counted
of them goes out, what they say now comes in, and moments, rows and the end of the marks are
written in one transaction. Cut off anywhere, it has happened or it has not. The arithmetic comes
before that transaction, on answers read after the marks: a vote that arrives meanwhile has a mark
of its own, and is counted next time.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from coproduce.conversations.evidence import kept
from coproduce.conversations.evidence.kept import Kept, Move, NotAsCounted
from coproduce.conversations.forgetting import forget_live_count
from coproduce.conversations.marks import leave_marks, unpacked
from coproduce.conversations.models import Conversation, LiveCount, Mark, Phase
from coproduce.trust import log

PEOPLE_AT_ONCE = 1_000  # counted in one transaction, during which others cannot write on SQLite
MOST_STATEMENTS = 2_000  # the tables grow with their square: beyond, votes are read instead
MENDED = "mend the live count"


@dataclass(frozen=True)
class Portion:
    """Marks that are taken up together, and whom they name."""

    marks: tuple[int, ...]
    people: tuple[int, ...]


def is_kept(conversation: Conversation) -> bool:
    """Whether a live count is kept: while it is open, unless there are too many statements."""
    return conversation.is_open and conversation.statements.count() <= MOST_STATEMENTS


def keep_up(conversation: Conversation) -> None:
    """Count everybody who was marked before this moment."""
    if not is_kept(conversation):
        forget_live_count(conversation)
        return
    _begin(conversation)
    try:
        _take_up_marks(conversation)
    except NotAsCounted as unfit:
        start_over(conversation, why=str(unfit))
        _take_up_marks(conversation)


def count_now(conversation: Conversation, people: Collection[int]) -> None:
    """Count these people within the caller's transaction, which holds the conversation.

    What somebody takes back is then gone from here too, the moment it is gone from the votes.
    """
    try:
        standing = kept.kept_of(conversation)
        if standing is not None:
            move = _move_of(conversation, people)
            kept.write(conversation, move.applied_to(standing), move)
    except NotAsCounted as unfit:
        start_over(conversation, why=str(unfit))


def start_over(conversation: Conversation, why: str) -> None:
    """Forget what was counted, and have everybody counted again from their votes."""
    people = kept.everybody(conversation)  # whoever comes after this look leaves a mark themselves
    with transaction.atomic():
        if not _is_held_open(conversation):
            return
        forget_live_count(conversation)
        LiveCount.objects.create(conversation=conversation)
        leave_marks(conversation, people)
        log.record(MENDED, conversation.thing, by=None, note=why[:200])


def _begin(conversation: Conversation) -> None:
    """Where nothing has been counted yet, mark everybody who is there already."""
    if LiveCount.objects.filter(conversation=conversation).exists():
        return
    people = kept.everybody(conversation)
    with transaction.atomic():
        if not _is_held_open(conversation):
            return
        if LiveCount.objects.get_or_create(conversation=conversation)[1]:
            leave_marks(conversation, people)


def _take_up_marks(conversation: Conversation) -> None:
    for portion in _portions(conversation):
        while not _is_settled(conversation, portion):
            pass  # another run changed the count meanwhile: once more, on what it made of it


def _portions(conversation: Conversation) -> Iterator[Portion]:
    """The marks there are now, so many at a time that few people are counted at once."""
    marks: list[int] = []
    people: set[int] = set()
    rows = Mark.objects.filter(conversation=conversation).values_list("id", "pseudonyms")
    for mark, pseudonyms in list(rows):
        marks.append(mark)
        people.update(unpacked(bytes(pseudonyms)))
        if len(people) >= PEOPLE_AT_ONCE:
            yield Portion(tuple(marks), tuple(people))
            marks, people = [], set()
    if marks:
        yield Portion(tuple(marks), tuple(people))


def _is_settled(conversation: Conversation, portion: Portion) -> bool:
    """Count these people; False where another run has changed the count since we looked at it."""
    standing = kept.kept_of(conversation)
    if standing is None:
        return True  # closed, or begun anew with marks of its own
    move = _move_of(conversation, portion.people)
    now = move.applied_to(standing)
    with transaction.atomic():
        if not _is_held_open(conversation):
            return True
        if not _still_stands(conversation, standing):
            return False
        if move:
            kept.write(conversation, now, move)
        Mark.objects.filter(pk__in=portion.marks).delete()
    return True


def _move_of(conversation: Conversation, people: Collection[int]) -> Move:
    return Move.between(kept.counted(conversation, people), kept.stored(conversation, people))


def _is_held_open(conversation: Conversation) -> bool:
    """Whether it is open, and stays so until the transaction ends; votes hold it the same way."""
    phase = Conversation.objects.filter(pk=conversation.pk).order_by().values_list("phase")
    sql, values = phase.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql + (" FOR SHARE" if connection.vendor == "postgresql" else ""), values)
        row = cursor.fetchone()
    return row is not None and bool(row[0] == Phase.OPEN)


def _still_stands(conversation: Conversation, standing: Kept) -> bool:
    """Whether the count is the one we looked at; from here on only we change it."""
    row = LiveCount.objects.select_for_update().filter(conversation=conversation)
    return list(row.values_list("stamp", flat=True)) == [standing.stamp]
