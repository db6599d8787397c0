"""The invented people answer as the stated model says, the same ones every time."""

from collections import Counter

import pytest

from coproduce.web.demo.model import PASS, invent, probability_of_agreeing
from coproduce.web.demo.story import DAY, HOMES, NEXT, PARTS, SEED, SHARES, Talk

TALKS = pytest.mark.parametrize("talk", [DAY, NEXT], ids=["the day", "what is next"])


@TALKS
def test_the_same_seed_gives_the_same_people(talk: Talk) -> None:
    assert invent(talk, SEED) == invent(talk, SEED)
    assert invent(talk, SEED) != invent(talk, SEED + 1)


@TALKS
def test_everybody_answers_as_many_as_the_page_says_none_twice(talk: Talk) -> None:
    people = invent(talk, SEED)
    assert len(people) == talk.people
    for person in people:
        numbers = [number for number, _ in person.answers]
        assert talk.fewest <= len(numbers) <= talk.most
        assert len(set(numbers)) == len(numbers)
        assert set(numbers) <= set(range(1, len(talk.statements) + 1))


@TALKS
def test_its_page_says_that_it_is_invented_and_how(talk: Talk) -> None:
    assert "invented" in talk.provenance
    assert f"{talk.people} people who do not exist" in talk.provenance
    assert f"seed {SEED}" in talk.provenance


def test_a_lean_of_two_is_about_nine_in_ten() -> None:
    assert probability_of_agreeing(2, 0) == pytest.approx(0.88, abs=0.005)
    assert probability_of_agreeing(0, 0) == 0.5
    assert probability_of_agreeing(1, -1) == 0.5


def test_the_viewpoints_have_the_shares_that_are_stated() -> None:
    people = [person for seed in range(20) for person in invent(NEXT, seed)]
    found = Counter(person.viewpoint for person in people)
    for viewpoint, share in SHARES.items():
        assert found[viewpoint] / len(people) == pytest.approx(share, abs=0.06)


def test_shares_leave_room_for_those_who_do_not_say() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)
    for shares in (HOMES, *PARTS.values()):
        assert 0 < sum(shares.values()) < 1


def test_some_pass_and_fewer_where_nobody_is_torn() -> None:
    counts: dict[int, Counter[int]] = {}
    for seed in range(5):
        for person in invent(DAY, seed):
            for number, answer in person.answers:
                counts.setdefault(number, Counter())[answer] += 1

    def passes(number: int) -> float:
        return counts[number][PASS] / counts[number].total()

    torn, sure = 18, 29  # meetings online; one person on the board
    assert passes(torn) > passes(sure) > 0
