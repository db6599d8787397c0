"""The heavy work with numpy and scipy alone. What each function gives is told in `Kernels`."""

from typing import Any

import numpy as np

from coproduce.analysis.arrays import Choices, Columns, Flags, Floats, Hashes, Ints

FULL_RANGE = 4  # ids spread over up to so many times their number are looked up in a plain list
ROUNDS = 100  # of k-means, most
AT_ONCE = 65_536  # points whose sums are taken together, so that no core count moves a digit

# Dense working copies stay near 100 MB: float32 tables of block x 2 S, and their product.
_CELLS_AT_ONCE = 12_000_000
_EXACT_IN_FLOAT32 = 2**23  # people of one block: every sum over them stays below 2**24
_SPARSE_BELOW = 0.002  # part of all pairs of statements that people answered, squared lengths


def ranked(ids: Ints) -> tuple[Ints, Columns]:
    if ids.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    low, high = int(ids.min()), int(ids.max())
    if high - low > FULL_RANGE * ids.size:
        distinct, rank = np.unique(ids, return_inverse=True)
        return distinct.astype(np.int64), rank.astype(np.int32)
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    away = ids.astype(np.int64) - low
    seen[away] = True
    place = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(seen) + low, place[away]


def by_person(
    who: Columns, what: Columns, vote: Choices, people: int, statements: int
) -> tuple[Ints, Columns, Choices]:
    pair = who.astype(np.int64) * max(statements, 1) + what
    order = _stable_order(pair, people * max(statements, 1))
    pair = pair[order]
    last = np.append(pair[1:] != pair[:-1], True)[: pair.size]
    order, pair = order[last], pair[last]
    row, column = np.divmod(pair, max(statements, 1))
    return _edges(np.bincount(row, minlength=people)), column.astype(np.int32), vote[order]


def _stable_order(pair: Ints, pairs: int) -> Ints:
    """As a stable argsort; numbers that carry their own place sort several times quicker."""
    if pairs * pair.size >= 2**63:
        return np.argsort(pair, kind="stable")
    return np.sort(pair * pair.size + np.arange(pair.size)) % max(pair.size, 1)


def picked(
    start: Ints, column: Columns, vote: Choices, rows: Ints
) -> tuple[Ints, Columns, Choices]:
    length = np.diff(start)[rows]
    votes = _votes_of(start[rows], length)
    return _edges(length), column[votes], vote[votes]


def kept(start: Ints, column: Columns, vote: Choices, keep: Flags) -> tuple[Ints, Columns, Choices]:
    before = np.append(0, np.cumsum(keep)).astype(np.int64)
    return before[start], column[keep], vote[keep]


def alike(start: Ints, column: Columns, vote: Choices, key: Hashes, order: Ints) -> Flags:
    length = np.diff(start)
    same = np.zeros(order.size, dtype=np.bool_)
    same[1:] = (key[order[1:]] == key[order[:-1]]) & (length[order[1:]] == length[order[:-1]])
    second = np.flatnonzero(same)
    length = length[order[second]]
    one = _votes_of(start[order[second - 1]], length)
    other = _votes_of(start[order[second]], length)
    unlike = (column[one] != column[other]) | (vote[one] != vote[other])
    same[np.repeat(second, length)[unlike]] = False
    return same


def summed(start: Ints, column: Columns, vote: Choices, worth: Any) -> Any:
    cell = column * 3 + (vote + 1)
    people, sums = start.size - 1, []
    for each in np.moveaxis(worth, -1, 0).reshape(worth.shape[-1], -1):
        if worth.dtype == np.uint64:  # differences of running sums are exact where they wrap
            running = np.append(np.uint64(0), np.cumsum(each[cell]))
            sums.append(running[start[1:]] - running[start[:-1]])
        else:
            sums.append(np.bincount(_row(start), each[cell], people))
    return np.column_stack(sums)


def coins(start: Ints, column: Columns, key: Hashes, salt: Hashes) -> Flags:
    thrown = mixed(key[_row(start)] ^ salt[column]) >> np.uint64(63)
    return thrown.astype(np.bool_)


def mixed(number: Hashes) -> Hashes:
    """Spread bits so that near numbers fall far apart (Steele, Lea & Flood 2014)."""
    z = number + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def add_pairs(
    start: Ints, column: Columns, vote: Choices, chosen: Ints, times: int, sums: Ints
) -> None:
    statements = sums.shape[1]
    length = np.diff(start)[chosen]
    if (length**2).sum() < _SPARSE_BELOW * chosen.size * statements**2:
        _add_sparse(picked(start, column, vote, chosen), times, sums)
        return
    at_once = max(1, min(_CELLS_AT_ONCE // (2 * statements), _EXACT_IN_FLOAT32))
    for first in range(0, chosen.size, at_once):
        block = picked(start, column, vote, chosen[first : first + at_once])
        _add_dense(block, times, sums)


def _add_dense(block: tuple[Ints, Columns, Choices], times: int, sums: Ints) -> None:
    start, column, vote = block
    row = _row(start)
    voted = np.zeros((start.size - 1, sums.shape[1]), dtype=np.float32)
    x = np.zeros_like(voted)
    voted[row, column] = 1.0
    x[row, column] = vote
    for table, left, right in zip(sums, (voted, x, x), (voted, x, voted), strict=True):
        table += (left.T @ right).astype(np.int64) * times


def _add_sparse(rows: tuple[Ints, Columns, Choices], times: int, sums: Ints) -> None:
    from scipy.sparse import csr_array

    start, column, vote = rows
    shape = start.size - 1, sums.shape[1]
    x: Any = csr_array((vote.astype(np.int64), column, start), shape=shape)
    voted: Any = csr_array((np.ones(column.size, dtype=np.int64), column, start), shape=shape)
    for table, left, right in zip(sums, (voted, x, x), (voted, x, voted), strict=True):
        product = (left.T @ right).tocoo()
        table[product.coords] += product.data * times


def tallied(
    start: Ints,
    column: Columns,
    vote: Choices,
    weight: Ints,
    group: Ints,
    statements: int,
    k: int,
) -> Ints:
    row = _row(start)
    grouped = group[row]
    cell = (column.astype(np.int64) * k + grouped) * 3 + vote + 1
    counted = grouped >= 0
    # Sums of whole numbers in float64: exact below 2**53 people.
    sums = np.bincount(cell[counted], weight[row[counted]], statements * k * 3)
    return np.rint(sums).astype(np.int64).reshape(statements, k, 3)


def tightest(at: Floats, weight: Floats, k: int, draws: Floats) -> Ints:
    least, chosen = np.inf, np.zeros(weight.size, dtype=np.int64)
    for drawn in draws:
        inertia, member_of = settled(at, weight, _starting(at, weight, k, drawn))
        if inertia < least * (1 - 1e-12):
            least, chosen = inertia, member_of
    return chosen


def _starting(at: Floats, weight: Floats, k: int, drawn: Floats) -> Floats:
    """k starting centres, each drawn with chance by weight and distance from those before."""
    centres = np.empty((k, 2))
    chance, nearest = weight, np.full(weight.size, np.inf)
    for i in range(k):
        heaped = np.cumsum(chance)
        found = int(np.searchsorted(heaped, drawn[i] * heaped[-1], side="right"))
        centres[i] = at[min(found, weight.size - 1)]
        nearest = np.minimum(nearest, _squared_distances(at, centres[i : i + 1])[:, 0])
        chance = weight * nearest
    return centres


def settled(at: Floats, weight: Floats, centres: Floats) -> tuple[float, Ints]:
    member_of = np.full(weight.size, -1)
    for _ in range(ROUNDS):
        distance = _squared_distances(at, centres)
        nearest = distance.argmin(axis=1)
        inertia = _inertia(weight * distance[np.arange(weight.size), nearest], nearest, centres)
        if np.array_equal(nearest, member_of):
            break
        member_of = nearest
        centres = _moved(at, weight, centres, member_of)
    return inertia, member_of


def _squared_distances(a: Floats, b: Floats) -> Floats:
    """Squared distances between all of a and all of b, in differences: no cancellation."""
    across, along = a[:, :1] - b[:, 0], a[:, 1:] - b[:, 1]
    across *= across
    along *= along
    across += along
    return across


def _inertia(away: Floats, member_of: Ints, centres: Floats) -> float:
    return float(np.cumsum(_sums_by(member_of, away, centres.shape[0]))[-1])


def _moved(at: Floats, weight: Floats, centres: Floats, member_of: Ints) -> Floats:
    k = centres.shape[0]
    total = _sums_by(member_of, weight, k)
    sums = [_sums_by(member_of, weight * at[:, axis], k) for axis in range(2)]
    held = total > 0  # a centre that lost everybody stays where it was
    moved = centres.copy()
    moved[held] = np.column_stack(sums)[held] / total[held, np.newaxis]
    return moved


def _sums_by(member_of: Ints, amount: Floats, k: int) -> Floats:
    """Sums in a fixed order: block by block, then over blocks."""
    total = np.zeros(k)
    for first in range(0, amount.size, AT_ONCE):
        block = slice(first, first + AT_ONCE)
        total += np.bincount(member_of[block], amount[block], k)
    return total


def _row(start: Ints) -> Ints:
    """The person that each vote belongs to."""
    return np.repeat(np.arange(start.size - 1), np.diff(start))


def _edges(length: Ints) -> Ints:
    return np.append(0, np.cumsum(length)).astype(np.int64)


def _votes_of(first: Ints, length: Ints) -> Ints:
    """The places of votes that lie in runs, each from `first` on and so long."""
    edges = _edges(length)
    return np.repeat(first - edges[:-1], length) + np.arange(edges[-1])
