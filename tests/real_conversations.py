"""Two real conversations as Polis exported them, read from beside the repository.

Data gathered with the Polis software, CC BY 4.0, The Computational Democracy Project.
"""

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "polis"
BREXIT, BIODIVERSITY = "brexit-consensus", "scoop-hivemind.biodiversity"


def exported(conversation: str, name: str) -> Path:
    """A file of the export, plain or gzipped; a visible skip where the data is not there."""
    if not FOLDER.is_dir():
        pytest.skip("the Polis exports (../shared/data/polis) are not beside this checkout")
    plain = FOLDER / conversation / name
    return plain if plain.exists() else plain.with_name(f"{name}.gz")


def published(conversation: str) -> list[dict[str, str]]:
    """The rows of participants-votes.csv, read without any of our own code."""
    with exported(conversation, "participants-votes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def published_groups(conversation: str) -> dict[int, str]:
    """The group that Polis put each person in, for those it put in one."""
    return {
        int(row["participant"]): row["group-id"]
        for row in published(conversation)
        if row["group-id"]
    }
