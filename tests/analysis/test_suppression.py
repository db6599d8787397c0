"""Small counts stay hidden: reference answers, laws, and somebody who tries to work them out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from coproduce.analysis import suppress
from coproduce.analysis.suppression import Suppressed, hide_projects
from tests.reference_answers import document

Table = tuple[tuple[int, ...], ...]


@pytest.mark.parametrize("name", ["one_small", "two_ones", "clean", "zeros", "many_small"])
def test_one_way_tables_are_as_in_the_reference(name: str) -> None:
    expected = next(t for t in document("disclosure")["tables"] if t["name"] == name)
    found = suppress([expected["table"]])
    assert found.decision == expected["decision"]
    if found.decision == "publish":
        assert found.primary == found.secondary == ()
        return
    assert [at for _, at in found.primary] == expected["primary"]
    assert [at for _, at in found.secondary] == expected["secondary"]
    assert list(map(list, found.reader_range_of_primary)) == expected["reader_range_of_primary"]
    assert list(found.published[0]) == [str(cell) for cell in expected["published"]]


def test_projects_under_a_total_hide_in_pairs() -> None:
    for expected in document("disclosure")["projects"]:
        assert list(hide_projects(expected["n"])) == expected["hide"]
    assert hide_projects([25, 7], national_shown=False) == (1,)
    assert hide_projects([7]) == (0,)


def with_margins(inner: list[list[int]]) -> Table:
    cells = np.asarray(inner)
    rows = np.column_stack([cells, cells.sum(axis=1)])
    return tuple(map(tuple, np.vstack([rows, rows.sum(axis=0)]).tolist()))


def test_in_two_ways_a_small_cell_takes_three_others_with_it() -> None:
    found = suppress(with_margins([[3, 20, 30], [15, 12, 40], [25, 35, 50]]))
    assert found.primary == ((0, 0),)
    assert len(found.secondary) == 3
    assert set(found.secondary) == {(0, 1), (1, 0), (1, 1)}


def test_nought_is_shown_and_hides_nothing() -> None:
    found = suppress(with_margins([[3, 0, 30], [0, 12, 40], [25, 35, 50]]))
    assert found.published[0][1] == found.published[1][0] == "0"


def test_under_ten_people_there_is_no_table() -> None:
    found = suppress([[3, 5, 8]])
    assert found.decision == "refuse"
    assert set(found.published[0]) == {"[c]"}


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([[1, 2, 4]], "Row 1 does not add up"),
        ([[1, 2, 3], [1, 2, 3], [2, 5, 7]], "Column 2 does not add up"),
        ([[-1, 2, 1]], "whole number of people"),
        ([[0.5, 0.5, 1]], "whole number of people"),
        ([[3]], "needs rows and columns"),
    ],
)
def test_what_is_no_table_is_refused(counts: list[list[float]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        suppress(counts)


small_or_not = st.one_of(st.integers(0, 6), st.integers(0, 30))
one_way = st.lists(small_or_not, min_size=2, max_size=6).map(lambda row: ((*row, sum(row)),))
two_way = st.integers(2, 3).flatmap(
    lambda columns: st.lists(
        st.lists(small_or_not, min_size=columns, max_size=columns), min_size=2, max_size=3
    ).map(with_margins)
)
tables = st.one_of(one_way, two_way)


def hidden_in(found: Suppressed) -> list[tuple[int, int]]:
    return sorted({*found.primary, *found.secondary})


def ends_of(table: Table, hidden: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """The attacker, who shares no line with the search: each hidden cell at its least and most."""
    return {
        cell: (_least(table, hidden, cell, 1), _least(table, hidden, cell, -1)) for cell in hidden
    }


def _least(table: Table, hidden: list[tuple[int, int]], cell: tuple[int, int], sign: int) -> int:
    rows, columns = len(table), len(table[0])
    index = {each: at for at, each in enumerate(hidden)}
    equations, sums = [], []
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    if rows > 1:
        lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    for line in lines:
        *cells, total = line
        row, known = [0.0] * len(hidden), 0
        for each, way in [*((each, 1) for each in cells), (total, -1)]:
            if each in index:
                row[index[each]] += way
            else:
                known += way * table[each[0]][each[1]]
        equations.append(row)
        sums.append(-known)
    cost = [0.0] * len(hidden)
    cost[index[cell]] = sign
    solved = linprog(cost, A_eq=equations, b_eq=sums, bounds=[(1, 10_000)] * len(hidden))
    return round(sign * solved.fun)


@given(tables)
def test_nobody_works_out_a_hidden_cell(table: Table) -> None:
    found = suppress(table)
    if found.decision == "refuse":
        return
    ends = ends_of(table, hidden_in(found))
    for cell in found.primary:
        low, high = ends[cell]
        assert low <= 1, f"{cell} cannot be 1"
        assert high >= 4, f"{cell} cannot be 4"
    for cell, (low, high) in ends.items():
        assert low < high, f"{cell} is known to be {low}"
    for cell, (low, high) in zip(found.primary, found.reader_range_of_primary, strict=True):
        assert ends[cell][0] == low
        assert ends[cell][1] == high or (high is None and ends[cell][1] > 1_000)


@given(tables)
def test_no_fewer_cells_would_do_and_no_smaller_ones(table: Table) -> None:
    found = suppress(table)
    if found.decision == "refuse" or len(found.secondary) > 3:
        return
    assert found.is_optimal
    best = cheapest(table, found)
    ours = sum(table[r][c] for r, c in found.secondary)
    assert (len(found.secondary), ours) == best


def cheapest(table: Table, found: Suppressed) -> tuple[int, int]:
    """By trying every set of cells, the smallest sets first."""
    primary = list(found.primary)
    others = [
        (r, c)
        for r, row in enumerate(table)
        for c, n in enumerate(row)
        if n and (r, c) not in primary
    ]
    for many in range(len(others) + 1):
        sums = [
            sum(table[r][c] for r, c in some)
            for some in combinations(others, many)
            if _keeps(table, primary, [*primary, *some])
        ]
        if sums:
            return many, min(sums)
    raise AssertionError("Hiding everything is safe.")


def _keeps(table: Table, primary: list[tuple[int, int]], hidden: list[tuple[int, int]]) -> bool:
    return all(
        _least(table, hidden, cell, 1) <= 1 and _least(table, hidden, cell, -1) >= 4
        for cell in primary
    )


@given(two_way)
def test_turning_the_table_hides_as_many(table: Table) -> None:
    turned = tuple(zip(*table, strict=True))
    one, other = suppress(table), suppress(turned)
    assert one.decision == other.decision
    assert len(one.secondary) == len(other.secondary)


@given(two_way, st.randoms())
def test_the_order_of_rows_does_not_matter(table: Table, chance: object) -> None:
    rows = list(table[:-1])
    chance.shuffle(rows)  # type: ignore[attr-defined]
    other = suppress((*rows, table[-1]))
    assert len(other.secondary) == len(suppress(table).secondary)


def test_a_large_table_is_searched_to_its_end() -> None:
    chance = np.random.default_rng(20190328)
    inner = chance.poisson(18, (8, 8))
    inner[chance.random((8, 8)) < 0.12] = 2
    found = suppress(with_margins(inner.tolist()))
    assert found.is_optimal
    assert all(
        low <= 1 and (high is None or high >= 4) for low, high in found.reader_range_of_primary
    )
