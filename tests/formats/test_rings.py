"""Is the ring around a place as wide, and turned, as its covariance says?"""

import numpy as np
import pytest

from coproduce.formats.rings import NINE_IN_TEN, Ring


def test_a_round_guess_gives_a_circle() -> None:
    ring = Ring(4, 0, 4)
    assert ring.radii == pytest.approx((2 * NINE_IN_TEN**0.5,) * 2)
    assert ring.reach == pytest.approx(ring.radii)


def test_it_holds_nine_in_ten_of_what_may_be_true() -> None:
    ring = Ring(2.0, 0.7, 1.0)
    covariance = np.array([[ring.xx, ring.xy], [ring.xy, ring.yy]])
    drawn = np.random.default_rng(1).multivariate_normal([0, 0], covariance, 20_000)
    turned = np.radians(ring.turn)
    along = drawn @ [np.cos(turned), np.sin(turned)] / ring.radii[0]
    across = drawn @ [-np.sin(turned), np.cos(turned)] / ring.radii[1]
    assert np.mean(along**2 + across**2 <= 1) == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(("xy", "turn"), [(0.5, 45), (-0.5, -45)])
def test_its_longer_axis_points_where_the_guess_is_least_sure(xy: float, turn: float) -> None:
    assert Ring(1, xy, 1).turn == pytest.approx(turn)


def test_what_is_certain_in_one_direction_has_no_width_there() -> None:
    assert Ring(1, 1, 1).radii[1] == pytest.approx(0, abs=1e-6)
    assert Ring(1, 1, 1).reach_along(1, -1) == pytest.approx(0, abs=1e-6)


def test_its_reach_is_the_widest_of_all_directions() -> None:
    ring = Ring(2.0, 0.7, 1.0)
    around = np.linspace(0, 2 * np.pi, 3600)
    reach = [ring.reach_along(np.cos(turn), np.sin(turn)) for turn in around]
    assert max(reach) == pytest.approx(ring.radii[0], rel=1e-5)
    assert min(reach) == pytest.approx(ring.radii[1], rel=1e-5)
    assert ring.reach == pytest.approx((ring.reach_along(1, 0), ring.reach_along(0, 1)))


def test_larger_units_make_smaller_numbers() -> None:
    assert Ring(2, 1, 3).scaled(10).radii == pytest.approx(
        [10 * radius for radius in Ring(2, 1, 3).radii]
    )
