"""The page on instruments says what the code does."""

import json
import re
from dataclasses import fields

import pytest

from coproduce.formats.answers.files import csv_files
from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.bank import bank
from coproduce.formats.instruments.native import read_instrument
from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
    Way,
)
from coproduce.formats.instruments.xlsform import RATHER_NOT, SCORING
from tests.formats.answers.test_answers import TABLE
from workshop.places import ROOT

PAGE = (ROOT / "docs" / "reference" / "instruments.md").read_text()
EXAMPLE = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_loads() -> None:
    instrument = read_instrument(EXAMPLE.encode(), file="being-heard.json")
    assert instrument.name == "being-heard@1"
    assert [item.kind for item in instrument.items] == ["scale", "scale", "number", "words"]
    assert instrument.languages == ("en", "cy")


def test_the_refusal_on_the_page_is_the_one_of_the_code() -> None:
    whole = json.loads(EXAMPLE)
    whole["items"][0]["scale"] = "agre"
    with pytest.raises(BadFile) as refused:
        read_instrument(json.dumps(whole).encode(), file="heard.json")
    assert str(refused.value) in PAGE


@pytest.mark.parametrize("record", [Instrument, Item, Scale, Point, Score, Licence])
def test_each_entry_is_on_the_page(record: type) -> None:
    assert [each.name for each in fields(record) if f"`{each.name}`" not in PAGE] == []


@pytest.mark.parametrize("choices", [Kind, Way])
def test_each_choice_is_on_the_page(choices: type[Kind] | type[Way]) -> None:
    assert [each.value for each in choices if f"`{each.value}`" not in PAGE] == []


def test_the_bank_on_the_page_is_the_one_that_ships() -> None:
    listed = re.findall(r"^\| `([\w-]+@\w+)` \| ([\w.-]+) \|", PAGE, re.MULTILINE)
    assert dict(listed) == {one.name: one.licence.licence for one in bank()}


def test_names_of_files_and_sheets_are_those_of_the_code() -> None:
    for name in (RATHER_NOT, SCORING, *csv_files(TABLE)):
        assert f"`{name}`" in PAGE
