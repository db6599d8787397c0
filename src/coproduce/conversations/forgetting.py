"""How is the way back to people cut after the end? Rows written anew, so that nothing fits them.

While a conversation was open, its rows stood under pseudonyms that an older backup or a log may
remember. After the end every person gets a fresh random number and every row a fresh random key.
All rows of a person go in one transaction, and few people at a time, so that other conversations
never wait long; a run that is cut off can simply be run again.
"""

import secrets
import time
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import connection, models, transaction

from coproduce.conversations.models import (
    Conversation,
    CountedPerson,
    Declaration,
    LiveCount,
    Mark,
    Showing,
    Vote,
    random_key,
)

PEOPLE_AT_ONCE = 20  # about 2,000 rows: a tenth of a second during which others cannot write
BREATH_SECONDS = 0.02  # and then those others have their turn

Row = TypeVar("Row", Vote, Showing, Declaration)
shuffle = secrets.SystemRandom().shuffle


def forget(conversation: Conversation) -> None:
    """Rewrite everything people left in this conversation under new numbers, in random order."""
    forget_live_count(conversation)
    votes = Vote.objects.filter(statement__conversation=conversation)
    showings = Showing.objects.filter(statement__conversation=conversation)
    for people in _handfuls(votes, showings):
        fresh = {pseudonym: secrets.randbits(63) for pseudonym in people}
        with transaction.atomic():
            _rewrite(votes, fresh)
            _rewrite(showings, fresh)
        time.sleep(BREATH_SECONDS)
    declarations = Declaration.objects.filter(conversation=conversation)
    for people in _handfuls(declarations):
        with transaction.atomic():
            _rewrite(declarations, {pseudonym: secrets.randbits(63) for pseudonym in people})
    _clear_the_log_of_pages()


def forget_live_count(conversation: Conversation) -> None:
    """Take away what was kept so that pictures could follow the votes; votes stay."""
    with transaction.atomic():
        # The count first: whoever is writing to it holds that row until they are done.
        for kept in (LiveCount, CountedPerson, Mark):
            kept._default_manager.filter(conversation=conversation).delete()


def _handfuls(*tables: "models.QuerySet[Any]") -> Iterator[list[int]]:
    """Everybody in these tables, some at a time, in random order."""
    people = list({who for rows in tables for who in rows.values_list("pseudonym", flat=True)})
    shuffle(people)
    for first in range(0, len(people), PEOPLE_AT_ONCE):
        yield people[first : first + PEOPLE_AT_ONCE]


def _rewrite(table: "models.QuerySet[Row]", fresh: dict[int, int]) -> None:
    """Take the rows of these people out and put them back as new ones.

    A second run at the same time waits for the lock and then finds none of these rows.
    """
    rows = list(table.filter(pseudonym__in=fresh).select_for_update(of=("self",)))
    # By their keys: through the join PostgreSQL may read the whole table for every handful.
    table.model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.pk, row.pseudonym = random_key(), fresh[row.pseudonym]
    shuffle(rows)
    table.model._default_manager.bulk_create(rows)


def _clear_the_log_of_pages() -> None:
    """SQLite keeps old pages in its write-ahead log until it is cut; PostgreSQL has no such cut."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
