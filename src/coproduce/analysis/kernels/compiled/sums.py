"""What votes add up to: per person, per group, and for all pairs of statements."""

from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from coproduce.analysis.arrays import Choices, Columns, Hashes, Ints
from coproduce.analysis.kernels.compiled.cores import CORES, compiled, cut, share_out

# One number carries four lanes of 16 bits: people, Σu_j, Σu_k, Σu_j u_k with u = x + 1 in 0..2.
_LANE_PEOPLE = 16_000  # 4 x 16,000 < 2**16
_TABLE_CELLS = 100_000  # 800 kB: with a person's votes it fits the second cache of a core

_WORDS = 120  # a block of 7,680 people as bits: 15 cache lines, see `_no_bits`
_STATEMENTS_AT_ONCE = 64  # their bits fit the second cache as well
_BITS_FROM = 0.07  # of all statements: whoever answered more is counted in bits
# Measured in ns on one core: a pair of a person's votes; a pair of statements, once per block of
# people and per 64 of them. Only their ratio matters.
_PAIR, _BITS_BLOCK, _BITS_WORD = 1.3, 10.0, 0.24


def summed(start: Ints, column: Columns, vote: Choices, worth: Any) -> Any:
    sums = np.zeros((start.size - 1, worth.shape[2]), dtype=worth.dtype)
    share_out(
        lambda a, b: _sum_up(start, column, vote, worth, sums, a, b),
        cut(start.size - 1, column.size),
    )
    return sums


@compiled
def _sum_up(
    start: Ints, column: Columns, vote: Choices, worth: Any, sums: Any, a: int, b: int
) -> None:
    for i in range(a, b):
        for row in range(start[i], start[i + 1]):
            for part in range(worth.shape[2]):
                sums[i, part] += worth[column[row], vote[row] + 1, part]


def tallied(
    start: Ints,
    column: Columns,
    vote: Choices,
    weight: Ints,
    group: Ints,
    statements: int,
    k: int,
) -> Ints:
    spans = cut(weight.size, column.size)
    counts = np.zeros((len(spans), statements, k, 3), dtype=np.int64)
    share_out(
        _tally,
        [
            (start, column, vote, weight, group, counts[part], a, b)
            for part, (a, b) in enumerate(spans)
        ],
    )
    total: Ints = counts.sum(axis=0)
    return total


@compiled
def _tally(
    start: Ints,
    column: Columns,
    vote: Choices,
    weight: Ints,
    group: Ints,
    counts: Ints,
    a: int,
    b: int,
) -> None:
    for i in range(a, b):
        if group[i] >= 0:
            for row in range(start[i], start[i + 1]):
                counts[column[row], group[i], vote[row] + 1] += weight[i]


def add_pairs(
    start: Ints, column: Columns, vote: Choices, chosen: Ints, times: int, sums: Ints
) -> None:
    """People who answered much as bits, 64 of them at once; the others pair by pair."""
    length = np.diff(start)[chosen]
    much = length > _BITS_FROM * sums.shape[1]
    if not _worth_bits(length[much], sums.shape[1]):
        much[:] = False
    add_bits(start, column, vote, chosen[much], times, sums)
    _add_one_by_one(start, column, vote, chosen[~much], times, sums)
    for table in sums[:2]:
        _mirror(table)


def _worth_bits(length: Ints, statements: int) -> bool:
    words = -(-length.size // 64)
    as_bits = _BITS_BLOCK * -(-words // _WORDS) + _BITS_WORD * words
    return float((length * (length + 1)).sum()) * _PAIR > as_bits * statements * (statements + 1)


def add_bits(
    start: Ints, column: Columns, vote: Choices, chosen: Ints, times: int, sums: Ints
) -> None:
    """What two statements have in common, counted in the bits of a word: one bit, one person."""
    statements = sums.shape[1]
    rows = _rows_of_equal_work(statements, chosen.size * statements // 8)
    for first in range(0, chosen.size, 64 * _WORDS):
        people = chosen[first : first + 64 * _WORDS]
        planes = _no_bits(statements, people.size)
        share_out(
            partial(_set_bits, start, column, vote, people, planes),
            cut(-(-people.size // 512), people.size * 8),
        )
        share_out(partial(_count_bits, planes, times, sums), rows)


def _no_bits(statements: int, people: int) -> Hashes:
    """Room for three bits per statement and person; rows of an odd number of cache lines.

    Rows that lie a power of two apart would all fall into the same few places of a cache.
    """
    lines = -(-people // 512) | 1
    room = np.zeros(3 * statements * lines * 8 + 8, dtype=np.uint64)
    to_line = -room.ctypes.data % 64 // 8
    return room[to_line:][: room.size - 8].reshape(3, statements, lines * 8)


def _rows_of_equal_work(statements: int, votes: int) -> list[tuple[int, int]]:
    """Rows of a lower triangle cut so that each part has as many cells."""
    parts = len(cut(CORES, votes))
    edges = [round(statements * (part / parts) ** 0.5) for part in range(parts + 1)]
    return list(pairwise(edges))


@compiled
def _set_bits(
    start: Ints, column: Columns, vote: Choices, people: Ints, planes: Hashes, a: int, b: int
) -> None:
    """People of the lines a..b-1, 512 to a line: at first who disagreed, passed, agreed.

    Then the planes become: who disagreed, who did not pass, who voted.
    """
    for i in range(512 * a, min(512 * b, people.size)):
        word, bit = i >> 6, np.uint64(1) << np.uint64(i & 63)
        for row in range(start[people[i]], start[people[i] + 1]):
            planes[vote[row] + 1, column[row], word] |= bit
    for j in range(planes.shape[1]):
        for word in range(8 * a, 8 * b):
            firm = planes[0, j, word] | planes[2, j, word]
            planes[2, j, word] = firm | planes[1, j, word]
            planes[1, j, word] = firm


def _count_of_ones(typing: Any, word: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, words: Any) -> Any:
        return builder.ctpop(words[0])

    return types.uint64(types.uint64), code


_ones: Any = intrinsic(_count_of_ones)  # how many bits of a word are set


@compiled
def _count_bits(planes: Hashes, times: int, sums: Ints, a: int, b: int) -> None:
    against, firm, voted = planes[0], planes[1], planes[2]
    for low in range(0, b, _STATEMENTS_AT_ONCE):
        for j in range(max(a, low), b):
            for k in range(low, min(low + _STATEMENTS_AT_ONCE, j + 1)):
                n, m, x, y = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
                for word in range(voted.shape[1]):
                    here, there = voted[j, word], voted[k, word]
                    sure, surely = firm[j, word], firm[k, word]
                    no, nor = against[j, word], against[k, word]
                    n += np.int64(_ones(here & there))
                    m += np.int64(_ones(sure & surely))
                    m -= 2 * np.int64(_ones(sure & surely & (no ^ nor)))
                    x += np.int64(_ones(sure & there)) - 2 * np.int64(_ones(no & there))
                    y += np.int64(_ones(here & surely)) - 2 * np.int64(_ones(here & nor))
                sums[0, j, k] += times * n
                sums[1, j, k] += times * m
                sums[2, j, k] += times * x
                if j != k:
                    sums[2, k, j] += times * y


def _add_one_by_one(
    start: Ints, column: Columns, vote: Choices, chosen: Ints, times: int, sums: Ints
) -> None:
    if chosen.size == 0:
        return
    cells = sums.shape[1] * (sums.shape[1] + 1) // 2
    sharing = len(cut(CORES, int(np.diff(start)[chosen].sum())))
    parts = max(-(-cells // _TABLE_CELLS), 4 * sharing if sharing > 1 else 1)
    edges = [round(sums.shape[1] * (part / parts) ** 0.5) for part in range(parts + 1)]
    share_out(
        lambda a, b: _add_up_pairs(start, column, vote, chosen, a, b, times, sums),
        list(pairwise(edges)),
    )


@compiled
def _add_up_pairs(
    start: Ints,
    column: Columns,
    vote: Choices,
    chosen: Ints,
    low: int,
    high: int,
    times: int,
    sums: Ints,
) -> None:
    """Pairs of which the later statement is one of low..high-1."""
    before = low * (low + 1) // 2
    table = np.zeros(high * (high + 1) // 2 - before, np.int64)
    held = 0
    for person in chosen:
        if held == _LANE_PEOPLE:
            _flush(table, low, high, times, sums)
            held = 0
        held += 1
        first, end = start[person], start[person + 1]
        at, beyond = first, end
        while at < beyond:
            middle = (at + beyond) >> 1
            if column[middle] < low:
                at = middle + 1
            else:
                beyond = middle
        while at < end and column[at] < high:
            j = np.int64(column[at])
            u = np.int64(vote[at]) + 1
            alone, each = np.int64(1) + (u << 16), (np.int64(1) << 32) + (u << 48)
            base = j * (j + 1) // 2 - before
            for other in range(first, at + 1):
                table[base + column[other]] += alone + (np.int64(vote[other]) + 1) * each
            at += 1
    _flush(table, low, high, times, sums)


@compiled
def _flush(table: Ints, low: int, high: int, times: int, sums: Ints) -> None:
    at = 0
    for j in range(low, high):
        for k in range(j + 1):
            lanes = np.uint64(table[at])
            table[at] = 0
            at += 1
            if lanes == 0:
                continue
            n = np.int64(lanes & np.uint64(0xFFFF))
            u = np.int64((lanes >> np.uint64(16)) & np.uint64(0xFFFF))
            w = np.int64((lanes >> np.uint64(32)) & np.uint64(0xFFFF))
            uw = np.int64(lanes >> np.uint64(48))
            sums[0, j, k] += times * n
            sums[1, j, k] += times * (uw - u - w + n)
            sums[2, j, k] += times * (u - n)
            if j != k:
                sums[2, k, j] += times * (w - n)


@compiled
def _mirror(table: Ints) -> None:
    for low in range(0, table.shape[0], 64):
        for j in range(table.shape[0]):
            for k in range(low, min(low + 64, j)):
                table[k, j] = table[j, k]
