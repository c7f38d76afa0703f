"""
The backend itself; Django looks for it in a module of this name.

What a request gives back the next one takes, whichever thread it runs in, so
that a process has as many connections as it has had requests at one time.
Django and pools ask the server before each request whether a connection still
works, which is a round trip for every request. The kernel knows the same in a
microsecond: on an idle connection that the server has closed something has
arrived.

Because connections last, a statement that is sent thousands of times an hour
can be parsed once for each of them: see `DatabaseWrapper.prepared_cursor`.
"""

import re
import select
from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any, Self

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import Connection, RawCursor, adapters, postgres
from psycopg.pq import Format, TransactionStatus

from onegrid.core.postgres.lasting.ahead import AskingConnection, OnItsWay

_kept: dict[str, deque[Connection[Any]]] = {}


class PreparedCursor(RawCursor[tuple[Any, ...]]):
    """Sends statements written as Django's are, with `%s` for each value, and lets the server parse each text once."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:  # noqa: ANN401 — as psycopg says it
        """Run a statement whose text is a constant: every other text would be kept, here and by the server."""
        return super().execute(_numbered(query), params, prepare=True)


_TIMESTAMPTZ = postgres.types["timestamptz"].oid
_MOMENTS = adapters.get_loader(_TIMESTAMPTZ, Format.TEXT)  # psycopg's own, before Django puts its in the place


class Operations(DatabaseOperations):
    """Says for `CaptureQueriesContext` what was sent, also where values travelled beside the text."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:  # noqa: ANN401 — Django's
        """Return a statement with its values in it."""
        if isinstance(cursor, PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes a connection that rests, and lays it back when Django closes it. `OPTIONS["kept"]` says how many rest."""

    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        """Leave out what is ours, and allow statements to be prepared, which only `PreparedCursor` asks for."""
        params = {name: value for name, value in super().get_connection_params().items() if name != "kept"}
        return params | {"prepare_threshold": 5}

    def prepared_cursor(self) -> CursorWrapper:
        """
        Return a cursor for the few statements that are sent all the time, whose texts are constants.

        Values travel beside the text: psycopg does not look for their places and quote them each time, and
        PostgreSQL parses and plans once for each connection (ADR 23).
        """
        self.ensure_connection()
        self.validate_thread_sharing()
        wrapper = CursorDebugWrapper if self.queries_logged else CursorWrapper
        return wrapper(PreparedCursor(self.connection), self)

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401 — two kinds, of which Django's has no types
        """Return a cursor as Django does, but leave the reading of moments to psycopg: the connection's are in UTC."""
        here = self.connection
        if name is None:
            return here.cursor()
        server_side: Any = base.ServerSideCursor
        return server_side(here, name=name, scrollable=False, withhold=here.autocommit)

    def ahead(self, cursor: CursorWrapper, statement: str, values: Sequence[Any]) -> OnItsWay:
        """Send a statement and do not wait for its answer, which its cursor holds once that is here (ADR 38)."""
        assert isinstance(self.connection, AskingConnection)
        return self.connection.ahead(lambda: cursor.execute(statement, values))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Take a connection that rests and has not been closed by the server, or make one."""
        resting = self._resting()
        while resting:
            connection = resting.pop()
            if _is_at_rest(connection):
                return connection
            connection.close()
        made = AskingConnection.connect(**conn_params)
        assert _MOMENTS
        # Django's takes each moment apart by a pattern of its own, psycopg's is in C and twenty times as fast.
        made.adapters.register_loader(_TIMESTAMPTZ, _MOMENTS)
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


@cache
def _numbered(statement: str) -> str:
    """Write the places of values as PostgreSQL itself does: `$1`, `$2`."""
    numbers = count(1)
    return re.sub("%[s%]", lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", statement)


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
