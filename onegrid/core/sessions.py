"""Sessions as Django keeps them in the database, read by a statement that each connection parses once (ADR 23)."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from onegrid.core.queries import prepared_cursor

_LIVE = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own, of which only the reading is ours: every page begins with it."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key any more, where it has ended."""
        with prepared_cursor() as cursor:
            cursor.execute(_LIVE, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))
