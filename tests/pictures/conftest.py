"""Files of a test are kept in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: Any) -> Path:
    """Files of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: Any,
) -> Callable[[], AbstractContextManager[None]]:
    """What is done inside is followed by what waits for the transaction to stand."""

    @contextmanager
    def inside() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return inside
