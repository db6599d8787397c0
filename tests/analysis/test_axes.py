"""Are the axes the principal components, and do positions follow from one's own votes?"""

import numpy as np
import pytest
from numpy.typing import NDArray

from coproduce.analysis import conclude, map_opinions, summarise
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
