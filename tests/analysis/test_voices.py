"""Are groups described by votes they were not made of?"""

import numpy as np

from coproduce.analysis import map_opinions
from tests.votes_drawn import two_camps


def test_it_names_all_that_the_camps_differ_on_and_at_most_one_in_ten_besides() -> None:
    listed, besides = 0, 0
    for seed in range(10):
        found = map_opinions(*two_camps(300, 24, seed=seed), groups=2)
        named = {(voice.group, voice.statement) for voice in found.representative}
        assert {(group, odd) for group in "AB" for odd in range(1, 24, 2)} <= named
        listed += len(named)
        besides += sum(statement % 2 == 0 for _, statement in named)
    assert besides <= 0.10 * listed


def test_each_voice_rests_on_about_half_of_the_votes() -> None:
    found = map_opinions(*two_camps(300, 24), groups=2)
    for voice in found.representative:
        whole = found.by_statement[voice.statement][voice.group].votes
        assert 0.3 * whole < voice.votes < 0.7 * whole


def test_the_surest_voice_of_a_group_comes_first() -> None:
    found = map_opinions(*two_camps(300, 24), groups=2)
    of_a = [voice for voice in found.representative if voice.group == "A"]
    nearest = [voice.low if voice.difference > 0 else -voice.high for voice in of_a]
    assert nearest == sorted(nearest, reverse=True)


def test_answers_at_random_set_hardly_any_group_apart() -> None:
    listed = tested = 0
    for seed in range(10):
        chance = np.random.default_rng(seed)
        who, what = np.divmod(np.arange(120 * 15), 15)
        found = map_opinions(who, what, chance.integers(-1, 2, who.size), groups=3)
        listed += len(found.representative)
        tested += 15 * len(found.group_sizes)
    assert listed <= 0.05 * tested


def test_one_group_needs_nothing_to_set_it_apart() -> None:
    assert map_opinions(*two_camps(), groups=1).representative == ()
