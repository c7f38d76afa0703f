"""After a calendar has changed only those cases are reckoned anew whose time reaches to the change; no other moves."""

from datetime import UTC, datetime, timedelta

import pytest

from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.models import Case
from onegrid.cases.models.reckoning import Reckoning
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import make_case
from onegrid.cases.tests.moves import MAKE
from onegrid.cases.tests.test_explain_calendars import WEEKENDS, establish
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.snapshots import bump
from onegrid.units.models import CalendarDay, HolidaySource, Unit
from onegrid.units.public import (
    DEFAULT_CALENDAR,
    DaysPlan,
    PublicDay,
    SpanOfDays,
    Whose,
    establish_calendars,
    set_days,
    withdraw_days,
)
from onegrid.units.tests.factories import BY

pytestmark = pytest.mark.django_db

# After every id of this run was made: calendars made later than they are known to be let nothing be passed over.
TUESDAY = datetime(2031, 3, 4, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def case(district, people):
    """A lamp that is to be mended within five working days, and all clocks reckoned by the calendars as they stand."""
    establish(at=TUESDAY - 90 * DAY)
    Category.objects.filter(pk=district.categories.lamp.pk).update(
        time_unit=TimeUnit.WORKING_DAYS, limits={"handle": 120, "dispatch": 4, "close": 2}
    )
    bump(CATALOGUE)
    case = make_case(district, status=Status.FILED, category="lamp", at=TUESDAY - HOUR)
    MAKE[Move.DISPATCH](district, people, {"case_id": case.pk, "version": case.version, "at": TUESDAY})
    recompute_clocks(at=TUESDAY + HOUR)
    case.refresh_from_db()
    return case


def day_off(first, *, last=None, at):
    days = SpanOfDays(first=first.date(), last=(last or first).date())
    plan = DaysPlan(days=days, is_working=False, reason="台风")
    set_days(whose=Whose(calendar="office-hours"), plan=plan, by=BY, named=BY, at=at)
    return days


def as_usual(days, *, at):
    withdraw_days(whose=Whose(calendar="office-hours"), days=days, by=BY, named=BY, at=at)


def test_a_day_that_lies_behind_all_that_is_due_is_no_reason_to_reckon(case):
    day_off(TUESDAY + 60 * DAY, at=TUESDAY + 2 * HOUR)

    walked = recompute_clocks(at=TUESDAY + 3 * HOUR)

    assert (walked.done, walked.total, walked.is_finished) == (0, 0, True)


def test_a_day_before_something_is_due_is(case):
    day_off(TUESDAY + 2 * DAY, at=TUESDAY + 2 * HOUR)

    walked = recompute_clocks(at=TUESDAY + 3 * HOUR)

    assert (walked.done, walked.changed) == (1, 1)
    assert Case.objects.get(pk=case.pk).stage_due_at == case.stage_due_at + DAY


def test_what_was_changed_while_an_earlier_change_was_being_reckoned_counts_too(case):
    day_off(TUESDAY + 2 * DAY, at=TUESDAY + 2 * HOUR)
    Reckoning.objects.update_or_create(calendars="of the first day", defaults={"started_at": TUESDAY, "total": 1})
    day_off(TUESDAY + 60 * DAY, at=TUESDAY + 4 * HOUR)

    assert recompute_clocks(at=TUESDAY + 5 * HOUR).changed == 1


def test_a_day_set_and_withdrawn_between_two_reckonings_moves_nobody_back(case):
    days = day_off(TUESDAY + 2 * DAY, at=TUESDAY + 2 * HOUR)
    recompute_clocks(at=TUESDAY + 3 * HOUR)

    as_usual(days, at=TUESDAY + 4 * HOUR)
    recompute_clocks(at=TUESDAY + 5 * HOUR)

    assert Case.objects.get(pk=case.pk).stage_due_at == case.stage_due_at


def test_that_nothing_at_all_is_different_is_found_without_reading_a_case(case):
    bump("units")

    assert recompute_clocks(at=TUESDAY + 2 * HOUR).done == 0


def test_whoever_wants_everything_anew_gets_it(case):
    assert recompute_clocks(at=TUESDAY + 2 * HOUR, is_forced=True).done == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda at, _district: establish(at=at, weekly=WEEKENDS),
        lambda at, _district: establish(at=at, holidays=HolidaySource.NONE),
        lambda at, _district: establish(at=at, followed={"roads": "shifts"}),
        lambda at, _district: day_off(at + 2 * DAY, last=at + 40 * DAY, at=at),
        lambda at, _district: day_off(at, at=at),
        lambda at, _district: as_usual(day_off(at, last=at + 5 * DAY, at=at), at=at + HOUR),
        lambda at, district: own_free_day(district, at),
        lambda at, _district: holidays_given(at),
    ],
    ids=["week", "no holidays", "other calendar", "days ahead", "today", "withdrawn", "of a unit", "given"],
)
@pytest.mark.parametrize("after", [2 * HOUR, 3 * DAY, 20 * DAY])
def test_whatever_is_changed_what_was_passed_over_had_not_moved(district, change, after):
    change(TUESDAY + after, district)

    recompute_clocks(at=TUESDAY + after + 2 * HOUR)

    assert recompute_clocks(at=TUESDAY + after + 2 * HOUR, is_forced=True).changed == 0


def own_free_day(district, at):
    days = SpanOfDays(first=(at + DAY).date(), last=(at + DAY).date())
    plan = DaysPlan(days=days, is_working=False, reason="搬家")
    roads = Unit.objects.get(pk=district.units.roads.pk)
    set_days(whose=Whose(unit=roads.code), plan=plan, by=BY, named=BY, at=at)
    assert CalendarDay.objects.filter(unit=roads).exists()


def holidays_given(at):
    day = PublicDay(day=(at + DAY).date(), is_working=False, name="本区节日", name_en="District day")
    establish_calendars(calendars=[DEFAULT_CALENDAR], public_days=[day], followed={}, by=BY, at=at)
