"""What comes with the package may be shipped, is counted as it should be, and can be read."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

import coproduce.web
from coproduce.formats.instruments.adapters import SWEMWBS_METRIC, swemwbs_score
from coproduce.formats.instruments.bank import bank, from_bank
from coproduce.formats.instruments.checks import faults
from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Licence,
    Point,
    Scale,
    in_language,
)

PICTURES = Path(coproduce.web.__file__).parent / "static" / "easyread"
# A few words of each instrument that belongs to somebody who did not give it away.
NOT_OURS = (
    "optimistic about the future",
    "dealing with problems well",
    "independent, my",
    "stakes",
)


def starter() -> Instrument:
    found = from_bank("coproduce-starter@1")
    assert found is not None
    return found


def test_the_bank_holds_what_it_says() -> None:
    assert [instrument.name for instrument in bank()] == [
        "belonging-neighbourhood@2023",
        "coproduce-starter@1",
        "influence-local@2023",
        "loneliness-direct@2018",
        "ons4@2024",
    ]
    assert from_bank("swemwbs@1") is None


@pytest.mark.parametrize("instrument", bank(), ids=lambda one: one.name)
def test_each_says_under_which_licence_it_may_be_shipped(instrument: Instrument) -> None:
    assert instrument.licence.may_ship
    notice = {"OGL-UK-3.0": "Open Government Licence v3.0", "MIT": "coproduce contributors"}
    assert notice[instrument.licence.licence] in instrument.licence.notice


@pytest.mark.parametrize("instrument", bank(), ids=lambda one: one.name)
def test_no_two_questions_are_added_up(instrument: Instrument) -> None:
    assert [score.items for score in instrument.scores] == [
        (item.code,) for item in instrument.items
    ]


def test_anxiety_and_loneliness_are_better_when_lower() -> None:
    lower = {
        score.code
        for instrument in bank()
        for score in instrument.scores
        if not score.higher_is_better
    }
    assert lower == {"anxious", "lonely"}


def test_the_four_of_ons_go_from_nought_to_ten() -> None:
    ons4 = from_bank("ons4@2024")
    assert ons4 is not None
    assert [item.wording["en"][:40] for item in ons4.items] == [
        "Overall, how satisfied are you with your",
        "Overall, to what extent do you feel that",
        "Overall, how happy did you feel yesterda",
        "On a scale where 0 is “not at all anxiou",
    ]
    for item in ons4.items:
        assert [point.value for point in ons4.scale_of(item).points] == list(range(11))


def test_no_question_is_taken_from_somebody_who_did_not_give_it() -> None:
    everything = "".join(write_instrument(instrument) for instrument in bank()).lower()
    assert [words for words in NOT_OURS if words in everything] == []


def test_our_own_are_called_unvalidated() -> None:
    assert starter().status == "unvalidated"
    assert "no yardstick" in starter().evidence


def test_easy_read_is_short() -> None:
    for item in starter().items:
        for sentence in re.split(r"(?<=[.?!])\s", item.easy_read["en"]):
            assert 0 < len(sentence.split()) <= 15
    for scale in starter().scales:
        for point in (*scale.points, *scale.missing):
            assert 1 <= len(point.easy_read["en"].split()) <= 2


def test_the_answers_of_a_scale_are_told_apart_in_easy_read() -> None:
    for scale in starter().scales:
        labels = [in_language(point.easy_read, "en") for point in (*scale.points, *scale.missing)]
        assert len(set(labels)) == len(labels)


def test_each_picture_is_there_and_small_and_says_what_it_shows() -> None:
    named = {item.image for item in starter().items} | {
        point.image for scale in starter().scales for point in scale.points
    }
    assert named == {path.name for path in PICTURES.glob("*.svg")}
    for name in named:
        drawn = (PICTURES / name).read_text()
        assert len(drawn) < 2_000
        assert ElementTree.fromstring(drawn)[0].text


def test_swemwbs_is_scored_by_its_table_and_its_words_are_brought_by_the_place() -> None:
    codes = [f"q{number}" for number in range(1, 8)]
    points = tuple(Point(value, {"en": str(value)}) for value in range(1, 6))
    brought = Instrument(
        code="swemwbs",
        version="1",
        title={"en": "SWEMWBS"},
        purpose={"en": "As registered."},
        licence=Licence("registered use", "© Warwick", "Warwick", False, False),
        languages=("en",),
        items=tuple(Item(code, {"en": "(words of the holder)"}, scale="often") for code in codes),
        scales=(Scale("often", points),),
        scores=(swemwbs_score(codes),),
    )
    assert list(faults(brought)) == []
    assert sorted(SWEMWBS_METRIC) == list(range(7, 36))
    assert (SWEMWBS_METRIC[7], SWEMWBS_METRIC[21], SWEMWBS_METRIC[35]) == (7.00, 19.25, 35.00)


def test_a_step_of_swemwbs_counts_most_at_the_ends_of_the_scale() -> None:
    steps = [round(after - before, 2) for before, after in pairwise(SWEMWBS_METRIC.values())]
    narrowest = steps.index(min(steps))
    assert steps[:narrowest] == sorted(steps[:narrowest], reverse=True)
    assert steps[narrowest:] == sorted(steps[narrowest:])
    assert min(steps) > 0


def test_swemwbs_needs_all_its_seven_questions() -> None:
    with pytest.raises(ValueError, match="seven questions; 2 were named"):
        swemwbs_score(["a", "b", "b"])
