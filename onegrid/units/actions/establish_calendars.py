"""Make the given calendars and public holidays the ones there are, and let units follow them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from onegrid.core.facts import Fact, announce
from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record
from onegrid.units.actions.supersede import keep_followings, keep_holidays, keep_weeks, note_public_holidays
from onegrid.units.models import Calendar, HolidaySource, PublicHoliday, Unit
from onegrid.units.readers.assembly import DEFAULT_CODE, DEFAULT_NAMES
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.readers.followings import followings
from onegrid.units.rules.public_holidays import PublicDay
from onegrid.units.rules.week import OFFICE_HOURS, Weekly, week_of, written_spans


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Fact):
    """
    Working time has changed: that of whole calendars, or of single units, on some days or from the beginning on.

    Who reckons time limits by them reckons those that run anew.
    """

    calendars: frozenset[str]  # their codes
    units: frozenset[UUID]
    from_day: date | None  # none: all days
    to_day: date | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CalendarPlan:
    """A calendar as it is to be."""

    code: str
    name: str
    name_en: str
    weekly: Weekly
    holidays: HolidaySource
    is_default: bool


DEFAULT_CALENDAR: Final = CalendarPlan(
    code=DEFAULT_CODE,
    name=DEFAULT_NAMES[0],
    name_en=DEFAULT_NAMES[1],
    weekly=OFFICE_HOURS,
    holidays=HolidaySource.CHINA,
    is_default=True,
)


@transaction.atomic
def establish_calendars(
    *,
    calendars: Sequence[CalendarPlan],
    public_days: Iterable[PublicDay],
    followed: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> int:
    """
    Open, change and close calendars until they are as planned. Joins the caller's transaction.

    `followed` names the calendar of each unit that is to have its own, by their codes;
    the others have none. Days that people set stay set. What is changed counts from `at`:
    what it was before is kept. Returns the number of rows written and announces
    CalendarChanged if there are any.

    :raises WrongCalendarError: if a weekly table is wrong.
    """
    standing = {row.code: row for row in Calendar.objects.standing().select_for_update(of=("self",))}
    note_public_holidays(by=by, at=at)
    before = followings()
    _keep_weeks(calendars, standing, by=by, at=at)
    planned, changed = _planned(calendars, standing)
    gone = [row for code, row in standing.items() if code not in planned]
    _write(changed, gone, at.date())
    moved = _follow(followed, planned)
    if changed or gone or moved:
        keep_followings(before, by=by, at=at)
    holidays = _replace_holidays(public_days, is_first=not standing, by=by, at=at)
    written = len(changed) + len(gone) + len(moved) + holidays
    if written:
        bump(SNAPSHOT)
        data = {"calendars": len(planned), "closed": len(gone), "written": written}
        record("units.calendars-established", target="units.Calendar", by=by, at=at, data=data)
        codes = planned if holidays else {row.code for row in (*changed, *gone)}
        units = frozenset(unit.pk for unit in moved)
        announce(CalendarChanged(calendars=frozenset(codes), units=units, from_day=None, to_day=None, at=at))
    return written


def _keep_weeks(plans: Iterable[CalendarPlan], standing: Mapping[str, Calendar], *, by: Actor, at: datetime) -> None:
    """Keep the tables that are to be others."""
    different = [
        standing[plan.code]
        for plan in plans
        if (row := standing.get(plan.code))
        and (row.weekly, row.holidays) != (_wanted(plan)["weekly"], _wanted(plan)["holidays"])
    ]
    keep_weeks(different, by=by, at=at)


def _wanted(plan: CalendarPlan) -> dict[str, object]:
    week = week_of(plan.weekly)
    return {
        "name": plan.name,
        "name_en": plan.name_en,
        "weekly": {str(weekday): written_spans(week.on(weekday)) for weekday in sorted(week.spans)},
        "holidays": plan.holidays.value,
        "is_default": plan.is_default,
    }


def _planned(
    plans: Iterable[CalendarPlan], standing: Mapping[str, Calendar]
) -> tuple[dict[str, Calendar], list[Calendar]]:
    planned, changed = {}, []
    for plan in plans:
        wanted = _wanted(plan)
        row = standing.get(plan.code) or Calendar(code=plan.code)
        planned[plan.code] = row
        if any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
    return planned, changed


def _write(changed: Iterable[Calendar], gone: Iterable[Calendar], on: date) -> None:
    for row in gone:
        row.closes_on = on
        row.save(update_fields=["closes_on"])
    # The one that is default no longer goes first: there is never more than one.
    for row in sorted(changed, key=lambda row: row.is_default):
        row.save()


def _follow(followed: Mapping[str, str], planned: Mapping[str, Calendar]) -> list[Unit]:
    moved = []
    for unit in Unit.objects.standing().select_for_update(of=("self",)):
        code = followed.get(unit.code)
        wanted = planned[code].pk if code else None
        if unit.calendar_id != wanted:
            unit.calendar_id = wanted
            moved.append(unit)
    Unit.objects.bulk_update(moved, ["calendar"])
    return moved


def _replace_holidays(public_days: Iterable[PublicDay], *, is_first: bool, by: Actor, at: datetime) -> int:
    """Give other public holidays, and keep those given before unless nothing was reckoned by them."""
    wanted = {
        entry.day: PublicHoliday(day=entry.day, is_working=entry.is_working, name=entry.name, name_en=entry.name_en)
        for entry in public_days
    }
    known = {row.day: row for row in PublicHoliday.objects.all()}
    gone = [day for day in known if day not in wanted]
    new = [row for day, row in wanted.items() if day not in known or _differs(row, known[day])]
    if (gone or new) and not is_first:
        keep_holidays(known.values(), by=by, at=at)
    PublicHoliday.objects.filter(pk__in=gone).delete()
    PublicHoliday.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["day"], update_fields=["is_working", "name", "name_en"]
    )
    return len(gone) + len(new)


def _differs(one: PublicHoliday, other: PublicHoliday) -> bool:
    return (one.is_working, one.name, one.name_en) != (other.is_working, other.name, other.name_en)
