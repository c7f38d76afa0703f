"""Whatever is changed in a calendar counts from the minute in which it is changed."""

from datetime import date, timedelta

import pytest

from onegrid.core.snapshots import bump
from onegrid.oversight.models import Entry
from onegrid.units.actions import supersede
from onegrid.units.models import FormerCalendar, HolidayEdition, HolidaySource, Unit, UnitKind
from onegrid.units.public import (
    CalendarPlan,
    Counting,
    PublicDay,
    Superseded,
    UnitPlan,
    calendar_of,
    calendars,
    establish_calendars,
    establish_units,
    note_public_holidays,
)
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.rules.public_holidays import LIBRARY
from onegrid.units.tests.factories import BY, NOON, area, own_day, unit
from onegrid.units.tests.working import AROUND_THE_CLOCK, DAILY

pytestmark = pytest.mark.django_db
BEGUN = NOON - timedelta(days=10)
LATER = NOON + timedelta(days=1)
HOURS = Counting.WORKING_HOURS


def plan(code="daily", *, weekly=DAILY, is_default=False, holidays=HolidaySource.NONE):
    return CalendarPlan(code=code, name=code, name_en=code, weekly=weekly, holidays=holidays, is_default=is_default)


def establish(*plans, public_days=(), followed=None, at=NOON):
    return establish_calendars(calendars=plans, public_days=public_days, followed=followed or {}, by=BY, at=at)


OFFICE = plan("office", weekly={str(day): [["09:00", "17:00"]] for day in range(1, 8)}, is_default=True)


@pytest.fixture
def roads():
    row = unit("roads", area("330304"))
    establish(OFFICE, plan(), at=NOON - timedelta(days=60))
    bump(SNAPSHOT)
    return row


def used(row, start=BEGUN, end=NOON):
    return calendar_of(row.pk if row else None).between(start, end, HOURS) / timedelta(hours=1)


def test_another_weekly_table_counts_from_then_on(roads):
    establish(plan("office", weekly=AROUND_THE_CLOCK, is_default=True), plan())

    assert used(roads) == 80
    assert used(roads, NOON, LATER) == 24
    assert [str(span) for span in calendar_of(roads.pk).spans_on(NOON.date())] == ["09:00–24:00"]
    (change,) = calendar_of(roads.pk).changes(BEGUN, LATER)
    assert (change.at, change.what, change.changed_by, change.changed_by_unit) == (
        NOON, Superseded.WEEK, BY.name, BY.unit,
    )  # fmt: skip


def test_a_change_within_a_minute_counts_from_the_next(roads):
    establish(plan("office", weekly=AROUND_THE_CLOCK, is_default=True), plan(), at=NOON + timedelta(seconds=1))

    assert [change.at for change in calendar_of(roads.pk).changes(BEGUN, LATER)] == [NOON + timedelta(minutes=1)]


def test_a_unit_that_gets_another_calendar_follows_it_from_then_on(roads):
    establish(OFFICE, plan(), followed={"roads": "daily"})

    assert (used(roads), used(roads, NOON, LATER)) == (80, 12)
    assert (used(None), used(None, NOON, LATER)) == (80, 8)
    (change,) = calendar_of(roads.pk).changes(BEGUN, LATER)
    assert (change.was.code, change.now.code) == ("office", "daily")


def test_a_unit_that_followed_one_whose_table_changes_later_has_what_it_had(roads):
    establish(OFFICE, plan(), followed={"roads": "daily"}, at=BEGUN + timedelta(days=5))
    establish(plan("office", weekly=AROUND_THE_CLOCK, is_default=True), plan(), followed={"roads": "daily"})

    assert used(roads) == 5 * 8 + 5 * 12
    assert [change.what for change in calendar_of(roads.pk).changes(BEGUN, LATER)] == [Superseded.FOLLOWED]


def test_what_changed_before_a_unit_came_and_after_it_left_is_known(roads):
    establish(OFFICE, plan(weekly=AROUND_THE_CLOCK), at=BEGUN + timedelta(days=2))
    establish(OFFICE, plan(weekly=AROUND_THE_CLOCK), followed={"roads": "daily"}, at=BEGUN + timedelta(days=4))
    establish(OFFICE, plan(), followed={"roads": "daily"}, at=BEGUN + timedelta(days=6))
    establish(OFFICE, plan(), at=BEGUN + timedelta(days=8))

    assert used(roads) == 4 * 8 + 2 * 24 + 2 * 12 + 2 * 8


def test_another_default_counts_from_then_on_for_the_district_and_who_follow_it(roads):
    establish(plan("office", weekly=OFFICE.weekly), plan(is_default=True))

    assert (used(None), used(roads)) == (80, 80)
    assert (used(None, NOON, LATER), used(roads, NOON, LATER)) == (12, 12)


def moved(code, parent):
    row = Unit.objects.get(code=code)
    return UnitPlan(
        code=code, name=code, name_en=code, kind=UnitKind(row.kind), function=row.function, area=row.area, parent=parent
    )


def test_a_unit_that_comes_under_another_follows_its_calendar_from_then_on(roads):
    unit("bureau", roads.area)
    establish(OFFICE, plan(), followed={"bureau": "daily"}, at=NOON - timedelta(days=30))

    plans = [moved("bureau", None), moved("roads", "bureau")]
    establish_units(units=plans, posts=[], opens_on=date(2020, 1, 1), by=BY, at=NOON)

    assert (used(roads), used(roads, NOON, LATER)) == (80, 12)


def test_days_set_for_a_unit_count_for_those_that_come_under_it_from_then_on(roads):
    bureau = unit("bureau", roads.area)
    for ahead in (-3, 1):
        own_day(NOON.date() + timedelta(days=ahead), unit=bureau, set_at=BEGUN)

    plans = [moved("bureau", None), moved("roads", "bureau")]
    establish_units(units=plans, posts=[], opens_on=date(2020, 1, 1), by=BY, at=NOON)

    assert (used(roads), used(roads, NOON, NOON + timedelta(days=2))) == (80, 8)
    (change,) = calendar_of(roads.pk).changes(BEGUN, LATER)
    assert change.was.code == change.now.code


def public(ahead, *, is_working=False):
    day = NOON.date() + timedelta(days=ahead)
    return PublicDay(day=day, is_working=is_working, name="县庆", name_en="County day")


def test_public_holidays_that_are_given_late_count_from_then_on(roads):
    observing = plan("office", weekly=OFFICE.weekly, is_default=True, holidays=HolidaySource.DISTRICT)
    establish(observing, plan(), at=NOON - timedelta(days=30))
    establish(observing, plan(), public_days=[public(-2), public(1)])

    assert (used(roads), used(roads, NOON, NOON + timedelta(days=2))) == (80, 8)
    assert [day.day for day in calendar_of(roads.pk).special_days_of(2026)] == [public(1).day]
    (change,) = calendar_of(roads.pk).changes(BEGUN, NOON + timedelta(days=2))
    assert change.what == Superseded.HOLIDAYS
    assert calendar_of(roads.pk).changes(BEGUN, LATER - timedelta(hours=13)) == []


def test_a_calendar_that_works_through_holidays_does_not_tell_of_them(roads):
    establish(OFFICE, plan(), public_days=[public(1)])

    assert calendar_of(roads.pk).changes(BEGUN, NOON + timedelta(days=2)) == []


def test_the_first_load_is_for_all_time(roads):
    assert not FormerCalendar.objects.exists()
    assert HolidayEdition.objects.get().name == LIBRARY


def test_doing_the_same_again_supersedes_nothing(roads):
    establish(OFFICE, plan())

    assert not FormerCalendar.objects.exists()


def test_a_new_edition_of_the_library_counts_from_when_it_is_noted(roads, monkeypatch):
    observing = plan("office", weekly=OFFICE.weekly, is_default=True, holidays=HolidaySource.CHINA)
    establish(observing, plan(), at=NOON - timedelta(days=30))
    library = supersede.library_years()
    newer = {**library, 2026: {**library[2026], public(-2).day: public(-2), public(1).day: public(1)}}
    monkeypatch.setattr(supersede, "LIBRARY", "chinesecalendar 99")
    monkeypatch.setattr(supersede, "library_years", lambda: newer)

    assert note_public_holidays(by=BY, at=NOON)
    assert not note_public_holidays(by=BY, at=LATER)

    assert (used(roads), used(roads, NOON, NOON + timedelta(days=2))) == (80, 8)
    edition = HolidayEdition.objects.get(name="chinesecalendar 99")
    assert {day[:4] for day, *_rest in edition.days} == {"2026"}
    assert Entry.objects.filter(code="units.holidays-noted").last().data["years"] == [2026]
    assert calendars().default.is_known(2025)
