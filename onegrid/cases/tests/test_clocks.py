"""The algebra of the clocks, over lives that the table of moves allows, and examples worked by hand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.cases.rules.clock import Light
from onegrid.cases.rules.clocks import Terms, clock_of, every_clock, running_clock
from onegrid.cases.rules.marks import Entered, Extended, kept, read
from onegrid.cases.states import ENDED, LED, STAGE_OF, TRANSITIONS, Move, Stage, Status
from onegrid.units.public import Counting

START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)  # Monday, nine o'clock in Wenzhou
CENTRE, ROADS, WATER = UUID(int=1), UUID(int=2), UUID(int=3)
TERMS = Terms(
    limits={"accept": 2, "check": 24, "file": 4, "dispatch": 2, "dispute": 16, "handle": 24, "verify": 12, "close": 8}
)
HOUR = timedelta(hours=1)


class EveryOtherHour:
    """A calendar in which the odd hours since START count: pauses inside every stretch, and easy to reckon by hand."""

    def between(self, start, end, _counting):
        return self._counted(end) - self._counted(start)

    def after_each(self, start, amounts, _counting):
        return [self._after(start, amount) for amount in amounts]

    def _after(self, start, amount):
        wanted = self._counted(start) + amount
        whole, rest = divmod(wanted, HOUR)
        if not rest and wanted > self._counted(start):  # used up at the end of a counted hour
            whole, rest = whole - 1, HOUR
        found = START + (2 * whole + 1) * HOUR + rest
        return max(found, start) if amount else start

    @staticmethod
    def _counted(moment):
        whole, rest = divmod(moment - START, 2 * HOUR)
        return whole * HOUR + max(timedelta(), rest - HOUR)


def calendars(_unit):
    return EveryOtherHour()


@st.composite
def lives(draw, *, longest=14):
    """The marks of a case that was moved as the table allows, by two units that handle, with extensions."""
    at, status, lead = START, Status.REPORTED, None
    marks = [Entered(at, status, CENTRE)]
    for _step in range(draw(st.integers(0, longest))):
        moves = [move for move in Move if status in TRANSITIONS[move].sources]
        if not moves:
            break
        at += timedelta(minutes=draw(st.integers(0, 3000)))
        if status in {Status.DISPATCHED, Status.IN_PROGRESS} and draw(st.booleans()):
            marks.append(Extended(at, draw(st.integers(1, 24))))
        move = draw(st.sampled_from(moves))
        status = TRANSITIONS[move].target
        if move in {Move.DISPATCH, Move.SETTLE, Move.SOLVE_TO_VERIFY}:
            lead = draw(st.sampled_from([ROADS, WATER]))
        elif move in {Move.RETURN, Move.RECALL, Move.REOPEN}:
            lead = None
        until = at + timedelta(minutes=draw(st.integers(1, 5000))) if status == Status.SUSPENDED else None
        holder = lead if STAGE_OF.get(status) == Stage.HANDLE else CENTRE
        marks.append(Entered(at, status, holder, lead, until, move == Move.REOPEN))
    return marks


def last_moment(marks):
    return marks[-1].at


minutes = st.integers(0, 20000).map(lambda count: timedelta(minutes=count))


@given(lives(), minutes, minutes)
def test_a_clock_never_runs_backwards(marks, first, then):
    for clock in every_clock(marks, terms=TERMS, calendars=calendars):
        sooner, later = sorted([first, then])

        assert clock.elapsed(START + sooner) <= clock.elapsed(START + later)


@given(lives())
def test_the_due_moment_is_when_the_limit_is_used_up_and_not_before(marks):
    for clock in every_clock(marks, terms=TERMS, calendars=calendars):
        due = clock.due_at
        if due is None:
            assert clock.limit is None or clock.elapsed(START + timedelta(days=4000)) < clock.limit
        else:
            assert clock.elapsed(due) == clock.limit
            assert clock.elapsed(due - timedelta(seconds=1)) < clock.limit


@given(lives(), st.integers(1, 200), st.integers(1, 200))
def test_shares_of_the_limit_are_used_up_in_their_order(marks, one, other):
    for clock in every_clock(marks, terms=TERMS, calendars=calendars):
        moments = [clock.moment_of(share / 100) for share in sorted([one, other])]

        if all(moments):
            assert moments[0] <= moments[1]


@given(lives(), minutes)
def test_nothing_depends_on_when_it_is_asked(marks, later):
    """What was known at a moment is what is said of that moment afterwards."""
    at = last_moment(marks) + later
    asked_then = running_clock(marks, terms=TERMS, calendars=calendars)
    if asked_then is None:
        return
    ended = [*marks, Entered(at, Status.CLOSED)]
    afterwards = clock_of(ended, asked_then.stage, terms=TERMS, calendars=calendars)

    assert afterwards.elapsed(at) == asked_then.elapsed(at)
    assert afterwards.elapsed(at + HOUR) == asked_then.elapsed(at)


@given(lives(), st.integers(0, 3000), st.integers(0, 3000))
def test_a_stretch_may_be_cut_anywhere(marks, first, then):
    """Taking a case, or handing it to a colleague, is a mark that changes no clock."""
    last = next(mark for mark in reversed(marks) if isinstance(mark, Entered))
    if last.status in ENDED or last.status == Status.SUSPENDED:
        return
    cut = [last_moment(marks) + timedelta(minutes=count) for count in sorted([first, then])]
    again = [Entered(at, last.status, last.holder, last.lead) for at in cut]

    whole = every_clock(marks, terms=TERMS, calendars=calendars)
    in_parts = every_clock([*marks, *again], terms=TERMS, calendars=calendars)

    assert [clock.due_at for clock in whole] == [clock.due_at for clock in in_parts]
    late = cut[-1] + timedelta(days=9)
    assert [clock.elapsed(late) for clock in whole] == [clock.elapsed(late) for clock in in_parts]


@given(lives(), minutes, st.integers(1, 9000))
def test_a_suspension_neither_earns_nor_costs_time(marks, before, length):
    last = next(mark for mark in reversed(marks) if isinstance(mark, Entered))
    if last.status != Status.IN_PROGRESS:
        return
    paused = last_moment(marks) + before
    until = paused + timedelta(minutes=length)
    running = running_clock(marks, terms=TERMS, calendars=calendars)
    asleep = [*marks, Entered(paused, Status.SUSPENDED, last.lead, last.lead, until)]
    awake = [*asleep, Entered(until, Status.IN_PROGRESS, last.lead, last.lead)]

    suspended, resumed = (running_clock(each, terms=TERMS, calendars=calendars) for each in (asleep, awake))

    assert suspended.remaining(until) == resumed.remaining(until) == running.remaining(paused)
    assert suspended.due_at == resumed.due_at  # whether or not somebody noted the end
    assert suspended.elapsed(paused) == suspended.elapsed(until)


@given(lives(), st.integers(1, 100))
def test_an_extension_adds_what_was_given_and_no_more(marks, hours):
    last = next(mark for mark in reversed(marks) if isinstance(mark, Entered))
    if last.status not in {Status.DISPATCHED, Status.IN_PROGRESS}:
        return
    at = last_moment(marks)
    before = running_clock(marks, terms=TERMS, calendars=calendars)
    after = running_clock([*marks, Extended(at, hours)], terms=TERMS, calendars=calendars)

    assert after.limit - before.limit == hours * HOUR
    assert after.elapsed(at) == before.elapsed(at)


@given(lives(), st.integers(1, 500))
def test_what_was_used_and_earned_survives_a_change_of_category(marks, hours):
    other = Terms(limits={**TERMS.limits, "handle": hours})
    at = last_moment(marks) + HOUR
    for stage in (*Stage, None):
        before, after = (clock_of(marks, stage, terms=terms, calendars=calendars) for terms in (TERMS, other))

        assert after.elapsed(at) == before.elapsed(at)
        assert after.extended == before.extended


@given(lives())
def test_marks_are_read_back_as_they_were_made(marks):
    assert read([kept(mark) for mark in marks]) == marks


@given(lives(), minutes)
def test_of_two_units_each_has_only_its_own_time(marks, later):
    """The time that both have used for handling is the time in which either led and nothing stopped the clock."""
    at = last_moment(marks) + later
    clocks = [
        clock_of([*marks, Entered(at, Status.DISPATCHED, unit, unit)], Stage.HANDLE, terms=TERMS, calendars=calendars)
        for unit in (ROADS, WATER)
    ]
    anybody = [
        Entered(mark.at, mark.status, mark.holder, ROADS if mark.lead else None, mark.until, mark.is_new_round)
        if isinstance(mark, Entered)
        else mark
        for mark in [*marks, Entered(at, Status.DISPATCHED, ROADS, ROADS)]
    ]

    together = clock_of(anybody, Stage.HANDLE, terms=TERMS, calendars=calendars)

    assert sum((clock.elapsed(at) for clock in clocks), timedelta()) == together.elapsed(at)


class Always:
    def between(self, start, end, _counting):
        return end - start

    def after_each(self, start, amounts, _counting):
        return [start + amount for amount in amounts]


def at(hours):
    return START + hours * HOUR


def handling(marks, **terms):
    return clock_of(marks, Stage.HANDLE, terms=Terms(limits={"handle": 24} | terms), calendars=lambda _unit: Always())


FILED = [Entered(at(0), Status.REPORTED, CENTRE), Entered(at(1), Status.FILED, CENTRE)]


def test_the_same_unit_again_goes_on_with_what_it_had_used():
    marks = [
        *FILED,
        Entered(at(2), Status.DISPATCHED, ROADS, ROADS),
        Entered(at(12), Status.FILED, CENTRE),  # returned after 10 h
        Entered(at(20), Status.DISPATCHED, ROADS, ROADS),
    ]

    assert handling(marks).due_at == at(34)  # 20 + (24 − 10)


def test_another_unit_starts_afresh_and_the_first_one_goes_on_later():
    marks = [
        *FILED,
        Entered(at(2), Status.DISPATCHED, ROADS, ROADS),
        Entered(at(12), Status.FILED, CENTRE),
        Entered(at(20), Status.DISPATCHED, WATER, WATER),
    ]

    assert handling(marks).due_at == at(44)
    assert handling(
        [*marks, Entered(at(21), Status.FILED, CENTRE), Entered(at(22), Status.DISPATCHED, ROADS, ROADS)]
    ).due_at == at(36)


def test_rework_goes_on_with_the_clock_that_reporting_back_had_stopped():
    marks = [
        *FILED,
        Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS),
        Entered(at(22), Status.HANDLED, CENTRE, ROADS),  # 20 h used
        Entered(at(30), Status.DISPATCHED, ROADS, ROADS),
    ]

    assert handling(marks).due_at == at(34)


def test_what_was_reported_back_too_late_is_late_at_the_moment_it_became_so():
    marks = [
        *FILED,
        Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS),
        Entered(at(40), Status.HANDLED, CENTRE, ROADS),
    ]

    clock = handling(marks)

    assert (clock.due_at, clock.elapsed(at(100)), clock.light(at(100))) == (at(26), 38 * HOUR, Light.RED)


def test_disputing_gains_no_time():
    marks = [
        *FILED,
        Entered(at(2), Status.DISPATCHED, ROADS, ROADS),
        Entered(at(4), Status.DISPUTED, CENTRE, ROADS),
        Entered(at(14), Status.DISPATCHED, ROADS, ROADS),
    ]

    assert handling(marks).due_at == at(26)


def test_a_check_on_the_spot_stops_the_clock_of_filing():
    marks = [
        Entered(at(0), Status.REPORTED, CENTRE),
        Entered(at(1), Status.ACCEPTED, CENTRE),
        Entered(at(3), Status.CHECKING, ROADS),
        Entered(at(20), Status.ACCEPTED, CENTRE),
    ]

    clock = clock_of(marks, Stage.FILE, terms=TERMS, calendars=lambda _unit: Always())

    assert (clock.elapsed(at(20)), clock.due_at) == (2 * HOUR, at(22))


def test_reopening_begins_anew_even_for_the_same_unit():
    marks = [
        *FILED,
        Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS),
        Entered(at(12), Status.HANDLED, CENTRE, ROADS),
        Entered(at(13), Status.CLOSED),
        Entered(at(50), Status.FILED, CENTRE, is_new_round=True),
        Entered(at(51), Status.DISPATCHED, ROADS, ROADS),
    ]

    whole = clock_of(marks, None, terms=TERMS, calendars=lambda _unit: Always())

    assert handling(marks).due_at == at(75)
    assert whole.started_at == at(50)


def test_the_whole_is_the_sum_of_its_stages_and_stopped_by_a_suspension_alone():
    marks = [
        *FILED,
        Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS),
        Entered(at(5), Status.SUSPENDED, ROADS, ROADS, at(105)),
    ]

    whole = clock_of(marks, None, terms=TERMS, calendars=lambda _unit: Always())

    assert whole.limit == 52 * HOUR  # 2 + 4 + 2 + 24 + 12 + 8; a check and a dispute are not in it
    assert whole.due_at == at(152)
    assert [whole.is_running(at(hour)) for hour in (4, 50, 106)] == [True, False, True]


def test_an_extension_belongs_to_the_unit_that_was_given_it():
    marks = [*FILED, Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS), Extended(at(3), 10)]
    elsewhere = [*marks, Entered(at(4), Status.FILED, CENTRE), Entered(at(5), Status.DISPATCHED, WATER, WATER)]

    assert handling(marks).due_at == at(36)
    assert handling(elsewhere).due_at == at(29)


@pytest.mark.parametrize(
    ("hours", "light"), [(21, Light.GREEN), (22, Light.YELLOW), (26, Light.YELLOW), (27, Light.RED)]
)
def test_turns_yellow_at_four_fifths_and_red_after_the_limit(hours, light):
    clock = handling([*FILED, Entered(at(2), Status.IN_PROGRESS, ROADS, ROADS)])

    assert clock.light(at(hours)) == light  # 19 h of 24 are 79 %, 20 h are 83 %


@pytest.mark.parametrize("stage", [Stage.ACCEPT, Stage.FILE, Stage.VERIFY])
def test_desks_count_working_hours_where_handling_counts_working_days(stage):
    terms = Terms(limits={}, counting=Counting.WORKING_DAYS)

    assert terms.counting_of(stage) == Counting.WORKING_HOURS
    assert terms.counting_of(Stage.HANDLE) == terms.counting_of(None) == Counting.WORKING_DAYS


def test_every_status_with_a_lead_is_one_in_which_a_unit_leads():
    assert {status for status, stage in STAGE_OF.items() if stage == Stage.HANDLE} <= LED
