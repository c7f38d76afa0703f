"""What the relay reads: all changes since a mark. Without models, because the relay does without Django's."""

from psycopg import AsyncConnection

from onegrid.live.rules.audience import Told
from onegrid.live.rules.marks import Mark, mark

AT_ONCE = 2000  # changes that are told one by one; beyond, pages hear only that much has changed

# The second condition leaves out rows that were restored from another server, whose numbers mean nothing here.
UNSEEN = (
    "xid >= pg_snapshot_xmin(%(since)s::pg_snapshot) AND xid < pg_snapshot_xmax(pg_current_snapshot()) "
    "AND NOT pg_visible_in_snapshot(xid, %(since)s::pg_snapshot)"
)
_TAIL = f"""
SELECT pg_current_snapshot()::text, found.* FROM (SELECT 1) AS always LEFT JOIN (
    SELECT xid::text::bigint, kind, subject, area_path, unit_ids, person_id FROM live_change
    WHERE {UNSEEN} ORDER BY id LIMIT %(limit)s
) AS found ON true
"""  # noqa: S608 — every part is a constant of this module
_START = """
SELECT coalesce(min(xid::text::bigint), pg_snapshot_xmin(pg_current_snapshot())::text::bigint) FROM live_change
WHERE noted_at > now() - interval '15 minutes' AND xid < pg_snapshot_xmax(pg_current_snapshot())
"""


async def start_mark(database: AsyncConnection) -> Mark:
    """Return a mark from which a relay that starts reads on, so that it knows what pages that come back have missed."""
    cursor = await database.execute(_START)
    row = await cursor.fetchone()
    assert row is not None
    return mark(f"{row[0]}:{row[0]}:")


async def tail(database: AsyncConnection, since: Mark) -> tuple[Mark, list[Told] | None]:
    """
    Return what has changed since a mark, and the mark up to which that goes; both from one snapshot.

    None instead of a list says that it is more than can be told one by one.
    """
    cursor = await database.execute(_TAIL, {"since": since.text, "limit": AT_ONCE + 1})
    rows = await cursor.fetchall()
    reached = mark(rows[0][0])
    if len(rows) > AT_ONCE:
        return reached, None
    return reached, [
        Told(xid=row[1], kind=row[2], subject=row[3], area_path=row[4], unit_ids=frozenset(row[5]), person_id=row[6])
        for row in rows
        if row[1] is not None
    ]
