"""Are votes put into an order that depends on nothing but the votes?"""

import warnings

import numpy as np
import pytest

from coproduce.analysis import conclude, map_opinions, summarise, votes
from coproduce.analysis.votes import vote_table
from tests.votes_drawn import two_camps


def test_people_who_voted_alike_are_one_pattern() -> None:
    table = vote_table([5, 9, 7, 5, 9], [1, 1, 2, 2, 2], [1, 1, 1, -1, -1])
    assert table.people.tolist() == [5, 7, 9]
    assert table.pattern_of[0] == table.pattern_of[2] != table.pattern_of[1]
    assert sorted(table.weight.tolist()) == [1, 2]
    assert table.answered[table.pattern_of].tolist() == [2, 1, 2]


def test_keys_that_are_alike_by_chance_or_malice_join_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keys only order people: whoever makes two alike must not make two votes one."""
    person, statement, vote = two_camps(60, 12)
    expected = vote_table(person, statement, vote)
    monkeypatch.setattr(votes, "_keys", lambda *_: np.zeros(60, dtype=np.uint64))
    one = vote_table(person, statement, vote)
    renamed = vote_table([200 - who for who in person], statement, vote)
    assert sorted(one.weight.tolist()) == sorted(expected.weight.tolist())
    assert (one.column.tolist(), one.vote.tolist()) == (
        renamed.column.tolist(),
        renamed.vote.tolist(),
    )
    assert one.digest == renamed.digest


def test_the_digest_tells_apart_what_a_list_of_votes_alone_would_not() -> None:
    whose = [
        vote_table([1, 1], [1, 2], [1, 1]),  # one person with two votes
        vote_table([1, 2], [1, 2], [1, 1]),  # two with one each
        vote_table([1, 1], [1, 3], [1, 1]),  # another statement
        vote_table([1, 1, 2, 2], [1, 2, 1, 2], [1, 1, 1, 1]),  # two who voted alike
    ]
    assert len({table.digest for table in whose}) == 4


def test_a_weight_of_nought_leaves_a_person_out_of_the_digest() -> None:
    with_them = vote_table([1, 2], [1, 1], [1, -1], [1, 0])
    assert with_them.digest == vote_table([1], [1], [1]).digest


def many_statements(count: int, people: int = 12) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Few people of two camps; each statement is answered by one person at least."""
    chance = np.random.default_rng(8)
    what = np.concatenate([np.arange(count), chance.integers(0, count, count)])
    who = np.arange(what.size) % people
    return who, what, np.where((who + what) % 2, 1, -1)


def test_from_two_thousand_statements_on_it_warns_of_the_size() -> None:
    columns = many_statements(2_000)
    with pytest.warns(UserWarning, match=r"2,000 statements: .* takes 0\.1 GB") as caught:
        found = map_opinions(*columns, polis=True)
    assert found.k is not None
    assert [warning.filename for warning in caught] == [__file__]  # the caller's line, once


def test_below_two_thousand_statements_it_does_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        summarise(*many_statements(1_999))


@pytest.mark.slow
def test_ten_thousand_statements_and_few_people_still_have_a_map() -> None:
    """Takes 4 GB and some ten seconds."""
    with pytest.warns(UserWarning, match=r"10,000 statements: .* takes 2\.4 GB"):
        moments = summarise(*many_statements(10_000))
    axes = conclude(moments)
    assert np.isfinite(axes.directions).all()
    assert axes.variance[0] > 0
