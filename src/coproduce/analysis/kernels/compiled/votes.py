"""Votes put into order: by counting and hashing where numpy has to sort."""

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from coproduce.analysis.arrays import Choices, Columns, Flags, Hashes, Ints
from coproduce.analysis.kernels.compiled.cores import compiled, cut, share_out
from coproduce.analysis.kernels.plain import FULL_RANGE

_IDS_AT_ONCE = 1_000_000  # made as wide as the loops want them, a few at a time


def ranked(ids: Ints) -> tuple[Ints, Columns]:
    if ids.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    low, high = int(ids.min()), int(ids.max())
    rank = np.empty(ids.size, dtype=np.int32)
    if high - low > FULL_RANGE * ids.size:
        return _ranked_far_apart(np.ascontiguousarray(ids, dtype=np.int64), rank), rank
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    runs = _runs(ids.size)
    share_out(lambda a, b: _mark(_plain_ids(ids[a:b]), low, seen), runs)
    place = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    share_out(lambda a, b: _look_up(_plain_ids(ids[a:b]), low, place, rank[a:b]), runs)
    return np.flatnonzero(seen) + low, rank


def _runs(size: int) -> list[tuple[int, int]]:
    firsts = range(0, size, _IDS_AT_ONCE)
    return [(first, min(first + _IDS_AT_ONCE, size)) for first in firsts]


def _plain_ids(ids: Ints) -> Ints:
    return np.ascontiguousarray(ids, dtype=np.int64)


@compiled
def _mark(ids: Ints, low: int, seen: Flags) -> None:
    for each in ids:
        seen[each - low] = True


@compiled
def _look_up(ids: Ints, low: int, place: Columns, rank: Columns) -> None:
    for i in range(ids.size):
        rank[i] = place[ids[i] - low]


def _ranked_far_apart(ids: Ints, rank: Columns) -> Ints:
    """By hashing: each core gathers the distinct ids whose hash falls to it."""
    spans = cut(ids.size, ids.size)
    found: list[Ints] = [ids[:0]] * len(spans)

    def gather(part: int) -> None:
        found[part] = _distinct(ids, part, len(spans))

    share_out(gather, [(part,) for part in range(len(spans))])
    distinct = np.sort(np.concatenate(found))
    slots = 1 << (2 * distinct.size).bit_length()
    known, place = np.zeros(slots, dtype=np.int64), np.full(slots, -1, dtype=np.int32)
    _file(distinct, known, place)
    share_out(lambda a, b: _find(ids[a:b], known, place, rank[a:b]), spans)
    return distinct


@compiled
def _mixed(number: Any) -> Any:
    """As `plain.mixed`."""
    z = np.uint64(number) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def _distinct(ids: Ints, part: int, parts: int) -> Ints:
    known, taken, held = np.zeros(1024, np.int64), np.zeros(1024, np.bool_), 0
    for each in ids:
        spread = _mixed(each)
        if np.int64(spread >> np.uint64(40)) % parts != part:
            continue
        slot = np.int64(spread) & (known.size - 1)
        while taken[slot] and known[slot] != each:
            slot = (slot + 1) & (known.size - 1)
        if taken[slot]:
            continue
        taken[slot] = True
        known[slot] = each
        held += 1
        if 2 * held > known.size:
            old = known[taken]
            known, taken = np.zeros(4 * known.size, np.int64), np.zeros(4 * known.size, np.bool_)
            for one in old:
                slot = np.int64(_mixed(one)) & (known.size - 1)
                while taken[slot]:
                    slot = (slot + 1) & (known.size - 1)
                taken[slot] = True
                known[slot] = one
    return known[taken]


@compiled
def _file(distinct: Ints, known: Ints, place: Columns) -> None:
    for i in range(distinct.size):
        slot = np.int64(_mixed(distinct[i])) & (known.size - 1)
        while place[slot] >= 0:
            slot = (slot + 1) & (known.size - 1)
        known[slot] = distinct[i]
        place[slot] = i


@compiled
def _find(ids: Ints, known: Ints, place: Columns, rank: Columns) -> None:
    for i in range(ids.size):
        slot = np.int64(_mixed(ids[i])) & (known.size - 1)
        while known[slot] != ids[i] or place[slot] < 0:
            slot = (slot + 1) & (known.size - 1)
        rank[i] = place[slot]


def by_person(
    who: Columns, what: Columns, vote: Choices, people: int, statements: int
) -> tuple[Ints, Columns, Choices]:
    """Counting sort; then a list of bits puts each person's statements in order."""
    spans = cut(who.size, who.size)
    places = np.zeros((len(spans), people), dtype=np.int64)
    share_out(_count, [(who[a:b], places[part]) for part, (a, b) in enumerate(spans)])
    start = _laid_out(places)
    cell = np.empty(who.size, dtype=np.int32)
    share_out(
        _scatter,
        [(who[a:b], what[a:b], vote[a:b], places[part], cell) for part, (a, b) in enumerate(spans)],
    )
    length = np.empty(people, dtype=np.int64)
    shares = cut(people, who.size)
    share_out(lambda a, b: _tidy(start, cell, statements, a, b, length), shares)
    final = np.append(0, np.cumsum(length)).astype(np.int64)
    column, choice = _room_for(final)
    share_out(lambda a, b: _unpack(start, cell, final, column, choice, a, b), shares)
    return final, column, choice


def _room_for(start: Ints) -> tuple[Columns, Choices]:
    return np.empty(start[-1], dtype=np.int32), np.empty(start[-1], dtype=np.int8)


@compiled
def _count(who: Columns, count: Ints) -> None:
    for each in who:
        count[each] += 1


@compiled
def _laid_out(places: Ints) -> Ints:
    """Where each person's votes begin; counts per run become the run's own next places."""
    start = np.zeros(places.shape[1] + 1, np.int64)
    at = np.int64(0)
    for i in range(places.shape[1]):
        start[i] = at
        for run in range(places.shape[0]):
            count = places[run, i]
            places[run, i] = at
            at += count
    start[places.shape[1]] = at
    return start


@compiled
def _scatter(who: Columns, what: Columns, vote: Choices, place: Ints, cell: Columns) -> None:
    for i in range(who.size):
        cell[place[who[i]]] = (what[i] << 2) | (vote[i] + 1)
        place[who[i]] += 1


def _lowest_one(typing: Any, word: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        return builder.cttz(words[0], context.get_constant(types.boolean, True))

    return types.uint64(types.uint64), code


_lowest: Any = intrinsic(_lowest_one)  # the place of the lowest bit of a word that is not 0


@compiled
def _tidy(start: Ints, cell: Columns, statements: int, a: int, b: int, length: Ints) -> None:
    bits = np.zeros((statements >> 6) + 1, np.uint64)
    last = np.empty(statements, np.int8)
    for i in range(a, b):
        for row in range(start[i], start[i + 1]):
            j = cell[row] >> 2
            last[j] = cell[row] & 3
            bits[j >> 6] |= np.uint64(1) << np.uint64(j & 63)
        at = start[i]
        for word in range(bits.size):
            left = bits[word]
            bits[word] = 0
            while left:
                each = (word << 6) + np.int64(_lowest(left))
                cell[at] = (each << 2) | last[each]
                at += 1
                left &= left - np.uint64(1)
        length[i] = at - start[i]


@compiled
def _unpack(
    start: Ints, cell: Columns, final: Ints, column: Columns, vote: Choices, a: int, b: int
) -> None:
    for i in range(a, b):
        length = final[i + 1] - final[i]
        source = cell[start[i] : start[i] + length]
        columns = column[final[i] : final[i] + length]
        votes = vote[final[i] : final[i] + length]
        for step in range(source.size):
            columns[step] = source[step] >> 2
            votes[step] = (source[step] & 3) - 1


def picked(
    start: Ints, column: Columns, vote: Choices, rows: Ints
) -> tuple[Ints, Columns, Choices]:
    final = np.append(0, np.cumsum(np.diff(start)[rows])).astype(np.int64)
    columns, votes = _room_for(final)
    share_out(
        lambda a, b: _copy(start, column, vote, rows, final, columns, votes, a, b),
        cut(rows.size, columns.size),
    )
    return final, columns, votes


@compiled
def _copy(
    start: Ints,
    column: Columns,
    vote: Choices,
    rows: Ints,
    final: Ints,
    columns: Columns,
    votes: Choices,
    a: int,
    b: int,
) -> None:
    for i in range(a, b):
        old, new = start[rows[i]], final[i]
        length = final[i + 1] - new
        # Slices from 0 on are what the compiler knows how to copy many at a time.
        source, target = column[old : old + length], columns[new : new + length]
        for step in range(source.size):
            target[step] = source[step]
        choice, chosen = vote[old : old + length], votes[new : new + length]
        for step in range(choice.size):
            chosen[step] = choice[step]


def kept(start: Ints, column: Columns, vote: Choices, keep: Flags) -> tuple[Ints, Columns, Choices]:
    length = np.empty(start.size - 1, dtype=np.int64)
    spans = cut(length.size, column.size)
    share_out(lambda a, b: _count_kept(start, keep, length, a, b), spans)
    final = np.append(0, np.cumsum(length)).astype(np.int64)
    columns, votes = _room_for(final)
    share_out(lambda a, b: _keep(start, column, vote, keep, final, columns, votes, a, b), spans)
    return final, columns, votes


@compiled
def _count_kept(start: Ints, keep: Flags, length: Ints, a: int, b: int) -> None:
    for i in range(a, b):
        count = 0
        for row in range(start[i], start[i + 1]):
            count += keep[row]
        length[i] = count


@compiled
def _keep(
    start: Ints,
    column: Columns,
    vote: Choices,
    keep: Flags,
    final: Ints,
    columns: Columns,
    votes: Choices,
    a: int,
    b: int,
) -> None:
    at = final[a]
    for row in range(start[a], start[b]):
        if keep[row]:
            columns[at] = column[row]
            votes[at] = vote[row]
            at += 1


def alike(start: Ints, column: Columns, vote: Choices, key: Hashes, order: Ints) -> Flags:
    same = np.zeros(order.size, dtype=np.bool_)
    share_out(
        lambda a, b: _compare(start, column, vote, key, order, same, a, b),
        cut(order.size, column.size),
    )
    return same


@compiled
def _compare(
    start: Ints,
    column: Columns,
    vote: Choices,
    key: Hashes,
    order: Ints,
    same: Flags,
    a: int,
    b: int,
) -> None:
    for i in range(max(a, 1), b):
        one, other = order[i - 1], order[i]
        length = start[one + 1] - start[one]
        if key[one] != key[other] or length != start[other + 1] - start[other]:
            continue
        same[i] = True
        for step in range(length):
            at, there = start[one] + step, start[other] + step
            if column[at] != column[there] or vote[at] != vote[there]:
                same[i] = False
                break


def coins(start: Ints, column: Columns, key: Hashes, salt: Hashes) -> Flags:
    thrown = np.empty(column.size, dtype=np.bool_)
    share_out(
        lambda a, b: _throw(start, column, key, salt, thrown, a, b),
        cut(start.size - 1, column.size),
    )
    return thrown


@compiled
def _throw(
    start: Ints, column: Columns, key: Hashes, salt: Hashes, thrown: Flags, a: int, b: int
) -> None:
    for i in range(a, b):
        for row in range(start[i], start[i + 1]):
            thrown[row] = _mixed(key[i] ^ salt[column[row]]) >> np.uint64(63) != 0
