"""How many have answered something? Told from what is kept of the count, where there is one."""

from uuid import UUID

from coproduce.conversations.marks import unpacked
from coproduce.conversations.models import CountedPerson, LiveCount, Mark, Vote
from coproduce.conversations.one_moment import one_moment

MOST_WAITING = 5_000  # more pile up only where no worker runs, or before it has begun


def head_count(conversation: UUID) -> int:
    """People with at least one answer: those counted, corrected by those who are marked.

    So the number on the screen moves every second however much has been answered before.
    """
    with one_moment():
        count = LiveCount.objects.filter(pk=conversation).values_list("people", flat=True).first()
        waiting = _waiting(conversation)
        if count is None or waiting is None:
            votes = Vote.objects.filter(statement__conversation=conversation)
            return votes.values("pseudonym").distinct().count()
        counted = CountedPerson.objects.filter(conversation=conversation, pseudonym__in=waiting)
        # By person alone, which is quick: a pseudonym answers in one conversation only.
        answering = Vote.objects.filter(pseudonym__in=waiting).values("pseudonym").distinct()
        return count - counted.count() + answering.count()


def _waiting(conversation: UUID) -> set[int] | None:
    """Those who are marked; None where they are too many to look at each of them."""
    marks = Mark.objects.filter(conversation=conversation)
    rows = list(marks.values_list("pseudonyms", flat=True)[: MOST_WAITING + 1])
    people = {who for row in rows for who in unpacked(bytes(row))}
    return people if max(len(rows), len(people)) <= MOST_WAITING else None
