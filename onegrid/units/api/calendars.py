"""The calendars: whose working hours are when, and which days of a year are not as usual."""

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router

from onegrid.core.api.scopes import READ, scoped
from onegrid.core.errors import NotFoundError
from onegrid.units.api.schemas import (
    CalendarOut,
    CalendarsOut,
    CalendarYearOut,
    SetDayOut,
    SpanOut,
    SpecialDayOut,
    WeekdayOut,
    YearIn,
)
from onegrid.units.readers.calendars import calendars
from onegrid.units.readers.directory import directory
from onegrid.units.readers.own_days import SetDay, set_days_of
from onegrid.units.rules.week import Span, written_spans
from onegrid.units.rules.working_time import WorkCalendar

router = Router(tags=["calendars"])


@router.get("", response=CalendarsOut, operation_id="calendars")
@scoped(READ)
def all_calendars(request: HttpRequest) -> CalendarsOut:  # noqa: ARG001 — ninja passes it
    """List the calendars that stand now: their weeks, who follows them, and which years' public holidays they know."""
    today = localdate()
    known = calendars()
    return CalendarsOut(
        calendars=[_calendar(known.by_code[code], today.year) for code in sorted(known.by_code)],
        default=known.default.code,
    )


@router.get("/{code}", response=CalendarYearOut, operation_id="calendar")
@scoped(READ)
def one_calendar(request: HttpRequest, code: str, *, asked: Query[YearIn]) -> CalendarYearOut:  # noqa: ARG001 — ninja passes it
    """Show the days of a year that are not as usual in a calendar, and those that were set for units that follow it."""
    calendar = calendars().by_code.get(code)
    if calendar is None:
        raise NotFoundError(_("There is no such calendar."))
    year = asked.year or localdate().year
    units = calendars().followers(code)
    return CalendarYearOut(
        **_calendar(calendar, year).model_dump(),
        year=year,
        special_days=[
            SpecialDayOut(
                day=day.day,
                is_working=day.is_working,
                name=day.name,
                name_en=day.name_en,
                kind=day.kind,
                spans=_spans(calendar.spans_on(day.day)),
            )
            for day in calendar.special_days_of(year)
        ],
        set_days=[_set_day(day) for day in set_days_of(year, calendar=code, units=units)],
    )


def _calendar(calendar: WorkCalendar, year: int) -> CalendarOut:
    units = directory().by_id
    return CalendarOut(
        code=calendar.code,
        name=calendar.name,
        name_en=calendar.name_en,
        week=[
            WeekdayOut(weekday=weekday, spans=_spans(calendar.week.on(weekday)))
            for weekday in sorted(calendar.week.spans)
        ],
        observes_holidays=calendar.holidays is not None,
        years_known=[each for each in (year, year + 1) if calendar.is_known(each)],
        units=sorted(units[id_].code for id_ in calendars().followers(calendar.code) if units[id_].is_open),
    )


def _set_day(day: SetDay) -> SetDayOut:
    unit = directory().by_id.get(day.unit_id) if day.unit_id else None
    return SetDayOut(
        day=day.day,
        unit=unit.code if unit else None,
        is_working=day.is_working,
        spans=_spans(day.spans),
        reason=day.reason,
        set_by=day.set_by,
        set_by_unit=day.set_by_unit,
        set_at=day.set_at,
        withdrawn_by=day.withdrawn_by,
        withdrawn_by_unit=day.withdrawn_by_unit,
        withdrawn_at=day.withdrawn_at,
    )


def _spans(spans: tuple[Span, ...]) -> list[SpanOut]:
    return [SpanOut(start=start, end=end) for start, end in written_spans(spans)]
