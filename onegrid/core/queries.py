"""Queries of the ORM as parts of larger statements, and statements that are sent all the time."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL

from onegrid.core.postgres.lasting.base import DatabaseWrapper


def prepared_cursor() -> CursorWrapper:
    """Return a cursor that lets the server parse a statement once for each connection; its text must be a constant."""
    return lasting_connection().prepared_cursor()


def lasting_connection() -> DatabaseWrapper:
    """Return this thread's connection as what it is: one of our own backend."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper


def sql_of(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query as SQL and its parameters, also one of which Django knows that it finds nothing."""
    sql, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(parameters)


class OneOf(Func):
    """
    A key that is one of an array's.

    Inside an OR, `IN (subquery)` would keep PostgreSQL from using the indexes of all other parts; and a hundred keys
    are one value here, where `IN` takes each of them apart.
    """

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()


class Unindexed(Func):
    """A column that no index knows, where what is asked for is better found by something else."""

    function = "COALESCE"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), F(name))


def keys(found: Iterable[UUID]) -> RawSQL:
    """Return keys as an array that is one value, written once however often a statement is sent."""
    return RawSQL("%s::uuid[]", [f"{{{','.join(key.hex for key in found)}}}"])
