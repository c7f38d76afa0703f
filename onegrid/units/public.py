"""What other apps may use of units."""

from onegrid.units.actions.establish_calendars import (
    DEFAULT_CALENDAR,
    CalendarChanged,
    CalendarPlan,
    establish_calendars,
)
from onegrid.units.actions.establish_units import Established, PostPlan, UnitPlan, establish_units
from onegrid.units.models import HolidaySource, Post, Unit, UnitKind
from onegrid.units.readers.calendars import Calendars, calendar_of, calendars, calendars_version
from onegrid.units.readers.directory import Directory, UnitEntry, directory, kept_unit_name
from onegrid.units.rules.public_holidays import PublicDay
from onegrid.units.rules.week import WrongCalendarError, spans_of, week_of
from onegrid.units.rules.working_time import Counting, DayKind, SpecialDay, WorkCalendar

__all__ = [
    "DEFAULT_CALENDAR",
    "CalendarChanged",
    "CalendarPlan",
    "Calendars",
    "Counting",
    "DayKind",
    "Directory",
    "Established",
    "HolidaySource",
    "Post",
    "PostPlan",
    "PublicDay",
    "SpecialDay",
    "Unit",
    "UnitEntry",
    "UnitKind",
    "UnitPlan",
    "WorkCalendar",
    "WrongCalendarError",
    "calendar_of",
    "calendars",
    "calendars_version",
    "directory",
    "establish_calendars",
    "establish_units",
    "kept_unit_name",
    "spans_of",
    "week_of",
]
