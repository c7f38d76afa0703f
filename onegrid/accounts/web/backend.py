"""How a session becomes a user: as allauth does it, by a statement that each connection parses once (ADR 23)."""

from functools import cache
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from onegrid.accounts.models import User
from onegrid.core.ids import new_id
from onegrid.core.queries import prepared_cursor, sql_of


class SessionBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does; only the reading that every page begins with is ours."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return whom a session belongs to, as long as they may sign in."""
        with prepared_cursor() as cursor:
            cursor.execute(_statement(), [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        user = User.from_db(DEFAULT_DB_ALIAS, _columns(), row)
        return user if self.user_can_authenticate(user) else None


@cache
def _columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


@cache
def _statement() -> str:
    sql, _values = sql_of(User.objects.filter(pk=new_id()))
    return sql
