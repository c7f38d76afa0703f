"""Who may set working days: shift leads in their area, administrators everywhere, nobody for the own unit."""

from datetime import date

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.tests.factories import MORNING, with_duty
from onegrid.core.errors import NotAllowedError
from onegrid.core.snapshots import bump
from onegrid.dispatch.public import can_set_days, set_working_days, withdraw_working_days
from onegrid.oversight.models import Entry
from onegrid.units.models import Calendar, CalendarDay
from onegrid.units.public import DaysPlan, SpanOfDays, UnknownFollowerError, Whose, calendar_of, directory
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import calendar_row

pytestmark = pytest.mark.django_db(transaction=True)
DAY = SpanOfDays(first=date(2026, 11, 26), last=date(2026, 11, 26))
WHOLE = Whose(calendar="daily")


@pytest.fixture
def daily(district):
    row = calendar_row("daily", is_default=True)
    bump(SNAPSHOT)
    return row


@pytest.fixture
def chief(district):
    return with_duty(Role.SHIFT_LEAD, unit=district.units.centre, name="区值班长")


def put(whose, by):
    plan = DaysPlan(days=DAY, is_working=False, reason="台风")
    return set_working_days(whose=whose, plan=plan, by=by, at=MORNING)


@pytest.mark.parametrize(
    ("person", "unit", "may"),
    [
        ("head", "roads", False),
        ("head", "fire", False),
        ("shift_lead", "fire", True),
        ("shift_lead", "wutian-fire", False),
        ("shift_lead", "roads", False),
        ("stranger", "fire", False),
        ("administrator", "wutian-fire", True),
        ("handler", "roads", False),
        ("dispatcher", "fire", False),
    ],
)
def test_a_unit_is_set_by_those_who_answer_for_it(people, daily, person, unit, may):
    by = getattr(people, person)

    assert can_set_days(by, directory().by_code[unit]) == may


def test_nobody_sets_days_that_count_for_the_own_unit(daily, chief, district):
    other = with_duty(Role.SHIFT_LEAD, unit=district.units.roads, area=chief.duties.get().area)

    assert not can_set_days(chief, directory().by_code["centre"])
    assert not can_set_days(other, directory().by_code["roads"])
    assert can_set_days(other, directory().by_code["fire"])


@pytest.mark.parametrize(("person", "may"), [("head", False), ("shift_lead", False), ("administrator", True)])
def test_a_whole_calendar_takes_a_duty_over_the_whole_district(people, daily, person, may):
    assert can_set_days(getattr(people, person), None) == may


def test_the_districts_shift_lead_sets_a_whole_calendar(daily, chief, district):
    put(WHOLE, chief)

    assert not calendar_of(district.units.roads.pk).is_working_day(DAY.first)
    kept = CalendarDay.objects.get()
    assert (kept.set_by, kept.set_by_unit) == ("区值班长", "区指挥中心")
    assert Entry.objects.get(code="units.days-set").by == chief.username


def test_the_districts_shift_lead_sets_and_withdraws_a_day_of_a_unit(daily, chief, district):
    whose = Whose(unit="roads")

    put(whose, chief)
    assert not calendar_of(district.units.roads.pk).is_working_day(DAY.first)
    withdraw_working_days(whose=whose, days=DAY, by=chief, at=MORNING)

    assert calendar_of(district.units.roads.pk).is_working_day(DAY.first)


@pytest.mark.parametrize("whose", [WHOLE, Whose(unit="roads"), Whose(unit="fire"), Whose(unit="none")])
def test_who_may_not_is_refused_and_nothing_is_written(people, daily, whose):
    with pytest.raises(NotAllowedError):
        put(whose, people.head)
    with pytest.raises(NotAllowedError):
        withdraw_working_days(whose=whose, days=DAY, by=people.head, at=MORNING)

    assert not CalendarDay.objects.exists()


def test_says_who_may_everywhere_that_nothing_is_there(people, daily):
    Calendar.objects.update(closes_on=DAY.first)

    with pytest.raises(UnknownFollowerError):
        put(WHOLE, people.administrator)
