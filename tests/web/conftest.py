"""Homes for the tests of serving and keeping: told once a run, copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import homes


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[homes.Home]:
    """A home with the demo story in it. Look at it, do not change it."""
    home = homes.told_home(tmp_path_factory.mktemp("told"))
    yield home
    homes.drop(home)


@pytest.fixture
def home(told: homes.Home, tmp_path: Path) -> Iterator[homes.Home]:
    """A copy of the told home, to do anything with."""
    copy = homes.copy_of(told, tmp_path / "home")
    yield copy
    homes.drop(copy)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[homes.Home]:
    """A home in which nothing has been done yet."""
    home = homes.empty_home(tmp_path / "empty")
    yield home
    homes.drop(home)
