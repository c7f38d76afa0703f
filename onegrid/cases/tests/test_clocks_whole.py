"""The limit of the whole, counted part by part: kept by whoever keeps each of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.cases.rules.clock_sums import sum_of
from onegrid.cases.rules.clocks import Terms, clock_of
from onegrid.cases.rules.marks import Entered, Extended
from onegrid.cases.states import Stage, Status
from onegrid.cases.tests.test_clocks import lives, minutes
from onegrid.units.public import Counting
from onegrid.units.tests.working import calendar, on

LIMITS = {"accept": 2, "file": 4, "dispatch": 2, "dispute": 16, "handle": 120, "verify": 8, "close": 4}
DAYS = Terms(limits=LIMITS, counting=Counting.WORKING_DAYS)
OFFICE = calendar()
CENTRE, ROADS = UUID(int=1), UUID(int=2)
WAY = [
    (Status.REPORTED, Stage.ACCEPT), (Status.ACCEPTED, Stage.FILE), (Status.FILED, Stage.DISPATCH),
    (Status.IN_PROGRESS, Stage.HANDLE), (Status.HANDLED, Stage.VERIFY),
    (Status.VERIFIED, Stage.CLOSE),
]  # fmt: skip
HOUR = timedelta(hours=1)
starts = st.timedeltas(timedelta(), timedelta(days=400)).map(lambda ahead: datetime(2026, 1, 1, tzinfo=UTC) + ahead)


def office(_unit):
    return OFFICE


def whole(marks, terms=DAYS):
    return clock_of(marks, None, terms=terms, calendars=office)


@st.composite
def kept_in_time(draw):
    """The marks of a case that went straight on, each step in time, perhaps suspended and given more time."""
    at, marks = draw(starts), []
    for status, stage in WAY:
        marks.append(Entered(at, status, CENTRE, ROADS))
        if stage is Stage.HANDLE:
            marks.extend(draw(st.lists(st.builds(Extended, st.just(at), st.integers(1, 48)), max_size=1)))
            again = at + draw(st.timedeltas(timedelta(), timedelta(days=9)))
            marks.append(Entered(at, Status.SUSPENDED, CENTRE, ROADS, again))
            marks.append(Entered(again, status, CENTRE, ROADS))
            at = again
        due = clock_of(marks, stage, terms=DAYS, calendars=office).due_at
        at += (due - at) * draw(st.sampled_from([0, 0.25, 0.9, 1]))
    return [*marks, Entered(at, Status.CLOSED)], at


@given(kept_in_time())
def test_a_case_whose_every_stage_was_in_time_is_in_time_as_a_whole(life):
    marks, ended = life

    assert ended <= whole(marks[:-1]).due_at


@given(lives(), minutes, minutes)
def test_it_never_runs_backwards(marks, first, then):
    sooner, later = sorted([marks[0].at + first, marks[0].at + then])

    assert whole(marks).elapsed(sooner) <= whole(marks).elapsed(later)


@given(lives(), st.integers(1, 200))
def test_a_moment_is_when_so_much_is_used(marks, percent):
    clock = whole(marks)
    moment = clock.moment_of(percent / 100) or clock.due_at or marks[0].at

    assert clock.elapsed(moment) <= clock.limit * max(percent, 100) / 100
    assert all(clock.elapsed(each) == clock.limit for each in filter(None, [clock.due_at]))


@given(lives(), minutes)
def test_its_due_moment_is_the_same_in_few_steps_and_in_many(marks, later):
    clock = whole(marks)

    assert clock.due_at == clock.moment_of(1)
    assert sum(clock.spent(marks[0].at + later), timedelta()) == clock.elapsed(marks[0].at + later)


@given(lives(), minutes)
def test_its_lines_add_up_to_the_minute(marks, later):
    clock, at = whole(marks), marks[-1].at + later + timedelta(seconds=40)

    told = sum_of(clock, at)

    assert timedelta() <= clock.elapsed(at) - told.used < timedelta(minutes=1)


def test_each_part_is_counted_in_its_own_way():
    marks = [Entered(on("2026-11-23 16:30"), Status.REPORTED, CENTRE)]  # a Monday; eight working hours come first

    clock = whole(marks)

    # One hour on Monday and seven on Tuesday; five days from 17:30 until Tuesday; twelve hours from then.
    assert clock.due_at == on("2026-12-03 15:30")
    assert [(part.counting, part.limit) for part in clock.in_turn] == [
        (Counting.WORKING_HOURS, 8 * HOUR), (Counting.WORKING_DAYS, 120 * HOUR), (Counting.WORKING_HOURS, 12 * HOUR),
    ]  # fmt: skip
    assert clock.spent(on("2026-11-25 17:30")) == [8 * HOUR, 24 * HOUR, timedelta()]


def test_what_is_granted_is_added_to_handling():
    marks = [Entered(on("2026-11-23 16:30"), Status.IN_PROGRESS, ROADS, ROADS), Extended(on("2026-11-23 17:00"), 24)]

    assert [part.limit for part in whole(marks).in_turn] == [8 * HOUR, 144 * HOUR, 12 * HOUR]
    assert whole(marks).limit == 164 * HOUR


@pytest.mark.parametrize("counting", [Counting.ALWAYS, Counting.WORKING_HOURS])
def test_where_all_is_counted_in_one_thing_it_has_no_parts(counting):
    marks = [Entered(on("2026-11-23 16:30"), Status.REPORTED, CENTRE)]

    clock = whole(marks, Terms(limits=LIMITS, counting=counting))

    assert (clock.counting, list(clock.parts), len(clock.in_turn)) == (counting, [], 1)


def test_without_a_limit_for_handling_it_is_counted_in_hours():
    marks = [Entered(on("2026-11-23 16:30"), Status.REPORTED, CENTRE)]

    clock = whole(marks, Terms(limits={"accept": 2}, counting=Counting.WORKING_DAYS))

    assert (clock.counting, clock.due_at) == (Counting.WORKING_HOURS, on("2026-11-24 09:30"))


def test_one_that_ended_in_its_first_part_was_due_when_all_parts_would_have_been_used():
    marks = [Entered(on("2026-11-23 16:30"), Status.REPORTED, CENTRE)]
    ended = [*marks, Entered(on("2026-11-24 09:00"), Status.CLOSED)]

    assert whole(ended).was_due_at == whole(marks).due_at
    assert whole(ended).due_at is None
