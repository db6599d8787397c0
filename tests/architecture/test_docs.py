"""Do the pages know everything that the code knows, and nothing else?"""

import ast
import importlib
import inspect
import math
import re
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest

import coproduce.analysis
from coproduce.analysis.routing import WEIGHTS
from workshop import map_pictures, pages
from workshop.pages import every_command
from workshop.places import ROOT

SETTING = re.compile(r'environ(?:\.get\(|\[)"((?:COPRODUCE|DATABASE)_[A-Z_]+)"|is_on\("([A-Z_]+)"')
# Set by the program for its own children.
NOT_FOR_PEOPLE = {"COPRODUCE_SUPERVISED"}
EXPLANATION = ROOT / "docs" / "explanation"
ARITHMETIC = (EXPLANATION / "the-arithmetic.md").read_text()
# `factors.SHRINKAGE` = 20, `shares.wilson(level)` = 0.95, `distinct.NUMBERS` = (2, 3, 4, 5)
QUOTED = re.compile(r"`(\w+)\.([\w.]+)(?:\((\w+)\))?` = (\([\d, ]+\)|\d+(?:\.\d+)?)")
RECIPE = ("factors", "camps", "distinct", "layers", "opinion_map", "voices", "sensitivity")
PICTURE = re.compile(r"!\[(.*?)\]\((img/\S+)\)")
A_NUMBER = re.compile(r"-?\d*\.?\d+")


def test_each_setting_is_on_the_page_of_settings() -> None:
    sources = (ROOT / "src").rglob("*.py")
    read = {a or b for path in sources for a, b in SETTING.findall(path.read_text())}
    told = (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert "COPRODUCE_HOME" in read
    assert {name for name in read - NOT_FOR_PEOPLE if f"`{name}`" not in told} == set()


def test_the_page_on_the_next_statement_has_the_numbers_of_the_rule() -> None:
    told = (ROOT / "docs" / "explanation" / "which-statement-next.md").read_text()
    parts = [int(part) / 10 for part in re.findall(r"^\| (\d+) in 10 \|", told, re.MULTILINE)]
    assert parts == [WEIGHTS.coverage, WEIGHTS.ring, WEIGHTS.chance]
    enough = re.search(r"fewer than (\d+) answers in one of the groups, or fewer than (\d+)", told)
    assert enough is not None
    assert [int(number) for number in enough.groups()] == [WEIGHTS.per_group, WEIGHTS.in_all]


def test_each_command_shows_its_help_and_an_example() -> None:
    told = every_command()
    sections = told.split("\n## ")
    assert len(sections) > 5
    assert [section.split("\n")[0] for section in sections if "coproduce" not in section] == []
    assert [section.split("\n")[0] for section in sections if "Example" not in section] == []


def test_each_decision_says_what_it_costs_and_when_to_reconsider() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    parts = ("**Situation.**", "**Choice.**", "**What it costs.**", "**When to reconsider.**")
    assert decisions
    assert [
        path.name for path in decisions if any(part not in path.read_text() for part in parts)
    ] == []


def test_each_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "index.md").read_text()
    decisions = (ROOT / "docs" / "decisions").glob("0*.md")
    assert [path.name for path in decisions if path.name not in listed] == []


def room(name: str) -> ModuleType:
    return importlib.import_module(f"coproduce.analysis.{name}")


def in_the_code(module: str, name: str, parameter: str) -> Any:
    found: Any = room(module)
    for part in name.split("."):
        found = getattr(found, part)
    return inspect.signature(found).parameters[parameter].default if parameter else found


@pytest.mark.parametrize("quoted", QUOTED.findall(ARITHMETIC), ids=lambda one: ".".join(one[:2]))
def test_each_constant_of_the_arithmetic_is_that_of_the_code(
    quoted: tuple[str, str, str, str],
) -> None:
    module, name, parameter, told = quoted
    value, truth = ast.literal_eval(told), in_the_code(module, name, parameter)
    if isinstance(truth, tuple):
        assert value == truth
    else:
        assert math.isclose(value, truth, rel_tol=1e-4)  # a root is told with four digits


def test_each_constant_of_the_recipe_is_on_the_page() -> None:
    told = {(module, name) for module, name, _, _ in QUOTED.findall(ARITHMETIC)}
    recipe = {
        (module, name)
        for module in RECIPE
        for name, value in vars(room(module)).items()
        if name.isupper()
        and not name.startswith("_")
        and isinstance(value, int | float | tuple)
        and f"\n{name} = " in inspect.getsource(room(module))
    }
    assert len(recipe) > 15
    assert recipe - told == set()


def test_each_public_name_of_the_arithmetic_has_its_place_in_the_reference() -> None:
    told = (ROOT / "docs" / "reference" / "analysis.md").read_text()
    names = {
        name for name in coproduce.analysis.__all__ if callable(getattr(coproduce.analysis, name))
    }
    assert {
        name for name in names if f"::: coproduce.analysis.{name}\n" not in f"{told}\n"
    } == set()


def test_each_key_of_the_json_is_on_the_page_of_files() -> None:
    told = (ROOT / "docs" / "reference" / "files.md").read_text()
    keys = {*coproduce.analysis.OpinionMap.__dataclass_fields__, "without"}
    assert {key for key in keys if f"`{key}`" not in told} == set()


def test_each_picture_says_what_is_to_be_seen_and_is_explained_below() -> None:
    for page in sorted(EXPLANATION.glob("*.md")):
        text = page.read_text()
        for said, file in PICTURE.findall(text):
            assert len(said) > 40, f"{file} on {page.name} says too little to who cannot see it"
            assert (EXPLANATION / file).exists()
            assert text.split(f"({file})")[1].lstrip().startswith("*")


def test_the_pictures_of_the_map_are_those_that_the_code_draws() -> None:
    drawn = map_pictures.pictures()
    shown = {
        Path(file).stem for _, file in PICTURE.findall((EXPLANATION / "the-map.md").read_text())
    }
    assert shown == set(drawn) == {file.stem for file in (EXPLANATION / "img").glob("*.svg")}
    for name, picture in drawn.items():
        kept = (EXPLANATION / "img" / f"{name}.svg").read_text()
        assert A_NUMBER.sub("#", kept).strip() == A_NUMBER.sub("#", picture).strip()
        numbers, again = (numbers_in(each) for each in (kept, picture))
        assert again == pytest.approx(numbers, abs=1.5)  # pixels: machines round differently
        title, description = list(ElementTree.fromstring(picture))[:2]
        assert title.text
        assert description.text


def numbers_in(picture: str) -> list[float]:
    return [float(number) for number in A_NUMBER.findall(picture)]


def test_the_page_of_speed_shows_every_result_that_is_kept() -> None:
    page = (ROOT / "docs" / "reference" / "benchmarks.md").read_text()
    asked = set(pages.MEASURED.findall(page))
    assert {file.stem for file in pages.RESULTS.glob("*.md")} <= asked
    made = pages.on_page_markdown(page)
    assert "Measured on" in made
    assert not pages.MEASURED.search(made)


def test_what_has_not_been_measured_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "RESULTS", tmp_path)
    page = (ROOT / "docs" / "reference" / "benchmarks.md").read_text()
    asked = pages.MEASURED.findall(page)
    assert pages.on_page_markdown(page).count(pages.NOT_YET) == len(asked)
