"""
Reckoning the clocks of every open case anew after a calendar has changed, as the job of the worker does it.

The open cases of the base are copied until there are as many as the base has cases. One run finds nothing to change,
one comes after a working day of the whole district has become a day off. The floor reads the very same rows, lot by
lot, and leaves them as they are; what a processor does is counted for both processes, ours and PostgreSQL's, because
the two take turns.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import now

from benchmarks.rows import Row
from onegrid.cases.actions.recompute_clocks import LONGEST_CHANGE, LOT, NOTHING, READ, recompute_clocks
from onegrid.cases.public import Case
from onegrid.core.processes import keep_what_is_loaded
from onegrid.oversight.public import Actor
from onegrid.units.public import DEFAULT_CALENDAR, EVER, DaysPlan, SpanOfDays, Whose, calendars, set_days

_NOBODY = Actor("benchmark")
MUST = 20_000  # a second of one processor
_TICKS = os.sysconf("SC_CLK_TCK")
_COPY = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM cases_case, generate_series(1, %s) AS copy WHERE ended_at IS NULL LIMIT %s
"""


@dataclass(frozen=True, kw_only=True)
class Took:
    """What it took to have all open cases reckoned, in seconds; how many of them were read and written for it."""

    cases: int
    read: int
    changed: int
    wall: float
    ours: float
    database: float

    @property
    def per_core(self) -> float:
        """Cases a second, had one processor done all of it."""
        return self.cases / (self.ours + self.database)


def measure(*, cases: int) -> list[Row]:
    """Return the rows: nothing to change, and a day that is a working day no more."""
    at = now() + 2 * LONGEST_CHANGE  # when the calendars that the pack brought are no news
    _fill_with_open(cases)
    keep_what_is_loaded()  # as the worker does
    _read_all()  # warm
    floor = _timed(_read_all)
    same = _timed(lambda: _all(at, is_forced=True))
    day = _working_day_after(at)
    plan = DaysPlan(days=SpanOfDays(first=day, last=day), is_working=False, reason="停工")
    set_days(whose=Whose(calendar=DEFAULT_CALENDAR.code), plan=plan, by=_NOBODY, named=_NOBODY, at=at)
    moved = _timed(lambda: _all(at))
    return [_row("nothing moves", same, floor), _row(f"{day} becomes a day off", moved, floor)]


def _fill_with_open(cases: int) -> None:
    """Copy open cases until there are so many; what else belongs to a case is not copied, clocks need none of it."""
    own = {"id": "uuidv7()", "number": "cases_case.number || '-' || copy", "source_key": "NULL"}
    names = [field.column for field in Case._meta.concrete_fields if field.column and not field.generated]
    open_now = Case.objects.open().count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # counters are not what is measured
        values = ", ".join(own.get(name, f"cases_case.{name}") for name in names)
        statement = _COPY.format(columns=", ".join(names), values=values)
        cursor.execute(statement, [-(-cases // open_now), max(0, cases - open_now)])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) cases_case")
        cursor.execute("CHECKPOINT")


def _all(at: datetime, *, is_forced: bool = False) -> tuple[int, int]:
    walked = recompute_clocks(at=at, is_forced=is_forced)
    assert walked is not None
    assert walked.is_finished
    return walked.done, walked.changed


def _read_all() -> tuple[int, int]:
    """Read all open cases in the lots of the product; return how many, and that none was written."""
    count, reached = 0, NOTHING
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(READ, [EVER, reached, LOT])
            rows = cursor.fetchall()
        count += len(rows)
        if len(rows) < LOT:
            return count, 0
        reached = rows[-1][0]


def _timed(work: Callable[[], tuple[int, int]]) -> Took:
    open_cases = Case.objects.open().count()
    began, ours, database = time.perf_counter(), time.process_time(), _of_the_database()
    read, changed = work()
    return Took(
        cases=open_cases,
        read=read,
        changed=changed,
        wall=time.perf_counter() - began,
        ours=time.process_time() - ours,
        database=_of_the_database() - database,
    )


def _of_the_database() -> float:
    """Return how many seconds of a processor the process behind our connection has used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _working_day_after(at: datetime) -> date:
    """Return the next day but one that people work."""
    usual = calendars().default
    day = at.date() + timedelta(days=2)
    while not usual.is_working_day(day):
        day += timedelta(days=1)
    return day


def _row(what: str, took: Took, floor: Took) -> Row:
    handled = f"{took.read:,} read, {took.changed:,} written; of each case {_micro(took)}"
    return Row(
        work=f"clocks of {took.cases:,} open cases anew, {what}",
        ours=f"{took.cases / took.wall:,.0f}/s, {handled}",
        floor=f"{floor.cases / floor.wall:,.0f}/s read; of each case {_micro(floor)}",
        ratio=f"{took.per_core:,.0f} a second of one processor",
        must=f"≥ {MUST:,} a second of one processor",
        holds=took.per_core >= MUST,
    )


def _micro(took: Took) -> str:
    ours, database = (spent / took.cases * 1e6 for spent in (took.ours, took.database))
    return f"{ours:.0f} µs in Python, {database:.0f} µs in PostgreSQL"
