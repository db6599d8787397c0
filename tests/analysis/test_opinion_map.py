"""Does the map say who thinks alike, and is it the same map however the votes arrive?"""

import random
from dataclasses import replace
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import NotEnough, OpinionMap, map_opinions
from coproduce.formats.polis import read_statements, read_votes
from tests.real_conversations import BIODIVERSITY, BREXIT, exported, published_groups
from tests.votes_drawn import Rows, joined, rows, two_camps

PEOPLE = st.integers(0, 11)


def mapped(votes: Rows, **choices: object) -> OpinionMap:
    return map_opinions(*votes, **choices)  # type: ignore[arg-type]


def mapped_conversation(
    conversation: str, groups: int | None = None, *, polis: bool = False
) -> OpinionMap:
    votes = read_votes(exported(conversation, "votes.csv"))
    statements = read_statements(exported(conversation, "comments.csv"))
    out = [each.id for each in statements if each.moderated < 0]
    return map_opinions(
        votes.person, votes.statement, votes.vote, groups=groups, moderated=out, polis=polis
    )


def adjusted_rand(pairs: list[tuple[str, str]]) -> float:
    """How far two groupings agree beyond chance. Source: Hubert & Arabie (1985), equation 5."""

    def together(labels: list[object]) -> int:
        return sum(comb(labels.count(each), 2) for each in set(labels))

    both, one, other = (
        together(list(pairs)),
        together([a for a, _ in pairs]),
        together([b for _, b in pairs]),
    )
    expected = one * other / comb(len(pairs), 2)
    return (both - expected) / ((one + other) / 2 - expected)


# The same votes, the same map


@given(rows(PEOPLE), st.randoms(use_true_random=False))
def test_the_order_of_votes_leaves_the_map_unchanged(votes: Rows, chance: random.Random) -> None:
    order = list(range(len(votes[0])))
    chance.shuffle(order)
    shuffled: Rows = (
        [votes[0][i] for i in order],
        [votes[1][i] for i in order],
        [votes[2][i] for i in order],
    )
    assert mapped(shuffled) == mapped(votes)


@given(rows(PEOPLE), st.permutations(range(12)))
def test_other_names_for_people_leave_the_map_unchanged(votes: Rows, names: list[int]) -> None:
    found = mapped(votes)
    renamed = mapped(([names[who] for who in votes[0]], votes[1], votes[2]))
    assert renamed.groups == {names[who]: group for who, group in found.groups.items()}
    assert renamed.positions == {names[who]: at for who, at in found.positions.items()}
    assert replace(renamed, groups=found.groups, positions=found.positions) == found


def test_order_and_names_leave_a_whole_conversation_unchanged() -> None:
    votes = two_camps(150, 20)
    found = mapped(votes)
    order = np.random.default_rng(5).permutation(len(votes[0])).tolist()
    moved = mapped(tuple([column[i] for i in order] for column in votes))  # type: ignore[arg-type]
    renamed = mapped(([900 - 7 * who for who in votes[0]], votes[1], votes[2]))
    assert moved == found
    assert renamed.groups == {900 - 7 * who: group for who, group in found.groups.items()}
    assert renamed.representative == found.representative


@given(rows(PEOPLE), PEOPLE)
def test_a_person_taken_out_might_as_well_never_have_voted(votes: Rows, leaving: int) -> None:
    others = [row for row in zip(*votes, strict=True) if row[0] != leaving]
    never: Rows = ([r[0] for r in others], [r[1] for r in others], [r[2] for r in others])
    weights = [0 if who == leaving else 1 for who in votes[0]]
    assert mapped(votes, weights=weights) == mapped(never)


@given(rows(PEOPLE), st.integers(2, 3))
def test_a_weight_gives_the_map_of_so_many_separate_people(votes: Rows, weight: int) -> None:
    apart: Rows = ([], [], [])
    for copy in range(weight):
        apart = joined(apart, ([who + 100 * copy for who in votes[0]], votes[1], votes[2]))
    together = mapped(votes, weights=[weight] * len(votes[0]))
    separate = mapped(apart)
    assert together.input_digest == separate.input_digest
    assert together.by_statement == separate.by_statement
    assert (together.people, together.group_sizes) == (separate.people, separate.group_sizes)


def test_the_digest_changes_with_any_vote() -> None:
    person, statement, vote = two_camps()
    changed = [-vote[0] or 1, *vote[1:]]
    assert mapped((person, statement, changed)).input_digest != (
        mapped((person, statement, vote)).input_digest
    )


# Small and odd conversations


@given(rows(PEOPLE, most=25), st.sampled_from([None, 1, 2, 5]))
def test_any_few_votes_end_in_a_clear_result(votes: Rows, groups: int | None) -> None:
    found = mapped(votes, groups=groups)
    assert (found.k is None) == (found.not_enough is not None)
    numbers = [x for at in found.positions.values() for x in at]
    numbers += [x for at in found.axes.values() for x in at]
    numbers += found.group_informed_consensus.values()
    assert np.isfinite(numbers).all()
    assert set(found.groups) == set(votes[0])
    assert {group for group in found.groups.values() if group} == set(found.group_sizes)


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_three_people_are_not_enough_and_it_says_how_many_are(people: int) -> None:
    found = map_opinions(list(range(people)), [1] * people, [1] * people)
    assert found.not_enough == NotEnough(people=people, needed=4)
    assert (found.k, found.positions, found.common_ground) == (None, {}, ())


def test_people_who_answered_too_little_do_not_make_a_map() -> None:
    votes = [(who, what) for who in range(30) for what in range(who % 5, who % 5 + 3)]
    found = map_opinions([w for w, _ in votes], [s for _, s in votes], [1] * len(votes))
    assert found.people == 30
    assert found.not_enough == NotEnough(people=0, needed=4)


def test_where_everybody_agrees_there_is_one_group_and_common_ground() -> None:
    person = [who for who in range(20) for _ in range(3)]
    found = map_opinions(person, [1, 2, 3] * 20, [1] * 60)
    assert (found.k, found.group_sizes) == (1, {"A": 20})
    assert [line.statement for line in found.common_ground] == [1, 2, 3]
    assert found.divides == ()


def test_one_statement_alone_can_divide() -> None:
    found = map_opinions(list(range(20)), [4] * 20, [1] * 12 + [-1] * 8, polis=True)
    assert found.group_sizes == {"A": 12, "B": 8}
    assert [(line.higher, line.lower) for line in found.divides] == [("A", "B")]


def test_a_statement_taken_out_is_listed_nowhere() -> None:
    found = mapped(two_camps(), moderated=[2, 3, 77])
    assert found.moderated == (2, 3)
    assert not {2, 3} & set(found.by_statement)
    assert not {2, 3} & set(found.group_informed_consensus)
    listed = (*found.common_ground, *found.divides, *found.representative)
    assert not {2, 3} & {line.statement for line in listed}


def test_all_statements_taken_out_leave_a_map_without_lines() -> None:
    found = mapped(two_camps(), moderated=range(12))
    assert (found.k, found.common_ground, found.divides) == (1, (), ())


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        (([1, 1], [1], [1]), "equally long"),
        (([1], [1], [2]), "Person 1 voted 2 on statement 1"),
        (([1], [1], [0.5]), "vote column must hold whole numbers"),
        (([1], [1], [float("nan")]), "vote column must hold whole numbers"),
        ((["a"], [1], [1]), "person column must hold whole numbers"),
        (([[1]], [[1]], [[1]]), "person column must be one list"),
    ],
)
def test_columns_that_are_no_votes_are_refused(columns: Rows, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        map_opinions(*columns)


@pytest.mark.parametrize(
    ("weights", "complaint"), [([1, 2], "different weights"), ([-1, -1], "below 0")]
)
def test_weights_must_count_people(weights: list[int], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        map_opinions([1, 1], [1, 2], [1, 1], weights=weights)


def test_a_number_of_groups_must_be_a_number_of_groups() -> None:
    for groups in (0, 6):
        with pytest.raises(ValueError, match="from 1 to 5"):
            mapped(two_camps(), groups=groups)


def test_a_seed_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or a whole number above"):
        mapped(two_camps(), seed=-1)


# What it finds


def test_two_camps_by_hand() -> None:
    # 6 people agree with 1 and 2, 4 disagree with 1 and agree with 2; all reject 3
    votes = [(1, 1, -1)] * 6 + [(-1, 1, -1)] * 4
    found = map_opinions(
        [who for who in range(10) for _ in range(3)],
        [1, 2, 3] * 10,
        [vote for row in votes for vote in row],
        polis=True,
    )
    assert found.group_sizes == {"A": 6, "B": 4}
    assert [found.groups[who] for who in range(10)] == ["A"] * 6 + ["B"] * 4
    (agreed,), (rejected,), (divide,) = found.common_ground, found.rejected_by_all, found.divides
    assert (agreed.statement, rejected.statement, divide.statement) == (2, 3, 1)
    assert agreed.lowest_share_bound == pytest.approx(0.05 ** (1 / 5))  # Beta(5, 1)
    assert agreed.by_group["A"].agree_bound == pytest.approx(0.05 ** (1 / 7))  # Beta(7, 1)
    assert (divide.higher, divide.lower, divide.difference) == ("A", "B", 1.0)
    assert found.group_informed_consensus[1] == pytest.approx(7 / 8 * 1 / 6)
    assert found.group_informed_consensus[2] == pytest.approx(7 / 8 * 5 / 6)
    # on statement 1, with one added: 7/7 in A against 1/5 in B, pooled 8/12
    z = (1 - 1 / 5) / np.sqrt(8 / 12 * 4 / 12 * (1 / 7 + 1 / 5))
    assert found.by_statement[1]["A"].agree_z == pytest.approx(z)


def test_common_ground_is_held_by_every_group_and_surest_first() -> None:
    found = mapped(two_camps(200, 20))
    assert [line.statement % 2 for line in found.common_ground] == [0] * 10
    bounds = [line.lowest_share_bound for line in found.common_ground]
    assert bounds == sorted(bounds, reverse=True)
    assert all(
        line.lowest_share_bound == min(each.agree_bound for each in line.by_group.values()) >= 0.5
        for line in found.common_ground
    )


def test_divides_are_where_the_camps_differ_and_exclude_nought() -> None:
    found = mapped(two_camps(200, 20))
    assert {line.statement for line in found.divides} == set(range(1, 20, 2))
    assert all(0 < line.low < line.difference < line.high for line in found.divides)


def test_passes_count_as_votes_and_not_as_agreement() -> None:
    found = map_opinions(list(range(30)), [1] * 30, [1] * 20 + [0] * 10, groups=1)
    group = found.by_statement[1]["A"]
    assert (group.agrees, group.disagrees, group.votes) == (20, 0, 30)
    assert group.agree_share == pytest.approx(2 / 3)


# Real conversations


@pytest.mark.parametrize(("conversation", "bar"), [(BREXIT, 0.85), (BIODIVERSITY, 0.75)])
def test_groups_agree_with_those_that_polis_published(conversation: str, bar: float) -> None:
    polis = published_groups(conversation)
    found = mapped_conversation(conversation, groups=len(set(polis.values())), polis=True)
    pairs = [(found.groups[who] or "", polis[who]) for who in polis if found.groups[who]]
    assert len(pairs) > 0.9 * len(polis)
    assert adjusted_rand(pairs) >= bar


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_group_informed_consensus_equals_a_count_by_hand(conversation: str) -> None:
    found = mapped_conversation(conversation)
    votes = read_votes(exported(conversation, "participants-votes.csv"))
    of_group = np.array([found.groups[who] or "" for who in votes.person.tolist()])
    for statement, value in found.group_informed_consensus.items():
        expected = 1.0
        for label in found.group_sizes:
            asked = votes.vote[(of_group == label) & (votes.statement == statement)]
            expected *= ((asked == 1).sum() + 1) / (asked.size + 2)
        assert value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_it_counts_all_people_statements_and_votes(conversation: str) -> None:
    found = mapped_conversation(conversation)
    votes = read_votes(exported(conversation, "participants-votes.csv"))
    assert found.votes == votes.vote.size
    assert found.people == np.unique(votes.person).size
    assert found.statements == np.unique(votes.statement).size
