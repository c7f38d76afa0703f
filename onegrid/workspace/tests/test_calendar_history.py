"""What was changed about a calendar, on its page and in the explanation of a time limit that it counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from onegrid.cases.public import explain
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.snapshots import bump
from onegrid.units.models import HolidaySource
from onegrid.units.public import (
    DEFAULT_CALENDAR,
    CalendarPlan,
    DaysPlan,
    SpanOfDays,
    Whose,
    establish_calendars,
    set_days,
    withdraw_days,
)
from onegrid.units.tests.factories import BY
from onegrid.workspace.readers.why import spelled
from onegrid.workspace.web import calendars

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)  # a Thursday, ten o'clock in Wenzhou
DAY = timedelta(days=1)
OFFICE, EARLY = "Monday – Friday 08:30–12:00, 14:00–17:30", "Monday – Friday 08:00–16:00"
SHIFT = "Saturday – Sunday 09:00–12:00"
EARLIER = {str(weekday): [["08:00", "16:00"]] for weekday in range(1, 6)}


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(calendars, "now", lambda: NOW)
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _loaded(district):
    establish(at=NOW - 300 * DAY)


def plan(code, weekly, *, is_default=False):
    return CalendarPlan(
        code=code, name=code, name_en=code, weekly=weekly, holidays=HolidaySource.NONE, is_default=is_default
    )


def establish(*, at, weekly=DEFAULT_CALENDAR.weekly, shift=True, **followed):
    plans = [plan("office", weekly, is_default=True)]
    if shift:
        plans.append(plan("shift", {"6": [["09:00", "12:00"]], "7": [["09:00", "12:00"]]}))
    establish_calendars(calendars=plans, public_days=(), followed=followed, by=BY, at=at)


def history(as_, people, path="/calendars/office/"):
    return as_(people.handler).get(path).context["page"].history


def test_a_calendar_that_is_as_it_was_loaded_says_so(as_, people):
    assert "Nothing: it is as it was loaded first." in as_(people.handler).get("/calendars/office/").text


@pytest.mark.queries(15)
def test_a_weekly_table_that_was_changed_is_told_with_both_by_whom_and_from_when(as_, people):
    establish(at=NOW - 2 * DAY + timedelta(seconds=5), weekly=EARLIER)

    text = as_(people.handler).get("/calendars/office/").text

    assert f"From then on “office” is worked {EARLY}; until then it was {OFFICE}" in text
    assert "24 November 2026 10:01" in text
    assert f"{BY.name} ({BY.unit})" in text


def test_who_came_and_who_left_is_told_newest_first(as_, people):
    establish(at=NOW - 3 * DAY, roads="shift", fire="shift")
    establish(at=NOW - 2 * DAY, fire="shift")

    back, gone = history(as_, people)

    assert gone.what == f"From then on the calendar is “shift” ({SHIFT}); until then it was “office” ({OFFICE})"
    assert (gone.whose, back.whose) == ("Fire, Roads", "Roads")
    assert back.what.startswith("From then on the calendar is “office”")
    assert [each.whose for each in history(as_, people, "/calendars/shift/")] == ["Roads", "Fire, Roads"]


def test_the_page_of_a_unit_tells_what_that_unit_followed(as_, people):
    establish(at=NOW - 3 * DAY, roads="shift")
    establish(at=NOW - 2 * DAY, weekly=EARLIER, roads="shift")
    establish(at=NOW - DAY, weekly=EARLIER)

    back, gone = history(as_, people, "/calendars/office/?unit=roads")

    assert back.what == f"From then on the calendar is “office” ({EARLY}); until then it was “shift” ({SHIFT})"
    assert gone.what.startswith("From then on the calendar is “shift”")
    assert history(as_, people, "/calendars/office/?unit=fire")[0].what.startswith("From then on “office” is worked")


def test_days_that_were_withdrawn_before_they_began_stay_on_the_page(as_, people):
    days = SpanOfDays(first=date(2026, 12, 1), last=date(2026, 12, 2))
    what = DaysPlan(days=days, is_working=False, spans=(), reason="搬迁")
    set_days(whose=Whose(unit="roads"), plan=what, by=BY, named=BY, at=NOW - 2 * DAY)
    withdraw_days(whose=Whose(unit="roads"), days=days, by=BY, named=BY, at=NOW - DAY)

    text = as_(people.handler).get("/calendars/office/").text

    assert "搬迁" in text
    assert f"Withdrawn on 25 November 2026 10:00 by {BY.name}, before it began: it never counted" in text


def test_a_calendar_that_counted_and_is_closed_since_is_named_and_not_linked(district):
    Category.objects.filter(pk=district.categories.lamp.pk).update(
        time_unit=TimeUnit.WORKING_HOURS, limits={"dispatch": 40}
    )
    bump(CATALOGUE)
    establish(at=NOW - 30 * DAY, centre="shift")
    case = make_case(district, status=Status.FILED, category="lamp", at=NOW - 9 * DAY)
    establish(at=NOW - 2 * DAY, shift=False)

    rows = spelled(explain(case, [], at=NOW), at=NOW).rows

    before, after = (row for row in rows if row.what.startswith("Counted"))
    assert (before.what, before.url) == (f"Counted in the working time of “shift”: {SHIFT}", "")
    assert (after.what, after.url) == (f"Counted in the working time of “office”: {OFFICE}", "/calendars/office/")
