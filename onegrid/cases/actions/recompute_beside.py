"""
Reckon the due moments of open tasks and orders anew after a calendar has changed, for those of some cases at once.

They are read without holding anybody up, as cases are; what comes to another moment is written only where nobody has
extended or ended it meanwhile, and read once more where somebody has extended it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from onegrid.cases.rules.due import due_beside
from onegrid.units.public import Counting, calendars


class _Kind(NamedTuple):
    """One kind of what has a clock of its own: its table, since when that runs, what was granted, when it waits."""

    table: str
    begun: str
    granted: str
    waits: str


_KINDS: Final = (
    _Kind("cases_supporttask", "created_at", "coalesce(granted_time, interval '0')", "done_at IS NULL"),
    _Kind("cases_supervisionorder", "ordered_at", "interval '0'", "answered_at IS NULL AND withdrawn_at IS NULL"),
)
_READ: Final = """
SELECT id, unit_id, {begun}, limit_time + {granted}, counting, due_at FROM {table}
WHERE {waits} AND limit_time IS NOT NULL AND case_id > %(after)s AND case_id <= %(until)s
"""
_READ_AGAIN: Final = """
SELECT id, unit_id, {begun}, limit_time + {granted}, counting, due_at FROM {table}
WHERE {waits} AND id = ANY(%(ids)s::uuid[])
"""
# Held in the order of the ids, as cases are. The due moment tells whether somebody has extended it meanwhile.
_WRITE: Final = """
WITH held AS (
    SELECT id, due_at FROM {table} WHERE id = ANY(%(ids)s::uuid[]) AND {waits} ORDER BY id FOR NO KEY UPDATE
)
UPDATE {table} AS kept SET due_at = found.due
FROM held JOIN unnest(%(ids)s::uuid[], %(were)s::timestamptz[], %(dues)s::timestamptz[]) AS found (id, due_at, due)
    USING (id, due_at)
WHERE kept.id = held.id RETURNING kept.id
"""


def recompute_beside(cursor: CursorWrapper, *, after: UUID, until: UUID) -> int:
    """
    Reckon the open tasks and orders of the cases behind one id and up to another, in the caller's transaction.

    Return how many came to another due moment. A moment that has passed stays, as the calendars of then stay.
    """
    return sum(_recompute(cursor, kind, after=after, until=until) for kind in _KINDS)


def _recompute(cursor: CursorWrapper, kind: _Kind, *, after: UUID, until: UUID) -> int:
    words, count = kind._asdict(), 0
    cursor.execute(_READ.format(**words), {"after": after, "until": until})
    rows = cursor.fetchall()
    while changed := _changed(rows):
        ids, were, dues = map(list, zip(*changed, strict=True))
        cursor.execute(_WRITE.format(**words), {"ids": ids, "were": were, "dues": dues})
        written = {row_id for (row_id,) in cursor.fetchall()}
        count += len(written)
        missed = [row_id for row_id in ids if row_id not in written]
        if not missed:
            break
        cursor.execute(_READ_AGAIN.format(**words), {"ids": missed})
        rows = cursor.fetchall()
    return count


def _changed(rows: Sequence[Sequence[Any]]) -> list[tuple[UUID, datetime, datetime]]:
    """Return which of some come to another due moment than is kept: what it was, and what it is."""
    calendar_of = calendars().of
    return [
        (row_id, due_at, new)
        for row_id, unit_id, begun_at, allowed, counting, due_at in rows
        if (new := due_beside(begun_at, allowed, Counting(counting), calendar=calendar_of(unit_id))) != due_at
    ]
