from datetime import date, timedelta

import pytest
from django.utils import translation

from onegrid.core.snapshots import bump
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor
from onegrid.units.models import CalendarDay
from onegrid.units.public import (
    CalendarChanged,
    DayNotSetError,
    DaysPlan,
    SpanOfDays,
    UnknownFollowerError,
    Whose,
    WrongDayError,
    calendar_of,
    calendars,
    set_days,
    set_days_of,
    withdraw_days,
)
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import BY, NOON, area, calendar_row, own_day, unit

pytestmark = pytest.mark.django_db
CLERK = Actor("wang", "centre")
DAY = date(2026, 11, 26)
TODAY = date(2026, 11, 24)
WHOLE = Whose(calendar="daily")
FIRE = Whose(unit="fire")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def fire():
    row = unit("fire", area("330304"), calendar=calendar_row("daily"))
    bump(SNAPSHOT)
    return row


@pytest.fixture
def heard(monkeypatch):
    facts = []
    monkeypatch.setattr("onegrid.units.actions.set_days.announce", facts.append)
    return facts


def days(first=DAY, last=None):
    return SpanOfDays(first=first, last=last or first)


def plan(over=None, *, is_working=False, spans=(), reason="台风"):
    return DaysPlan(days=over or days(), is_working=is_working, spans=spans, reason=reason)


def put(whose=WHOLE, what=None):
    return set_days(whose=whose, plan=what or plan(), by=CLERK, named=BY, at=NOON)


def withdraw(whose=WHOLE, over=None, at=NOON):
    return withdraw_days(whose=whose, days=over or days(), by=CLERK, named=BY, at=at)


def test_sets_days_of_a_calendar_for_all_who_follow_it(fire, heard):
    written = put(what=plan(days(DAY, DAY + timedelta(days=2))))

    assert written == 3
    assert not calendar_of(fire.pk).is_working_day(DAY + timedelta(days=2))
    assert calendar_of(fire.pk).is_working_day(DAY + timedelta(days=3))
    kept = CalendarDay.objects.first()
    assert (kept.reason, kept.set_by, kept.set_by_unit, kept.set_at) == ("台风", BY.name, BY.unit, NOON)
    last = DAY + timedelta(days=2)
    assert heard == [
        CalendarChanged(calendars=frozenset({"daily"}), units=frozenset(), from_day=DAY, to_day=last, at=NOON)
    ]


def test_sets_days_of_a_unit_and_of_those_below_it(fire, heard):
    brigade = unit("brigade", fire.area, parent=fire)
    bump(SNAPSHOT)

    put(FIRE, plan(is_working=True, spans=[["10:00", "11:00"], ["08:00", "09:00"]], reason=" 演练 "))

    assert [str(span) for span in calendar_of(brigade.pk).spans_on(DAY)] == ["08:00–09:00", "10:00–11:00"]
    assert len(calendars().by_code["daily"].spans_on(DAY)) == 1
    assert heard[0].units == {fire.pk, brigade.pk}
    assert heard[0].calendars == frozenset()
    assert CalendarDay.objects.get().reason == "演练"


def test_is_written_into_the_trail(fire):
    put()
    withdraw()

    put_down, taken_back = Entry.objects.filter(code__startswith="units.days").order_by("seq")
    assert (put_down.by, put_down.unit, put_down.data["of"], put_down.data["first"]) == (
        "wang",
        "centre",
        "daily",
        "2026-11-26",
    )
    assert (taken_back.code, taken_back.data["days"]) == ("units.days-withdrawn", ["2026-11-26"])


def test_setting_the_same_twice_changes_nothing(fire, heard):
    put()
    again = put(what=plan(days(DAY, DAY + timedelta(days=1))))

    assert (again, len(heard), CalendarDay.objects.count()) == (1, 2, 2)
    assert put() == 0


def test_refuses_a_day_that_is_set_otherwise(fire):
    put()

    with pytest.raises(WrongDayError, match="already") as refusal:
        put(what=plan(days(DAY - timedelta(days=1), DAY), is_working=True))

    assert list(refusal.value.fields) == ["day"]
    assert CalendarDay.objects.count() == 1


def test_a_unit_may_differ_from_its_calendar(fire):
    put()
    put(FIRE, plan(is_working=True))

    assert calendar_of(fire.pk).is_working_day(DAY)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (plan(days(DAY, DAY - timedelta(days=1))), "until"),
        (plan(days(date(2026, 11, 23))), "day"),
        (plan(days(date(2037, 1, 1))), "until"),
        (plan(days(DAY, DAY + timedelta(days=366))), "until"),
        (plan(reason="  "), "reason"),
        (plan(reason="台" * 201), "reason"),
        (plan(spans=[["08:00", "09:00"]]), "spans"),
        (plan(is_working=True, spans=[["08:00", "10:00"], ["09:00", "11:00"]]), "spans"),
        (plan(is_working=True, spans=[["10:00", "09:00"]]), "spans"),
        (plan(is_working=True, spans=[["8", "9"]]), "spans"),
    ],
)
def test_refuses_what_cannot_be_kept_and_names_the_field(fire, what, field):
    with pytest.raises(WrongDayError) as refusal:
        put(what=what)

    assert list(refusal.value.fields) == [field]
    assert not CalendarDay.objects.exists()


def test_refuses_to_leave_a_year_without_working_time(fire):
    put(what=plan(days(date(2027, 1, 1), date(2027, 12, 30))))

    with pytest.raises(WrongDayError, match="2027"):
        put(what=plan(days(date(2027, 12, 31))))
    with pytest.raises(WrongDayError, match="2027"):
        put(FIRE, plan(days(date(2027, 12, 1), date(2027, 12, 31))))


@pytest.mark.parametrize("whose", [Whose(calendar="none"), Whose(unit="none"), Whose()])
def test_refuses_who_is_not_there(fire, whose):
    with pytest.raises(UnknownFollowerError):
        put(whose)
    with pytest.raises(UnknownFollowerError):
        withdraw(whose)


def test_a_withdrawn_day_is_as_usual_again(fire, heard):
    put(what=plan(days(DAY, DAY + timedelta(days=2))))

    gone = withdraw(over=days(DAY + timedelta(days=1), DAY + timedelta(days=9)))

    assert gone == 2
    assert not calendar_of(fire.pk).is_working_day(DAY)
    assert calendar_of(fire.pk).is_working_day(DAY + timedelta(days=1))
    assert (heard[1].from_day, heard[1].calendars) == (DAY + timedelta(days=1), {"daily"})


def test_refuses_to_withdraw_what_nobody_set(fire):
    own_day(DAY, unit=fire)

    with pytest.raises(DayNotSetError):
        withdraw()


def test_what_was_reckoned_stays(fire):
    own_day(date(2025, 1, 2), calendar=fire.calendar)

    with pytest.raises(WrongDayError, match="what was reckoned with it stays"):
        withdraw(over=days(date(2025, 1, 2)))


def test_of_days_only_those_that_are_not_over_are_withdrawn(fire):
    yesterday = TODAY - timedelta(days=1)
    for day in (yesterday, TODAY, DAY):
        own_day(day, calendar=fire.calendar, set_at=NOON - timedelta(days=9))

    assert withdraw(over=days(yesterday, DAY)) == 2
    kept = CalendarDay.objects.order_by("day")
    assert [(row.day, row.withdrawn_at) for row in kept] == [(yesterday, None), (TODAY, NOON), (DAY, NOON)]


def test_a_day_that_is_withdrawn_before_it_begins_never_counts_and_stays_on_record(fire):
    usual = calendar_of(fire.pk).special_days_of(2026)
    put()
    withdraw()

    assert calendar_of(fire.pk).special_days_of(2026) == usual
    (kept,) = set_days_of(2026, calendar="daily", units=[])
    assert (kept.never_counted, kept.withdrawn_by, kept.withdrawn_at) == (True, BY.name, NOON)


def test_a_day_that_is_withdrawn_before_it_begins_may_be_set_again(fire):
    put()
    withdraw()

    assert put(what=plan(reason="演练")) == 1
    assert not calendar_of(fire.pk).is_working_day(DAY)


def test_a_day_that_is_set_for_today_counts_from_now(fire):
    put(what=plan(days(TODAY)))

    assert [str(span) for span in calendar_of(fire.pk).spans_on(TODAY)] == ["08:00–12:00"]


def test_a_day_set_today_by_mistake_is_undone_from_then_on(fire, heard):
    put(what=plan(days(TODAY)))

    assert withdraw(over=days(TODAY), at=NOON + timedelta(hours=2)) == 1
    assert [str(span) for span in calendar_of(fire.pk).spans_on(TODAY)] == ["08:00–12:00", "14:00–20:00"]
    kept = CalendarDay.objects.get()
    assert (kept.withdrawn_by, kept.withdrawn_by_unit) == (BY.name, BY.unit)
    assert len(heard) == 2
    assert Entry.objects.filter(code="units.days-withdrawn").exists()


def test_a_day_that_was_undone_may_be_set_again(fire):
    put(what=plan(days(TODAY)))
    withdraw(over=days(TODAY), at=NOON + timedelta(hours=2))

    set_days(
        whose=WHOLE,
        plan=plan(days(TODAY), reason="真的台风"),
        by=CLERK,
        named=BY,
        at=NOON + timedelta(hours=4),
    )

    assert [str(span) for span in calendar_of(fire.pk).spans_on(TODAY)] == ["08:00–12:00", "14:00–16:00"]
    with pytest.raises(DayNotSetError):
        withdraw(FIRE, over=days(TODAY))
