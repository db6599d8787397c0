"""What passes the gate, what stays outside, and that it says so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.trust.gate import Bar, KeptBack, admit, only

rows = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(-1, 1)), max_size=60)


def columns(some):
    return np.array(some, dtype=np.int64).reshape(-1, 3).T


def test_it_counts_who_and_what_came_through():
    admitted = admit([7, 7, 8], [1, 2, 1], [1, -1, 0], consent_basis="they said so")

    assert (admitted.manifest.rows, admitted.manifest.people, admitted.manifest.items) == (3, 2, 2)
    assert admitted.people.tolist() == [7, 8]


def test_it_says_how_many_rows_stayed_outside_and_why():
    bar = Bar(np.array([True, False, False]), "a statement that was left out")
    admitted = admit([7, 7, 8], [1, 2, 1], [1, -1, 0], consent_basis="said so", bars=[bar])

    assert admitted.person.tolist() == [7, 8]
    assert admitted.manifest.kept_back == (KeptBack(1, "a statement that was left out"),)


def test_a_row_that_two_bars_stop_counts_once():
    bars = [Bar(np.array([True, True]), "first"), Bar(np.array([True, True]), "second")]
    admitted = admit([1, 2], [1, 1], [1, 1], consent_basis="said so", bars=bars)

    assert admitted.manifest.kept_back == (KeptBack(2, "first"),)


def test_nothing_passes_without_a_consent_basis():
    with pytest.raises(ValueError, match="consent basis"):
        admit([1], [1], [1], consent_basis="")


def test_nobody_can_write_to_what_was_admitted():
    admitted = admit([1], [1], [1], consent_basis="said so")

    with pytest.raises(ValueError, match="read-only"):
        admitted.value[0] = -1


def test_it_leaves_the_columns_it_was_given_alone():
    given_votes = np.array([1, -1])
    admit([1, 2], [1, 1], given_votes, consent_basis="said so")

    given_votes[0] = 0
    assert given_votes.tolist() == [0, -1]


@given(rows, st.sets(st.integers(0, 9)))
def test_every_row_is_either_inside_or_counted_outside(some, people):
    admitted = admit(*columns(some), consent_basis="said so")
    narrowed = only(admitted, sorted(people), why="they wait")

    outside = sum(kept.rows for kept in narrowed.manifest.kept_back)
    assert narrowed.manifest.rows + outside == len(some)
    assert set(narrowed.person.tolist()) <= people
