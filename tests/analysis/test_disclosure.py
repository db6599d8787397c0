"""Does any small number, or any small difference, leave the building?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.analysis import (
    Blocked,
    Policy,
    Released,
    about_people,
    about_share,
    at_least_share,
    has_base,
    may_release,
    next_release,
    shown_count,
    shown_percentage,
)
from coproduce.analysis.disclosure import smallest_step

PEOPLE = st.sets(st.integers(0, 60))


def test_a_page_needs_ten_people_and_a_team_five() -> None:
    assert [has_base(people) for people in (9, 10)] == [False, True]
    assert [has_base(people, team=True) for people in (4, 5)] == [False, True]


def test_one_to_four_people_are_hidden_and_nought_is_shown() -> None:
    assert [shown_count(count) for count in range(6)] == ["0", "[c]", "[c]", "[c]", "[c]", "5"]


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_percentage_never_rests_on_one_to_four_people(pair: tuple[int, int]) -> None:
    count, base = pair
    hidden = base < 10 or 0 < count < 5 or 0 < base - count < 5
    assert (shown_percentage(count, base) == "[c]") == hidden


def test_a_percentage_is_told_whole() -> None:
    assert shown_percentage(30, 48) == "62 %"


@pytest.mark.parametrize(
    ("count", "votes", "words"),
    [
        (0, 40, "hardly anyone"),
        (1, 40, "hardly anyone"),
        (2, 40, "about 1 in 10"),
        (30, 48, "about 6 in 10"),
        (38, 40, "nearly everyone"),
        (40, 40, "nearly everyone"),
        (9, 9, None),
    ],
)
def test_a_share_of_votes_is_told_in_coarse_words(
    count: int, votes: int, words: str | None
) -> None:
    assert about_share(count, votes) == words


@given(st.floats(0, 1), st.integers(0, 50))
def test_at_least_never_promises_more_than_the_bound(bound: float, votes: int) -> None:
    words = at_least_share(bound, votes)
    assert (words is None) == (votes < 10 or bound < 0.1 - 1e-9)
    if words is not None:
        assert int(words.split()[2]) / 10 <= bound + 1e-9


def test_people_are_told_to_the_nearest_ten() -> None:
    assert [about_people(n) for n in (3, 10, 14, 15, 104)] == [
        "fewer than 10 people",
        "about 10 people",
        "about 10 people",
        "about 20 people",
        "about 100 people",
    ]


def test_a_stricter_policy_hides_more() -> None:
    strict = Policy(smallest_public_base=20, smallest_count=8)
    assert shown_count(7, policy=strict) == "[c]"
    assert about_share(10, 15, policy=strict) is None


def test_a_policy_without_a_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Policy(smallest_difference=0)


@pytest.mark.parametrize("tell", [about_share, shown_percentage])
def test_more_than_all_is_no_share(tell: object) -> None:
    with pytest.raises(ValueError, match="not a share"):
        tell(11, 10)  # type: ignore[operator]


def test_a_bound_above_all_is_no_share() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        at_least_share(1.2, 30)


@given(st.lists(PEOPLE, max_size=4), PEOPLE)
def test_a_release_differs_from_each_earlier_one_by_nobody_or_ten(
    earlier: list[set[int]], now: set[int]
) -> None:
    differences = [len(now), *(len(now ^ release) for release in earlier)]
    allowed = all(size == 0 or size >= 10 for size in differences)
    answer = may_release([sorted(release) for release in earlier], sorted(now))
    assert isinstance(answer, Released) == allowed


def test_a_blocked_release_says_beside_which_and_how_many() -> None:
    assert may_release([range(20), range(40)], range(43)) == Blocked(against=1, differing=3)
    assert may_release([], range(4)) == Blocked(against=None, differing=4)


def test_swapping_five_people_for_five_others_is_a_difference_of_ten() -> None:
    assert isinstance(may_release([range(30)], range(5, 35)), Released)
    assert isinstance(may_release([range(30)], range(4, 34)), Blocked)


@given(PEOPLE, PEOPLE, st.integers(0, 2**32))
def test_an_interim_picture_leaves_room_for_the_closing_one(
    previous: set[int], newcomers: set[int], seed: int
) -> None:
    now = previous | newcomers
    interim = next_release(sorted(previous), sorted(now), seed=seed)
    fresh = now - previous
    assert (interim is None) == (len(fresh) < 20)
    if interim is not None:
        shown = set(interim.tolist())
        assert previous <= shown <= now
        assert len(now - shown) == 10
        assert isinstance(may_release([sorted(shown)], sorted(now)), Released)


def test_a_picture_of_many_waits_for_a_twentieth_more() -> None:
    assert next_release(range(2_000), range(2_109), seed=1) is None
    interim = next_release(range(2_000), range(2_110), seed=1)
    assert interim is not None
    assert interim.size == 2_100


def test_twenty_thousand_people_need_a_hundred_pictures_and_not_two_thousand() -> None:
    shown, pictures = 0, 0
    while shown < 20_000:
        shown, pictures = shown + smallest_step(shown), pictures + 1
    assert pictures < 120


def test_people_who_left_are_not_in_the_next_picture() -> None:
    interim = next_release(range(30), range(5, 60), seed=4)
    assert interim is not None
    assert not np.isin(range(5), interim).any()


def test_everybody_has_a_chance_to_be_held_back() -> None:
    held = [set(range(40)) - set(next_release([], range(40), seed=s).tolist()) for s in range(80)]
    assert set.union(*held) == set(range(40))


def test_fewer_than_ten_cannot_be_held_back() -> None:
    with pytest.raises(ValueError, match="must be held back"):
        next_release([], range(50), hold_back=3, seed=1)
