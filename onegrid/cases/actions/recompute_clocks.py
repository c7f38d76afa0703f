"""
Reckon the clocks of all open cases anew after a calendar has changed, in lots that each stand for themselves.

A lot holds its rows for as long as it takes to reckon them (about a tenth of a second), so that nobody who works has
to wait; what is the same afterwards is not written. Whoever is cut off goes on behind the last lot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection, transaction

from onegrid.cases.models import Case
from onegrid.cases.models.reckoning import Reckoning
from onegrid.cases.readers.clocks import first_marks, terms_of_category
from onegrid.cases.rules import due
from onegrid.cases.rules.clocks import Terms
from onegrid.cases.rules.marks import Mark, read
from onegrid.cases.states import Status
from onegrid.core.snapshots import refresh
from onegrid.units.public import calendars, calendars_version

LOT: Final = 2000
# Of a case that has marks nothing else is needed, and ids are only handed back: as text they are read faster.
READ: Final = """
SELECT id::text, category_id::text, marks::text, warned, channel = 'import',
       stage_yellow_at, stage_due_at, due_at, warn_at,
       status, CASE WHEN marks = '[]' THEN ARRAY[received_at, stage_started_at] END,
       CASE WHEN marks = '[]' THEN ARRAY[holder_unit_id, lead_unit_id] END
FROM cases_case WHERE ended_at IS NULL AND id > %s ORDER BY id LIMIT %s FOR NO KEY UPDATE
"""
_WRITE: Final = """
UPDATE cases_case AS kept
SET stage_yellow_at = found.yellow, stage_due_at = found.stage, due_at = found.whole, warn_at = found.warn
FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
     AS found (id, yellow, stage, whole, warn)
WHERE kept.id = found.id
"""
NOTHING: Final = UUID(int=0)
_decode = msgspec.json.decode


@dataclass(frozen=True, kw_only=True)
class Walked:
    """How far a reckoning has come."""

    done: int
    total: int
    changed: int
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
        total = Case.objects.open().count()
        reckoning, _is_new = Reckoning.objects.get_or_create(
            calendars=version, defaults={"started_at": at, "total": total}
        )
    if reckoning.finished_at:
        return None
    while True:
        walked = _next_lot(reckoning.pk, at=at)
        if walked.is_finished or is_enough(walked):
            return walked


@transaction.atomic(durable=True)
def _next_lot(reckoning_id: UUID, *, at: datetime) -> Walked:
    """Reckon one lot and note how far that is, together."""
    reckoning = Reckoning.objects.select_for_update().get(pk=reckoning_id)
    with connection.cursor() as cursor:
        cursor.execute(READ, [reckoning.reached or NOTHING, LOT])
        rows = cursor.fetchall()
        changed = _changed(rows)
        if changed:
            cursor.execute(_WRITE, [list(column) for column in zip(*changed, strict=True)])
    reckoning.done += len(rows)
    reckoning.changed += len(changed)
    reckoning.reached = UUID(rows[-1][0]) if rows else reckoning.reached
    is_finished = len(rows) < LOT
    reckoning.finished_at = at if is_finished else None
    reckoning.save(update_fields=["done", "changed", "reached", "finished_at"])
    return Walked(done=reckoning.done, total=reckoning.total, changed=reckoning.changed, is_finished=is_finished)


def _changed(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the moments of those cases that come to others than are kept."""
    terms: dict[str | None, Terms] = {}
    known = calendars()
    by_unit, default = known.by_unit, known.default
    found = []
    for case_id, category_id, marks, warned, is_brought_in, yellow, stage, whole, warn, *unmoved in rows:
        if category_id not in terms:
            terms[category_id] = terms_of_category(UUID(category_id) if category_id else None)
        noted = read(_decode(marks))
        if is_brought_in and not noted:
            continue  # its moments are the other system's until it moves
        new = due.moments(
            noted or _first_marks(*unmoved),
            terms=terms[category_id],
            calendars=lambda unit: by_unit.get(unit, default) if unit else default,
            warned=warned,
        )
        moments = (new.stage_yellow_at, new.stage_due_at, whole if is_brought_in else new.due_at, new.warn_at)
        if moments != (yellow, stage, whole, warn):
            found.append((case_id, *moments))
    return found


def _first_marks(status: str, moments: Sequence[datetime], units: Sequence[UUID | None]) -> list[Mark]:
    (received_at, stage_started_at), (holder, lead) = moments, units
    return first_marks(
        Status(status), received_at=received_at, stage_started_at=stage_started_at, holder=holder, lead=lead
    )
