"""Counted time, by examples worked by hand. Office hours are seven a day: 08:30–12:00 and 14:00–17:30."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from onegrid.units.rules.public_holidays import PublicDay, PublicHolidays
from onegrid.units.rules.special_days import DayKind, OwnDay
from onegrid.units.rules.week import Span
from onegrid.units.rules.working_time import Counting
from onegrid.units.tests.working import AROUND_THE_CLOCK, BERLIN, CHINA, DAILY, calendar, on

OFFICE = calendar()
ALWAYS, HOURS, DAYS = Counting.ALWAYS, Counting.WORKING_HOURS, Counting.WORKING_DAYS

BEFORE = datetime(2026, 9, 1, tzinfo=UTC)


def hours(number):
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "end", "counting", "counted"),
    [
        ("2026-11-23 09:00", "2026-11-23 11:00", HOURS, 2),
        ("2026-11-23 11:00", "2026-11-23 15:00", HOURS, 2),  # lunch from 12:00 to 14:00
        ("2026-11-23 12:00", "2026-11-23 14:00", HOURS, 0),
        ("2026-11-23 17:00", "2026-11-24 09:00", HOURS, 1),  # half an hour on either day
        ("2026-11-20 17:00", "2026-11-23 09:00", HOURS, 1),  # Friday to Monday
        ("2026-11-20 17:00", "2026-11-23 09:00", ALWAYS, 64),
        ("2026-11-20 17:00", "2026-11-23 09:00", DAYS, 16),  # Friday until midnight, Monday from midnight
        # Spring Festival 2025: free from Tuesday 28 January to Tuesday 4 February; Sunday 26 January and Saturday
        # 8 February are worked. From Friday 24 to Monday 10 there are seven days: 24, 26, 27, 5, 6, 7, 8.
        ("2025-01-24 08:30", "2025-02-10 08:30", HOURS, 49),
        ("2025-01-24 00:00", "2025-02-10 00:00", DAYS, 7 * 24),
        # 2026: free from Sunday 15 to Monday 23 February; Saturdays 14 and 28 are worked. 13, 14, 24, 25, 26, 27, 28.
        ("2026-02-13 08:30", "2026-03-02 08:30", HOURS, 49),
        ("2026-02-14 17:00", "2026-02-24 09:00", HOURS, 1),
        # National Day 2025 with Mid-autumn: 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
        ("2025-09-26 17:00", "2025-09-29 09:00", HOURS, 8),
        ("2025-09-30 17:00", "2025-10-09 09:00", HOURS, 1),
        ("2025-10-10 17:30", "2025-10-13 08:30", HOURS, 7),
        # 2026: 1 to 7 October; Sunday 20 September and Saturday 10 October are worked.
        ("2026-09-30 17:00", "2026-10-08 09:00", HOURS, 1),
        ("2026-10-01 00:00", "2026-10-11 00:00", DAYS, 3 * 24),
        # Over New Year 2026: 1 to 3 January are free, Sunday 4 January is worked.
        ("2025-12-31 16:30", "2026-01-05 08:30", HOURS, 8),
    ],
)
def test_counts_between_two_moments(start, end, counting, counted):
    assert OFFICE.between(on(start), on(end), counting) == hours(counted)


@pytest.mark.parametrize(
    ("start", "amount", "counting", "end"),
    [
        ("2026-11-23 09:00", 2, HOURS, "2026-11-23 11:00"),
        ("2026-11-23 10:00", 2, HOURS, "2026-11-23 12:00"),  # the end of the morning, not the start of the afternoon
        ("2026-11-23 11:00", 2, HOURS, "2026-11-23 15:00"),
        ("2026-11-23 12:30", 0, HOURS, "2026-11-23 12:30"),
        ("2026-11-21 10:00", 7, HOURS, "2026-11-23 17:30"),  # taken on a Saturday
        ("2026-02-14 16:30", 2, HOURS, "2026-02-24 09:30"),  # over the Spring Festival
        ("2026-09-30 15:00", 24, DAYS, "2026-10-08 15:00"),  # one working day, over the National Day
        ("2026-02-13 15:00", 48, DAYS, "2026-02-24 15:00"),  # Saturday the 14th is worked
        ("2026-09-30 15:00", 24, ALWAYS, "2026-10-01 15:00"),
        ("2025-12-31 17:00", 1, HOURS, "2026-01-04 09:00"),  # Sunday the 4th is worked
    ],
)
def test_finds_when_an_amount_is_used_up(start, amount, counting, end):
    assert OFFICE.after(on(start), hours(amount), counting) == on(end)


def test_answers_in_utc():
    assert OFFICE.after(on("2026-11-23 09:00"), hours(2), HOURS).tzinfo is UTC
    assert OFFICE.after(on("2026-11-23 09:00"), hours(2), ALWAYS).tzinfo is UTC


def test_somebody_is_there_on_holidays_where_the_table_does_not_observe_them():
    daily = calendar(DAILY, holidays=None)

    assert daily.between(on("2026-10-01 00:00"), on("2026-10-08 00:00"), HOURS) == hours(7 * 12)
    assert daily.special_days(on("2026-10-01 00:00"), on("2026-10-08 00:00")) == ()
    assert daily.is_known(2027)


def test_an_adjusted_workday_is_worked_like_the_first_of_the_week():
    short_saturdays = calendar({"1": [["09:00", "17:00"]], "6": [["09:00", "12:00"]]})

    assert short_saturdays.between(on("2026-10-10 00:00"), on("2026-10-11 00:00"), HOURS) == hours(8)


def test_the_day_the_clocks_go_forward_is_an_hour_shorter():
    berlin = calendar(AROUND_THE_CLOCK, zone=BERLIN, holidays=None)
    start, end = on("2026-03-29 00:00", BERLIN), on("2026-03-30 00:00", BERLIN)

    assert [berlin.between(start, end, counting) for counting in Counting] == [hours(23)] * 3
    assert berlin.after(start, hours(23), HOURS) == end


def test_the_day_the_clocks_go_back_is_an_hour_longer():
    berlin = calendar(AROUND_THE_CLOCK, zone=BERLIN, holidays=None)
    start, end = on("2026-10-25 00:00", BERLIN), on("2026-10-26 00:00", BERLIN)

    assert [berlin.between(start, end, counting) for counting in Counting] == [hours(25)] * 3


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([["01:30", "03:30"]], 60),  # 02:00 to 03:00 is not there
        ([["02:15", "02:45"]], 0),
        ([["02:30", "03:15"]], 15),
        ([["01:45", "02:15"]], 15),
    ],
)
def test_an_hour_that_is_skipped_is_not_worked(spans, minutes):
    night = calendar({"7": spans}, zone=BERLIN, holidays=None)
    start, end = on("2026-03-29 00:00", BERLIN), on("2026-03-30 00:00", BERLIN)

    assert night.between(start, end, HOURS) == timedelta(minutes=minutes)


def test_an_hour_that_comes_twice_is_worked_once_from_its_first():
    night = calendar({"7": [["02:00", "03:00"]]}, zone=BERLIN, holidays=None)
    begins = datetime(2026, 10, 25, 0, tzinfo=UTC)  # 02:00 in summer time

    assert night.after(begins, hours(2), HOURS) == begins + hours(2)


def test_a_day_that_a_country_skipped_has_no_time():
    apia = calendar(AROUND_THE_CLOCK, zone=ZoneInfo("Pacific/Apia"), holidays=None)
    before, after = on("2011-12-29 12:00", apia.zone), on("2011-12-31 12:00", apia.zone)

    assert apia.between(before, after, DAYS) == hours(24)


def test_own_days_go_before_public_ones():
    typhoon = OwnDay(day=date(2026, 9, 21), is_working=False, spans=(), reason="台风", set_by="王", set_at=BEFORE)
    on_duty = OwnDay(
        day=date(2026, 10, 1), is_working=True, spans=(Span(540, 600),), reason="国庆值守", set_by="李", set_at=BEFORE
    )
    own = calendar(own_days=[typhoon, on_duty])

    assert own.between(on("2026-09-21 00:00"), on("2026-09-22 00:00"), HOURS) == hours(0)
    assert own.between(on("2026-10-01 00:00"), on("2026-10-02 00:00"), HOURS) == hours(1)
    assert own.between(on("2026-10-01 00:00"), on("2026-10-02 00:00"), DAYS) == hours(24)


def set_at(text):
    day = OwnDay(day=date(2026, 9, 21), is_working=False, spans=(), reason="台风", set_by="王", set_at=on(text))
    return calendar(own_days=[day])


@pytest.mark.parametrize(
    ("text", "worked", "counted"),
    [
        ("2026-09-20 23:59", 0, 0),
        ("2026-09-21 10:30", 2, 10.5),
        ("2026-09-21 23:00", 7, 23),
        ("2026-09-22 00:00", 7, 24),
        ("2026-09-25 09:00", 7, 24),
    ],
)
def test_an_own_day_counts_from_when_it_was_set(text, worked, counted):
    own, whole = set_at(text), (on("2026-09-21 00:00"), on("2026-09-22 00:00"))

    assert own.between(*whole, HOURS) == hours(worked)
    assert own.between(*whole, DAYS) == hours(counted)


def test_what_was_due_when_a_day_was_set_stays_due_then():
    begun = on("2026-09-18 09:00")
    due = {counting: OFFICE.after(begun, hours(10), counting) for counting in (HOURS, DAYS)}

    later = calendar(
        own_days=[
            OwnDay(
                day=date(2026, 9, 18), is_working=False, spans=(), reason="台风", set_by="王", set_at=max(due.values())
            ),
            OwnDay(
                day=date(2026, 9, 21), is_working=False, spans=(), reason="台风", set_by="王", set_at=max(due.values())
            ),
        ]
    )

    assert {counting: later.after(begun, hours(10), counting) for counting in (HOURS, DAYS)} == due


def test_an_own_working_day_without_hours_has_the_usual_ones():
    saturday = OwnDay(day=date(2026, 11, 28), is_working=True, spans=(), reason="集中整治", set_by="王", set_at=BEFORE)

    assert calendar(own_days=[saturday]).spans_on(date(2026, 11, 28)) == OFFICE.spans_on(date(2026, 11, 27))


def test_names_the_special_days():
    own = OwnDay(day=date(2026, 9, 21), is_working=False, spans=(), reason="台风", set_by="王", set_at=BEFORE)

    days = calendar(own_days=[own]).special_days(on("2026-09-19 12:00"), on("2026-10-02 00:00"))

    assert [
        (day.day.isoformat(), day.kind, day.is_working, day.name, day.own.set_by if day.own else "") for day in days
    ] == [
        ("2026-09-20", DayKind.ADJUSTED, True, "国庆节", ""),
        ("2026-09-21", DayKind.OWN, False, "台风", "王"),
        ("2026-09-25", DayKind.HOLIDAY, False, "中秋", ""),
        ("2026-09-26", DayKind.HOLIDAY, False, "中秋", ""),
        ("2026-09-27", DayKind.HOLIDAY, False, "中秋", ""),
        ("2026-10-01", DayKind.HOLIDAY, False, "国庆节", ""),
    ]
    assert days[0].named("en") == "National Day"


def test_knows_which_years_are_published():
    assert [OFFICE.is_known(year) for year in (2003, 2004, 2026, 2050)] == [False, True, True, False]


def test_only_weekends_count_in_a_year_not_published():
    assert OFFICE.between(on("2050-10-01 00:00"), on("2050-10-08 00:00"), DAYS) == hours(5 * 24)
    assert OFFICE.special_days(on("2050-10-01 00:00"), on("2050-10-08 00:00")) == ()


def test_a_year_the_district_gives_replaces_the_one_of_the_library():
    festival = PublicDay(day=date(2026, 5, 20), is_working=False, name="龙舟节", name_en="Boat day")
    local = PublicHolidays(given=[festival], from_library=True)

    assert list(local.of(2026)) == [festival.day]
    assert local.of(2025) == CHINA.of(2025)


def test_a_district_elsewhere_knows_only_the_years_it_gives():
    unity = PublicDay(day=date(2026, 10, 3), is_working=False, name="德国统一日", name_en="German Unity Day")
    german = calendar(zone=BERLIN, holidays=PublicHolidays(given=[unity], from_library=False))

    assert (german.is_known(2026), german.is_known(2025)) == (True, False)
    assert german.special_days(on("2025-10-01 00:00", BERLIN), on("2026-10-05 00:00", BERLIN))[0].name == "德国统一日"


def test_refuses_an_end_before_the_start():
    with pytest.raises(ValueError, match="before"):
        OFFICE.between(on("2026-11-23 09:00"), on("2026-11-23 08:59"), ALWAYS)


def test_refuses_a_negative_amount():
    with pytest.raises(ValueError, match="negative"):
        OFFICE.after(on("2026-11-23 09:00"), hours(-1), HOURS)


def test_refuses_an_amount_that_is_never_used_up():
    with pytest.raises(ValueError, match="2150"):
        calendar({"1": [["09:00", "09:01"]]}, holidays=None).after(on("2026-11-23 09:00"), hours(10_000), HOURS)


def test_refuses_a_moment_it_has_no_years_for():
    with pytest.raises(ValueError, match="1990"):
        OFFICE.between(on("1989-11-23 09:00"), on("2026-11-23 09:00"), HOURS)
