"""What the worker does for search: every night it holds the index against the rooms."""

import logging

from django_tasks import task

from coproduce.search.rebuilding import rebuild

logger = logging.getLogger(__name__)


@task()
def hold_against_rooms() -> None:
    """Mend what differs, and say so in the log of the server: a room forgot to tell of a deed."""
    found = rebuild()
    if not found.was_fine:
        logger.warning("Search was mended: %s.", found)
