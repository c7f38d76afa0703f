"""The units whose working time the tests are about: a district, one township in it, and what works there."""

from datetime import UTC, date, datetime

from onegrid.core.fields import Point
from onegrid.geography.models import Area, Level
from onegrid.oversight.public import Actor
from onegrid.units.models import Calendar, CalendarDay, HolidaySource, Unit, UnitKind
from onegrid.units.tests.working import DAILY

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
BY = Actor(name="王值守", unit="区社会治理中心")


def area(code, *, above=None):
    return Area.objects.create(
        code=code,
        name=code,
        level=Level.TOWNSHIP if above else Level.DISTRICT,
        parent=above,
        path=f"{above.path}/{code}" if above else code,
        outline={},
        label_at=Point(120.6, 28),
        opens_on=date(2020, 1, 1),
    )


def unit(code, place, *, kind=UnitKind.OFFICE, parent=None, calendar=None):
    return Unit.objects.create(
        code=code,
        name=code,
        name_en=code,
        kind=kind,
        function=code,
        area=place,
        parent=parent,
        calendar=calendar,
        opens_on=date(2020, 1, 1),
    )


def calendar_row(code, *, weekly=DAILY, holidays=HolidaySource.NONE, **fields):
    return Calendar.objects.create(code=code, name=code, name_en=code, weekly=weekly, holidays=holidays, **fields)


def own_day(day, *, calendar=None, unit=None, is_working=False, spans=(), reason="台风", set_at=NOON):
    return CalendarDay.objects.create(
        calendar=calendar,
        unit=unit,
        day=day,
        is_working=is_working,
        spans=list(spans),
        reason=reason,
        set_by=BY.name,
        set_by_unit=BY.unit,
        set_at=set_at,
    )
