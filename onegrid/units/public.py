"""What other apps may use of units."""

from onegrid.units.actions.establish_calendars import (
    DEFAULT_CALENDAR,
    CalendarChanged,
    CalendarPlan,
    establish_calendars,
)
from onegrid.units.actions.establish_units import Established, PostPlan, UnitPlan, establish_units
from onegrid.units.actions.set_days import set_days, withdraw_days
from onegrid.units.actions.supersede import note_public_holidays
from onegrid.units.models import HolidaySource, Post, Unit, UnitKind
from onegrid.units.readers.calendars import Calendars, calendar_of, calendars, calendars_changed_at, calendars_version
from onegrid.units.readers.differences import EVER, NEVER, working_time_differs_from
from onegrid.units.readers.directory import Directory, UnitEntry, directory, kept_unit_name
from onegrid.units.readers.own_days import SetDay, set_days_of
from onegrid.units.rules.calendar_words import (
    change_said,
    observed_said,
    spans_said,
    week_lines,
    week_said,
    workdays_said,
)
from onegrid.units.rules.own_days import (
    LONGEST_REASON,
    DayNotSetError,
    DaysPlan,
    SpanOfDays,
    UnknownFollowerError,
    Whose,
    WrongDayError,
)
from onegrid.units.rules.public_holidays import PublicDay, year_to_know
from onegrid.units.rules.special_days import DayKind, SpecialDay
from onegrid.units.rules.tables import Change, Superseded, Table
from onegrid.units.rules.timeline import FIRST_YEAR, LAST_YEAR
from onegrid.units.rules.week import Span, WrongCalendarError, read_spans, spans_of, week_of
from onegrid.units.rules.working_time import Counting, WorkCalendar

__all__ = [
    "DEFAULT_CALENDAR",
    "EVER",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST_REASON",
    "NEVER",
    "CalendarChanged",
    "CalendarPlan",
    "Calendars",
    "Change",
    "Counting",
    "DayKind",
    "DayNotSetError",
    "DaysPlan",
    "Directory",
    "Established",
    "HolidaySource",
    "Post",
    "PostPlan",
    "PublicDay",
    "SetDay",
    "Span",
    "SpanOfDays",
    "SpecialDay",
    "Superseded",
    "Table",
    "Unit",
    "UnitEntry",
    "UnitKind",
    "UnitPlan",
    "UnknownFollowerError",
    "Whose",
    "WorkCalendar",
    "WrongCalendarError",
    "WrongDayError",
    "calendar_of",
    "calendars",
    "calendars_changed_at",
    "calendars_version",
    "change_said",
    "directory",
    "establish_calendars",
    "establish_units",
    "kept_unit_name",
    "note_public_holidays",
    "observed_said",
    "read_spans",
    "set_days",
    "set_days_of",
    "spans_of",
    "spans_said",
    "week_lines",
    "week_of",
    "week_said",
    "withdraw_days",
    "workdays_said",
    "working_time_differs_from",
    "year_to_know",
]
