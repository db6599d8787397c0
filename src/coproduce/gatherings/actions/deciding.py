"""Writing down what was decided. It stands as it was written; a later one takes its place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible, in_hand
from coproduce.gatherings.models import Decision, Gathering, Insight
from coproduce.gatherings.to_be_found import decision_changed
from coproduce.people.models import Person
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.trust import log

LONGEST = 280
LONGEST_WHY = 1_000


@dataclass(frozen=True)
class Decided:
    """A decision as its host writes it down."""

    words: str
    decided_by: str  # who took it, or by which rule
    decided_on: date
    why: str = ""
    insights: Collection[Insight] = ()
    what_next: str = ""
    by_when: date | None = None


def decide(
    gathering: Gathering, decided: Decided, by: Person | None, instead_of: Decision | None = None
) -> Decision:
    """Write it into the log, for good; `instead_of` is the one that no longer holds."""
    words, who = plain_words(decided.words)[:LONGEST], plain_words(decided.decided_by)[:200]
    _check(decided, words, who)
    with in_hand(gathering):
        decision = Decision.objects.create(
            gathering=gathering,
            words=words,
            why=plain_paragraphs(decided.why)[:LONGEST_WHY],
            decided_by=who,
            decided_on=decided.decided_on,
            what_next=plain_words(decided.what_next)[:LONGEST],
            by_when=decided.by_when,
            written_by=by,
        )
        decision.insights.set(decided.insights)
        if instead_of is not None:
            _supersede(instead_of, decision)
            instead_of.refresh_from_db(fields=["superseded_by"])
            decision_changed(instead_of)
        decision_changed(decision)
        log.record("write a decision", decision.thing, by=by.id if by else None)
    return decision


def _check(decided: Decided, words: str, who: str) -> None:
    if not words:
        raise NotPossible("Say what was decided, in one sentence.")
    if not who:
        raise NotPossible("Say who decided it, or by which rule.")
    if decided.decided_on > timezone.localdate():
        raise NotPossible("That day is still to come. Write the decision down once it is taken.")
    if decided.by_when and not plain_words(decided.what_next):
        raise NotPossible("There is a last day, and nothing to be done by it. Say what happens.")


def _supersede(old: Decision, new: Decision) -> None:
    standing = Decision.objects.filter(pk=old.pk, gathering__place=new.gathering.place).standing()
    if not standing.update(superseded_by=new):
        raise NotPossible("Another decision has taken that one's place already. Look at it first.")
