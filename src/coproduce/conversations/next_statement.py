"""Which statement does somebody see next, and how likely was that?

By the rule of `analysis.routing`: what too few have answered, what would tell most about where they
stand, and one draw in ten by chance alone. The chance is kept with the showing, so that whoever
reads the answers later can weigh out what this rule preferred.
"""

import random
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core import signing

from coproduce.conversations import at_a_glance, ballot_box, evidence
from coproduce.conversations.ballot_box import BoxIsFull, Shown
from coproduce.conversations.models import Conversation, Showing, Statement, Vote

_chance = random.SystemRandom()
_seal = signing.Signer(salt="coproduce.conversations.draw")


@dataclass(frozen=True, slots=True)
class Draw:
    """A statement that was drawn, and the probability that it would be."""

    statement_id: int
    probability: float


def draw(likely: Mapping[int, float], chance: random.Random) -> Draw | None:
    """One statement by its chance; the same chances and the same generator draw the same one."""
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
    drawn = draw(_likely(conversation, answered), _chance)
    if drawn is None:
        return None, ""
    if pseudonym is None:
        return drawn.statement_id, sealed(drawn)
    try:
        ballot_box.cast([], [Shown(pseudonym, drawn.statement_id, drawn.probability)])
    except BoxIsFull:  # reading goes on: the draw is written down together with the answer
        return drawn.statement_id, sealed(drawn)
    return drawn.statement_id, ""


def _likely(conversation: Conversation, answered: Collection[int]) -> dict[int, float]:
    """How likely each statement is that this person has not answered, by its id."""
    on_show = at_a_glance.shown(conversation)
    answers = at_a_glance.answers(conversation)
    left = {number: answers.get(one, 0) for number, one in on_show.items() if one not in answered}
    already = [number for number, one in on_show.items() if one in answered]
    likely = evidence.chances(left, already, at_a_glance.routing(conversation))
    return {on_show[number]: probability for number, probability in likely.items()}


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
