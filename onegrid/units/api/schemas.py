"""The shapes in which units leave through the API."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.units.models import UnitKind
from onegrid.units.rules.special_days import DayKind
from onegrid.units.rules.timeline import FIRST_YEAR, LAST_YEAR


class UnitsIn(In):
    """Which units: of a kind, of a field of work, in an area; page by page."""

    kind: UnitKind | None = None
    function: Annotated[str, Field(max_length=40)] = ""
    area: Annotated[str, Field(max_length=20)] = ""
    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class UnitOut(Schema):
    """A unit that stands now; `area` is the code of where it works."""

    code: str
    name: str
    name_en: str
    kind: UnitKind
    function: str
    level: str
    area: str


class UnitsOut(Schema):
    """A page of units; `next_after` is empty at the end."""

    units: list[UnitOut]
    next_after: str


class YearIn(In):
    """Of which year the days are asked; without one, of this year."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None


class SpanOut(Schema):
    """Working time within a day on the clock there, such as 08:30 to 12:00; the end of a day is 24:00."""

    start: str
    end: str


class WeekdayOut(Schema):
    """The working time of a weekday, 1 for Monday; a weekday that is not there is a day of rest."""

    weekday: int
    spans: list[SpanOut]


class CalendarOut(Schema):
    """
    A working-time table and who follows it.

    `years_known` says of this year and the next whether public holidays are known;
    where they are not, only the week counts.
    """

    code: str
    name: str
    name_en: str
    week: list[WeekdayOut]
    observes_holidays: bool
    years_known: list[int]
    units: list[str]


class CalendarsOut(Schema):
    """All calendars; `default` is the one of units that follow no other."""

    calendars: list[CalendarOut]
    default: str


class SpecialDayOut(Schema):
    """A day that is not as its weekday would have it, and its working time."""

    day: date
    is_working: bool
    name: str
    name_en: str
    kind: DayKind
    spans: list[SpanOut]


class SetDayOut(Schema):
    """
    A day that somebody set, for the calendar or for one unit; no spans on a working day mean the usual ones.

    It counts from `set_at`; one that was withdrawn, until `withdrawn_at`, and never if that was before it began.
    """

    day: date
    unit: str | None
    is_working: bool
    spans: list[SpanOut]
    reason: str
    set_by: str
    set_by_unit: str
    set_at: datetime
    withdrawn_by: str
    withdrawn_by_unit: str
    withdrawn_at: datetime | None


class CalendarYearOut(CalendarOut):
    """A calendar with the days of a year that are not as usual."""

    year: int
    special_days: list[SpecialDayOut]
    set_days: list[SetDayOut]
