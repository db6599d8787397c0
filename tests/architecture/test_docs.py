"""Do the pages of reference know everything that the code knows?"""

import re

from coproduce.analysis.routing import WEIGHTS
from workshop.pages import every_command
from workshop.places import ROOT

SETTING = re.compile(r'environ(?:\.get\(|\[)"((?:COPRODUCE|DATABASE)_[A-Z_]+)"|is_on\("([A-Z_]+)"')
# Set by the program for its own children.
NOT_FOR_PEOPLE = {"COPRODUCE_SUPERVISED"}


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
