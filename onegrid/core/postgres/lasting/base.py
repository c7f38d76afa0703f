"""
The backend itself; Django looks for it in a module of this name.

What a request gives back the next one takes, whichever thread it runs in, so
that a process has as many connections as it has had requests at one time.
Django and pools ask the server before each request whether a connection still
works, which is a round trip for every request. The kernel knows the same in a
microsecond: on an idle connection that the server has closed something has
arrived.
"""

import select
from collections import deque
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus

_kept: dict[str, deque[Connection[Any]]] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes a connection that rests, and lays it back when Django closes it. `OPTIONS["kept"]` says how many rest."""

    def get_connection_params(self) -> dict[str, Any]:
        """Leave out what is ours."""
        return {name: value for name, value in super().get_connection_params().items() if name != "kept"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Take a connection that rests and has not been closed by the server, or make one."""
        resting = self._resting()
        while resting:
            connection = resting.pop()
            if _is_at_rest(connection):
                return connection
            connection.close()
        made = super().get_new_connection(conn_params)
        assert isinstance(made, Connection)
        return made

    def _close(self) -> None:
        connection = self.connection
        assert isinstance(connection, Connection)
        resting = self._resting()
        if self.errors_occurred or len(resting) >= self._most_kept() or not _is_at_rest(connection):
            super()._close()  # type: ignore[misc]  # Django's stubs leave it out
        else:
            resting.append(connection)

    def _resting(self) -> deque[Connection[Any]]:
        return _kept.setdefault(self.alias, deque())

    def _most_kept(self) -> int:
        return int(self.settings_dict["OPTIONS"].get("kept", 0))


def _is_at_rest(connection: Connection[Any]) -> bool:
    """Test if a connection is open, in no transaction, and nothing has arrived on it: a notice, or its end."""
    if connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
        return False
    return not _has_arrived(connection.fileno())


def _has_arrived(descriptor: int) -> bool:
    if not hasattr(select, "poll"):
        return bool(select.select([descriptor], [], [], 0)[0])
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
