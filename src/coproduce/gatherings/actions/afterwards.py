"""Was their access need met? Answered by those who told one, heard by the coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.models import Gathering, NeedMet, Registration
from coproduce.gatherings.needs import who_told_a_need


@dataclass(frozen=True)
class Heard:
    """What people answered; for those who may see access needs, without names."""

    asked: int  # how many told a need beforehand and were coming
    counts: Sequence[tuple[str, int]]
    words: Sequence[str]


def may_answer(registration: Registration) -> bool:
    """Whether the question is theirs to answer: it is over, and they told a need."""
    gathering = registration.gathering
    if not (gathering.is_published and gathering.is_over()):
        return False
    return who_told_a_need(gathering).filter(pk=registration.pk).exists()


def answer(registration: Registration, met: NeedMet.Answer, words: str = "") -> NeedMet:
    """Their answer; another one takes the place of the one before, and words stay if none come."""
    gathering = registration.gathering
    with in_hand(gathering):
        if not may_answer(registration):
            raise NotPossible("This question is asked after a gathering, of those who told a need.")
        said, _ = NeedMet.objects.update_or_create(
            gathering=gathering,
            person=registration.person,
            defaults={"answer": met, **({"words": words} if words else {})},
        )
        record_deed("answer if it was met", gathering, registration.person)
    return said


def heard(gathering: Gathering) -> Heard:
    answers = list(gathering.needs_met.order_by("?"))  # nobody is told by their place in the list
    return Heard(
        asked=who_told_a_need(gathering).count(),
        counts=[
            (label, sum(one.answer == value for one in answers))
            for value, label in NeedMet.Answer.choices
        ],
        words=[one.words for one in answers if one.words],
    )
