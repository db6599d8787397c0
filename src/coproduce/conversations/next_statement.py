"""Which statement does somebody see next, and how likely was that?

Coverage first. Nine draws in ten go to statements that too few people have answered, in
proportion to how many answers each still lacks; one draw in ten, and every draw once nothing
lacks, takes any statement that is left with the same chance. The chance is kept with the showing,
so that whoever reads the answers later can weigh out what this rule preferred.
"""

import random
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core import signing

from coproduce.conversations import at_a_glance, ballot_box
from coproduce.conversations.ballot_box import BoxIsFull, Shown
from coproduce.conversations.models import Conversation, Showing, Statement, Vote

ENOUGH_ANSWERS = 30  # ten in each of three groups: what a share needs before it may be shown
AT_RANDOM = 0.1  # methods: one draw in ten owes nothing to the counts

_chance = random.SystemRandom()
_seal = signing.Signer(salt="coproduce.conversations.draw")


@dataclass(frozen=True, slots=True)
class Draw:
    """A statement that was drawn, and the probability that it would be."""

    statement_id: int
    probability: float


def chances(answers: Mapping[int, int]) -> dict[int, float]:
    """How likely each statement is to be drawn, from how many answers each has; they sum to 1."""
    if not answers:
        return {}
    lacking = {statement: max(0, ENOUGH_ANSWERS - n) for statement, n in answers.items()}
    total = sum(lacking.values())
    even = 1 / len(answers)
    if total == 0:
        return dict.fromkeys(answers, even)
    return {
        statement: (1 - AT_RANDOM) * lack / total + AT_RANDOM * even
        for statement, lack in lacking.items()
    }


def draw(answers: Mapping[int, int], chance: random.Random) -> Draw | None:
    """One statement by its chance; the same counts and the same generator draw the same one."""
    likely = chances(answers)
    if not likely:
        return None
    statements = sorted(likely)
    (drawn,) = chance.choices(statements, [likely[statement] for statement in statements])
    return Draw(drawn, likely[drawn])


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody sees when it is their turn."""

    statement: Statement | None  # None: they have answered everything there is
    choice: int | None  # what they answered to it before
    sealed: str  # the draw, to go along with the form where nothing could be stored yet
    done: int
    total: int

    @property
    def progress(self) -> str:
        return f"{self.done} of about {self.total}"


def turn(conversation: Conversation, pseudonym: int | None, number: int | None = None) -> Turn:
    """The statement that lies before them, or a newly drawn one, or the one they asked for."""
    on_show = at_a_glance.shown(conversation)
    answered = _answered(pseudonym, on_show.values())
    wanted, sealed = on_show.get(number) if number else None, ""
    if wanted is None:
        wanted = _unanswered(pseudonym, set(on_show.values()).difference(answered))
    if wanted is None:
        wanted, sealed = _drawn(conversation, pseudonym, answered)
    statement = _on_show(conversation, wanted) if wanted else None
    return Turn(
        statement=statement,
        choice=answered.get(statement.id) if statement else None,
        sealed=sealed,
        done=len(answered),
        total=len(on_show),
    )


def _answered(pseudonym: int | None, on_show: Collection[int]) -> dict[int, int]:
    if pseudonym is None:
        return {}
    votes = Vote.objects.filter(pseudonym=pseudonym).values_list("statement_id", "choice")
    return {statement: choice for statement, choice in votes if statement in on_show}


def _unanswered(pseudonym: int | None, left: AbstractSet[int]) -> int | None:
    """A statement they were shown before and have not answered: it is not drawn again."""
    if pseudonym is None or not left:
        return None
    showings = Showing.objects.filter(pseudonym=pseudonym).values_list("statement_id", flat=True)
    return min(left & set(showings), default=None)


def _drawn(
    conversation: Conversation, pseudonym: int | None, answered: Collection[int]
) -> tuple[int | None, str]:
    """A new draw, written down as shown; sealed instead for those who hold nothing yet."""
    on_show = at_a_glance.shown(conversation).values()
    answers = at_a_glance.answers(conversation)
    drawn = draw({one: answers.get(one, 0) for one in on_show if one not in answered}, _chance)
    if drawn is None:
        return None, ""
    if pseudonym is None:
        return drawn.statement_id, sealed(drawn)
    try:
        ballot_box.cast([], [Shown(pseudonym, drawn.statement_id, drawn.probability)])
    except BoxIsFull:  # reading goes on: the draw is written down together with the answer
        return drawn.statement_id, sealed(drawn)
    return drawn.statement_id, ""


def sealed(drawn: Draw) -> str:
    """A draw that a form takes along and brings back unchanged."""
    return _seal.sign(f"{drawn.statement_id}:{drawn.probability!r}")


def unsealed(text: str, statement_id: int, pseudonym: int) -> list[Shown]:
    """The showing that a form brought back, if we drew it and it is of this statement."""
    if not text:
        return []
    try:
        drawn, probability = _seal.unsign(text).split(":")
    except signing.BadSignature:
        return []
    if int(drawn) != statement_id:
        return []
    return [Shown(pseudonym, statement_id, float(probability))]


def _on_show(conversation: Conversation, statement_id: int) -> Statement | None:
    return conversation.statements.shown().filter(pk=statement_id).select_related("author").first()
