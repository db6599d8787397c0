"""Do the examples in the docstrings run, and say what they say?"""

import doctest
import importlib
import pkgutil

import pytest

from coproduce import analysis

ROOMS = [found.name for found in pkgutil.iter_modules(analysis.__path__, "coproduce.analysis.")]


@pytest.mark.parametrize("module", [*ROOMS, "coproduce.formats.text"])
def test_every_example_says_what_happens(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.parametrize("name", ["map_opinions", "summarise", "conclude", "may_release"])
def test_the_public_functions_have_an_example(name: str) -> None:
    assert doctest.DocTestFinder().find(getattr(analysis, name))[0].examples
