"""Do the moments that follow each vote stay those of everybody's votes, integer for integer?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import Moments, live, map_opinions, summarise
from coproduce.analysis.live import Answers, Difference, among, differences, follow
from tests.votes_drawn import Rows, joined, rows, two_camps

STAY, MOVE = st.integers(0, 9), st.integers(10, 19)
NOBODY = Answers.of([], [], [])


@pytest.fixture(params=["answer by answer", "counted anew"], autouse=True)
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of following have to lead to the same integers."""
    monkeypatch.setattr(live, "_PAIRS_A_CELL", 10**9 if request.param == "answer by answer" else -1)


@given(rows(STAY), rows(MOVE), rows(MOVE))
def test_whatever_some_people_change_it_is_the_summary_of_what_stands_now(
    others: Rows, before: Rows, after: Rows
) -> None:
    moments = summarise(*joined(others, before))
    followed = follow(moments, before=Answers.of(*before), after=Answers.of(*after))
    assert followed == summarise(*joined(others, after))


@given(rows(STAY), rows(MOVE), rows(MOVE))
def test_it_is_what_recasting_gives(others: Rows, before: Rows, after: Rows) -> None:
    moments, was, now = summarise(*joined(others, before)), Answers.of(*before), Answers.of(*after)
    recast = moments.recast(before=was.moments(), after=now.moments())
    assert follow(moments, before=was, after=now) == recast


@given(rows(STAY), rows(MOVE))
def test_everybody_can_come_and_go_again(others: Rows, guests: Rows) -> None:
    alone = summarise(*others)
    together = follow(alone, before=NOBODY, after=Answers.of(*guests))
    assert together == summarise(*joined(others, guests))
    assert follow(together, before=Answers.of(*guests), after=NOBODY) == alone


def test_it_leaves_the_moments_it_was_given_as_they_were() -> None:
    hall = summarise([1, 1, 2], [7, 8, 7], [1, -1, 1])
    follow(hall, before=Answers.of([2], [7], [1]), after=Answers.of([2], [7], [-1]))
    assert hall == summarise([1, 1, 2], [7, 8, 7], [1, -1, 1])


def test_a_statement_that_nobody_answers_any_more_has_no_row() -> None:
    hall = summarise([1, 2], [7, 8], [1, -1])
    followed = follow(hall, before=Answers.of([2], [8], [-1]), after=NOBODY)
    assert followed.statements.tolist() == [7]


@pytest.mark.parametrize("never_in", [([2, 2], [7, 8], [1, 1]), ([2], [9], [1])])
def test_it_takes_nobody_out_who_was_never_in(never_in: Rows) -> None:
    hall = summarise([1, 1], [7, 8], [1, -1])
    with pytest.raises(ValueError, match="cannot be taken out"):
        follow(hall, before=Answers.of(*never_in), after=NOBODY)


@given(rows(STAY), st.sets(st.integers(0, 12)))
def test_the_moments_among_some_statements_are_those_of_their_votes(
    votes: Rows, shown: set[int]
) -> None:
    kept = [row for row in zip(*votes, strict=True) if row[1] in shown]
    columns = [[row[at] for row in kept] for at in range(3)]
    assert among(summarise(*votes), sorted(shown)) == summarise(*columns)


def test_a_difference_is_named_by_table_and_statements() -> None:
    person, statement, vote = two_camps()
    whole = summarise(person, statement, vote)
    assert differences(whole, whole) == ()
    tables = {name: getattr(whole, name).copy() for name in "NMX"}
    tables["M"][3, 5] += 1
    assert differences(whole, Moments(whole.statements, **tables)) == (Difference("M", (3, 5)),)


def test_a_statement_that_one_of_them_does_not_know_is_a_difference_too() -> None:
    one, other = summarise([1], [7], [0]), summarise([1, 2], [7, 9], [0, 0])
    assert differences(one, other) == (Difference("N", (9,)),)
    assert np.array_equal(one.statements, [7])


def test_the_map_of_kept_moments_is_the_map_of_the_votes() -> None:
    hall, home = two_camps(30), two_camps(24, seed=2)
    guests = ([who + 100 for who in home[0]], home[1], home[2])
    followed = follow(summarise(*hall), before=NOBODY, after=Answers.of(*guests))
    votes = joined(hall, guests)
    assert map_opinions(*votes, moments=followed) == map_opinions(*votes)


def test_moments_of_other_votes_make_no_map() -> None:
    votes = two_camps(30)
    for other in (two_camps(31), two_camps(30, 11)):
        with pytest.raises(ValueError, match="not those of these votes"):
            map_opinions(*votes, moments=summarise(*other))
