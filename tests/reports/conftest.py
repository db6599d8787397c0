"""What the worker would send, sent at once, and files in a folder of their own."""

from tests.gatherings.conftest import deliver
from tests.pictures.conftest import a_folder_of_its_own

__all__ = ["a_folder_of_its_own", "deliver"]
