"""Does the result hang on a few? The same map without answers that may not be what they seem."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import pdtrc

from coproduce.analysis.arrays import Columns
from coproduce.analysis.layers import ANSWERS_TO_BE_GROUPED
from coproduce.analysis.opinion_map import OpinionMap, map_opinions
from coproduce.analysis.votes import (
    Flags,
    Floats,
    Ints,
    VoteTable,
    vote_table,
)

ALIKE_BY_CHANCE = 1e-4  # expected false alarms in a whole conversation
FEWEST_ALIKE = 3  # two who answer alike are a couple
ANSWERS_ALIKE = 12  # on fewer statements people of one camp often agree on all
MINUTE = 60  # seconds
USUAL_RUSH = 10.0  # so many times the usual number of newcomers a minute is a hall that opens
FEWEST_IN_BURST = 20

EQUAL, BURST, FEW = "identical answers", "a burst of newcomers", "few answers"


@dataclass(frozen=True)
class Without:
    """The map without some people, beside the map with everybody.

    `why` they are left out, `people` how many, `k` groups then. `gained` and `lost`: statements
    that are common ground (agreed or rejected by all) only without, or only with them.
    """

    why: str
    people: int
    k: int | None
    gained: tuple[int, ...]
    lost: tuple[int, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the same lines stand."""
        return not self.gained and not self.lost


def odd_people(
    person: ArrayLike,
    statement: ArrayLike,
    vote: ArrayLike,
    found: OpinionMap,
    *,
    seconds: ArrayLike | None = None,
) -> dict[str, Ints]:
    """People whose answers may not be what they seem: {why: their ids}.

    Identical answers: at least 3 people who gave exactly the same answers to exactly the same
    statements, 12 or more of them, and more than chance explains even if they are of one group
    (one of them stays). A burst of newcomers, where `seconds` (R,) says when each vote was cast:
    people whose first vote fell in a minute in which at least 20 and ten times as many as usual
    began. Few answers: people who answered fewer than 7 statements. The columns are those that
    `found` was made of.

    That something is odd does not say that it is wrong: a hall that opens its doors is a burst.

    Most likely broken: that answers within a group are independent, which makes alike ones look
    rarer than they are; hence the small expected number of false alarms, 1 in 10,000 conversations.
    Source: Poisson tail of the expected number of equals, as in Feller (1968), section VI.5; the
    thresholds are our own.

    >>> from coproduce.analysis import map_opinions
    >>> answers = np.random.default_rng(1).choice([-1, 1], size=(40, 20))
    >>> answers[34:] = answers[0]  # six copies of one
    >>> person, statement = np.divmod(np.arange(800), 20)
    >>> found = map_opinions(person, statement, answers.reshape(-1), groups=1)
    >>> odd = odd_people(person, statement, answers.reshape(-1), found)
    >>> {why: people.size for why, people in odd.items()}
    {'identical answers': 6, 'few answers': 0}
    """
    table = vote_table(person, statement, vote)
    odd = {EQUAL: _copies(table, found)}
    if seconds is not None:
        when = np.asarray(seconds, dtype=np.float64)
        odd[BURST] = _in_bursts(np.asarray(person, dtype=np.int64), when)
    odd[FEW] = table.people[(table.answered < ANSWERS_TO_BE_GROUPED)[table.pattern_of]]
    return odd


def try_without(
    person: ArrayLike,
    statement: ArrayLike,
    vote: ArrayLike,
    found: OpinionMap,
    *,
    seconds: ArrayLike | None = None,
) -> tuple[Without, ...]:
    """What would stand if odd answers had not come: one entry for each kind of `odd_people`.

    An entry whose `people` is 0 found nobody. Source: leaving out, as in Cook & Weisberg (1982).

    >>> from coproduce.analysis import map_opinions
    >>> answers = np.random.default_rng(1).choice([-1, 1], size=(40, 20))
    >>> person, statement = np.divmod(np.arange(800), 20)
    >>> found = map_opinions(person, statement, answers.reshape(-1))
    >>> [each.people for each in try_without(person, statement, answers.reshape(-1), found)]
    [0, 0]
    """
    columns = [np.asarray(each, dtype=np.int64) for each in (person, statement, vote)]
    odd = odd_people(person, statement, vote, found, seconds=seconds)
    return tuple(_without(why, people, columns, found) for why, people in odd.items())


def _without(why: str, people: Ints, columns: Sequence[Ints], found: OpinionMap) -> Without:
    if not people.size:
        return Without(why, 0, found.k, (), ())
    kept = ~np.isin(columns[0], people)
    moderated = found.moderated
    other = map_opinions(*(each[kept] for each in columns), moderated=moderated, seed=found.seed)
    before, after = _shared(found), _shared(other)
    return Without(
        why,
        int(people.size),
        other.k,
        gained=tuple(sorted(after - before)),
        lost=tuple(sorted(before - after)),
    )


def _shared(found: OpinionMap) -> set[int]:
    return {line.statement for line in (*found.common_ground, *found.rejected_by_all)}


def _copies(table: VoteTable, found: OpinionMap) -> Ints:
    """All but one of those who answered more alike than chance explains."""
    counts = _counts(table, found)
    suspected = np.flatnonzero((table.weight >= FEWEST_ALIKE) & (table.answered >= ANSWERS_ALIKE))
    rare = [pattern for pattern in suspected.tolist() if _is_rare(table, pattern, counts)]
    copies = [np.flatnonzero(table.pattern_of == pattern)[1:] for pattern in rare]
    return table.people[np.concatenate(copies)] if copies else np.zeros(0, dtype=np.int64)


def _is_rare(table: VoteTable, pattern: int, counts: list[Floats]) -> bool:
    """Whether so many with the same answers are beyond chance in every group, and in all.

    In their own group the copies do not count: they would make their own answers look usual.
    """
    rows = slice(int(table.start[pattern]), int(table.start[pattern + 1]))
    answers = table.column[rows], table.vote[rows].astype(np.int64) + 1
    besides = int(table.weight[pattern]) - 1
    everybody, *groups = counts
    chance = max(
        _chance_of(answers, everybody, 0), *(_chance_of(answers, one, besides) for one in groups)
    )
    tail = float(pdtrc(besides - 1, float(table.weight.sum()) * chance))
    return tail * table.weight.size < ALIKE_BY_CHANCE


def _chance_of(answers: tuple[Columns, Ints], counts: Floats, besides: int) -> float:
    """How likely somebody gives exactly these answers, each by its share among the others."""
    column = answers[0]
    same = np.maximum(counts[answers] - besides, 0.0)
    others = np.maximum(counts[column].sum(axis=1) - besides, 0.0)
    return float(np.exp(np.log((same + 1) / (others + 3)).sum()))


def _counts(table: VoteTable, found: OpinionMap) -> list[Floats]:
    """For everybody and each group: how many gave each answer to each statement (S, 3)."""
    of_pattern = np.full(table.weight.size, "", dtype="<U1")
    of_pattern[table.pattern_of] = [found.groups[who] or "" for who in table.people.tolist()]
    of_row = of_pattern[table.row_pattern]
    everybody = np.ones(table.vote.size, dtype=np.bool_)
    return [
        _count(table, rows) for rows in (everybody, *(of_row == one for one in found.group_sizes))
    ]


def _count(table: VoteTable, rows: Flags) -> Floats:
    cell = table.column[rows] * 3 + table.vote[rows] + 1
    counted = np.bincount(cell, table.row_weight[rows], table.statements.size * 3)
    return np.asarray(counted, dtype=np.float64).reshape(-1, 3)


def _in_bursts(person: Ints, seconds: Floats) -> Ints:
    """People whose first vote fell in a minute in which far more than usual began."""
    people, who = np.unique(person, return_inverse=True)
    first = np.full(people.size, np.inf)
    np.minimum.at(first, who, seconds)
    _, of_person, began = np.unique(first // MINUTE, return_inverse=True, return_counts=True)
    rush = began >= max(FEWEST_IN_BURST, USUAL_RUSH * float(np.median(began)))
    in_burst: Ints = people[rush[of_person]]
    return in_burst
