"""
How the cases that somebody asks for lie over the areas: from the counters that the database keeps, or from the rows.

The counters (ADR 14) are exact at once: one statement adds up three things of one
view of the tables, what is kept, what has changed since, and the cases whose limit
lies between the counters' horizon and now, as for the counters those are not late.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, DateTimeField, Q, QuerySet, Sum, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Greatest, Least

from onegrid.accounts.public import User
from onegrid.cases.models import AreaChange, AreaCounter, Case
from onegrid.cases.models.case import CaseQuerySet, seen_besides, seen_by_area
from onegrid.cases.models.counter import COUNTED
from onegrid.cases.readers.selection import Due, Scope, Selection, selected, standing, within
from onegrid.cases.states import ENDED

CODES = ("township_code", "community_code", "grid_code")
_HORIZON = RawSQL("(SELECT coalesce(max(moment), '-infinity') FROM cases_areahorizon)", [], DateTimeField())


class GridTally(NamedTuple):
    """The cases of one grid, by the codes it had when they were placed: all, due in time, late."""

    township_code: str
    community_code: str
    grid_code: str
    cases: int
    due: int
    late: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A counter that does not say what the rows say: of which cases, what it says and what there is."""

    grid_code: str
    community_code: str
    township_code: str
    status: str
    channel: str
    is_urgent: bool
    is_simulated: bool
    kept: int
    kept_late: int
    cases: int
    late: int


_DIFFERENCES = f"""
SELECT {", ".join(COUNTED)}, sum(kept), sum(kept_late), sum(cases), sum(late) FROM (
    SELECT {", ".join(COUNTED)}, cases AS kept, late AS kept_late, 0 AS cases, 0 AS late FROM cases_areacounter
    UNION ALL
    SELECT {", ".join(COUNTED)}, change, CASE WHEN stage_due_at < {_HORIZON.sql} THEN change ELSE 0 END, 0, 0
    FROM cases_areachange
    UNION ALL
    SELECT {", ".join(COUNTED)}, 0, 0, count(*), count(*) FILTER (WHERE stage_due_at < {_HORIZON.sql})
    FROM cases_case GROUP BY {", ".join(COUNTED)}
) AS both_ways
GROUP BY {", ".join(COUNTED)} HAVING sum(kept) <> sum(cases) OR sum(kept_late) <> sum(late)
ORDER BY {", ".join(COUNTED)}
"""  # noqa: S608 — every part is a constant of this module or of the model


def tally(selection: Selection, *, by: User, at: datetime, until: datetime) -> list[GridTally]:
    """Count the cases of each grid, in one statement; due are those whose running stage ends from now `until` then."""
    if are_kept(selection):
        return tally_kept(selection, by=by, at=at, until=until)
    return [GridTally(*row) for row in _of_rows(selected(selection, by=by, at=at), at=at, until=until)]


def are_kept(selection: Selection) -> bool:
    """Tell whether the counters know everything that a selection asks about."""
    known = Selection(
        is_open=selection.is_open,
        statuses=selection.statuses,
        stages=selection.stages,
        area=selection.area,
        due=Due.LATE if selection.due is Due.LATE else None,
        channel=selection.channel,
        is_simulated=selection.is_simulated,
        is_urgent=selection.is_urgent,
    )
    return selection == known and selection.scope is Scope.ALL


def tally_kept(selection: Selection, *, by: User, at: datetime, until: datetime) -> list[GridTally]:
    """Return the same as the rows would say, for a selection that the counters know."""
    by_area, place = seen_by_area(by), within(selection.area) if selection.area else Q()
    parts: list[QuerySet[Any, Any]] = []
    if by_area is None or by_area:
        parts += _in_areas(selection, (by_area or Q()) & place, at=at, until=until)
    if by_area is not None:
        elsewhere = Case.objects.filter(seen_besides(by) & place & standing(selection)).exclude(by_area)
        parts.append(_of_rows(elsewhere, at=at, until=until))
    found: dict[tuple[str, str, str], list[int]] = {}
    for township, community, grid, *counts in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        sums = found.setdefault((township, community, grid), [0, 0, 0])
        sums[:] = [before + more for before, more in zip(sums, counts, strict=True)]
    if selection.due is Due.LATE:
        return [GridTally(*codes, late, 0, late) for codes, (_cases, _due, late) in found.items() if late]
    return [GridTally(*codes, *counts) for codes, counts in found.items() if counts[0]]


def _in_areas(selection: Selection, where: Q, *, at: datetime, until: datetime) -> list[QuerySet[Any, Any]]:
    """Return the counts of whole areas: what is kept, what has changed, and what the horizon does not know yet."""
    alike = where & standing(replace(selection, is_open=None))
    if selection.is_open is not None:
        alike &= ~Q(status__in=ENDED) if selection.is_open else Q(status__in=ENDED)
    kept = AreaCounter.objects.filter(alike).order_by().values_list(*CODES)
    changed = AreaChange.objects.filter(alike).order_by().values_list(*CODES)
    turning = Case.objects.filter(
        where & standing(selection),
        stage_due_at__gte=Least(_HORIZON, Value(at)),
        stage_due_at__lt=Greatest(_HORIZON, Value(at), Value(until)),
    )
    late_since, not_yet = (
        Q(stage_due_at__gte=_HORIZON, stage_due_at__lt=at), Q(stage_due_at__gte=at, stage_due_at__lt=_HORIZON),
    )  # fmt: skip
    return [
        kept.annotate(total=Sum("cases"), soon=Value(0), overdue=Sum("late")),
        changed.annotate(
            total=Sum("change"),
            soon=Value(0),
            overdue=Coalesce(Sum("change", filter=Q(stage_due_at__lt=_HORIZON)), 0),
        ),
        turning.order_by()
        .values_list(*CODES)
        .annotate(
            total=Value(0),
            soon=Count("pk", filter=_soon(at, until)),
            overdue=Count("pk", filter=late_since) - Count("pk", filter=not_yet),
        ),
    ]


def _of_rows(cases: CaseQuerySet, *, at: datetime, until: datetime) -> QuerySet[Any, Any]:
    late = Q(stage_due_at__lt=at)
    counts = {"total": Count("pk"), "soon": Count("pk", filter=_soon(at, until)), "overdue": Count("pk", filter=late)}
    return cases.order_by().values_list(*CODES).annotate(**counts)


def _soon(at: datetime, until: datetime) -> Q:
    return Q(stage_due_at__gte=at, stage_due_at__lt=until)


def differences() -> list[Difference]:
    """Count every case and return which counters say something else."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        names = (*COUNTED, "kept", "kept_late", "cases", "late")
        return [Difference(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
