"""What units keep: the organisations and their posts, and the working time that they follow."""

from onegrid.units.models.calendar import (
    Calendar,
    CalendarDay,
    FormerCalendar,
    FormerKind,
    HolidayEdition,
    HolidaySource,
    PublicHoliday,
)
from onegrid.units.models.unit import Post, Unit, UnitKind

__all__ = [
    "Calendar",
    "CalendarDay",
    "FormerCalendar",
    "FormerKind",
    "HolidayEdition",
    "HolidaySource",
    "Post",
    "PublicHoliday",
    "Unit",
    "UnitKind",
]
