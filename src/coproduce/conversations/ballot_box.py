"""How does a vote reach the disk, quickly, and so that no acknowledged vote is ever lost?

By group commit. Whoever votes puts an envelope into the box and waits. One thread per process
empties the box, writes everything that lay in it in one transaction, and only when that has been
committed to disk does it wake those who wait. While it writes, the next ones gather: the busier
the room, the larger the batch, and the cost of a durable commit is shared by all of them.

A vote is written without actor, time or sequence, under a random key. The rows of a batch go in
by pseudonym, which is as good as shuffled (a pseudonym is an HMAC) and keeps two processes on one
PostgreSQL from waiting for each other in a circle.

What remains: whoever holds the machine while a conversation is open can watch votes arrive, and
finds traces of their order in the write-ahead log, inside the pages of a SQLite file and in
PostgreSQL's row versions. They also hold the key then. After close the key is gone and the rows
are written again in random order under fresh pseudonyms (`tasks.finish`).
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
)

from coproduce.conversations.ballot_rows import Ballot, Envelope, NotTaken, Reason, Shown, write
from coproduce.trust.keys import forget_recent_keys

__all__ = ["Ballot", "BallotBox", "BoxIsFull", "NotTaken", "Reason", "Shown", "cast", "rest"]

logger = logging.getLogger(__name__)

MOST_WAITING = 4_000  # envelopes; at 1,500 a second, those behind would wait too long anyway
PATIENCE_SECONDS = 10.0  # shorter than a person's, and than the timeout of a proxy in front
GATHER_SECONDS = 0.004  # while many vote at once: a larger batch is worth more than these
IDLE_SECONDS = 5.0  # then the writer gives its database connection back


class BoxIsFull(Exception):
    """The answer was not taken because too much is waiting or the disk does not answer."""

    retry_after = 3  # seconds


@dataclass(slots=True, eq=False)
class Waiting:
    """An envelope in the box, and the bell that rings for whoever put it there."""

    envelope: Envelope
    refusal: Exception | None = None
    # A bare lock, held until the answer is known: several times cheaper than an Event or Future.
    bell: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.bell.acquire()

    def answer(self, refusal: Exception | None) -> None:
        self.refusal = refusal
        self.bell.release()


class BallotBox:
    """The box of one process. Everybody uses the one at the end of this file."""

    def __init__(
        self, most_waiting: int = MOST_WAITING, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.most_waiting = most_waiting
        self.patience_seconds = patience_seconds
        self._lid = threading.Condition()
        self._inside: list[Waiting] = []
        self._writer: threading.Thread | None = None
        self._is_sealed = False

    def cast(self, ballots: Iterable[Ballot], shown: Iterable[Shown] = ()) -> None:
        """Return once everything is on disk; raise `NotTaken` or `BoxIsFull` if nothing is.

        Within a transaction of the caller's the rows are written there and then, and are on disk
        when that transaction is.
        """
        envelope = Envelope(tuple(ballots), tuple(shown))
        if connection.in_atomic_block:
            (refusal,) = write([envelope])
            if refusal is not None:
                raise refusal
            return
        self._wait_for(self._put_in(envelope))

    def rest(self) -> None:
        """Write what waits, then send the writer home; the next ballot calls it back."""
        with self._lid:
            writer, self._writer = self._writer, None
            self._lid.notify_all()
        if writer is not None:
            writer.join()

    def seal(self) -> None:
        """Write what waits and take nothing more: the process is about to end."""
        with self._lid:
            self._is_sealed = True
        self.rest()

    def _put_in(self, envelope: Envelope) -> Waiting:
        waiting = Waiting(envelope)
        with self._lid:
            if self._is_sealed or len(self._inside) >= self.most_waiting:
                raise BoxIsFull
            self._inside.append(waiting)
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="ballots", daemon=True)
                self._writer.start()
            elif len(self._inside) == 1:
                self._lid.notify()
        return waiting

    def _wait_for(self, waiting: Waiting) -> None:
        if not waiting.bell.acquire(timeout=self.patience_seconds):
            # Either it still lies in the box and is taken out of it, or it is being written and
            # the answer is a matter of moments: nobody is ever told the wrong thing.
            if self._taken_out(waiting):
                raise BoxIsFull
            waiting.bell.acquire()
        if waiting.refusal is not None:
            raise waiting.refusal

    def _taken_out(self, waiting: Waiting) -> bool:
        with self._lid:
            if waiting not in self._inside:
                return False
            self._inside.remove(waiting)
            return True

    def _write(self) -> None:
        try:
            while batch := self._next_batch():
                self._commit(batch)
                if len(batch) > 1:
                    time.sleep(GATHER_SECONDS)
        finally:
            forget_recent_keys()
            connection.close()

    def _next_batch(self) -> list[Waiting]:
        """All that lies in the box; nothing when the writer may go home."""
        me = threading.current_thread()
        with self._lid:
            while not self._inside:
                if self._writer is not me:
                    return []
                if not self._lid.wait(IDLE_SECONDS) and not self._inside:
                    self._writer = None
            batch, self._inside = self._inside, []
        return batch

    def _commit(self, batch: Sequence[Waiting]) -> None:
        for waiting, refusal in zip(batch, _write_all(batch), strict=True):
            waiting.answer(refusal)


def _write_all(batch: Sequence[Waiting]) -> Sequence[Exception | None]:
    """Write the batch as one, and say for each envelope nothing or why it was not taken."""
    envelopes = [waiting.envelope for waiting in batch]
    try:
        return _written(envelopes)
    except (IntegrityError, DataError) as broken:
        if len(batch) > 1:  # the database turned a row down: only its owner is to suffer for it
            return [refusal for waiting in batch for refusal in _write_all([waiting])]
        return [_turned_down(broken)]
    except Exception as trouble:  # whoever waits must hear of it, whatever it was
        connection.close()
        logger.error("%d envelopes were refused: %s.", len(batch), type(trouble).__name__)
        return [BoxIsFull() for _ in batch]


def _written(envelopes: Sequence[Envelope]) -> Sequence[Exception | None]:
    """One try, and another: a dropped connection or a deadlock is over by then."""
    try:
        return write(envelopes)
    except (OperationalError, InterfaceError):
        connection.close()
        return write(envelopes)


def _turned_down(broken: DatabaseError) -> NotTaken:
    # The database's own message would carry the row, and with it the answer, into the log.
    logger.error("One envelope was turned down: %s.", type(broken).__name__)
    return NotTaken(Reason.UNWRITABLE)


box = BallotBox()


def cast(ballots: Iterable[Ballot], shown: Iterable[Shown] = ()) -> None:
    """Put answers into this process's box; return once they are on disk."""
    box.cast(ballots, shown)


def rest() -> None:
    """Have this process's box emptied and its writer gone home."""
    box.rest()


def _new_box() -> None:
    """A forked worker inherits neither the thread nor a lock that was held at that moment."""
    global box
    box = BallotBox()


os.register_at_fork(after_in_child=_new_box)
atexit.register(lambda: box.seal())
