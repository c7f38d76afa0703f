"""
Write to the trail.

An entry joins the transaction of what it speaks of, without any lock, so that
neither exists without the other. The hot path writes the same row inside its
one statement::

    WITH …, entry AS (
        INSERT INTO oversight_entry ({ENTRY_COLUMNS}) SELECT {ENTRY_VALUES} …
    )

with the parameters of `entry_values`. `seq` and `received_at` are the database's.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

from onegrid.oversight.models import Actor, Entry

Data = Mapping[str, object]

ENTRY_COLUMNS = "code, target, by, unit, at, data"
ENTRY_VALUES = "%s, %s, %s, %s, %s, %s"


def record(code: str, *, target: str, by: Actor, at: datetime, data: Data) -> None:
    """
    Write one line to the trail, in the caller's transaction.

    `code` is `app.verb` (`cases.accept`), `target` is `app.Model:<key>`. `data` is
    plain JSON without personal data.

    :raises TransactionManagementError: if there is no transaction to join.
    """
    if not connection.in_atomic_block:
        message = f"{code} must be recorded in the transaction of what it speaks of."
        raise TransactionManagementError(message)
    Entry.objects.create(code=code, target=target, by=by.name, unit=by.unit, at=at, data=dict(data))


def entry_values(
    code: str, *, target: str, by: Actor, at: datetime, data: Data
) -> tuple[str, str, str, str, datetime, Jsonb]:
    """Return the parameters for `ENTRY_VALUES`, in the order of `ENTRY_COLUMNS`."""
    return code, target, by.name, by.unit, at, Jsonb(dict(data))
