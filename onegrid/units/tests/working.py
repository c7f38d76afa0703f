"""Calendars to reckon with in tests."""

from datetime import datetime
from zoneinfo import ZoneInfo

from onegrid.units.rules.public_holidays import PublicHolidays
from onegrid.units.rules.tables import Table
from onegrid.units.rules.week import OFFICE_HOURS, week_of
from onegrid.units.rules.working_time import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
CHINA = PublicHolidays(given=(), from_library=True)
DAILY = {str(weekday): [["08:00", "20:00"]] for weekday in range(1, 8)}
AROUND_THE_CLOCK = {str(weekday): [["00:00", "24:00"]] for weekday in range(1, 8)}


def calendar(weekly=OFFICE_HOURS, *, zone=SHANGHAI, holidays=CHINA, own_days=(), former=()):
    return WorkCalendar(
        code="office-hours",
        name="机关工作时间",
        name_en="Office hours",
        week=week_of(weekly),
        zone=zone,
        holidays=holidays,
        own_days=own_days,
        former=former,
    )


def table(weekly=OFFICE_HOURS, *, holidays=CHINA, own_days=()):
    """Return what a calendar was before, as `calendar` makes one."""
    names = {"code": "office-hours", "name": "机关工作时间", "name_en": "Office hours"}
    return Table(**names, week=week_of(weekly), holidays=holidays, own_days=own_days)


def on(text, zone=SHANGHAI):
    """Return the moment that a clock on the wall shows, such as `2026-02-13 17:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
