"""The map of places: north is up, names do not lie on each other, everything is escaped."""

import re
from xml.etree import ElementTree

from coproduce.formats.place_map import HEIGHT, WIDTH, MapPlace, draw_places, is_on_map

LEEDS = MapPlace("Leeds", 53.80, -1.55, "/places/leeds/")
CORNWALL = MapPlace("Cornwall", 50.40, -4.90, "/places/cornwall/")
NORFOLK = MapPlace("Norfolk", 52.65, 1.00, "/places/norfolk/")


def drawn(*places: MapPlace) -> str:
    return draw_places(places, title="Where we are", description="Three places.")


def dots(svg: str) -> list[tuple[float, float]]:
    found = re.findall(r'class="dot" cx="([\d.]+)" cy="([\d.]+)"', svg)
    return [(float(x), float(y)) for x, y in found]


def test_north_is_up_and_east_is_right() -> None:
    (leeds_x, leeds_y), (cornwall_x, cornwall_y), (norfolk_x, _) = dots(
        drawn(LEEDS, CORNWALL, NORFOLK)
    )
    assert leeds_y < cornwall_y
    assert cornwall_x < leeds_x < norfolk_x


def test_everything_lies_within_the_frame() -> None:
    land = re.search(r'class="land" d="([^"]+)"', drawn(LEEDS))
    assert land is not None
    numbers = [float(one) for one in re.findall(r"[\d.]+", land.group(1))]
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])


def test_it_is_a_picture_with_a_title_a_description_and_links() -> None:
    svg = ElementTree.fromstring(drawn(LEEDS, CORNWALL))
    title, about = list(svg)[:2]
    assert (title.text, about.text) == ("Where we are", "Three places.")
    links = [each.get("href") for each in svg if each.tag.endswith("}a")]
    assert links == ["/places/leeds/", "/places/cornwall/"]


def test_a_name_that_would_lie_on_others_is_left_out_and_its_dot_stays() -> None:
    crowd = [MapPlace(f"Town {n}", 53.80, -1.55 + n / 100, f"/{n}/") for n in range(9)]
    svg = drawn(*crowd)
    assert len(dots(svg)) == 9
    assert svg.count("<text") < 9


def test_a_name_at_the_edge_stays_within_the_frame() -> None:
    svg = drawn(MapPlace("A long name by the sea", 52.6, 1.7, "/sea/"))
    assert 'text-anchor="end"' in svg


def test_names_and_addresses_are_escaped() -> None:
    svg = drawn(MapPlace('<b>&"', 52, -1, '/"><script>'))
    ElementTree.fromstring(svg)
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_what_lies_outside_is_known() -> None:
    assert is_on_map(53.8, -1.55)
    assert not is_on_map(48.86, 2.35)
