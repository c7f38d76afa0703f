"""The examples that docs/explanation/time-limits.md works by hand come out the same on the clocks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from onegrid.cases.rules.clock_sums import sum_of
from onegrid.cases.rules.clocks import Terms, clock_of
from onegrid.cases.rules.marks import Entered, Extended
from onegrid.cases.states import Stage, Status
from onegrid.units.public import Counting, Superseded, WorkCalendar, week_of
from onegrid.units.rules.public_holidays import PublicHolidays
from onegrid.units.rules.tables import Former

WENZHOU = ZoneInfo("Asia/Shanghai")
PAGE = Path(__file__).parents[2] / "docs/explanation/time-limits.md"
CENTRE, ROADS, WATER = UUID(int=1), UUID(int=2), UUID(int=3)
HOURS = [["08:30", "12:00"], ["14:00", "17:30"]]
OFFICE = WorkCalendar(
    code="office", name="部门", name_en="Departments", week=week_of({str(day): HOURS for day in range(1, 6)}),
    zone=WENZHOU, holidays=PublicHolidays(given=(), from_library=True),
)  # fmt: skip


def moment(day, hour, minute=0):
    month, of_month = day
    return datetime(2026, month, of_month, hour, minute, tzinfo=WENZHOU).astimezone(UTC)


def handled(hours, counting, *marks):
    terms = Terms(limits={"handle": hours}, counting=counting)
    return clock_of(marks, Stage.HANDLE, terms=terms, calendars=lambda _unit: OFFICE)


def to(unit, at):
    return Entered(at, Status.DISPATCHED, unit, unit)


def test_natural_days():
    assert handled(72, Counting.ALWAYS, to(ROADS, moment((9, 25), 10))).due_at == moment((9, 28), 10)


def test_working_days_over_the_national_day():
    clock = handled(120, Counting.WORKING_DAYS, to(ROADS, moment((9, 29), 15)))

    assert clock.due_at == moment((10, 12), 15)
    assert clock.elapsed(moment((10, 11), 12)) == timedelta(hours=105)


def test_working_hours_over_the_mid_autumn_holiday():
    assert handled(8, Counting.WORKING_HOURS, to(ROADS, moment((9, 24), 16))).due_at == moment((9, 28), 17)


@pytest.mark.parametrize(("unit", "due"), [(ROADS, moment((3, 4), 22)), (WATER, moment((3, 5), 8))])
def test_returned_and_back_again(unit, due):
    marks = (
        to(ROADS, moment((3, 3), 9)),
        Entered(moment((3, 3), 19), Status.FILED, CENTRE),
        to(unit, moment((3, 4), 8)),
    )

    assert handled(24, Counting.ALWAYS, *marks).due_at == due


def test_suspended():
    marks = (
        Entered(moment((3, 2), 8), Status.IN_PROGRESS, ROADS, ROADS),
        Entered(moment((3, 3), 8), Status.SUSPENDED, ROADS, ROADS, moment((3, 6), 8)),
    )

    clock = handled(48, Counting.ALWAYS, *marks)

    assert (clock.due_at, clock.moment_of(0.8)) == (moment((3, 7), 8), moment((3, 6), 22, 24))


def test_extended():
    marks = (to(ROADS, moment((9, 29), 15)), Extended(moment((10, 9), 10), 48))

    assert handled(120, Counting.WORKING_DAYS, *marks).due_at == moment((10, 14), 15)


def test_other_hours_from_one_day_on():
    changed = WorkCalendar(
        code="office", name="部门", name_en="Departments", zone=WENZHOU,
        week=week_of({str(day): [["08:00", "16:00"]] for day in range(1, 6)}),
        former=[Former(table=OFFICE.in_force(moment((11, 25), 9)), until=moment((11, 25), 10), what=Superseded.WEEK)],
    )  # fmt: skip
    marks, terms = [to(ROADS, moment((11, 23), 14))], Terms(limits={"handle": 16}, counting=Counting.WORKING_HOURS)

    clock = clock_of(marks, Stage.HANDLE, terms=terms, calendars=lambda _unit: changed)

    assert clock.due_at == moment((11, 25), 14)
    assert [each.amount for each in sum_of(clock, clock.due_at).counted] == [timedelta(hours=12), timedelta(hours=4)]


@pytest.mark.parametrize(
    "said",
    [
        "due Monday 28 September, 10:00", "Due Monday 12 October, 15:00", "Due Monday 28 September, 17:00",
        "due at 22:00", "due Saturday 08:00", "Friday 22:24", "due Wednesday 14 October, 15:00",
        "due Wednesday 25 November, 14:00",
    ],
)  # fmt: skip
def test_the_page_says_what_is_reckoned_here(said):
    assert said in PAGE.read_text(encoding="utf8")
