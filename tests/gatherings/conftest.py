"""What the worker would send, sent at once."""

from collections.abc import Callable

import pytest

from tests.queued import do_queued


@pytest.fixture
def deliver() -> Callable[[], list[str]]:
    return do_queued
