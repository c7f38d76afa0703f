"""The way of a simulated case: only what the table of states allows, in order of time, to its end."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onegrid.cases.public import ENDED, STAGE_OF, IllegalMoveError, Move, Status, after
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.assumptions import Rates
from onegrid.demonstration.rules.journeys import Aside, walk, way, way_to
from onegrid.demonstration.rules.pace import Desk, Pace, moment
from onegrid.demonstration.rules.standing import OF_A_CENTRE, OF_A_UNIT, RARE_AT_A_UNIT, stand
from onegrid.demonstration.tests.draws import drawn, draws
from onegrid.units.public import Counting
from onegrid.units.tests.working import SHANGHAI, calendar, on

LIMITS = {"accept": 2, "check": 24, "file": 4, "dispatch": 4, "handle": 72, "dispute": 16, "verify": 12, "close": 12}
OFTEN = Rates(
    solved_on_the_spot=0.3, refused=0.3, withdrawn=0.3, checked=0.5, returned=0.3, recalled=0.2, disputed=0.3,
    extended=0.3, extension_refused=0.2, suspended=0.3, suspension_refused=0.1, reworked=0.5, reopened=0.5,
)  # fmt: skip


def pace(counting):
    office = calendar()
    return Pace(
        desks={
            status: Desk(limit=timedelta(hours=LIMITS[stage.value]), counting=counting, calendar=office)
            for status, stage in STAGE_OF.items()
        }
    )


paces = st.sampled_from([pace(counting) for counting in Counting])
starts = st.floats(1.2e9, 2e9)
law = settings(deadline=None)  # the years of a calendar are laid out by whoever asks first


def status_after(moves):
    status = Status.REPORTED
    for move in moves:
        status = after(move, status) if isinstance(move, Move) else status
    return status


@law
@given(draws, st.booleans(), st.sampled_from([Rates(), OFTEN]))
def test_every_way_leads_through_the_table_to_an_end(draw, may_be_solved, rates):
    moves = way(draw, may_be_solved=may_be_solved, may_take_longer=True, rates=rates)

    assert status_after(moves) in ENDED


def test_what_must_be_quick_does_not_wait_for_more_time():
    ways = [way(drawn(seed), may_be_solved=False, rates=OFTEN) for seed in range(50)]

    assert not any(isinstance(step, Aside) or step == Move.SUSPEND for steps in ways for step in steps)


@law
@given(draws, starts, paces)
def test_every_move_is_made_after_the_one_before(draw, start, at_pace):
    stops = walk(way(draw, may_be_solved=True, may_take_longer=True, rates=OFTEN), start=start, pace=at_pace, draw=draw)

    moments = [start, *(stop.at for stop in stops)]
    assert all(earlier < later for earlier, later in pairwise(moments))


@law
@given(draws)
def test_nobody_makes_a_move_of_working_days_on_a_holiday(draw):
    office = calendar()
    day = on("2026-09-30 15:00").timestamp()
    stops = walk((Move.ACCEPT, Move.FILE), start=day, pace=pace(Counting.WORKING_DAYS), draw=draw)

    assert all(office.is_working_day(moment(stop.at).astimezone(SHANGHAI).date()) for stop in stops)


@law
@given(draws, starts)
def test_nobody_asks_for_more_time_at_night(draw, start):
    steps = (Move.ACCEPT, Move.FILE, Move.DISPATCH, Move.TAKE, Aside.ASK_EXTENSION, Aside.EXTEND)
    dispatched, _taken, *asked = walk(steps, start=start, pace=pace(Counting.ALWAYS), draw=draw)[2:]

    # What follows at once comes a minute later, and so at 22:00 where the one before came at 21:59.
    assert all(is_by_day(stop.at) or is_by_day(stop.at - 60) for stop in asked if stop.at > dispatched.at + 43_200)


def is_by_day(at):
    return 7 <= moment(at).astimezone(SHANGHAI).hour < 22


def test_what_is_late_is_late_in_counted_time():
    ways = [Move.ACCEPT, Move.FILE, Move.DISPATCH, Move.TAKE, Move.REPORT_BACK]
    at_pace, late = pace(Counting.WORKING_HOURS), 0
    for seed in range(400):
        *_, dispatched, _taken, done = walk(ways, start=1.79e9, pace=at_pace, draw=drawn(seed))
        late += at_pace.desks[Status.IN_PROGRESS].share(dispatched.at, done.at) > 1

    assert late / 400 == pytest.approx(assumptions.LATE, abs=0.03)


def test_a_suspension_ends_at_midnight():
    steps = (Move.ACCEPT, Move.FILE, Move.DISPATCH, Move.TAKE, Aside.ASK_SUSPENSION, Move.SUSPEND, Move.RESUME)

    resumed = walk(steps, start=1.79e9, pace=pace(Counting.ALWAYS), draw=drawn(3))[-1]

    assert moment(resumed.at).astimezone(SHANGHAI).time() == time.min


def test_a_way_that_the_table_does_not_allow_cannot_be_walked():
    with pytest.raises(IllegalMoveError):
        walk((Move.ACCEPT, Move.TAKE), start=1.79e9, pace=pace(Counting.ALWAYS), draw=drawn(1))


@pytest.mark.parametrize("target", [*OF_A_CENTRE, *OF_A_UNIT, *RARE_AT_A_UNIT])
def test_the_way_to_a_desk_ends_there(target):
    assert status_after(way_to(target)) == target


@law
@given(draws, st.sampled_from([*OF_A_CENTRE, *OF_A_UNIT, Status.DISPUTED]), st.floats(0.05, 2.0), paces)
def test_what_stands_on_a_desk_has_used_as_much_of_its_time_as_was_asked(draw, target, share, at_pace):
    now = on("2026-11-24 14:00").timestamp()
    standing = stand(target, used_share=share, now=now, pace=at_pace, draw=draw, may_take_longer=True)

    stages = (stop.at for stop in reversed(standing.stops) if stop.move not in {Move.TAKE, Aside.ASK_EXTENSION})
    entered = next(stages, standing.start)
    assert at_pace.desks[target].share(entered, now) == pytest.approx(share, abs=0.02)
    assert all(stop.at < now for stop in standing.stops)


@law
@given(draws, st.floats(0.05, 2.0), paces)
def test_what_is_suspended_goes_on_later_and_had_time_left(draw, share, at_pace):
    now = on("2026-11-24 14:00").timestamp()
    *_, suspended, resumes = stand(Status.SUSPENDED, used_share=share, now=now, pace=at_pace, draw=draw).stops

    assert (suspended.move, resumes.move) == (Move.SUSPEND, Move.RESUME)
    assert suspended.at < now < resumes.at
