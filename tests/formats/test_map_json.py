"""Does the JSON hold the whole map, in full?"""

import json

from coproduce.analysis import map_opinions
from coproduce.formats.map_json import map_json
from tests.votes_drawn import two_camps


def test_every_number_comes_back_in_full() -> None:
    found = map_opinions(*two_camps())
    read = json.loads(map_json(found))
    assert {int(who): tuple(at) for who, at in read["positions"].items()} == found.positions
    assert {int(who): group for who, group in read["groups"].items()} == found.groups
    assert [line["lowest_share_bound"] for line in read["common_ground"]] == [
        line.lowest_share_bound for line in found.common_ground
    ]


def test_people_stand_under_the_names_of_their_file() -> None:
    found = map_opinions([0, 1, 2, 3], [1, 1, 1, 1], [1, 1, -1, -1])
    read = json.loads(map_json(found, name=lambda person: f"card {person}"))
    assert set(read["groups"]) == {"card 0", "card 1", "card 2", "card 3"}
