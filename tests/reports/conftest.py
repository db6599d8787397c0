"""What the worker would send, sent at once, as in the tests of gatherings."""

from tests.gatherings.conftest import deliver

__all__ = ["deliver"]
