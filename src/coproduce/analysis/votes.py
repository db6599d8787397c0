"""Who voted how? Votes put into one order that depends on nothing but the votes themselves.

People who voted exactly alike are one *pattern* with a weight. Patterns stand in the order of a
digest of their votes, so row order and the names of people cannot reach any later arithmetic.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, eq=False)
class VoteTable:
    """Votes checked and sorted: P people, Q patterns of voting, S statements, R votes.

    `people` (P,) ids in ascending order; `pattern_of` (P,) index of each person's pattern;
    `weight` (Q,) how many people voted so; `key` (Q,) a number drawn from the votes themselves,
    for chance that no name or row order can move; `statements` (S,) ids in ascending order;
    `start` (Q+1,) where each pattern's votes begin in `column` (R,) and `vote` (R,);
    `digest` names the whole.
    """

    people: Ints
    pattern_of: Ints
    weight: Ints
    key: NDArray[np.uint64]
    statements: Ints
    start: Ints
    column: Ints
    vote: NDArray[np.int8]
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
    Raises ValueError when the columns cannot be votes.
    """
    person_id = _whole_numbers("person", person)
    statement_id = _whole_numbers("statement", statement)
    votes: NDArray[Any] = _whole_numbers("vote", vote)
    people_weight = (
        np.ones_like(person_id) if weights is None else _whole_numbers("weight", weights)
    )
    _check(person_id, statement_id, votes, people_weight)
    kept = people_weight > 0
    person_id, statement_id = person_id[kept], statement_id[kept]
    votes, people_weight = votes[kept].astype(np.int8), people_weight[kept]
    people, who = np.unique(person_id, return_inverse=True)
    statements, what = np.unique(statement_id, return_inverse=True)
    last = _last_of_each_pair(who, what, statements.size)
    who, what, votes = who[last], what[last], votes[last]
    weight_of = _one_weight_each(people, who, people_weight[last])
    start = np.searchsorted(who, np.arange(people.size + 1)).astype(np.int64)
    digests = _person_digests(statements[what], votes, start)
    return _patterns(people, weight_of, statements, start, what, votes, digests)


def _whole_numbers(name: str, values: ArrayLike) -> Ints:
    array = np.asarray(values)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.ndim != 1:
        raise ValueError(f"The {name} column must be one list of numbers, one for each vote.")
    if array.dtype.kind not in "iub" and not (
        array.dtype.kind == "f" and bool(np.all(np.isfinite(array) & (array == np.floor(array))))
    ):
        raise ValueError(f"The {name} column must hold whole numbers only.")
    return array.astype(np.int64)


def _check(person: Ints, statement: Ints, vote: Ints, weight: Ints) -> None:
    if not person.size == statement.size == vote.size == weight.size:
        raise ValueError(
            "The columns must be equally long: there are "
            f"{person.size} people, {statement.size} statements, {vote.size} votes"
            f" and {weight.size} weights."
        )
    outside = np.flatnonzero(np.abs(vote) > 1)
    if outside.size:
        where = outside[0]
        raise ValueError(
            f"Person {person[where]} voted {vote[where]} on statement {statement[where]}: "
            "a vote is 1 (agree), 0 (pass) or -1 (disagree)."
        )
    if np.any(weight < 0):
        raise ValueError("A weight counts people: it cannot be below 0.")


def _last_of_each_pair(who: Ints, what: Ints, statements: int) -> Ints:
    """Where the last vote of each person on each statement stands, by person then statement."""
    pair = who * max(statements, 1) + what
    order = np.argsort(pair, kind="stable")
    in_order = pair[order]
    is_last = np.append(in_order[1:] != in_order[:-1], True)[: in_order.size]
    last: Ints = order[is_last]
    return last


def _one_weight_each(people: Ints, who: Ints, row_weight: Ints) -> Ints:
    weight = np.ones(people.size, dtype=np.int64)
    weight[who] = row_weight
    if np.any(weight[who] != row_weight):
        torn = people[who[np.flatnonzero(weight[who] != row_weight)[0]]]
        raise ValueError(f"Person {torn} has different weights in different rows: give one.")
    return weight


def _person_digests(statement: Ints, vote: NDArray[np.int8], start: Ints) -> NDArray[np.uint64]:
    """A digest of each person's votes (P, 4): equal exactly when two people voted alike."""
    rows = np.empty(statement.size, dtype=[("statement", "<i8"), ("vote", "i1")])
    rows["statement"], rows["vote"] = statement, vote
    buffer = memoryview(rows.tobytes())
    edges = (start * rows.dtype.itemsize).tolist()
    digests = b"".join(hashlib.sha256(buffer[a:b]).digest() for a, b in pairwise(edges))
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(-1, 4)


def _patterns(
    people: Ints,
    weight_of: Ints,
    statements: Ints,
    start: Ints,
    column: Ints,
    vote: NDArray[np.int8],
    digests: NDArray[np.uint64],
) -> VoteTable:
    """Join people who voted exactly alike, in the order of their digests."""
    distinct, first, pattern_of = np.unique(digests, axis=0, return_index=True, return_inverse=True)
    weight = np.zeros(first.size, dtype=np.int64)
    np.add.at(weight, pattern_of.reshape(-1), weight_of)
    length = np.diff(start)[first]
    edges = np.append(0, np.cumsum(length)).astype(np.int64)
    rows = np.repeat(start[first] - edges[:-1], length) + np.arange(edges[-1])
    return VoteTable(
        people=people,
        pattern_of=pattern_of.reshape(-1).astype(np.int64),
        weight=weight,
        key=distinct[:, 0],
        statements=statements,
        start=edges,
        column=column[rows].astype(np.int64),
        vote=vote[rows],
        digest=_digest_of_all(distinct, weight),
    )


def _digest_of_all(distinct: NDArray[np.uint64], weight: Ints) -> str:
    whole = hashlib.sha256(b"coproduce votes 1\n")
    whole.update(np.column_stack([distinct, weight.astype(np.uint64)]).astype(">u8").tobytes())
    return whole.hexdigest()


def positions_of(ids: Ints, wanted: Sequence[int]) -> Ints:
    """Where the wanted ids stand among sorted `ids`; those that are not there are left out."""
    sought = np.unique(np.asarray(list(wanted), dtype=np.int64))
    return np.flatnonzero(np.isin(ids, sought)).astype(np.int64)
