"""The web server's worker, for a hall full of phones.

Browsers open lines before they need them. gunicorn lets each new line wait in one of the threads
for up to five seconds, so that a few dozen silent phones would stop everybody else. Here a line
waits outside, where two thousand have room, until something has been said on it.
"""

import errno
import selectors
import socket
import time
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker

NOBODY_THERE = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED}


class HallWorker(ThreadWorker):
    """gunicorn's threads, none of them taken by a silent line."""

    def accept(self, listener: socket.socket) -> None:
        try:
            line, client = listener.accept()
        except OSError as trouble:
            if trouble.errno in NOBODY_THERE:
                return
            raise
        connection = TConn(self.cfg, line, client, listener.getsockname())
        connection.timeout = time.monotonic() + self.cfg.keepalive
        self.nr_conns += 1
        self.pending_conns.append(connection)
        said_something = partial(self.on_pending_socket_readable, connection)
        self.poller.register(line, selectors.EVENT_READ, said_something)
