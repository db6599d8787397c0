"""Which cells of a table have to be hidden, so that nobody can work out the small ones?

A small count is hidden (primary). Where it could be worked out from what is left, others are hidden
with it (secondary): as few as possible, and among those the smallest counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from coproduce.analysis.arrays import Flags, Floats, Ints
from coproduce.analysis.disclosure import DEFAULT_POLICY, HIDDEN, Policy

Cell = tuple[int, int]
MOST_ROUNDS = 400  # of the search; beyond it a safe answer is given that may hide more than needed
_NOISE = 1e-6


@dataclass(frozen=True)
class Suppressed:
    """A table as it may be printed, margins included; positions are (row, column) from 0.

    `published`: the counts as text, "[c]" where hidden. `primary`: small counts; `secondary`: those
    hidden with them. `decision`: "publish", "publish_with_suppression" or "refuse" (then nothing
    is published and `why` says what to do). `reader_range_of_primary`: for each primary cell what
    a reader can work out from all that is printed, its upper end None where nothing bounds it.
    `is_optimal`: whether fewer hidden cells would not do.
    """

    published: tuple[tuple[str, ...], ...]
    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    decision: str
    reader_range_of_primary: tuple[tuple[int, int | None], ...]
    is_optimal: bool
    why: str


def suppress(counts: ArrayLike, policy: Policy = DEFAULT_POLICY) -> Suppressed:
    """The table with small counts hidden so that they stay hidden (rules R1, R2, R3).

    `counts` (r, c): people, whole numbers from 0, with their margins: the last column holds the
    total of each row, and the last row that of each column; a table of one row has a total alone.
    A cell is hidden where it holds 1 to 4 people. A reader knows all that is printed, that hidden
    cells hold at least one, and how rows and columns add up; for each small cell, what they can
    work out still contains 1 and 4 and all between. Noughts are printed and never hide anything.
    Under the public base of people nothing is published.

    Raises ValueError for counts below nought or not whole, and margins that do not add up.

    Most likely broken: that the table is all there is. Other tables of the same people have to be
    looked at with it: see `may_release`. And that a reader does not know how this chooses: whoever
    does can often rule some values out, and now and then works out a cell (decision 0017).
    Source: Fischetti & Salazar (2001), Management Science 47: cells by integer programming with
    capacity cuts; the audit is exact, since the equations are those of a network; rule R3 is ours.

    >>> found = suppress([[12, 3, 25, 40, 80]])
    >>> found.published
    (('[c]', '[c]', '25', '40', '80'),)
    >>> found.primary, found.secondary, found.reader_range_of_primary
    (((0, 1),), ((0, 0),), ((1, 14),))
    """
    table = _checked(counts)
    if table.total < policy.smallest_public_base:
        return _refused(table, f"Fewer than {policy.smallest_public_base} people: show no table.")
    small = (table.counts > 0) & (table.counts < policy.smallest_count)
    search = _Search(table, np.flatnonzero(small), policy.smallest_count - 1)
    if not small.any():
        return _told(table, search, small, is_optimal=True)
    if not search.is_safe(table.counts > 0):
        return _refused(table, "Put rows or columns together until fewer of them are small.")
    hidden, is_optimal = search.best()
    return _told(table, search, hidden, is_optimal=is_optimal)


@dataclass(frozen=True, eq=False)
class _Table:
    """The counts row by row in one line (n,), and the equations among them (m, n)."""

    counts: Ints
    shape: tuple[int, int]
    equations: Floats

    @property
    def total(self) -> int:
        return int(self.counts[-1])

    def cell(self, at: int) -> Cell:
        return divmod(int(at), self.shape[1])


def _checked(counts: ArrayLike) -> _Table:
    given = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    if given.ndim != 2 or given.shape[1] < 2:
        raise ValueError("A table needs rows and columns, with their totals.")
    if not (np.isfinite(given).all() and (given >= 0).all() and (given == given.round()).all()):
        raise ValueError("Every count has to be a whole number of people, from 0.")
    whole: Ints = given.astype(np.int64)
    equations: Floats = np.array(list(_equations(whole.shape)))
    line = whole.ravel()
    wrong = np.flatnonzero(equations @ line)
    if wrong.size:
        raise ValueError(_wrong(int(wrong[0]), whole.shape))
    return _Table(line, (whole.shape[0], whole.shape[1]), equations)


def _equations(shape: tuple[int, ...]) -> Iterator[Floats]:
    """Each row, then each column: its cells less its total are nought."""
    rows, columns = shape
    place = np.arange(rows * columns).reshape(shape)
    lines = [place[row] for row in range(rows)]
    lines += [place[:, column] for column in range(columns)] if rows > 1 else []
    for line in lines:
        equation = np.zeros(rows * columns)
        equation[line[:-1]], equation[line[-1]] = 1.0, -1.0
        yield equation


def _wrong(equation: int, shape: tuple[int, ...]) -> str:
    rows = shape[0]
    line = f"Row {equation + 1}" if equation < rows else f"Column {equation - rows + 1}"
    return f"{line} does not add up to its total."


class _Search:
    """The search for cells to hide beside the small ones of a table."""

    def __init__(self, table: _Table, primary: Ints, most: int) -> None:
        self.table, self.primary, self.most = table, primary, most
        self.may = np.flatnonzero(table.counts > 0)
        self.cap = float(table.counts.sum() + 10 * most + 10)  # more than any cell could be
        self.cuts: list[Floats] = []  # over all cells: hidden cells of it have to come to 1

    def best(self) -> tuple[Flags, bool]:
        """Fewest cells first, then the smallest counts among as few; whether that was reached."""
        fewest = self._solved(np.ones(self.table.counts.size), None)
        if fewest is None:
            return self._greedy(), False
        few = int(fewest.sum())
        smallest = self._solved(self.table.counts.astype(np.float64), few)
        return (fewest, False) if smallest is None else (smallest, True)

    def _solved(self, cost: Floats, few: int | None) -> Flags | None:
        """The cheapest hidden cells that are safe, by cuts; None where it takes too long."""
        for _ in range(MOST_ROUNDS):
            hidden = self._cheapest(cost, few)
            found = list(self._broken(hidden))
            if not found:
                return hidden
            self.cuts += found
        return None

    def _cheapest(self, cost: Floats, few: int | None) -> Flags:
        n = self.table.counts.size
        low = np.zeros(n)
        low[self.primary] = 1.0
        high = np.zeros(n)
        high[self.may] = 1.0
        constraints = [optimize.LinearConstraint(cut, 1.0, np.inf) for cut in self.cuts]
        if few is not None:
            constraints.append(optimize.LinearConstraint(np.ones(n), few, few))
        solved = optimize.milp(
            cost,
            integrality=np.ones(n, dtype=np.int64),
            bounds=optimize.Bounds(low, high),
            constraints=constraints,
            options={"mip_rel_gap": 0.0},
        )
        if solved.x is None:
            raise RuntimeError("Hiding everything was safe, and yet nothing was found.")
        flags: Flags = solved.x > 0.5
        return flags

    def _broken(self, hidden: Flags) -> Iterator[Floats]:
        """For each small cell that a reader could narrow down: what would have to be hidden."""
        for at in self.primary:
            held = int(self.table.counts[at])
            for up, wanted in ((True, self.most - held), (False, held - 1)):
                if wanted <= 0:
                    continue
                reach, weights = self._reach(int(at), hidden, up=up)
                if reach < wanted - _NOISE:
                    yield np.minimum(weights / wanted, 1.0)

    def _reach(self, at: int, hidden: Flags, *, up: bool) -> tuple[float, Floats]:
        """How far a cell can move up or down; and how much each hidden cell lends to that.

        `weights`: whatever is hidden, the cell moves at most by the sum of those of hidden cells.
        """
        room = np.where(hidden, self.cap, 0.0)
        give = np.where(hidden, np.maximum(self.table.counts - 1, 0), 0.0).astype(np.float64)
        cost = np.zeros(hidden.size)
        cost[at] = -1.0 if up else 1.0
        solved = optimize.linprog(
            cost,
            A_eq=self.table.equations,
            b_eq=np.zeros(self.table.equations.shape[0]),
            bounds=list(zip((-give).tolist(), room.tolist(), strict=True)),
            method="highs",
        )
        lent = np.maximum(solved.lower.marginals, 0) * np.maximum(self.table.counts - 1, 0)
        lent += np.maximum(-solved.upper.marginals, 0) * self.cap
        lent[self.table.counts == 0] = 0.0
        return -float(solved.fun or 0.0), lent

    def is_safe(self, hidden: Flags) -> bool:
        return not any(True for _ in self._broken(hidden))

    def range_of(self, at: int, hidden: Flags) -> tuple[int, int | None]:
        """What a reader can work out about a hidden cell."""
        held = int(self.table.counts[at])
        down, up = (round(self._reach(at, hidden, up=way)[0]) for way in (False, True))
        return held - down, None if up >= self.cap / 2 else held + up

    def _greedy(self) -> Flags:
        """Everything hidden, and then shown again where that is safe, the largest first."""
        hidden: Flags = self.table.counts > 0
        for at in self.may[np.argsort(-self.table.counts[self.may], kind="stable")]:
            if at not in self.primary:
                hidden[at] = False
                hidden[at] = not self.is_safe(hidden)
        return hidden


def _told(table: _Table, search: _Search, hidden: Flags, *, is_optimal: bool) -> Suppressed:
    primary = search.primary
    secondary = np.setdiff1d(np.flatnonzero(hidden), primary)
    return Suppressed(
        published=_printed(table, hidden),
        primary=tuple(map(table.cell, primary)),
        secondary=tuple(map(table.cell, secondary)),
        decision="publish_with_suppression" if hidden.any() else "publish",
        reader_range_of_primary=tuple(search.range_of(int(at), hidden) for at in primary),
        is_optimal=is_optimal,
        why=_why(primary.size, secondary.size),
    )


def _printed(table: _Table, hidden: Flags) -> tuple[tuple[str, ...], ...]:
    cells = [HIDDEN if hide else str(n) for n, hide in zip(table.counts, hidden, strict=True)]
    width = table.shape[1]
    return tuple(tuple(cells[row * width : (row + 1) * width]) for row in range(table.shape[0]))


def _why(primary: int, secondary: int) -> str:
    if not primary:
        return "No count is small, so all of them may be shown."
    small = "1 count is small" if primary == 1 else f"{primary} counts are small"
    if not secondary:
        return f"{small} and hidden; they keep each other hidden."
    more = "1 more is" if secondary == 1 else f"{secondary} more are"
    return f"{small} and hidden; {more} hidden so that nobody can work them out."


def _refused(table: _Table, why: str) -> Suppressed:
    everything: Flags = np.ones(table.counts.size, dtype=np.bool_)
    return Suppressed(_printed(table, everything), (), (), "refuse", (), True, why)


def hide_projects(
    people: Sequence[int], *, national_shown: bool = True, policy: Policy = DEFAULT_POLICY
) -> tuple[int, ...]:
    """Which projects must not be shown apart beside a total of all (rule R5), by their places.

    Those under the public base; and with them the next smallest until, under a shown total, at
    least two are hidden with at least ten people together.

    >>> hide_projects([25, 40, 7, 18]), hide_projects([25, 40, 6, 7]), hide_projects([25, 40])
    ((2, 3), (2, 3), ())
    """
    if any(n < 0 for n in people):
        raise ValueError("A project has no fewer than nought people.")
    base = policy.smallest_public_base
    in_order = sorted(range(len(people)), key=lambda at: (people[at], at))
    small = [at for at in in_order if people[at] < base]
    if not small or not national_shown:
        return tuple(sorted(small))
    for many in count(len(small)):
        out = in_order[:many]
        if many >= len(in_order) or (many >= 2 and sum(people[at] for at in out) >= base):
            return tuple(sorted(out))
    raise AssertionError("The loop ends at the latest with everybody.")
