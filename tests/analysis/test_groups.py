"""Are groups where people stand close, and the same whatever the seed?"""

import numpy as np
import pytest

from coproduce.analysis.groups import find_groups


def clouds(middles: list[tuple[float, float]], sizes: list[int]) -> np.ndarray:
    chance = np.random.default_rng(3)
    return np.concatenate(
        [chance.normal(at, 0.3, (size, 2)) for at, size in zip(middles, sizes, strict=True)]
    )


def ones(positions: np.ndarray) -> np.ndarray:
    return np.ones(len(positions), dtype=np.int64)


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_it_finds_as_many_groups_as_there_are_clouds(k: int) -> None:
    middles = [(0, 0), (9, 0), (0, 9), (9, 9), (20, 4)][:k]
    positions = clouds([(float(x), float(y)) for x, y in middles], [30] * k)
    found = find_groups(positions, ones(positions))
    assert found.k == k
    assert all(len(set(found.group[30 * i : 30 * i + 30].tolist())) == 1 for i in range(k))


def test_the_largest_group_comes_first_then_the_leftmost() -> None:
    positions = clouds([(5, 0), (0, 0), (10, 0)], [20, 20, 30])
    found = find_groups(positions, ones(positions), k=3)
    assert found.group[[0, 20, 40]].tolist() == [2, 1, 0]


def test_a_seed_does_not_move_well_parted_groups() -> None:
    positions = clouds([(0, 0), (4, 0), (0, 4)], [150, 90, 60])
    one, other = (find_groups(positions, ones(positions), seed=seed) for seed in (0, 99))
    assert one.group.tolist() == other.group.tolist()


def test_everybody_in_one_place_is_one_group() -> None:
    found = find_groups(np.full((8, 2), 0.1), ones(np.zeros(8)))
    assert (found.k, set(found.group.tolist())) == (1, {0})


def test_rounding_alone_makes_no_second_place() -> None:
    positions = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0], [0.3, 1.0]])
    assert find_groups(positions, ones(positions)).k == 1


def test_rounding_alone_makes_no_second_place_among_very_many() -> None:
    shaken = np.random.default_rng(1).choice([0.1 + 0.2, 0.3], (5000, 2))
    assert find_groups(shaken, ones(shaken)).k == 1


def test_there_are_never_more_groups_than_places() -> None:
    positions = np.array([[0.0, 0.0], [1.0, 0.0]])
    assert find_groups(positions, ones(positions), k=5).k == 2


def test_a_weight_is_so_many_people_in_one_place() -> None:
    positions = clouds([(0, 0), (6, 0)], [12, 9])
    weight = np.arange(1, 22)
    apart = find_groups(np.repeat(positions, weight, axis=0), ones(np.zeros(weight.sum())))
    together = find_groups(positions, weight)
    assert np.repeat(together.group, weight).tolist() == apart.group.tolist()
    assert together.silhouettes == pytest.approx(apart.silhouettes)


def test_the_silhouette_is_that_of_its_definition() -> None:
    positions = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0], [7.0, 0.0]])
    each = [1 - 1 / 6, 1 - 1 / 5, 1 - 2 / 4.5, 1 - 2 / 6.5]
    found = find_groups(positions, ones(positions), k=2)
    assert found.silhouettes[2] == pytest.approx(np.mean(each))


def test_very_many_people_are_grouped_as_few_would_be() -> None:
    positions = clouds([(0, 0), (6, 0), (0, 6)], [4000, 3000, 2000])
    found = find_groups(positions, ones(positions))
    assert np.bincount(found.group).tolist() == [4000, 3000, 2000]
