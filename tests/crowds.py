"""Many people at once: crowds that answer by a rule, so that a test knows what must come out."""

import random
from collections.abc import Callable

from django.utils import timezone

from coproduce.conversations.marks import leave_marks
from coproduce.conversations.models import Conversation, Declaration, Phase, Vote
from coproduce.trust.keys import destroy_key

Rule = Callable[[int, int], int | None]


def crowd(conversation: Conversation, people: int, rule: Rule, *, first: int = 0) -> list[int]:
    """So many people answer each shown statement by `rule(person, number)`; None is no answer."""
    chance = random.Random(f"{conversation.slug} {first}")
    pseudonyms = [chance.getrandbits(62) for _ in range(people)]
    statements = list(conversation.statements.shown())
    Vote.objects.bulk_create(
        Vote(pseudonym=pseudonym, statement=statement, choice=choice)
        for person, pseudonym in enumerate(pseudonyms, start=first)
        for statement in statements
        if (choice := rule(person, statement.number)) is not None
    )
    leave_marks(conversation, pseudonyms)  # as the ballot box does
    return pseudonyms


def two_camps(person: int, number: int) -> int:
    """Everybody agrees with 1 and turns down 2; on the others, two in three part from the rest."""
    if number == 1:
        return 1
    if number == 2:
        return -1
    mood = random.Random(f"{person} {number}").random()
    side = 1 if person % 3 else -1
    return side if mood < 0.9 else 0


def one_mind(person: int, number: int) -> int:
    """No camps: odd statements find agreement, even ones do not, with some noise."""
    mood = random.Random(f"{person} {number}").random()
    return (1 if number % 2 else -1) if mood < 0.85 else 0


def declare(conversation: Conversation, **parts: int) -> None:
    """So many people say this part of themselves: `declare(talk, carer=12)`."""
    wanted = {Declaration.Part[name.upper()]: count for name, count in parts.items()}
    Declaration.objects.bulk_create(
        Declaration(conversation=conversation, pseudonym=random.getrandbits(62), part=part)
        for part, count in wanted.items()
        for _ in range(count)
    )


def close_at_once(conversation: Conversation) -> Conversation:
    """Closed, its key gone; `tasks.finish` has not run yet."""
    conversation.phase = Phase.CLOSED
    conversation.closed_at = timezone.now()
    conversation.save()
    destroy_key(conversation.id)
    return conversation
