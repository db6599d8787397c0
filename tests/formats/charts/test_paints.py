"""Has every paint of a chart its colour in every light, and does what is written on it read?"""

import re
from pathlib import Path

import pytest

import coproduce.web
from coproduce.formats.charts.pencil import PAINTS, WORDS, escaped, hatched
from tests.formats.charts.reading import root_of
from tests.web.test_look import contrast

SHEET = (Path(coproduce.web.__file__).parent / "static" / "coproduce.css").read_text()
CHARTS = SHEET.split("/* charts:")[1].split("\n}\n")[0]
HOUSE_LIGHT, HOUSE_DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
    for part in SHEET.split("@layer base {")[0].split("prefers-color-scheme: dark")
)
LIGHT = HOUSE_LIGHT | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CHARTS.split("@media")[0]))
DARK = (
    LIGHT
    | HOUSE_DARK
    | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CHARTS.split("prefers-color-scheme: dark")[1]))
)


@pytest.mark.parametrize("paint", [*PAINTS, *WORDS])
def test_the_stylesheet_knows_every_paint(paint: str) -> None:
    rules = re.findall(r"\.plot (?::is\(([^)]*)\)|\.([\w-]+)) \{", CHARTS)
    known = {name.strip().lstrip(".") for many, one in rules for name in (many or one).split(",")}
    assert paint in known


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((f"on-{n}", f"{side}-{n}") for n in (1, 2, 3) for side in ("low", "high")),
        ("on-1", "rule"),
        ("ink", "card"),
        ("soft", "paper"),
    ],
)
def test_words_on_a_part_read_at_four_and_a_half_to_one(
    tokens: dict[str, str], ink: str, ground: str
) -> None:
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["ink", "edge", "soft", "brick", "low-3", "high-3"])
def test_marks_stand_out_from_the_paper(tokens: dict[str, str], mark: str) -> None:
    assert contrast(tokens[mark], tokens["paper"]) >= 3


def test_the_colours_of_a_print_are_those_of_the_page_by_day() -> None:
    printed = set(re.findall(r"#[0-9a-f]{6}", " ".join([*PAINTS.values(), *WORDS.values()])))
    assert printed - set(LIGHT.values()) == set()


def test_a_hatched_box_stays_within_its_box() -> None:
    root = root_of(f'<svg xmlns="http://www.w3.org/2000/svg">{hatched(10, 20, 33, 12)}</svg>')
    strokes = root[0].get("d", "")
    points = [tuple(map(float, at.split())) for at in re.findall(r"[ML]([\d. ]+)", strokes)]
    assert len(points) > 6
    assert all(10 <= x <= 43 and 20 <= y <= 32 for x, y in points)


def test_what_xml_forbids_is_left_out() -> None:
    assert escaped("a\x00<b>") == "a&lt;b&gt;"
