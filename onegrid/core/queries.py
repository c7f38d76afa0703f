"""Queries of the ORM as parts of larger statements."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def sql_of(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query as SQL and its parameters, also one of which Django knows that it finds nothing."""
    sql, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(parameters)
