"""
What came, what went and what stands, counted for a head of a unit: four statements, whatever the period.

Each statement reads one range of an index once and counts it by step of time,
category, unit, area and status in one go. Nothing here is counted by person
(DESIGN §3.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.expressions import Combinable

from onegrid.accounts.public import User
from onegrid.cases.models import ENDED_LATE, KEEPS_LATE, AppealState
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.readers.appeals import whole_is_exempt
from onegrid.cases.readers.lateness import Handling, handling_by_unit
from onegrid.cases.readers.selection import Selection, handling_in, selected
from onegrid.cases.states import Stage
from onegrid.core.queries import sql_of
from onegrid.geography.public import Level


class TimeStep(StrEnum):
    """In which steps a period is counted."""

    DAY = "day"
    WEEK = "week"


class Numbers(NamedTuple):
    """How many cases there are; how many of them late, returned by a unit, simulated; late but not counted so."""

    cases: int = 0
    late: int = 0
    returned: int = 0
    simulated: int = 0
    exempt: int = 0

    def plus(self, other: "Numbers") -> "Numbers":
        """Return both together."""
        return Numbers(*(one + two for one, two in zip(self, other, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """
    One set of cases, counted in every way.

    Steps are known by their first day, categories and units by their ids (None
    for cases without), areas by their codes, for which `names` has a name each had.
    """

    whole: Numbers
    by_step: Mapping[object, Numbers]
    by_category: Mapping[object, Numbers]
    by_unit: Mapping[object, Numbers]
    by_area: Mapping[object, Numbers]
    by_status: Mapping[object, Numbers]
    names: Mapping[object, str]


@dataclass(frozen=True, kw_only=True)
class StageShare:
    """How many of those that ended late had left this stage late, and are not counted so; how long all stood in it."""

    stage: Stage
    late: int
    exempt: int
    cases: int
    time: timedelta


_BELOW = {Level.TOWNSHIP: "township", Level.COMMUNITY: "community", Level.GRID: "grid"}
_NO = Value(False, output_field=BooleanField())  # noqa: FBT003 — a value of SQL


def came(selection: Selection, *, by: User, at: datetime, below: Level, step: TimeStep) -> Counted:
    """Count the cases asked for by when they were reported and by the unit that leads them."""
    return _counted(selected(selection, by=by, at=at), "reported_at", "lead_unit", late=_NO, below=below, step=step)


def went(selection: Selection, *, by: User, at: datetime, below: Level, step: TimeStep) -> Counted:
    """Count the cases asked for by when they ended and by the unit that led them; late are those past their due.

    What an appeal has exempted is late too, and counted apart.
    """
    late = ExpressionWrapper(ENDED_LATE, output_field=BooleanField())
    exempt = ExpressionWrapper(ENDED_LATE & Q(whole_is_exempt()), output_field=BooleanField())
    return _counted(
        selected(selection, by=by, at=at), "ended_at", "lead_unit", late=late, exempt=exempt, below=below, step=step
    )


def standing(selection: Selection, *, by: User, at: datetime, below: Level) -> Counted:
    """Count the cases that are open by the unit that must act; late are those whose running stage is past its limit."""
    late = ExpressionWrapper(Q(stage_due_at__lt=at), output_field=BooleanField())
    cases = selected(replace(selection, is_open=True), by=by, at=at)
    return _counted(cases, "reported_at", "holder_unit", late=late, below=below, step=TimeStep.WEEK)


def handled_by_unit(selection: Selection, *, by: User, at: datetime) -> Mapping[str, Handling]:
    """
    Count by unit, known by its code, the cases asked for of which it left the handling in the period asked for.

    One statement. What was late is counted as it was, and what an appeal exempts apart.
    """
    cases = selected(replace(selection, handled=None), by=by, at=at)
    return handling_by_unit(handling_in(selection), cases)


def _counted(
    cases: CaseQuerySet, moment: str, unit: str, *, late: Combinable, exempt: Combinable = _NO, below: Level,
    step: TimeStep,
) -> Counted:  # fmt: skip
    area = _BELOW[below]
    picked = cases.order_by().annotate(was_late=late, is_exempt=exempt).values_list(
        moment, "category_id", f"{unit}_id", f"{area}_code", f"{area}_name", "status", "was_late", "return_count",
        "is_simulated", "is_exempt",
    )  # fmt: skip
    sql, values = sql_of(picked)
    with connection.cursor() as database:
        database.execute(
            f"""
            WITH picked (moment, category, unit, code, name, status, late, returns, simulated, exempt) AS ({sql}),
            stepped AS (
                SELECT *, date_trunc(%s, moment AT TIME ZONE %s)::date AS step FROM picked
            )
            SELECT grouping(step, category, unit, code, status), step, category, unit, code, name, status,
                count(*), count(*) FILTER (WHERE late), count(*) FILTER (WHERE returns > 0),
                count(*) FILTER (WHERE simulated), count(*) FILTER (WHERE exempt)
            FROM stepped GROUP BY GROUPING SETS ((), (step), (category), (unit), (code, name), (status))
            """,  # noqa: S608 — Django's own SQL
            [*values, step.value, settings.TIME_ZONE],
        )
        return _sorted(database.fetchall())


# What `grouping` answers where only that one is counted by: a bit for each that is not.
_WHOLE, _STEP, _CATEGORY, _UNIT, _CODE, _STATUS = 0b11111, 0b01111, 0b10111, 0b11011, 0b11101, 0b11110


def _sorted(rows: list[tuple[object, ...]]) -> Counted:
    found: dict[object, dict[object, Numbers]] = {
        kind: {} for kind in (_WHOLE, _STEP, _CATEGORY, _UNIT, _CODE, _STATUS)
    }
    names: dict[object, str] = {}
    for kind, step, category, unit, code, name, status, *numbers in rows:
        keys: dict[object, object] = {_STEP: step, _CATEGORY: category, _UNIT: unit, _CODE: code, _STATUS: status}
        counted, key = Numbers(*(int(str(number)) for number in numbers)), keys.get(kind)
        found[kind][key] = found[kind].get(key, Numbers()).plus(counted)  # an area may have had two names
        names[code] = str(name)
    return Counted(
        whole=found[_WHOLE].get(None, Numbers()),
        by_step=found[_STEP],
        by_category=found[_CATEGORY],
        by_unit=found[_UNIT],
        by_area=found[_CODE],
        by_status=found[_STATUS],
        names=names,
    )


def where_time_went(selection: Selection, *, by: User, at: datetime) -> list[StageShare]:
    """
    Return, stage by stage, where the cases asked for that ended late spent their time.

    The time of a stage is that from the move that began it to the one that ended
    it, as the timeline has them; a case that came back counts again. Exempt are those of which all that
    was late in the stage was accepted in an appeal.
    """
    late = selected(replace(selection, is_missed=True), by=by, at=at).order_by().values_list("pk", "reported_at")
    sql, values = sql_of(late)
    with connection.cursor() as database:
        database.execute(
            f"""
            WITH picked (id, reported_at) AS ({sql}),
            moves AS (
                SELECT entry.case_id, entry.data ->> 'stage' AS stage, entry.data ->> 'late' = 'true' AS late,
                    EXISTS (
                        SELECT FROM cases_latenessappeal AS appeal WHERE appeal.case_id = picked.id
                            AND appeal.state = %s AND appeal.asked_at >= entry.received_at
                            AND entry.data ->> 'stage' = ANY (appeal.covers)
                    ) AS exempt,
                    entry.happened_at - coalesce(
                        lag(entry.happened_at) OVER (
                            PARTITION BY entry.case_id ORDER BY entry.received_at, entry.id
                        ),
                        picked.reported_at
                    ) AS took
                FROM picked JOIN cases_timelineentry AS entry ON entry.case_id = picked.id
                    AND (entry.kind = %s OR entry.kind = %s AND entry.data ->> 'stage' <> '')
            )
            SELECT stage, count(DISTINCT case_id) FILTER (WHERE late),
                count(DISTINCT case_id) FILTER (WHERE late)
                    - count(DISTINCT case_id) FILTER (WHERE late AND NOT exempt),
                count(DISTINCT case_id),
                sum(greatest(took, interval '0'))
            FROM moves WHERE stage <> '' GROUP BY stage
            """,  # noqa: S608 — Django's own SQL
            [*values, AppealState.SECOND_YES.value, *(kind.value for kind in KEEPS_LATE)],
        )
        rows = {Stage(stage): numbers for stage, *numbers in database.fetchall()}
    return [
        StageShare(stage=stage, late=late, exempt=exempt, cases=cases, time=time)
        for stage, (late, exempt, cases, time) in ((stage, rows[stage]) for stage in Stage if stage in rows)
    ]
