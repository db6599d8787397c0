"""What is told of anonymous votes: coarse words, and nothing below the base?"""

import csv
import io
import re

import numpy as np

from coproduce.analysis import map_opinions
from coproduce.formats.map_words import aggregates_csv, public_dots, tell
from tests.votes_drawn import two_camps

WORDS = {n: f"Statement in words <{n}>" for n in range(24)}


def small_second_group(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """40 people who agree with five statements, and a few who disagree."""
    who, what = np.divmod(np.arange((40 + size) * 5), 5)
    return who, what, np.where(who < 40, 1, -1)


def test_common_ground_is_told_in_whole_tenths() -> None:
    told = tell(map_opinions(*two_camps(200, 24)), WORDS)
    assert told.agreed
    assert all(re.fullmatch(r"at least \d in 10", line.share) for line in told.agreed)


def test_no_share_is_told_of_a_group_below_the_base() -> None:
    found = map_opinions(*small_second_group(6), polis=True)
    told = tell(found, WORDS)
    assert found.divides
    assert told.divides == ()
    assert told.kept_back == len(found.divides)
    assert told.groups[1].people == "fewer than 10 people"
    assert (told.groups[1].more, told.groups[1].less) == ((), ())


def test_a_group_below_the_base_is_not_marked_in_the_picture() -> None:
    assert {dot.group for dot in public_dots(map_opinions(*small_second_group(6), polis=True))} == {
        "A",
        None,
    }
    assert {
        dot.group for dot in public_dots(map_opinions(*small_second_group(12), polis=True))
    } == {"A", "B"}


def test_the_aggregates_hold_no_number_of_votes() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(aggregates_csv(map_opinions(*small_second_group(6), polis=True), WORDS))
        )
    )
    assert len(rows) == 10
    assert {row["agree"] for row in rows} == {"nearly everyone", "too few to show"}
    assert {row["people"] for row in rows} == {"about 40 people", "fewer than 10 people"}


def test_too_few_people_are_told_what_is_needed() -> None:
    three = tell(map_opinions([1, 2, 3], [1, 1, 1], [1, 1, -1]), WORDS)
    eight = tell(map_opinions(list(range(8)), [1] * 8, [1] * 8), WORDS)
    assert three.too_few == (
        "3 people have answered enough statements; a map needs 4. "
        "Ask more people, or ask them to answer a few more."
    )
    assert eight.too_few == "8 people have voted; results are shown from 10."
