"""Queries of the ORM as parts of larger statements, and statements that are sent all the time."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from onegrid.core.postgres.lasting.base import DatabaseWrapper


def prepared_cursor() -> CursorWrapper:
    """Return a cursor that lets the server parse a statement once for each connection; its text must be a constant."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper.prepared_cursor()


def sql_of(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query as SQL and its parameters, also one of which Django knows that it finds nothing."""
    sql, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(parameters)
