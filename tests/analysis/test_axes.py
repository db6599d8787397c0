"""Are the axes the principal components, and do positions follow from one's own votes?"""

import numpy as np
import pytest
from numpy.typing import NDArray

from coproduce.analysis import Moments, conclude, map_opinions, summarise
from coproduce.formats.polis import read_statements, read_votes
from tests.real_conversations import BIODIVERSITY, BREXIT, exported
from tests.votes_drawn import two_camps

Dense = NDArray[np.float64]


def dense(person: object, statement: object, vote: object) -> tuple[Dense, list[int], list[int]]:
    """People x statements, nan where nobody voted."""
    people, who = np.unique(np.asarray(person), return_inverse=True)
    asked, what = np.unique(np.asarray(statement), return_inverse=True)
    table = np.full((people.size, asked.size), np.nan)
    table[who, what] = np.asarray(vote)
    return table, people.tolist(), asked.tolist()


def imputed(table: Dense, out: Dense) -> Dense:
    """Gaps filled with the statement's mean, columns centred, moderated ones zero."""
    centred = np.where(np.isnan(table), 0.0, table - np.nanmean(table, axis=0))
    centred[:, out] = 0.0
    return centred


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_eigenvectors_equal_dense_principal_components(conversation: str) -> None:
    votes = read_votes(exported(conversation, "votes.csv"))
    moderated = [
        each.id
        for each in read_statements(exported(conversation, "comments.csv"))
        if each.moderated < 0
    ]
    table, _, asked = dense(votes.person, votes.statement, votes.vote)
    _, _, principal = np.linalg.svd(imputed(table, np.isin(asked, moderated)), full_matrices=False)
    axes = conclude(summarise(votes.person, votes.statement, votes.vote), moderated=moderated)
    for axis in range(2):
        turned = principal[axis] * np.sign(principal[axis] @ axes.directions[:, axis])
        assert np.abs(turned - axes.directions[:, axis]).max() < 1e-12


@pytest.mark.parametrize("statements", [299, 300, 450])
def test_many_statements_have_the_same_principal_components(statements: int) -> None:
    """From 300 on they are found step by step instead of all at once."""
    votes = two_camps(200, statements)
    table, _, _ = dense(*votes)
    _, strength, principal = np.linalg.svd(imputed(table, np.zeros(statements, dtype=bool)))
    axes = conclude(summarise(*votes))
    for axis in range(2):
        turned = principal[axis] * np.sign(principal[axis] @ axes.directions[:, axis])
        assert np.abs(turned - axes.directions[:, axis]).max() < 1e-12
        share = strength[axis] ** 2 / (strength**2).sum()
        assert axes.variance[axis] == pytest.approx(share, rel=1e-12)


def test_of_two_axes_that_explain_as_much_none_is_overlooked() -> None:
    """Going step by step from one start sees an axis of each kind, and here there are two of one.

    The hall and those at home answer 200 statements of their own in the same way, which part
    people along two lines that explain nearly, but not quite, as much.
    """
    lines = np.kron(np.eye(2, dtype=int), np.full((100, 100), 10_000))
    shaken = np.random.default_rng(0).integers(0, 100, 200) + 10_000 * (np.arange(200) < 100)
    products = np.kron(np.eye(2, dtype=int), lines + np.diag(shaken))
    votes = np.ones((400, 400), dtype=np.int64)
    axes = conclude(Moments(np.arange(400), votes, products, 0 * votes))
    assert axes.variance[0] == pytest.approx(axes.variance[1], rel=1e-12)
    assert axes.directions.T @ axes.directions == pytest.approx(np.eye(2), abs=1e-12)


def test_answers_at_random_have_the_same_principal_components() -> None:
    """Where no axis stands out, steps do not get there, and all are found at once."""
    chance = np.random.default_rng(4)
    who, what = np.divmod(np.arange(900 * 320), 320)
    votes = who, what, chance.integers(-1, 2, who.size)
    table, _, _ = dense(*votes)
    _, _, principal = np.linalg.svd(imputed(table, np.zeros(320, dtype=bool)), full_matrices=False)
    axes = conclude(summarise(*votes))
    for axis in range(2):
        assert abs(principal[axis] @ axes.directions[:, axis]) == pytest.approx(1, abs=1e-12)


def test_a_position_is_the_stretched_sum_over_ones_own_votes() -> None:
    person, statement, vote = two_camps()
    table, people, _ = dense(person, statement, vote)
    axes = conclude(summarise(person, statement, vote))
    found = map_opinions(person, statement, vote, polis=True)
    for row, who in zip(table, people, strict=True):
        voted = ~np.isnan(row)
        away = row[voted] - np.nanmean(table, axis=0)[voted]
        expected = np.sqrt(row.size / voted.sum()) * away @ axes.directions[voted]
        assert found.positions[who] == pytest.approx(tuple(expected), abs=1e-12)


def test_a_statement_taken_out_counts_as_answered_by_everybody_and_moves_nobody() -> None:
    person, statement, vote = two_camps()
    table, people, asked = dense(person, statement, vote)
    axes = conclude(summarise(person, statement, vote), moderated=[3])
    found = map_opinions(person, statement, vote, moderated=[3], polis=True)
    kept = np.array(asked) != 3
    assert axes.directions[~kept].tolist() == [[0.0, 0.0]]
    for row, who in zip(table, people, strict=True):
        voted = ~np.isnan(row) & kept
        away = row[voted] - np.nanmean(table, axis=0)[voted]
        expected = np.sqrt(row.size / (voted.sum() + 1)) * away @ axes.directions[voted]
        assert found.positions[who] == pytest.approx(tuple(expected), abs=1e-12)


def test_the_largest_weight_of_each_axis_is_positive() -> None:
    axes = conclude(summarise(*two_camps()))
    for direction in axes.directions.T:
        assert direction[np.abs(direction).argmax()] > 0


def test_where_all_agree_there_is_no_axis() -> None:
    axes = conclude(summarise([1, 1, 2, 2], [1, 2, 1, 2], [1, 1, 1, 1]))
    assert not axes.directions.any()
    assert not axes.variance.any()


def test_the_shares_of_variance_fall_and_stay_within_the_whole() -> None:
    first, second = conclude(summarise(*two_camps())).variance
    assert 1 >= first >= second >= 0
    assert first + second <= 1
