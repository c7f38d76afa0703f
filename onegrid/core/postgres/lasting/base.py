"""
The backend itself; Django looks for it in a module of this name.

A thread keeps its connection. Before a request Django wants to know whether it
still works and would ask the server, which is a round trip for every request;
a pool asks as well. The kernel knows the same in a microsecond: an idle
connection on which nothing has arrived has not been closed by the server.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server only where there is a doubt."""

    def is_usable(self) -> bool:
        """Test if the connection works: it is at rest and no error has happened on it, or else the server answers."""
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or _has_news(self.connection.fileno()):
            return super().is_usable()
        return True


def _has_news(descriptor: int) -> bool:
    """Test if something has arrived: a notice, a changed setting, or the end."""
    if not hasattr(select, "poll"):
        return bool(select.select([descriptor], [], [], 0)[0])
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
