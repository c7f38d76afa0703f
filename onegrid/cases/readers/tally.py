"""
How the cases that somebody asks for lie over the areas: from the counters that the database keeps, or from the rows.

The counters (ADR 14) are exact at once: one statement adds up three things of one
view of the tables, what is kept, what has changed since, and the cases whose limit
lies between the counters' horizon and now, as for the counters those are not late.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, DateTimeField, Q, QuerySet, Sum, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Greatest, Least

from onegrid.accounts.public import User
from onegrid.cases.models import AreaChange, AreaCounter, Case
from onegrid.cases.models.case import CaseQuerySet, seen_besides
from onegrid.cases.models.counter import COUNTED
from onegrid.cases.models.seen import seen_by_area
from onegrid.cases.readers.compiled import compiled
from onegrid.cases.readers.selection import Due, Scope, Selection, level_of, located, selected, standing, within
from onegrid.cases.states import ENDED
from onegrid.core.queries import sql_of
from onegrid.core.statements import UNTIL, Written
from onegrid.geography.public import Level

CODES = ("township_code", "community_code", "grid_code")
_DEPTH = {Level.DISTRICT: 1, Level.TOWNSHIP: 1, Level.COMMUNITY: 2, Level.GRID: 3}
_HORIZON = RawSQL("(SELECT coalesce(max(moment), '-infinity') FROM cases_areahorizon)", [], DateTimeField())


class GridTally(NamedTuple):
    """
    The cases of one grid, by the codes it had when they were placed: all, due in time, late.

    Where only larger areas are counted, the codes of the smaller ones are empty.
    """

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


def tally(
    selection: Selection, *, by: User, at: datetime, until: datetime, level: Level = Level.GRID
) -> list[GridTally]:
    """
    Count the cases of each area of a level, in one statement.

    Due are those whose running stage ends from now `until` then.
    """
    codes, chosen = CODES[: _DEPTH[level]], located(selection)

    def write(at: datetime) -> Written:
        asked = _Asked(codes=codes, at=at, until=UNTIL)
        kept = are_kept(chosen)
        first, *others = _parts(chosen, asked, by=by) if kept else [asked.of_rows(selected(chosen, by=by, at=at))]
        return sql_of(first.union(*others, all=True) if others else first)

    found: dict[tuple[str, ...], list[int]] = {}
    depth = len(codes)
    for row in compiled(("tally", level), write, by=by, selections=[chosen]).rows(at, until=until):
        sums = found.setdefault(row[:depth], [0, 0, 0])
        for position, more in enumerate(row[depth:]):
            sums[position] += more
    if selection.due is Due.LATE:
        return [_told(codes, (late, 0, late)) for codes, (_cases, _due, late) in found.items() if late]
    return [_told(codes, sums) for codes, sums in found.items() if sums[0]]


def _told(codes: Sequence[str], counts: Sequence[int]) -> GridTally:
    township, community, grid, *_nothing = *codes, "", ""
    cases, due, late = counts
    return GridTally(township, community, grid, cases, due, late)


def are_kept(selection: Selection) -> bool:
    """Tell whether the counters know everything that a selection asks about."""
    known = Selection(
        is_open=selection.is_open,
        statuses=selection.statuses,
        stages=selection.stages,
        area=selection.area,
        area_level=selection.area_level,
        due=Due.LATE if selection.due is Due.LATE else None,
        channel=selection.channel,
        is_simulated=selection.is_simulated,
        is_urgent=selection.is_urgent,
    )
    return selection == known and selection.scope is Scope.ALL


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """By which codes to count, and when; each method counts in one of the tables."""

    codes: Sequence[str]
    at: datetime
    until: datetime

    def of_rows(self, cases: CaseQuerySet) -> QuerySet[Any, Any]:
        late = Count("pk", filter=Q(stage_due_at__lt=self.at))
        return cases.order_by().values_list(*self.codes).annotate(total=Count("pk"), soon=self._soon(), overdue=late)

    def of_counters(self, alike: Q) -> QuerySet[Any, Any]:
        kept = AreaCounter.objects.filter(alike).order_by().values_list(*self.codes)
        return kept.annotate(total=Sum("cases"), soon=Value(0), overdue=Sum("late"))

    def of_changes(self, alike: Q) -> QuerySet[Any, Any]:
        changed = AreaChange.objects.filter(alike).order_by().values_list(*self.codes)
        late = Coalesce(Sum("change", filter=Q(stage_due_at__lt=_HORIZON)), 0)
        return changed.annotate(total=Sum("change"), soon=Value(0), overdue=late)

    def of_what_turns(self, where: Q) -> QuerySet[Any, Any]:
        """Count the cases for which the horizon is not now, and those due soon: all lie close together in the index."""
        turning = Case.objects.filter(
            where,
            stage_due_at__gte=Least(_HORIZON, Value(self.at)),
            stage_due_at__lt=Greatest(_HORIZON, Value(self.at), Value(self.until)),
        )
        late_since = Count("pk", filter=Q(stage_due_at__gte=_HORIZON, stage_due_at__lt=self.at))
        not_yet = Count("pk", filter=Q(stage_due_at__gte=self.at, stage_due_at__lt=_HORIZON))
        rows = turning.order_by().values_list(*self.codes)
        return rows.annotate(total=Value(0), soon=self._soon(), overdue=late_since - not_yet)

    def _soon(self) -> Count:
        return Count("pk", filter=Q(stage_due_at__gte=self.at, stage_due_at__lt=self.until))


def _parts(selection: Selection, asked: _Asked, *, by: User) -> list[QuerySet[Any, Any]]:
    """Return what adds up to a selection that the counters know."""
    level = selection.area_level or level_of(selection.area)
    by_area = seen_by_area(by, level=level, code=selection.area)
    place = within(level, selection.area) if selection.area else Q()
    parts: list[QuerySet[Any, Any]] = []
    if by_area is None or by_area:
        where = (by_area or Q()) & place
        alike = where & standing(replace(selection, is_open=None))
        if selection.is_open is not None:
            alike &= ~Q(status__in=ENDED) if selection.is_open else Q(status__in=ENDED)
        parts = [asked.of_counters(alike), asked.of_changes(alike), asked.of_what_turns(where & standing(selection))]
    if by_area is not None:
        elsewhere = Case.objects.filter(seen_besides(by) & place & standing(selection)).exclude(by_area)
        parts.append(asked.of_rows(elsewhere))
    return parts


def differences() -> list[Difference]:
    """Count every case and return which counters say something else."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        names = (*COUNTED, "kept", "kept_late", "cases", "late")
        return [Difference(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
