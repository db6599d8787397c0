"""Who voted how? Votes put into one order that depends on nothing but the votes themselves.

People who voted exactly alike are one *pattern* with a weight. Patterns stand in the order of a
digest of their votes, so row order and the names of people cannot reach any later arithmetic.
"""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coproduce.analysis import kernels
from coproduce.analysis.arrays import Choices, Columns, Hashes
from coproduce.analysis.arrays import Flags as Flags
from coproduce.analysis.arrays import Floats as Floats
from coproduce.analysis.arrays import Ints as Ints

AGREE, PASS, DISAGREE = 1, 0, -1
MANY_STATEMENTS = 2_000  # from here on what is kept of their pairs is worth a warning


@dataclass(frozen=True, eq=False)
class VoteTable:
    """Votes checked and sorted: P people, Q patterns of voting, S statements, R votes.

    `people` (P,) ids in ascending order; `pattern_of` (P,) index of each person's pattern;
    `weight` (Q,) how many people voted so; `key` (Q,) a number drawn from the votes themselves,
    for chance that no name or row order can move; `statements` (S,) ids in ascending order;
    `start` (Q+1,) where each pattern's votes begin in `column` (R,) and `vote` (R,);
    `digest` names the whole. Within a pattern statements ascend.
    """

    people: Ints
    pattern_of: Ints
    weight: Ints
    key: Hashes
    statements: Ints
    start: Ints
    column: Columns
    vote: Choices
    digest: str

    @property
    def answered(self) -> Ints:
        """How many statements each pattern answers (Q,), passes included."""
        return np.diff(self.start)

    @property
    def row_pattern(self) -> Ints:
        """The pattern that each vote belongs to (R,)."""
        return np.repeat(np.arange(self.weight.size), self.answered)

    @property
    def row_weight(self) -> Ints:
        """How many people cast each vote (R,)."""
        return np.repeat(self.weight, self.answered)


def vote_table(
    person: ArrayLike, statement: ArrayLike, vote: ArrayLike, weights: ArrayLike | None = None
) -> VoteTable:
    """Check three columns of votes and put them into canonical order.

    The last of a repeated (person, statement) pair wins. `weights` has one whole number per
    row, the same in all rows of a person: how many people voted exactly so; 0 leaves them out.
    Raises ValueError when the columns cannot be votes, and warns from 2,000 statements on.
    """
    person_id, statement_id = (
        _whole_numbers("person", person),
        _whole_numbers("statement", statement),
    )
    votes = _whole_numbers("vote", vote)
    people_weight = None if weights is None else _whole_numbers("weight", weights)
    _check(person_id, statement_id, votes, people_weight)
    if people_weight is not None:
        kept = people_weight > 0
        person_id, statement_id, votes = person_id[kept], statement_id[kept], votes[kept]
        people_weight = people_weight[kept]
    does = kernels.for_votes(person_id.size)
    people, who = does.ranked(person_id)
    weight = _one_weight_each(people, who, people_weight)
    statements, what = does.ranked(statement_id)
    if statements.size >= MANY_STATEMENTS:
        warnings.warn(_said_of_many(statements.size), stacklevel=3)
    start, column, choice = does.by_person(
        who, what, votes.astype(np.int8), people.size, statements.size
    )
    del who, what  # as large as the votes themselves
    return _patterns(people, weight, statements, start, column, choice)


def _whole_numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """The column as whole numbers, narrow ones left as narrow as they came."""
    array = np.asarray(values)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 1:
        raise ValueError(f"The {name} column must be one list of numbers, one for each vote.")
    if array.dtype.kind not in "iub" and not (
        array.dtype.kind == "f" and bool(np.all(np.isfinite(array) & (array == np.floor(array))))
    ):
        raise ValueError(f"The {name} column must hold whole numbers only.")
    return array if array.dtype.kind == "i" else array.astype(np.int64)


def _check(
    person: NDArray[Any],
    statement: NDArray[Any],
    vote: NDArray[Any],
    weight: NDArray[Any] | None,
) -> None:
    weights = person.size if weight is None else weight.size
    if not person.size == statement.size == vote.size == weights:
        raise ValueError(
            "The columns must be equally long: there are "
            f"{person.size} people, {statement.size} statements, {vote.size} votes"
            f" and {weights} weights."
        )
    if vote.min(initial=0) < DISAGREE or vote.max(initial=0) > AGREE:
        where = np.flatnonzero((vote < DISAGREE) | (vote > AGREE))[0]
        raise ValueError(
            f"Person {person[where]} voted {vote[where]} on statement {statement[where]}: "
            "a vote is 1 (agree), 0 (pass) or -1 (disagree)."
        )
    if weight is not None and weight.min(initial=0) < 0:
        raise ValueError("A weight counts people: it cannot be below 0.")


def _said_of_many(statements: int) -> str:
    return (
        f"{statements:,} statements: what is kept of their pairs takes "
        f"{24 * statements**2 / 1e9:.1f} GB, and every step is slow. Consider leaving out "
        "statements that hardly anybody answered."
    )


def _one_weight_each(people: Ints, who: Columns, row_weight: NDArray[Any] | None) -> Ints:
    weight = np.ones(people.size, dtype=np.int64)
    if row_weight is None:
        return weight
    weight[who] = row_weight
    if np.any(weight[who] != row_weight):
        torn = people[who[np.flatnonzero(weight[who] != row_weight)[0]]]
        raise ValueError(f"Person {torn} has different weights in different rows: give one.")
    return weight


def _patterns(
    people: Ints, weight_of: Ints, statements: Ints, start: Ints, column: Columns, vote: Choices
) -> VoteTable:
    """Join people who voted exactly alike, in the order of a key drawn from their votes."""
    does = kernels.for_votes(column.size)
    key = _keys(statements, start, column, vote)
    order, alike = _in_order(key, start, column, vote)
    first = np.flatnonzero(~alike)
    pattern_of = np.empty(people.size, dtype=np.int64)
    pattern_of[order] = np.cumsum(~alike) - 1
    weight = np.add.reduceat(weight_of[order], first) if first.size else weight_of
    start, column, vote = does.picked(start, column, vote, order[first])
    return VoteTable(
        people=people,
        pattern_of=pattern_of,
        weight=weight,
        key=key[order[first]],
        statements=statements,
        start=start,
        column=column,
        vote=vote,
        digest=_digest(statements, weight, start, column, vote),
    )


def _keys(statements: Ints, start: Ints, column: Columns, vote: Choices) -> Hashes:
    """A number for each person, drawn from their votes whatever their order: alike, if they are.

    That numbers are alike is no proof that votes are: who wants to can make them so.
    """
    named: Hashes = kernels.mixed(statements.astype(np.uint64))
    choices = np.arange(3, dtype=np.uint64)
    worth = kernels.mixed(np.add.outer(named, choices))[:, :, np.newaxis]
    sums = kernels.for_votes(column.size).summed(start, column, vote, worth)
    return kernels.mixed(sums[:, 0])


def _in_order(key: Hashes, start: Ints, column: Columns, vote: Choices) -> tuple[Ints, Flags]:
    """People by key, then votes, and whether each voted exactly as the one before."""
    does = kernels.for_votes(column.size)
    order = np.argsort(key, kind="stable")
    alike = does.alike(start, column, vote, key, order)
    same_key = np.append(False, key[order[1:]] == key[order[:-1]])[: order.size]
    if np.any(same_key & ~alike):

        def votes(person: int) -> tuple[int, list[int], list[int]]:
            own = slice(start[person], start[person + 1])
            return int(key[person]), column[own].tolist(), vote[own].tolist()

        order = np.array(sorted(range(key.size), key=votes), dtype=np.int64)
        alike = does.alike(start, column, vote, key, order)
    return order, alike


def _digest(statements: Ints, weight: Ints, start: Ints, column: Columns, vote: Choices) -> str:
    """A name for the votes: the same for the same votes, whatever the order and names of people."""
    whole = hashlib.sha256(b"coproduce votes 2\n")
    for part in (np.array([statements.size, weight.size]), statements, weight, start):
        whole.update(part.astype("<i8", copy=False).data)
    whole.update(column.astype("<i4", copy=False).data)
    whole.update(vote.data)
    return whole.hexdigest()


def positions_of(ids: Ints, wanted: Sequence[int]) -> Ints:
    """Where the wanted ids stand among sorted `ids`; those that are not there are left out."""
    sought = np.unique(np.asarray(list(wanted), dtype=np.int64))
    return np.flatnonzero(np.isin(ids, sought)).astype(np.int64)
