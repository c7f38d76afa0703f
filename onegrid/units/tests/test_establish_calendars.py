from datetime import date, timedelta

import pytest

from onegrid.core.snapshots import bump
from onegrid.oversight.models import Entry
from onegrid.units.models import Calendar, CalendarDay, HolidaySource, PublicHoliday, Unit
from onegrid.units.public import (
    DEFAULT_CALENDAR,
    CalendarChanged,
    CalendarPlan,
    PublicDay,
    WrongCalendarError,
    calendar_of,
    calendars,
    establish_calendars,
)
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import BY, NOON, area, own_day, unit
from onegrid.units.tests.working import AROUND_THE_CLOCK, DAILY

pytestmark = pytest.mark.django_db
NEW_YEAR = PublicDay(day=date(2027, 1, 1), is_working=False, name="元旦", name_en="New Year's Day")


def plan(code="daily", *, weekly=DAILY, is_default=False):
    return CalendarPlan(
        code=code, name=code, name_en=code, weekly=weekly, holidays=HolidaySource.NONE, is_default=is_default
    )


def establish(*plans, public_days=(), followed=None, at=NOON):
    return establish_calendars(
        calendars=[DEFAULT_CALENDAR, *plans], public_days=public_days, followed=followed or {}, by=BY, at=at
    )


@pytest.fixture
def roads():
    row = unit("roads", area("330304"))
    bump(SNAPSHOT)
    return row


@pytest.fixture
def heard(monkeypatch):
    facts = []
    monkeypatch.setattr("onegrid.units.actions.establish_calendars.announce", facts.append)
    return facts


def test_opens_calendars_and_lets_units_follow_them(roads, heard):
    written = establish(plan(), public_days=[NEW_YEAR], followed={"roads": "daily"})

    assert written == 4
    assert calendar_of(roads.pk).code == "daily"
    assert calendars().default.code == "office-hours"
    assert calendars().default.is_known(2027)
    assert Entry.objects.get(code="units.calendars-established").data["written"] == 4
    assert heard == [
        CalendarChanged(
            calendars=frozenset({"office-hours", "daily"}),
            units=frozenset({roads.pk}),
            from_day=None,
            to_day=None,
            at=NOON,
        )
    ]


def test_does_nothing_the_second_time(roads, heard):
    same = {"public_days": [NEW_YEAR], "followed": {"roads": "daily"}}
    establish(plan(), **same)

    assert establish(plan(), **same) == 0
    assert len(heard) == 1


def test_changes_what_differs(roads, heard):
    establish(plan(), public_days=[NEW_YEAR], followed={"roads": "daily"})
    later = PublicDay(day=date(2027, 1, 2), is_working=True, name="元旦", name_en="New Year's Day")

    assert establish(plan(weekly=AROUND_THE_CLOCK), public_days=[later], followed={}) == 4
    assert Calendar.objects.get(code="daily").weekly == AROUND_THE_CLOCK
    assert Unit.objects.get().calendar is None
    assert PublicHoliday.objects.get().day == later.day


def test_only_the_changed_calendar_is_told_of(roads, heard):
    establish(plan())
    establish(plan(weekly=AROUND_THE_CLOCK))

    assert heard[-1].calendars == {"daily"}


def test_closes_a_calendar_that_is_not_planned_and_may_open_it_again(roads):
    establish(plan())
    establish(at=NOON + timedelta(days=2))

    assert Calendar.objects.get(code="daily").closes_on == date(2026, 11, 26)
    assert list(calendars().by_code) == ["office-hours"]
    assert establish(plan()) == 1


def test_another_calendar_may_become_the_default(roads):
    establish()
    establish_calendars(calendars=[plan(is_default=True)], public_days=(), followed={}, by=BY, at=NOON)
    establish_calendars(calendars=[plan(), plan("new", is_default=True)], public_days=(), followed={}, by=BY, at=NOON)

    assert calendars().default.code == "new"


def test_days_that_people_set_stay(roads):
    establish(plan(), followed={"roads": "daily"})
    own_day(date(2026, 11, 25), unit=roads)
    own_day(date(2026, 11, 26), calendar=Calendar.objects.get(code="daily"))

    establish(plan(weekly=AROUND_THE_CLOCK), followed={"roads": "daily"})

    assert CalendarDay.objects.count() == 2
    assert not calendar_of(roads.pk).is_working_day(date(2026, 11, 25))


def test_refuses_a_wrong_table_and_leaves_everything(roads):
    with pytest.raises(WrongCalendarError):
        establish(plan(weekly={"1": [["12:00", "08:00"]]}))

    assert not Calendar.objects.exists()
