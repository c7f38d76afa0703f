"""
What has changed since a mark.

Without models, because the relay reads it too and does without Django's.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import AsyncConnection

from onegrid.live.rules.audience import Told
from onegrid.live.rules.marks import Mark, mark

AT_ONCE = 2000  # changes that are told one by one; beyond, pages hear only that much has changed
REMEMBERED = 1000  # matters that a page asks about at once, the latest

# The second condition leaves out rows that were restored from another server, whose numbers mean nothing here.
_UNSEEN = (
    "xid >= pg_snapshot_xmin(%(since)s::pg_snapshot) AND xid < pg_snapshot_xmax(pg_current_snapshot()) "
    "AND NOT pg_visible_in_snapshot(xid, %(since)s::pg_snapshot)"
)
_TAIL = f"""
SELECT pg_current_snapshot()::text, found.* FROM (SELECT 1) AS always LEFT JOIN (
    SELECT xid::text::bigint, kind, subject, area_path, unit_ids, person_id FROM live_change
    WHERE {_UNSEEN} ORDER BY id LIMIT %(limit)s
) AS found ON true
"""  # noqa: S608 — every part is a constant of this module
_FIRST = f"""
SELECT * FROM (
    SELECT DISTINCT ON (subject) subject, kind, area_path, unit_ids, person_id, before, id FROM live_change
    WHERE {_UNSEEN} ORDER BY subject, id
) AS first ORDER BY id DESC LIMIT %(limit)s
"""  # noqa: S608 — every part is a constant of this module


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstChange:
    """The first change of a matter since a mark, and what the matter was before; nothing where it was not there."""

    subject: UUID
    kind: str
    area_path: str
    person_id: UUID | None
    before: dict[str, Any] | None


def mark_now() -> str:
    """Return a mark of what is there now. Whatever is read after it is at least as new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def first_changes(since: Mark) -> list[FirstChange]:
    """Return the first change of each matter that a page has not seen, of the latest `REMEMBERED`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"since": since.text, "limit": REMEMBERED})
        rows = cursor.fetchall()
    return [
        FirstChange(subject=subject, kind=kind, area_path=path, person_id=person, before=before)
        for subject, kind, path, _units, person, before, _id in rows
    ]


async def tail(database: AsyncConnection, since: Mark | None) -> tuple[Mark, list[Told] | None]:
    """
    Return what has changed since a mark, and the mark up to which that goes; both from one snapshot.

    Without a mark nothing has. None instead of a list says that it is more than can be told one by one.
    """
    cursor = await database.execute(_TAIL, {"since": since.text if since else "1:1:", "limit": AT_ONCE + 1})
    rows = await cursor.fetchall()
    reached = mark(rows[0][0])
    if since is None:
        return reached, []
    if len(rows) > AT_ONCE:
        return reached, None
    return reached, [
        Told(xid=row[1], kind=row[2], subject=row[3], area_path=row[4], unit_ids=frozenset(row[5]), person_id=row[6])
        for row in rows
        if row[1] is not None
    ]
