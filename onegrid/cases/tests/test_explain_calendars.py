"""What a changed calendar does to a due moment, and how an explanation tells it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.tests.test_explain import DAY, HOUR, TUESDAY, dispatched, told, working_days  # noqa: F401
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.snapshots import bump
from onegrid.units.models import CalendarDay, HolidaySource
from onegrid.units.public import DEFAULT_CALENDAR, CalendarPlan, establish_calendars
from onegrid.units.tests.factories import BY, own_day

pytestmark = pytest.mark.django_db

WEEKENDS = {"6": [["09:00", "12:00"]], "7": [["09:00", "12:00"]]}
SHIFT, OFFICE = "Saturday – Sunday 09:00–12:00", "Monday – Friday 08:30–12:00, 14:00–17:30"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _established(district):
    establish(at=LONG_AGO)


def establish(*, at, followed=None, weekly=DEFAULT_CALENDAR.weekly, holidays=HolidaySource.CHINA):
    default = CalendarPlan(
        code="office-hours",
        name="机关工作时间",
        name_en="Office hours",
        weekly=weekly,
        holidays=holidays,
        is_default=True,
    )
    shifts = CalendarPlan(
        code="shifts",
        name="周末班",
        name_en="Weekend shift",
        weekly=WEEKENDS,
        holidays=HolidaySource.NONE,
        is_default=False,
    )
    establish_calendars(calendars=[default, shifts], public_days=(), followed=followed or {}, by=BY, at=at)


def calendar_line(case, at, **also):
    return next(line for line in told(case, at, **also).lines if line.kind == LineKind.CALENDAR)


def counted(explanation):
    return [line for line in explanation.lines if line.kind == LineKind.COUNTED]


CHANGES = {
    "another weekly table": {"weekly": WEEKENDS},
    "no holidays any more": {"holidays": HolidaySource.NONE},
    "another calendar": {"followed": {"roads": "shifts"}},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("after", [timedelta(), HOUR, 30 * DAY])
def test_what_was_due_before_a_change_stays_due_then(dispatched, change, after):  # noqa: F811
    due = dispatched.stage_due_at

    establish(at=due + after, **change)
    recompute_clocks(at=due + after)

    dispatched.refresh_from_db()
    assert (dispatched.stage_due_at, told(dispatched, due + 40 * DAY).due_at) == (due, due)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_still_to_come_goes_by_the_change(dispatched, change):  # noqa: F811
    due = dispatched.stage_due_at

    establish(at=TUESDAY + DAY, **change)
    recompute_clocks(at=TUESDAY + DAY)

    dispatched.refresh_from_db()
    assert dispatched.stage_due_at != due
    assert told(dispatched, TUESDAY + 2 * DAY).due_at == dispatched.stage_due_at


def test_says_when_the_unit_came_to_another_calendar_and_by_whom(dispatched):  # noqa: F811
    establish(at=TUESDAY + DAY, followed={"roads": "shifts"})

    line = calendar_line(dispatched, TUESDAY + 2 * DAY)

    assert line.text == (
        f"From then on the calendar is “Weekend shift” ({SHIFT}); until then it was “Office hours” ({OFFICE})"
    )
    assert (line.at, line.who) == (TUESDAY + DAY, BY.name)
    assert calendar_line(dispatched, TUESDAY + 2 * DAY, is_public=True).who == BY.unit


def test_says_when_the_weekly_table_was_changed(dispatched):  # noqa: F811
    establish(at=TUESDAY + DAY, weekly=WEEKENDS)

    line = calendar_line(dispatched, TUESDAY + 2 * DAY)

    assert line.text == f"From then on “Office hours” is worked {SHIFT}; until then it was {OFFICE}"


@pytest.mark.parametrize(
    ("change", "name"),
    [("another weekly table", "Office hours"), ("another calendar", "Weekend shift")],
)
def test_the_sum_is_divided_where_other_hours_came_into_force(dispatched, change, name):  # noqa: F811
    establish(at=TUESDAY + DAY, **CHANGES[change])

    explanation = told(dispatched, TUESDAY + 5 * DAY)  # on Sunday of the holiday week, at 15:00

    before, after = counted(explanation)
    assert (before.text, before.amount, before.at) == (
        "Counted on the working days of “Office hours”, all 24 hours of each: Monday – Friday", DAY, TUESDAY + DAY,
    )  # fmt: skip
    assert after.text == f"Counted on the working days of “{name}”, all 24 hours of each: Saturday – Sunday"
    assert before.amount + after.amount == explanation.used
    lines = list(explanation.lines)
    assert [line.kind for line in lines[lines.index(before) : lines.index(before) + 2]] == [
        LineKind.COUNTED, LineKind.CALENDAR,
    ]  # fmt: skip


def test_hours_of_working_time_are_written_out_old_and_new(dispatched, district):  # noqa: F811
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=TimeUnit.WORKING_HOURS)
    bump(CATALOGUE)
    early = {str(weekday): [["08:00", "16:00"]] for weekday in range(1, 6)}
    establish(at=TUESDAY + 18 * HOUR, weekly=early)  # on Wednesday at nine in the morning

    before, after = counted(told(dispatched, TUESDAY + DAY))

    # From 15:00 to 17:30 and from 08:30 to 09:00; then from 09:00 to 15:00.
    assert (before.text, before.said) == (f"Counted in the working time of “Office hours”: {OFFICE}", "3 working hours")
    assert (after.text, after.said) == (
        "Counted in the working time of “Office hours”: Monday – Friday 08:00–16:00", "6 working hours",
    )  # fmt: skip


def test_says_nothing_of_a_change_before_it_began(dispatched):  # noqa: F811
    establish(at=LONG_AGO + DAY, weekly=WEEKENDS)

    assert LineKind.CALENDAR not in [line.kind for line in told(dispatched, TUESDAY + DAY).lines]


def test_a_day_that_was_set_and_withdrawn_counts_in_between_and_both_are_told(dispatched, district):  # noqa: F811
    due = dispatched.stage_due_at
    row = own_day(localdate(TUESDAY), unit=district.units.roads, set_at=TUESDAY + HOUR)
    CalendarDay.objects.filter(pk=row.pk).update(withdrawn_at=TUESDAY + 3 * HOUR, withdrawn_by="李副科长")
    bump("units")

    explanation = told(dispatched, TUESDAY + DAY)

    assert explanation.due_at == due + 2 * HOUR
    (line,) = [line for line in explanation.lines if line.kind == LineKind.OWN]
    assert line.text == (
        "台风: not worked, not counted; set on 29 September 2026 16:00, counts from then "
        "until 李副科长 withdrew it on 29 September 2026 18:00"
    )
    assert line.who == BY.name


def test_a_day_that_was_withdrawn_before_a_clock_began_is_not_told(dispatched, district):  # noqa: F811
    row = own_day(localdate(TUESDAY), unit=district.units.roads, set_at=TUESDAY - 3 * HOUR)
    CalendarDay.objects.filter(pk=row.pk).update(withdrawn_at=TUESDAY - HOUR, withdrawn_by="李副科长")
    bump("units")

    assert LineKind.OWN not in [line.kind for line in told(dispatched, TUESDAY + DAY).lines]


def test_officers_read_who_withdrew_a_day_also_where_it_is_who_set_it(dispatched, district):  # noqa: F811
    row = own_day(localdate(TUESDAY), unit=district.units.roads, set_at=TUESDAY + HOUR)
    CalendarDay.objects.filter(pk=row.pk).update(withdrawn_at=TUESDAY + 3 * HOUR, withdrawn_by=BY.name)
    bump("units")

    text, public = (
        next(line.text for line in told(dispatched, TUESDAY + DAY, is_public=each).lines if line.kind == LineKind.OWN)
        for each in (False, True)
    )

    assert f"until {BY.name} withdrew it" in text
    assert BY.name not in public
