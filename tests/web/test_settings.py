"""Every setting of a deployment is in the reference, and nothing else is."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import REPOSITORY

PAGE = (REPOSITORY / "docs" / "reference" / "settings.md").read_text()
NAMES = re.compile(r"\b(?:COPRODUCE_[A-Z_]+|DATABASE_URL)\b")
OUR_OWN = {"COPRODUCE_SUPERVISED"}  # between `serve` and its children


def in_the_sources() -> set[str]:
    """Every name read from the environment anywhere in the package."""
    texts = [path.read_text() for path in (REPOSITORY / "src").rglob("*.py")]
    return {name for text in texts for name in NAMES.findall(text)} | {"DATABASE_URL"}


def test_every_setting_is_in_the_reference() -> None:
    assert in_the_sources() - OUR_OWN == set(NAMES.findall(PAGE))


@pytest.mark.parametrize("word", ["1", "true", "Yes", "ON"])
def test_a_switch_is_on_with_the_words_the_reference_names(word: str, tmp_path: Path) -> None:
    assert word.lower() in PAGE.rpartition("Switches are on")[2]
    code = "from coproduce.web import settings; print(settings.DEBUG)"
    environment = {**os.environ, "COPRODUCE_HOME": str(tmp_path), "COPRODUCE_DEBUG": word}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
