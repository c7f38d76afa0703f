"""
Reckon the clocks of all open cases anew after a calendar has changed, in lots that each stand for themselves.

A lot is read without holding anybody up, and most of it stays as it is. What comes to other moments is written only
where nobody has changed the case meanwhile; those cases are reckoned once more. Whoever changes a case after the
calendars did reckons by the new ones, so that none is missed. Whoever is cut off goes on behind the last lot.
Cases all of whose moments lie before the first day that is another now are not even read: a holiday of next spring
costs next to nothing. With each lot go the open tasks and orders of all cases up to its last one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from onegrid.cases.actions.recompute_beside import recompute_beside
from onegrid.cases.models.reckoning import Reckoning
from onegrid.cases.readers.clocks import first_marks, terms_of_category
from onegrid.cases.rules import due
from onegrid.cases.rules.marks import Mark, read
from onegrid.cases.states import Status
from onegrid.core.snapshots import refresh
from onegrid.units.public import EVER, calendars, calendars_version, working_time_differs_from

LOT: Final = 2000
LONGEST_CHANGE: Final = timedelta(hours=1)  # between the moment that a change bears and the one when others see it
# Of a case that has marks nothing else is needed.
_COLUMNS: Final = """
id, version, category_id, marks::text, warned, channel = 'import',
stage_yellow_at, stage_due_at, due_at, warn_at,
status, CASE WHEN marks = '[]' THEN ARRAY[received_at, stage_started_at] END,
CASE WHEN marks = '[]' THEN ARRAY[holder_unit_id, lead_unit_id] END
"""
# One that has no moment at all is looked at every time.
_REACHING: Final = """
FROM cases_case WHERE ended_at IS NULL
AND coalesce(greatest(stage_yellow_at, stage_due_at, due_at, warn_at), 'infinity') > %s
"""
_COUNT: Final = f"SELECT count(*) {_REACHING}"
READ: Final = f"SELECT {_COLUMNS} {_REACHING} AND id > %s ORDER BY id LIMIT %s"
_READ_AGAIN: Final = f"SELECT {_COLUMNS} FROM cases_case WHERE ended_at IS NULL AND id = ANY(%s::uuid[]) ORDER BY id"  # noqa: S608 — a constant
# Held in the order of the ids, as everybody does who holds several, so that nobody waits for one who waits for them.
_WRITE: Final = """
WITH held AS (
    SELECT id, version, warned FROM cases_case WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
)
UPDATE cases_case AS kept
SET stage_yellow_at = found.yellow, stage_due_at = found.stage, due_at = found.whole, warn_at = found.warn
FROM held JOIN unnest(
    %(ids)s::uuid[], %(versions)s::int[], %(warned)s::int[],
    %(yellow)s::timestamptz[], %(stage)s::timestamptz[], %(whole)s::timestamptz[], %(warn)s::timestamptz[]
) AS found (id, version, warned, yellow, stage, whole, warn) USING (id, version, warned)
WHERE kept.id = held.id RETURNING kept.id
"""
_WRITTEN: Final = ("ids", "versions", "warned", "yellow", "stage", "whole", "warn")
NOTHING: Final = UUID(int=0)
ENDLESS: Final = UUID(int=2**128 - 1)
_decode = msgspec.json.decode


@dataclass(frozen=True, kw_only=True)
class Walked:
    """How far a reckoning has come, in cases; `beside` are the tasks and orders that came to other due moments."""

    done: int
    total: int
    changed: int
    beside: int
    is_finished: bool


def recompute_clocks(
    *, at: datetime, is_enough: Callable[[Walked], bool] = lambda _walked: False, is_forced: bool = False
) -> Walked | None:
    """
    Go on with the reckoning for the calendars as they stand now; nothing if that is finished, unless it is forced.

    `is_enough` is asked after every lot whether to stop there.
    """
    refresh()
    version = calendars_version()
    if is_forced:
        Reckoning.objects.filter(calendars=version).delete()
    reckoning = Reckoning.objects.filter(calendars=version).first()
    if reckoning is None:
        begins_at = EVER if is_forced else _first_difference()
        reckoning, _is_new = Reckoning.objects.get_or_create(
            calendars=version, defaults={"started_at": at, "begins_at": begins_at, "total": _count(begins_at)}
        )
    if reckoning.finished_at:
        return None
    while True:
        walked = _next_lot(reckoning.pk, at=at)
        if walked.is_finished or is_enough(walked):
            return walked


def _first_difference() -> datetime:
    """Return from when on calendars may count otherwise than those by which all clocks were last reckoned."""
    last = Reckoning.objects.filter(finished_at__isnull=False).order_by("-started_at").first()
    return working_time_differs_from(last.started_at - LONGEST_CHANGE) if last else EVER


def _count(begins_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [begins_at])
        return int(cursor.fetchone()[0])


@transaction.atomic(durable=True)
def _next_lot(reckoning_id: UUID, *, at: datetime) -> Walked:
    """Reckon one lot and note how far that is, together."""
    reckoning = Reckoning.objects.select_for_update().get(pk=reckoning_id)
    reached = reckoning.reached or NOTHING
    with connection.cursor() as cursor:
        cursor.execute(READ, [reckoning.begins_at, reached, LOT])
        rows = cursor.fetchall()
        is_finished = len(rows) < LOT
        reckoning.changed += _write(cursor, rows)
        reckoning.beside += recompute_beside(cursor, after=reached, until=ENDLESS if is_finished else rows[-1][0])
    reckoning.done += len(rows)
    reckoning.reached = rows[-1][0] if rows else reckoning.reached
    reckoning.finished_at = at if is_finished else None
    reckoning.save(update_fields=["done", "changed", "beside", "reached", "finished_at"])
    return Walked(
        done=reckoning.done, total=reckoning.total, changed=reckoning.changed, beside=reckoning.beside,
        is_finished=is_finished,
    )  # fmt: skip


def _write(cursor: CursorWrapper, rows: Sequence[Sequence[Any]]) -> int:
    """Write what comes to other moments than are kept, and return of how many cases that was so."""
    count = 0
    while changed := _changed(rows):
        cursor.execute(_WRITE, dict(zip(_WRITTEN, map(list, zip(*changed, strict=True)), strict=True)))
        written = {case_id for (case_id,) in cursor.fetchall()}
        count += len(written)
        missed = [case_id for case_id, *_others in changed if case_id not in written]
        if not missed:
            break
        cursor.execute(_READ_AGAIN, [missed])
        rows = cursor.fetchall()
    return count


def _changed(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return what to write of those cases that come to other moments than are kept."""
    calendar_of = calendars().of
    found = []
    for case_id, version, category_id, marks, warned, is_brought_in, yellow, stage, whole, warn, *unmoved in rows:
        noted = read(_decode(marks))
        if is_brought_in and not noted:
            continue  # its moments are the other system's until it moves
        new = due.moments(
            noted or _first_marks(*unmoved),
            terms=terms_of_category(category_id),
            calendars=calendar_of,
            warned=warned,
        )
        moments = (new.stage_yellow_at, new.stage_due_at, whole if is_brought_in else new.due_at, new.warn_at)
        if moments != (yellow, stage, whole, warn):
            found.append((case_id, version, warned, *moments))
    return found


def _first_marks(status: str, moments: Sequence[datetime], units: Sequence[UUID | None]) -> list[Mark]:
    (received_at, stage_started_at), (holder, lead) = moments, units
    return first_marks(
        Status(status), received_at=received_at, stage_started_at=stage_started_at, holder=holder, lead=lead
    )
