"""Are odd answers found, and only those, and is it said what hangs on them?"""

import numpy as np
import pytest
from numpy.typing import NDArray

from coproduce.analysis import map_opinions, odd_people, try_without
from coproduce.formats.polis import read_votes
from tests.real_conversations import BIODIVERSITY, BREXIT, exported
from tests.votes_drawn import two_camps

Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def at_random(people: int, statements: int, copies: int, seed: int) -> Columns:
    """People who each answer by chance, the last ones copies of the first."""
    answers = np.random.default_rng(seed).choice([-1, 0, 1], (people, statements))
    answers[people - copies :] = answers[0]
    who, what = np.divmod(np.arange(people * statements), statements)
    return who, what, answers.reshape(-1)


@pytest.mark.parametrize("seed", range(5))
def test_five_in_a_hundred_who_answer_as_one_are_found_and_one_of_them_stays(seed: int) -> None:
    columns = at_random(100, 20, copies=5, seed=seed)
    odd = odd_people(*columns, map_opinions(*columns))
    assert set(odd["identical answers"]) == {95, 96, 97, 98, 99}


def test_people_of_one_mind_are_not_taken_for_copies() -> None:
    who, what = np.divmod(np.arange(60 * 15), 15)
    vote = np.ones(who.size, dtype=int)
    assert odd_people(who, what, vote, map_opinions(who, what, vote))["identical answers"].size == 0


def test_two_camps_are_not_taken_for_copies() -> None:
    columns = two_camps(200, 16)
    assert odd_people(*columns, map_opinions(*columns))["identical answers"].size == 0


def test_a_minute_in_which_far_more_than_usual_begin_is_a_burst() -> None:
    columns = at_random(100, 10, copies=0, seed=1)
    begins = np.where(np.arange(100) < 70, np.arange(100) * 60, 9_000)
    found = map_opinions(*columns)
    odd = odd_people(*columns, found, seconds=begins[columns[0]])
    assert set(odd["a burst of newcomers"]) == set(range(70, 100))


def test_a_steady_stream_is_no_burst() -> None:
    columns = at_random(100, 10, copies=0, seed=1)
    odd = odd_people(*columns, map_opinions(*columns), seconds=columns[0] * 30)
    assert odd["a burst of newcomers"].size == 0


def test_where_nobody_is_odd_nothing_changes() -> None:
    columns = at_random(60, 14, copies=0, seed=3)
    for each in try_without(*columns, map_opinions(*columns)):
        assert (each.people, each.changes_nothing) == (0, True)


def test_a_line_that_hangs_on_copies_is_lost_without_them() -> None:
    """Twenty people who are torn over everything, and thirty copies who agree with all."""
    answers = np.random.default_rng(2).choice([-1, 1], (50, 16))
    answers[20:] = 1
    who, what = np.divmod(np.arange(50 * 16), 16)
    found = map_opinions(who, what, answers.reshape(-1), groups=1)
    copies = try_without(who, what, answers.reshape(-1), found)[0]
    assert copies.people == 29
    assert set(copies.lost) == {line.statement for line in found.common_ground} != set()


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_real_conversations_hold_without_odd_answers(conversation: str) -> None:
    votes = read_votes(exported(conversation, "votes.csv"))
    columns = votes.person, votes.statement, votes.vote
    found = map_opinions(*columns)
    tried = try_without(*columns, found, seconds=votes.seconds)
    assert [each.why for each in tried][1] == "a burst of newcomers"
    assert all(each.changes_nothing for each in tried)
