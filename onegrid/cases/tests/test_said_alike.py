"""What a badge says is left and what the explanation says: the same, at any second."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from onegrid.cases.rules.clock_left import left_of
from onegrid.cases.rules.clock_sums import sum_of
from onegrid.cases.rules.clocks import Clock, Stretch
from onegrid.core.durations import left_in_minutes
from onegrid.units.public import Counting, Superseded
from onegrid.units.rules.tables import Former
from onegrid.units.tests.working import calendar, on, table

ROADS = UUID(int=2)
MINUTE, NOTHING = timedelta(minutes=1), timedelta()
SUMMER = {str(weekday): [["08:00", "11:30"], ["15:00", "18:00"]] for weekday in range(1, 7)}
CHANGED = calendar(former=[Former(table=table(SUMMER), until=on("2026-11-25 16:10"), what=Superseded.WEEK)])
starts = st.timedeltas(timedelta(), timedelta(days=7)).map(lambda ahead: datetime(2026, 11, 20, tzinfo=UTC) + ahead)
lengths = st.integers(1, 3000).map(lambda count: count * MINUTE)
uneven = st.timedeltas(MINUTE, timedelta(days=2))
seconds = st.integers(0, 900_000).map(lambda count: timedelta(seconds=count))
beats = st.sampled_from(Counting)


def clock(start, limit, counting, *, before=()):
    return Clock(
        stage=None, counting=counting, limit=limit, extended=NOTHING, stretches=(*before, Stretch(start, None, ROADS)),
        calendars=lambda _unit: CHANGED,
    )  # fmt: skip


@given(starts, lengths | uneven, seconds, beats)
def test_the_badge_has_what_the_explanation_has(start, limit, later, counting):
    running, at = clock(start, limit, counting), start + later

    badge, told = left_of(running.due_at, counting=counting, calendar=CHANGED, now=at), sum_of(running, at)

    assert left_in_minutes(badge.amount) == told.limit - told.used
    assert badge.is_late == (at > running.due_at)
    assert (badge.amount < NOTHING) <= badge.is_late


@given(starts, st.integers(1, 1439).map(lambda count: count * MINUTE), seconds, beats)
def test_they_have_the_same_words_where_a_badge_has_room_for_all(start, limit, later, counting):
    running, at = clock(start, limit, counting), start + later
    badge, told = left_of(running.due_at, counting=counting, calendar=CHANGED, now=at), sum_of(running, at)
    assume(abs(badge.amount) < timedelta(hours=23, minutes=59))

    with override("en"):
        assert badge.said == told.left_said


@given(starts, lengths, starts, st.integers(1, 600), seconds, beats)
def test_also_after_a_pause(start, limit, again, ran, later, counting):
    end = start + ran * MINUTE
    assume(end < again)
    paused = clock(again, limit, counting, before=[Stretch(start, end, ROADS)])
    assume(paused.elapsed(again) < limit)
    at = again + later

    badge, told = left_of(paused.due_at, counting=counting, calendar=CHANGED, now=at), sum_of(paused, at)

    assert left_in_minutes(badge.amount) == told.limit - told.used


@given(starts, lengths, seconds, beats)
def test_its_lines_make_the_sum_also_where_other_hours_came_into_force(start, limit, later, counting):
    running = clock(start, limit, counting)

    told = sum_of(running, start + later)

    assert NOTHING <= running.elapsed(start + later) - told.used < MINUTE
    assert all(abs(CHANGED.between(each.start, each.end, counting) - each.amount) < MINUTE for each in told.counted)
    assert [each.start for each in told.counted[1:]] == [each.end for each in told.counted[:-1]]


@pytest.mark.parametrize(
    ("seconds", "used", "percent"), [(0, 0, 0), (59, 0, 0), (60, 1, 20), (239, 3, 60), (299, 4, 80), (300, 5, 100)]
)
def test_the_percentage_of_a_limit_of_five_minutes_divides_the_minutes_that_are_shown(seconds, used, percent):
    start = on("2026-11-26 09:00")

    told = sum_of(clock(start, 5 * MINUTE, Counting.ALWAYS), start + timedelta(seconds=seconds))

    assert (told.used, told.percent) == (used * MINUTE, percent)


@pytest.mark.parametrize(
    ("left", "minutes"), [(61, 2), (60, 1), (59, 1), (1, 1), (0, 0), (-1, 0), (-59, 0), (-60, -1), (-119, -1)]
)
def test_what_is_left_is_rounded_up_and_what_is_late_down(left, minutes):
    assert left_in_minutes(timedelta(seconds=left)) == minutes * MINUTE
