"""Does each public function of the arithmetic say what it gives, and where it comes from?"""

import inspect
import re

import pytest

import coproduce.analysis

FUNCTIONS = {
    name: thing
    for name in coproduce.analysis.__all__
    if inspect.isfunction(thing := getattr(coproduce.analysis, name))
}
# An author and a year, or the rule (R1 …) or decision of ours that it carries out.
SOURCE = re.compile(r"\(\d{4}\)|\b(?:19|20)\d\d\b|\bR[1-9]\b|\bdecision 0\d{3}\b")


def test_the_public_door_opens_on_documented_things_only() -> None:
    assert [
        name for name in coproduce.analysis.__all__ if not hasattr(coproduce.analysis, name)
    ] == []
    assert "map_opinions" in FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_says_where_it_comes_from_and_shows_an_example(name: str) -> None:
    told = inspect.getdoc(FUNCTIONS[name]) or ""
    assert SOURCE.search(told), f"{name} names no source (author, year, equation, or rule)"
    assert ">>>" in told, f"{name} shows no example that runs"
