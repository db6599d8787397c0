"""Whose answers may be inside a picture, and what are their moments?

The closing picture reads every vote. While people still answer, a picture reads what is kept of
the count, and no past vote. Of up to 20,000 people that is everybody; of more, it takes those with
the smallest pseudonyms: a fair draw, since a pseudonym is an HMAC, and the same one next time. The
ledger is asked about those drawn, so that no two pictures ever differ by a few people.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coproduce.analysis import Moments
from coproduce.analysis.live import Answers, among, follow
from coproduce.conversations.evidence import kept, live
from coproduce.conversations.evidence.answers import (
    HELD_BACK,
    admitted_to,
    answers_to,
    typed_in_for,
)
from coproduce.conversations.evidence.packing import unpack
from coproduce.conversations.models import Conversation
from coproduce.conversations.one_moment import one_moment
from coproduce.trust.gate import Admitted, KeptBack, only

MOST_PEOPLE = 20_000
NOT_DRAWN = (
    f"answers of people who are not among the {MOST_PEOPLE:,} drawn by chance for pictures in the "
    "room; the last picture has everybody"
)
NOBODY = Answers.of([], [], [])

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Inside:
    """Answers that may be in a picture, their moments, and who had some typed in for them.

    `moments` is None where none are kept of exactly these people: then they have to be counted.
    """

    admitted: Admitted
    moments: Moments | None
    typed_in_for: Ints

    @property
    def on_paper(self) -> int:
        """How many of these people had at least one answer typed in for them."""
        return int(np.isin(self.admitted.people, self.typed_in_for).sum())

    def only(self, people: Ints) -> "Inside":
        """The same for these people alone: those held back are taken out of the moments again."""
        within = only(self.admitted, people, why=HELD_BACK)
        return replace(self, admitted=within, moments=self._without_others(people))

    def _without_others(self, people: Ints) -> Moments | None:
        if self.moments is None:
            return None
        everybody = self.admitted
        others = ~np.isin(everybody.person, people)
        columns = (everybody.person, everybody.item, everybody.value)
        held_back = Answers(*(column[others] for column in columns))
        return follow(self.moments, before=held_back, after=NOBODY)


def from_votes(conversation: Conversation) -> Inside:
    """All that may be in a picture, read from the votes themselves."""
    return Inside(answers_to(conversation), None, typed_in_for(conversation))


def interim(conversation: Conversation) -> Inside:
    """All that may be in a picture now; whoever answered since the last time is counted first."""
    live.keep_up(conversation)
    with one_moment():
        standing = kept.kept_of(conversation)
        if standing is None:
            return from_votes(conversation)
        columns = unpack(kept.counted(conversation, first=MOST_PEOPLE))
        admitted = admitted_to(conversation, columns.person, columns.number, columns.choice)
        shown = list(conversation.statements.shown().values_list("number", flat=True))
    typed = np.unique(columns.person[columns.is_assisted])
    moments = among(standing.moments, shown)
    if standing.people <= MOST_PEOPLE:
        return Inside(admitted, moments, typed)
    others = int(moments.votes.sum()) - admitted.manifest.rows
    return Inside(_saying(admitted, KeptBack(others, NOT_DRAWN)), None, typed)


def _saying(admitted: Admitted, kept_back: KeptBack) -> Admitted:
    """The same answers, with one more reason why others are not among them."""
    reasons = (*admitted.manifest.kept_back, kept_back)
    return replace(admitted, manifest=replace(admitted.manifest, kept_back=reasons))
