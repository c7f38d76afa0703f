"""Counted time, by the laws that hold for every calendar, zone and moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onegrid.units.rules.special_days import OwnDay
from onegrid.units.rules.week import DAY, WorkingWeek, spans_of, written_time
from onegrid.units.rules.working_time import Counting, WorkCalendar
from onegrid.units.tests.working import CHINA, DAILY, calendar

ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia")
]
law = settings(deadline=None, max_examples=60)
BEATS = st.sampled_from(Counting)
# Around what is easily got wrong: year ends, the weeks with adjusted workdays, and clock changes.
AROUND = [
    datetime(year, month, day, tzinfo=UTC)
    for year in (2025, 2026)
    for month, day in ((1, 1), (1, 28), (2, 17), (3, 29), (4, 5), (10, 1), (10, 4), (10, 25), (12, 31))
]
moments = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=3 * 365)).map(lambda ahead: datetime(2024, 6, 1, tzinfo=UTC) + ahead),
    st.builds(
        lambda moment, ahead: moment + ahead,
        st.sampled_from(AROUND),
        st.timedeltas(timedelta(days=-12), timedelta(days=12)),
    ),
)
amounts = st.timedeltas(timedelta(0), timedelta(hours=60))


@st.composite
def spans(draw):
    edges = draw(
        st.lists(st.integers(0, DAY // 15).map(lambda quarter: quarter * 15), min_size=2, max_size=6, unique=True)
    )
    pairs = zip(*[iter(sorted(edges))] * 2, strict=False)
    return spans_of([written_time(start), written_time(end)] for start, end in pairs)


@st.composite
def calendars(draw):
    weekdays = draw(st.dictionaries(st.integers(1, 7), spans(), min_size=1))
    days = draw(st.lists(st.sampled_from(AROUND), max_size=3, unique=True))
    own = [
        OwnDay(
            day=day.date(),
            is_working=draw(st.booleans()),
            spans=(),
            reason="",
            set_by="",
            set_at=day + timedelta(minutes=draw(st.integers(-2000, 2000))),
        )
        for day in days
    ]
    return WorkCalendar(
        code="any",
        name="",
        name_en="",
        week=WorkingWeek(weekdays),
        zone=draw(st.sampled_from(ZONES)),
        holidays=draw(st.sampled_from([CHINA, None])),
        own_days=own,
    )


@law
@given(calendars(), st.lists(moments, min_size=3, max_size=3), BEATS)
def test_parts_add_up(any_calendar, three, counting):
    first, middle, last = sorted(three)

    parts = any_calendar.between(first, middle, counting) + any_calendar.between(middle, last, counting)

    assert parts == any_calendar.between(first, last, counting)


@law
@given(calendars(), moments, amounts, BEATS)
def test_what_is_used_up_has_been_counted(any_calendar, start, amount, counting):
    end = any_calendar.after(start, amount, counting)

    assert any_calendar.between(start, end, counting) == amount


@law
@given(calendars(), moments, amounts.filter(bool), BEATS)
def test_it_is_used_up_no_earlier(any_calendar, start, amount, counting):
    end = any_calendar.after(start, amount, counting)

    assert any_calendar.between(start, end - timedelta.resolution, counting) == amount - timedelta.resolution


@law
@given(calendars(), moments, amounts.filter(bool), BEATS)
def test_what_is_used_up_by_a_moment_began_as_early_as_it_can(any_calendar, end, amount, counting):
    start = any_calendar.before(end, amount, counting)

    assert any_calendar.between(start, end, counting) == amount
    assert any_calendar.between(start - timedelta.resolution, end, counting) > amount


@law
@given(calendars(), moments, amounts, amounts)
def test_more_takes_longer(any_calendar, start, one, other):
    less, more = sorted([one, other])

    assert any_calendar.after(start, less, Counting.WORKING_HOURS) <= any_calendar.after(
        start, more, Counting.WORKING_HOURS
    )


@law
@given(calendars(), moments, st.lists(st.tuples(BEATS, amounts), max_size=4))
def test_amounts_in_turn_are_used_up_one_after_the_other(any_calendar, start, parts):
    end = start
    for counting, amount in parts:
        end = any_calendar.after(end, amount, counting)

    assert any_calendar.after_in_turn(start, parts) == end


@law
@given(calendars(), moments, moments, amounts)
def test_who_starts_later_ends_later(any_calendar, one, other, amount):
    earlier, later = sorted([one, other])

    assert any_calendar.after(earlier, amount, Counting.WORKING_HOURS) <= max(
        later, any_calendar.after(later, amount, Counting.WORKING_HOURS)
    )


@law
@given(calendars(), moments, amounts)
def test_the_narrower_counts_no_more(any_calendar, start, length):
    always, within_days, within_hours = (
        any_calendar.between(start, start + length, counting)
        for counting in (Counting.ALWAYS, Counting.WORKING_DAYS, Counting.WORKING_HOURS)
    )

    assert timedelta(0) <= within_hours <= within_days <= always == length


@law
@given(calendars(), moments, moments, BEATS)
def test_the_zone_a_moment_is_told_in_does_not_matter(any_calendar, one, other, counting):
    start, end = sorted([one, other])

    assert any_calendar.between(
        start.astimezone(any_calendar.zone), end.astimezone(any_calendar.zone), counting
    ) == any_calendar.between(start, end, counting)


@law
@given(calendars(), st.dates(date(2012, 1, 1), date(2028, 1, 1)))
def test_a_day_counts_what_its_table_says(any_calendar, day):
    start = datetime(day.year, day.month, day.day, tzinfo=any_calendar.zone)
    end = start + timedelta(days=1)
    changes = start.utcoffset() != end.utcoffset()

    counted = any_calendar.between(start, end, Counting.WORKING_HOURS)

    written = timedelta(minutes=sum(span.end - span.start for span in any_calendar.spans_on(day)))
    assert counted == written or changes


@pytest.mark.parametrize("year", range(2011, 2027))
def test_a_year_of_office_hours_has_the_workdays_the_state_council_left(year):
    start, end = datetime(year, 1, 1, tzinfo=ZONES[0]), datetime(year + 1, 1, 1, tzinfo=ZONES[0])

    days = calendar().between(start, end, Counting.WORKING_DAYS) / timedelta(days=1)

    assert 248 <= days <= 252
    assert calendar(DAILY, holidays=None).between(start, end, Counting.WORKING_HOURS) == (end - start) / 2
