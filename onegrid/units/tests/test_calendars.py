from datetime import date

import pytest
from django.db import IntegrityError

from onegrid.core.ids import new_id
from onegrid.core.snapshots import bump
from onegrid.units.models import UnitKind
from onegrid.units.public import calendar_of, calendars
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import area, calendar_row, own_day, unit
from onegrid.units.tests.working import SHANGHAI

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


@pytest.fixture
def district():
    return area("330304")


@pytest.fixture
def township(district):
    return area("330304001", above=district)


def test_a_district_without_calendars_works_office_hours(district):
    roads = unit("roads", district)
    bump(SNAPSHOT)

    assert calendar_of(roads.pk).code == "office-hours"
    assert calendar_of(roads.pk).is_known(2026)
    assert calendar_of(roads.pk).zone == SHANGHAI


def test_a_unit_follows_its_own_calendar(district):
    daily = calendar_row("daily")
    roads = unit("roads", district, calendar=daily)
    bump(SNAPSHOT)

    assert calendar_of(roads.pk).code == "daily"


def test_else_that_of_its_parent(township, district):
    fire = unit("fire", district, calendar=calendar_row("daily"))
    station = unit("a-fire", township, parent=unit("brigade", district, parent=fire))
    bump(SNAPSHOT)

    assert calendar_of(station.pk) is calendar_of(fire.pk)


def test_else_that_of_the_nearest_center(township, district):
    unit("centre", district, kind=UnitKind.CENTRE, calendar=calendar_row("always"))
    roads = unit("roads", district)
    unit("a-centre", township, kind=UnitKind.CENTRE, calendar=calendar_row("daily"))
    office = unit("a-roads", township, parent=roads)
    bump(SNAPSHOT)

    assert calendar_of(roads.pk).code == "always"
    assert calendar_of(office.pk).code == "daily"


def test_else_the_default_of_the_district(district):
    calendar_row("summer", is_default=True)
    roads = unit("roads", district)
    bump(SNAPSHOT)

    assert calendar_of(roads.pk).code == "summer"
    assert calendar_of(None) is calendar_of(new_id()) is calendars().default


def test_a_day_set_for_a_calendar_counts_for_all_who_follow_it(district):
    daily = calendar_row("daily")
    one, other = unit("one", district, calendar=daily), unit("other", district, calendar=daily)
    own_day(DAY, calendar=daily)
    bump(SNAPSHOT)

    assert not calendar_of(one.pk).is_working_day(DAY)
    assert calendar_of(one.pk) is calendar_of(other.pk) is calendars().by_code["daily"]


def test_a_day_set_for_a_unit_counts_for_it_and_those_below_without_a_calendar(district, township):
    daily = calendar_row("daily")
    fire = unit("fire", district, calendar=daily)
    station, apart = unit("a-fire", township, parent=fire), unit("b-fire", township, parent=fire, calendar=daily)
    own_day(DAY, calendar=daily, is_working=True, spans=[["09:00", "10:00"]])
    own_day(DAY, unit=fire)
    bump(SNAPSHOT)

    assert not calendar_of(fire.pk).is_working_day(DAY)
    assert not calendar_of(station.pk).is_working_day(DAY)
    assert calendar_of(apart.pk).is_working_day(DAY)


def test_the_nearest_unit_that_set_a_day_is_heard(district, township):
    fire = unit("fire", district, calendar=calendar_row("daily"))
    station = unit("a-fire", township, parent=fire)
    own_day(DAY, unit=fire)
    own_day(DAY, unit=station, is_working=True)
    bump(SNAPSHOT)

    assert calendar_of(station.pk).is_working_day(DAY)


def test_reading_takes_six_queries_and_then_none(district, django_assert_num_queries):
    unit("one", district, calendar=calendar_row("daily"))
    bump(SNAPSHOT)

    with django_assert_num_queries(6):
        calendars()
    with django_assert_num_queries(0):
        calendar_of(None)


def test_a_day_belongs_to_a_calendar_or_to_a_unit(district):
    with pytest.raises(IntegrityError, match="calendar_day_is_of_a_calendar_or_a_unit"):
        own_day(DAY, calendar=calendar_row("daily"), unit=unit("one", district))


def test_a_day_of_rest_has_no_hours(district):
    with pytest.raises(IntegrityError, match="calendar_day_of_rest_has_no_working_time"):
        own_day(DAY, unit=unit("one", district), spans=[["09:00", "10:00"]])
